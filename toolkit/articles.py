"""From an article's file to its English and its catalogs: what `vertaal translate` does, for programs too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from toolkit import files
from toolkit.catalogs.catalog import Catalog, Message, Paths, check_domain, check_language, domain_of, memory_of, record
from toolkit.catalogs.memory import Memory
from toolkit.documents import Document, Segment, TextFile, parse, read
from toolkit.documents.language import is_english
from toolkit.errors import InputError
from toolkit.journal import Journal
from toolkit.pipeline import WINDOW, Progress, TranslatedDocument, Translation, Translator
from toolkit.terminology import Glossary, Term

GLOSSARY = Path("glossary/nl-en.csv")
LOCALES = Path("locales")


_TELLING = 2_000  # segments by which the language of a text is told


@dataclass(slots=True)
class Summary:
    """What became of a document.

    Attributes:
        segments: their number; `fuzzy`: of those that a person should look at.
        terms: the occurrences of terms.
        unheld: those that are not held, each with the line of its segment.
    """

    segments: int = 0
    fuzzy: int = 0
    terms: int = 0
    unheld: list[tuple[int, Term]] = field(default_factory=list)

    def add(self, translation: Translation) -> None:
        """Count one more translation in."""
        self.segments += 1
        self.fuzzy += translation.fuzzy
        self.terms += len(translation.held)
        self.unheld += [(translation.segment.line, held.match.term) for held in translation.unheld]


@dataclass(frozen=True, slots=True)
class Article:
    """A translated article.

    Attributes:
        result: the document with its translations.
        catalog: its catalog, or None where none was written.
        paths: of the catalog's files, or None.
        changed: whether a catalog file changed.
    """

    result: TranslatedDocument
    catalog: Catalog | None = None
    paths: Paths | None = None
    changed: bool = False

    @property
    def summary(self) -> Summary:
        """What became of it."""
        summary = Summary()
        for translation in self.result.translations:
            summary.add(translation)
        return summary


def open_document(source: Path | str, data: bytes | None = None) -> Document:
    """The document in a file; `data` is its content where it comes from elsewhere (standard input, named `-`).

    Raises:
        InputError: it cannot be read, is no text, is empty, or is English already.
    """
    document = read(Path(source)) if data is None else parse(files.decode(data, "standard input"), str(source))
    _refuse_english(document.segments, document.name)
    return document


def open_glossary(path: Path | str | None = None) -> Glossary:
    """The glossary in a file; without one `glossary/nl-en.csv` where it is there, else an empty one.

    Raises:
        InputError, GlossaryError: it cannot be read, or is not right.
    """
    if path is None:
        return Glossary.load(GLOSSARY) if GLOSSARY.is_file() else Glossary()
    return Glossary.load(path)


def open_memory(paths: Iterable[Path | str], language: str = "en") -> Memory:
    """The sentence pairs of TMX files, as approved translations; those of the first file count first.

    Args:
        language: of several English variants, such as en-GB and en-US, the one that counts.

    Raises:
        InputError, CatalogError: a file cannot be read, or is no TMX.
    """
    memory = Memory()
    for path in paths:
        from toolkit.catalogs.exchange import read_tmx

        for pair in read_tmx(Path(path), language):
            memory.add(*pair)
    return memory


def journal_path(
    source: str, output: Path | None, locales: Path | None, domain: str | None = None, language: str = "en"
) -> Path | None:
    """Where a run keeps what it has done until it is complete: beside its output, else beside its catalog.

    Args:
        source: the name of the document; the others as for `translate_article`.

    Returns:
        The path; None where there is no place, as for an output that is a pipe or a device.

    Raises:
        CatalogError: the domain or the language cannot be one.
    """
    if output is not None:
        with suppress(OSError):  # `check_writable` says what is wrong
            target = files.followed(output)
            if target.name and (target.is_file() or not target.exists()):
                return target.with_name(f"{target.name}.part")
        return None
    if locales is not None:
        check_language(language)
        return Paths.of(locales, check_domain(domain or domain_of(source)), language).po.with_suffix(".part")
    return None


def translate_article(
    document: Document,
    translator: Translator,
    *,
    output: Path | None = None,
    locales: Path | None = LOCALES,
    domain: str | None = None,
    language: str = "en",
    memory: Memory | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Article:
    """Translate a document, and write its English and its catalogs.

    Nothing is written before everything is translated, and what cannot be written is found out before. But what is
    done of a document of over `WINDOW` segments is kept in a journal (`journal_path`) until the run is complete.

    Args:
        document: see `open_document`.
        translator: the model with its glossary.
        output: a file for the English, or None.
        locales: the folder of the catalogs, or None to write none. Sentences that a person translated or approved in any
            catalog there are reused.
        domain: name of the catalog; the document's stem unless given.
        language: of the catalog: en, or a locale such as en_GB.
        memory: more sentences with approved translations; the catalogs' own come first.
        resume: go on from what a run that was stopped has left in the journal.
        progress: called with the segments done and their number.

    Raises:
        CatalogError, OutputError, ModelError: see the parts.
    """
    domain = check_domain(domain or domain_of(document.name))
    if output is not None:
        files.check_writable(output)
    known = Memory()
    if locales is not None:
        check_language(language)
        paths = Paths.of(locales, domain, language)
        for path in (paths.pot, paths.po, paths.mo):
            files.check_writable(path)
        known = memory_of(locales, language, domain)
    for pair in (memory or {}).items():
        known.add(*pair)
    place = journal_path(document.name, output, locales, domain, language)
    with _journal(place, translator, len(document.segments), resume) as journal:
        result = translator.translate(document, memory=known, journal=journal, progress=progress)
        article = Article(result)
        if locales is not None:
            catalog, changed = record(messages(result), locales, domain, language)
            article = Article(result, catalog, paths, changed)
        if output is not None:
            files.write(output, result.text)
    return article


def translate_text(
    source: TextFile,
    translator: Translator,
    write: Callable[[str], object] | None = None,
    *,
    output: Path | None = None,
    memory: Memory | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Translate a text of any length, without catalogs: it is read, translated and written a window at a time.

    Args:
        source: the Dutch.
        translator: the model with its glossary.
        write: is given the English as it comes.
        output: a file for it, written beside its place and put there when it is complete; see `translate_article`.
        memory: sentences with approved translations.
        resume: go on from what a run that was stopped has left in the journal.
        progress: called with the segments done and their number.

    Raises:
        InputError: the text cannot be read, is empty or is English already; found out before the work starts.
        OutputError, ModelError: see the parts.
    """
    if output is not None:
        files.check_writable(output)
    total = 0
    first: list[Segment] = []
    for block in source.blocks():
        total += len(block.segments)
        if len(first) < _TELLING:
            first.extend(block.segments)
    _refuse_english(first, source.name)
    summary, newline = Summary(), source.newline
    place = journal_path(source.name, output, None)
    with (
        _journal(place, translator, total, resume) as journal,
        files.replacing(output) if output else nullcontext() as file,
    ):
        for block, translations in translator.translate_blocks(source.blocks(), memory=memory, journal=journal):
            english = block.render(t.text for t in translations).replace("\n", newline)
            if file is not None:
                file.write(english.encode("utf-8"))
            if write is not None:
                write(english)
            for translation in translations:
                summary.add(translation)
            if progress:
                progress(summary.segments, total)
    return summary


