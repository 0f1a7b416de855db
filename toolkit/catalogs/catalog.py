"""gettext catalogs: the record of a translation, in which people correct the machine and which programs load.

Conventions: msgid is the Dutch sentence, msgstr the English; `#:` says where it stands, `#.` the kind of its block, its terms,
the model and its score. `fuzzy` means that a person should look. A line `# vertaal: machine 1a2b3c4d` marks what the machine
wrote, with a digest of it: a message without that line, with another text than the digest's, or with its fuzzy flag taken
off, is a person's, and is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polib

from toolkit import files
from toolkit.catalogs import mofile, pofile
from toolkit.catalogs.memory import Memory, Similar
from toolkit.catalogs.ownership import flagged, mark, owner, state, translated, unmark
from toolkit.errors import CatalogError, VertaalError
from toolkit.version import VERSION

Key = tuple[str | None, str]

_DOMAIN = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Message:
    """What a translation says of one sentence, for the catalog.

    Attributes:
        source, target: the Dutch and the English.
        kind: of the block it stands in.
        file, line: where.
        fuzzy: a person should look at it.
        comments: lines on its terms, model and score.
        approved: the English is a person's, taken from the memory.
    """

    source: str
    target: str
    kind: str = "paragraph"
    file: str = ""
    line: int = 0
    fuzzy: bool = False
    comments: tuple[str, ...] = ()
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a catalog: messages by state, and words of the Dutch in all and in those translated."""

    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0
    approved: int = 0
    obsolete: int = 0
    words: int = 0
    words_translated: int = 0

    @property
    def total(self) -> int:
        """The messages that are not obsolete."""
        return self.translated + self.fuzzy + self.untranslated


@dataclass(frozen=True, slots=True)
class Paths:
    """The three files of a domain in a locales folder: template, catalog, compiled catalog."""

    pot: Path
    po: Path
    mo: Path

    @classmethod
    def of(cls, locales: Path, domain: str, language: str = "en") -> Paths:
        """Where gettext looks for them."""
        folder = locales / language.replace("-", "_") / "LC_MESSAGES"
        return cls(locales / f"{domain}.pot", folder / f"{domain}.po", folder / f"{domain}.mo")

    def check(self, exists: bool = False) -> None:
        """Find out whether the catalog can be worked on.

        Raises:
            CatalogError: there is a .mo file without its .po, which would be lost; or `exists` is asked, and there is none.
        """
        if self.po.exists():
            return
        if self.mo.exists():
            raise CatalogError(
                f"There is {self.mo} but no {self.po.name}: bring the .po file back, or make it with 'msgunfmt {self.mo} -o {self.po}'."
            )
        if exists:
            raise CatalogError(
                f"There is no catalog {self.po}: translate the article first, or give another domain, language or folder."
            )


