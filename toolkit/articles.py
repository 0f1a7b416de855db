"""From an article's file to its English and its catalogs: what `vertaal translate` does, for programs too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit import files
from toolkit.catalogs.catalog import Catalog, Message, Paths, check_domain, domain_of, memory_of, record
from toolkit.catalogs.memory import Memory
from toolkit.documents import Document, parse, read
from toolkit.documents.language import is_english
from toolkit.errors import InputError
from toolkit.pipeline import Progress, TranslatedDocument, Translator
from toolkit.terminology import Glossary

GLOSSARY = Path("glossary/nl-en.csv")
LOCALES = Path("locales")


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


def open_document(source: Path | str, data: bytes | None = None) -> Document:
    """The document in a file; `data` is its content where it comes from elsewhere (standard input, named `-`).

    Raises:
        InputError: it cannot be read, is no text, is empty, or is English already.
    """
    document = read(Path(source)) if data is None else parse(files.decode(data, "standard input"), str(source))
    if is_english(" ".join(s.text for s in document.segments)):
        raise InputError(f"{document.name} is English already: there is nothing to translate.")
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


def translate_article(
    document: Document,
    translator: Translator,
    *,
    output: Path | None = None,
    locales: Path | None = LOCALES,
    domain: str | None = None,
    language: str = "en",
    memory: Memory | None = None,
    progress: Progress | None = None,
) -> Article:
    """Translate a document, and write its English and its catalogs.

    Nothing is written before everything is translated, and what cannot be written is found out before.

    Args:
        document: see `open_document`.
        translator: the model with its glossary.
        output: a file for the English, or None.
        locales: the folder of the catalogs, or None to write none. Sentences that a person translated or approved in any
            catalog there are reused.
        domain: name of the catalog; the document's stem unless given.
        language: of the catalog: en, or a locale such as en_GB.
        memory: more sentences with approved translations; the catalogs' own come first.
        progress: called with the segments done and their number.

    Raises:
        CatalogError, OutputError, ModelError: see the parts.
    """
    domain = check_domain(domain or domain_of(document.name))
    if output is not None:
        files.check_writable(output)
    known = Memory()
    if locales is not None:
        paths = Paths.of(locales, domain, language)
        for path in (paths.pot, paths.po, paths.mo):
            files.check_writable(path)
        known = memory_of(locales, language, domain)
    for pair in (memory or {}).items():
        known.add(*pair)
    result = translator.translate(document, memory=known, progress=progress)
    article = Article(result)
    if locales is not None:
        catalog, changed = record(messages(result), locales, domain, language)
        article = Article(result, catalog, paths, changed)
    if output is not None:
        files.write(output, result.text)
    return article


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