@contextmanager
def _journal(path: Path | None, translator: Translator, segments: int, resume: bool) -> Iterator[Journal | None]:
    """The journal of a run that is long enough to be stopped; removed when the run is complete, and kept if it fails.

    A short run has one too where there is one already, so that it is not left behind.
    """
    if path is None or (segments <= WINDOW and not Journal.left_at(path)):
        yield None
        return
    made_with = {
        "model": translator.package.signature,
        "glossary": translator.glossary.signature,
        "settings": translator.settings,
    }
    journal = Journal(path, made_with, resume=resume)
    try:
        yield journal
    except BaseException:
        journal.close(complete=False)
        raise
    journal.close(complete=True)


def _refuse_english(segments: Sequence[Segment], name: str) -> None:
    if is_english(" ".join(s.text for s in segments[:_TELLING])):
        raise InputError(f"{name} is English already: there is nothing to translate.")


def messages(result: TranslatedDocument) -> Iterator[Message]:
    """A translated document as the messages of a catalog."""
    name = result.document.name
    file = Path(name).name if Path(name).is_absolute() else name
    for translation in result.translations:
        segment = translation.segment
        if translation.origin == "kept" and not translation.issues:
            continue
        terms = dict.fromkeys(f"{h.match.surface(segment.text)} → {h.match.term.targets[0]}" for h in translation.held)
        comments = [f"term: {term}" for term in terms]
        if translation.origin == "machine" and translation.score is not None:
            comments.append(f"model: {result.model}, score {translation.score:.2f}")
        yield Message(
            source=segment.text,
            target="" if translation.origin == "kept" else translation.text,
            kind=result.document.blocks[segment.block].kind,
            file=file,
            line=segment.line,
            fuzzy=translation.fuzzy,
            comments=tuple(comments),
            approved=translation.origin == "approved",
        )