@dataclass(slots=True)
class Catalog:
    """The messages of a document in one language.

    Attributes:
        domain: its name, by which programs load it.
        language: a locale code that Babel knows.
        po: the messages, as polib holds them.
    """

    domain: str
    language: str = "en"
    po: polib.POFile = field(default_factory=lambda: polib.POFile(wrapwidth=pofile.WIDTH))

    def __post_init__(self) -> None:
        check_language(self.language)

    @classmethod
    def load(cls, path: Path | str, language: str | None = None) -> Catalog:
        """Read a .po file.

        Raises:
            InputError: it cannot be read.
            CatalogError: it is not right, or is not for `language`.
        """
        return cls.parse(files.read_bytes(Path(path)), path, language)

    @classmethod
    def parse(cls, data: bytes, path: Path | str, language: str | None = None) -> Catalog:
        """The catalog in the bytes of a .po file: see `load`."""
        po = pofile.parse(data, str(path))
        own = po.metadata.get("Language", "").strip()
        if own and language and _base(own) != _base(language):
            place = f"{path}:{_line_of(data, b'Language:')}"
            raise CatalogError(f"{place} has the language {own!r}, not {language!r}: give another domain or language.")
        if own and not language:
            try:
                check_language(own)
            except CatalogError as error:
                raise CatalogError(f"{path}:{_line_of(data, b'Language:')}: {error}") from error
        return cls(Path(path).stem, language or own or "en", po)

    def __len__(self) -> int:
        return sum(not e.obsolete for e in self.po)

    def __iter__(self) -> Iterator[polib.POEntry]:
        return (e for e in self.po if not e.obsolete)

    def find(self, msgid: str) -> list[polib.POEntry]:
        """The messages of a Dutch sentence: several where it is translated in several ways, by msgctxt."""
        return [e for e in self if e.msgid == msgid]

    def get(self, msgid: str, context: str | None = None) -> polib.POEntry | None:
        """The message of a Dutch sentence, or None."""
        return next((e for e in self.find(msgid) if context in (None, e.msgctxt)), None)

    def update(self, messages: Iterable[Message]) -> bool:
        """Bring the catalog up to a new translation of its document; True if anything changed.

        What a person wrote stays. A sentence that changed slightly gets the person's old translation, fuzzy, with the
        sentence before; one that is gone becomes obsolete and comes back with its translation.
        """
        before = [_state(e) for e in self.po]
        template = [hash(_template_state(e)) for e in self]
        existing: dict[Key, polib.POEntry] = {}
        for entry in sorted(self.po, key=lambda e: (bool(e.obsolete), owner(e) != "person")):
            existing.setdefault((entry.msgctxt, entry.msgid), entry)
        grouped = _grouped(messages, existing)
        staying = {id(existing[key]) for key in grouped if key in existing}
        leaving = [e for e in self.po if id(e) not in staying]
        past = _Past(leaving)
        ordered: list[polib.POEntry] = []
        for key, group in grouped.items():
            entry = existing.get(key) or polib.POEntry(msgctxt=key[0], msgid=key[1])
            _write(entry, group[0])
            if key not in existing and not group[0].approved:
                past.carry(entry)
            entry.obsolete = False
            entry.comment = "\n".join((group[0].kind, *group[0].comments))
            entry.occurrences = list(dict.fromkeys((m.file, str(m.line) if m.line else "") for m in group if m.file))
            ordered.append(entry)
        for entry in leaving:
            if entry.msgstr or entry.msgstr_plural or entry.tcomment:
                entry.obsolete, entry.occurrences, entry.comment = True, [], ""
                ordered.append(entry)
        self.po[:] = ordered
        changed = [_state(e) for e in ordered] != before or not self.po.metadata
        if changed:
            self.stamp(template=[hash(_template_state(e)) for e in self] != template)
        return changed

    def text(self) -> str:
        """The catalog as the text of a .po file."""
        return pofile.text(self.po)

    def template(self) -> str:
        """The text of the .pot file: the messages without translations."""
        pot = polib.POFile(wrapwidth=pofile.WIDTH)
        own = ("PO-Revision-Date", "Last-Translator", "Language", "Plural-Forms", "X-Generator")
        pot.metadata = {key: value for key, value in self.po.metadata.items() if key not in own}
        pot.metadata_is_fuzzy = ["fuzzy"]
        for entry in self:
            context, msgid, comment, occurrences = _template_state(entry)
            pot.append(polib.POEntry(msgid=msgid, msgctxt=context, comment=comment, occurrences=list(occurrences)))
        return pofile.text(pot)

    def binary(self, fuzzy: bool = False) -> bytes:
        """The bytes of the .mo file; fuzzy messages only when asked."""
        return mofile.binary(self.po, fuzzy)

    def approve(self, msgids: Iterable[str] | None = None, fuzzy: bool = True) -> int:
        """Make messages a person's: all translated ones, or those of these Dutch sentences. Returns how many changed.

        Without `fuzzy` the fuzzy ones stay as they are.

        Raises:
            CatalogError: there is no translated message of one of the sentences.
        """
        count = 0
        for entry in self._chosen(msgids):
            if (fuzzy or not entry.fuzzy) and (owner(entry) != "person" or entry.fuzzy):
                unmark(entry)
                count += 1
        if count:
            self.stamp()
        return count

    def unapprove(self, msgids: Iterable[str] | None = None) -> int:
        """Give messages back to the machine, which may write them anew. Returns how many changed.

        Raises:
            CatalogError: there is no translated message of one of the sentences.
        """
        count = 0
        for entry in self._chosen(msgids):
            if owner(entry) == "person":
                mark(entry, "machine", fuzzy=bool(entry.fuzzy))
                count += 1
        if count:
            self.stamp()
        return count

    def clean(self) -> int:
        """Drop the obsolete messages. Returns how many there were."""
        kept = list(self)
        count = len(self.po) - len(kept)
        if count:
            self.po[:] = kept
            self.stamp()
        return count

    def stats(self) -> Stats:
        """Count the messages and words."""
        counts = dict.fromkeys(
            ("translated", "fuzzy", "untranslated", "approved", "obsolete", "words", "words_translated"), 0
        )
        for entry in self.po:
            if entry.obsolete:
                counts["obsolete"] += 1
                continue
            kind, words = state(entry), len(entry.msgid.split())
            done = kind in ("machine", "approved")
            counts["words"] += words
            counts["words_translated"] += words if done else 0
            counts["translated" if done else kind] += 1
            counts["approved"] += kind == "approved"
        return Stats(**counts)

    def approved(self) -> Iterator[tuple[str, str]]:
        """The sentences that a person translated or approved, obsolete ones too, with their English.

        A message with a msgctxt is left out: its English fits one place alone.
        """
        for entry in self.po:
            if entry.msgctxt is None and entry.msgstr and not entry.fuzzy and owner(entry) == "person":
                yield entry.msgid, entry.msgstr

    def _chosen(self, msgids: Iterable[str] | None) -> list[polib.POEntry]:
        if msgids is None:
            return [e for e in self if translated(e)]
        chosen = []
        for msgid in msgids:
            found = [e for e in self.find(msgid) if translated(e)]
            if not found:
                near = Similar(e.msgid for e in self).find(msgid, 0.5)
                hint = f": did you mean {near[0][1]!r}?" if near else "."
                raise CatalogError(f"The catalog {self.domain!r} has no translated message {msgid!r}{hint}")
            chosen += found
        return chosen

    def stamp(self, template: bool = False) -> None:
        """Complete the header, and set the dates, that of the template only if it changed; what a person put there stays."""
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")
        old = {key: value for key, value in self.po.metadata.items() if value not in _PLACEHOLDERS}
        defaults = {
            "Project-Id-Version": self.domain,
            "Report-Msgid-Bugs-To": "",
            "POT-Creation-Date": now,
            "PO-Revision-Date": now,
            "Last-Translator": "",
            "Language-Team": "",
            "Language": self.language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": plural_forms(self.language),
        }
        forced = {
            "PO-Revision-Date": now,
            "Content-Type": defaults["Content-Type"],
            "X-Generator": f"vertaal {VERSION}",
        }
        if template:
            forced["POT-Creation-Date"] = now
        self.po.metadata = {**old, **{k: v for k, v in defaults.items() if k not in old}, **forced}
        self.po.metadata_is_fuzzy = []


# What xgettext and msginit put in a header for a person to fill in.
_PLACEHOLDERS = {
    "PACKAGE VERSION",
    "YEAR-MO-DA HO:MI+ZONE",
    "FULL NAME <EMAIL@ADDRESS>",
    "LANGUAGE <LL@li.org>",
    "nplurals=INTEGER; plural=EXPRESSION;",
}


class _Past:
    """The messages that a document no longer has, for the sentences that took their place."""

    def __init__(self, leaving: Iterable[polib.POEntry]) -> None:
        translated = sorted((e for e in leaving if e.msgstr), key=lambda e: (owner(e) != "person", bool(e.obsolete)))
        self._by_sentence: dict[str, polib.POEntry] = {}
        for entry in translated:
            self._by_sentence.setdefault(entry.msgid, entry)
        self._similar: Similar | None = None

    def carry(self, entry: polib.POEntry) -> None:
        """Give a new message the sentence before, and a person's translation of it, if there was one much like it."""
        if not self._by_sentence or not entry.msgstr:
            return
        if self._similar is None:
            self._similar = Similar(self._by_sentence)
        for _, sentence in self._similar.find(entry.msgid):
            old = self._by_sentence[sentence]
            entry.previous_msgid = sentence
            if owner(old) == "machine":
                mark(entry, "machine", fuzzy=True)
                continue
            if owner(old) == "carried":  # what the person translated was the sentence before that one
                entry.previous_msgid = old.previous_msgid or sentence
            entry.msgstr = old.msgstr
            mark(entry, "carried", fuzzy=True)


def _grouped(messages: Iterable[Message], existing: Mapping[Key, polib.POEntry]) -> dict[Key, list[Message]]:
    """The messages by sentence; a heading (item, line) has its own, by msgctxt, where its translation differs from the first."""
    grouped: dict[Key, list[Message]] = {}
    for message in messages:
        key: Key = (None, message.source)
        own: Key = (message.kind, message.source)
        first = grouped[key][0] if key in grouped else message
        if own in existing or own in grouped or (first.kind != message.kind and first.target != message.target):
            key = own
        grouped.setdefault(key, []).append(message)
    return grouped


def domain_of(name: str) -> str:
    """The domain for an input of that name: the file's stem without the language (`news.nl.txt` → `news`) and odd characters."""
    stem = Path(name).stem.removesuffix(".nl") if name != "-" else "stdin"
    return _DOMAIN.sub("-", stem).strip("-.") or "text"


def check_domain(domain: str) -> str:
    """The domain, if it can be one.

    Raises:
        CatalogError: it is empty or would leave the folder.
    """
    if not domain or _DOMAIN.search(domain) or domain.startswith("."):
        raise CatalogError(f"{domain!r} cannot be the name of a catalog: use letters, digits, '.', '_' and '-'.")
    return domain


@cache
def check_language(language: str) -> str:
    """The language, if Babel knows it.

    Raises:
        CatalogError: it does not.
    """
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise CatalogError(f"{language!r} is not a language code: use one such as en, en_GB or en_US.") from error
    return language


@cache
def plural_forms(language: str) -> str:
    """The Plural-Forms header of a language, from Babel's CLDR data."""
    from babel.messages.catalog import Catalog as BabelCatalog

    return str(BabelCatalog(locale=language.replace("-", "_")).plural_forms)


def fallbacks(language: str) -> list[str]:
    """The languages in whose catalogs gettext looks, in order: en_GB, en."""
    base = _base(language)
    return [language] if base == language else [language, base]


def memory_of(locales: Path, language: str = "en", domain: str | None = None) -> Memory:
    """What people translated or approved in all catalogs of a folder for a language; those of `domain` come first.

    After a locale's own (en_GB) come those of its language (en). A catalog that cannot be read is left out: it is reported
    when it is its turn to be updated.

    Raises:
        CatalogError: the catalog of `domain` itself cannot be read.
    """
    memory = Memory()
    for code in fallbacks(language):
        for path in sorted(
            Paths.of(locales, "*", code).po.parent.glob("*.po"), key=lambda p: (p.stem != domain, p.name)
        ):
            try:
                for pair in Catalog.load(path, code).approved():
                    memory.add(*pair)
            except VertaalError:
                if path.stem == domain and code == language:
                    raise
    return memory


def record(
    messages: Iterable[Message], locales: Path, domain: str, language: str = "en", fuzzy: bool = False
) -> tuple[Catalog, bool]:
    """Write or update the three files of a domain; the catalog, and whether any file changed.

    Raises:
        CatalogError: the catalog that is there cannot be read, or is another language's; it is left as it is.
        OutputError: the folder cannot be written, or someone else saved the catalog meanwhile.
    """
    paths = Paths.of(locales, check_domain(domain), check_language(language))
    with files.locked(paths.po):
        paths.check()
        catalog, seen = _open(paths, language)
        changed = catalog.update(messages) and _replace(paths, catalog, seen)
        if changed or not paths.pot.exists():
            changed |= _write_template(paths.pot, catalog)
        changed |= files.write(paths.mo, catalog.binary(fuzzy))
    return catalog, changed


@contextmanager
def edit(locales: Path, domain: str, language: str = "en") -> Iterator[Catalog]:
    """The catalog of a domain, locked while it is edited; its .po and .mo are written at the end, if anything changed.

    Raises:
        CatalogError: there is none, or it is not right.
        OutputError: the folder cannot be written, or someone else saved the catalog meanwhile.
    """
    paths = Paths.of(locales, check_domain(domain), check_language(language))
    paths.check(exists=True)
    with files.locked(paths.po):
        catalog, seen = _open(paths, language)
        before = [_state(e) for e in catalog.po]
        yield catalog
        if [_state(e) for e in catalog.po] != before:
            _replace(paths, catalog, seen)
            files.write(paths.mo, catalog.binary())


def _open(paths: Paths, language: str) -> tuple[Catalog, bytes]:
    """The catalog that is there, or a new one, and a digest of the file."""
    if not paths.po.exists():
        return Catalog(paths.po.stem, language), b""
    seen = files.digest(paths.po)
    return Catalog.load(paths.po, language), seen


def _replace(paths: Paths, catalog: Catalog, seen: bytes) -> bool:
    """Write the .po, unless an editor, which takes no lock, saved it meanwhile."""
    files.check_unchanged(paths.po, seen)
    return files.write(paths.po, catalog.text())


def _write_template(path: Path, catalog: Catalog) -> bool:
    """Write the .pot file, unless its messages are there already: those of en and en_GB differ in their dates alone."""
    new = catalog.template()
    with suppress(VertaalError):
        if path.exists() and files.read_text(path).partition("\n\n")[2] == new.partition("\n\n")[2]:
            return False
    return files.write(path, new)


def _write(entry: polib.POEntry, message: Message) -> None:
    """Give a message its new translation, unless what it has is a person's, or waits for one."""
    own = owner(entry)
    if own == "person" or (own == "carried" and not message.approved):
        return
    by_person = flagged(entry)
    changed_sentence = entry.fuzzy and entry.previous_msgid is not None
    entry.msgstr = message.target
    if message.approved or not message.target:
        unmark(entry)
    else:
        mark(entry, "machine", fuzzy=message.fuzzy or changed_sentence, flagged=by_person)


def _state(entry: polib.POEntry) -> int:
    """A hash of all that a file says of a message: to know whether anything changed."""
    previous = entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural
    texts = entry.msgctxt, entry.msgid, entry.msgid_plural, entry.msgstr, entry.tcomment, entry.comment
    return hash(
        (bool(entry.obsolete), *texts, *previous, *entry.msgstr_plural.items(), *entry.flags, *entry.occurrences)
    )


def _template_state(entry: polib.POEntry) -> tuple[str | None, str, str, tuple[tuple[str, str], ...]]:
    """What the template says of a message: the model and its score are the translation's."""
    comment = "\n".join(line for line in entry.comment.split("\n") if not line.startswith("model: "))
    return entry.msgctxt, entry.msgid, comment, tuple(entry.occurrences)


def _base(language: str) -> str:
    return language.replace("-", "_").split("_")[0].lower()


def _line_of(data: bytes, what: bytes) -> int:
    """The first line of a file with a text in it."""
    return data.count(b"\n", 0, max(0, data.find(what))) + 1
