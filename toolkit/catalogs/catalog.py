"""gettext catalogs: the record of a translation, in which people correct the machine and which programs load.

Conventions: msgid is the Dutch sentence, msgstr the English; `#:` says where it stands, `#.` the kind of its block, its terms,
the model and its score. `fuzzy` means that a person should look. A line `# vertaal: machine 1a2b3c4d` marks what the machine
wrote, with a digest of it: a message without that line, with another text than the digest's, or with its fuzzy flag taken
off, is a person's, and is never touched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import polib

from toolkit import files
from toolkit.catalogs import mofile, pofile
from toolkit.catalogs.memory import Memory, Similar
from toolkit.errors import CatalogError
from toolkit.version import VERSION

Owner = Literal["nobody", "machine", "carried", "person"]
Key = tuple[str | None, str]

_MARK = re.compile(r"^vertaal: (machine|carried) ([0-9a-f]{8})( fuzzy)?$", re.MULTILINE)
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
        folder = locales / language / "LC_MESSAGES"
        return cls(locales / f"{domain}.pot", folder / f"{domain}.po", folder / f"{domain}.mo")


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
        path = Path(path)
        po = pofile.read(path)
        own = po.metadata.get("Language", "").strip() or language or "en"
        if language and own.replace("-", "_").split("_")[0] != language.split("_")[0]:
            raise CatalogError(f"{path} is a catalog for {own!r}, not {language!r}: give another domain or language.")
        return cls(path.stem, language or own, po)

    def __len__(self) -> int:
        return sum(not e.obsolete for e in self.po)

    def __iter__(self) -> Iterator[polib.POEntry]:
        return (e for e in self.po if not e.obsolete)

    def get(self, msgid: str, context: str | None = None) -> polib.POEntry | None:
        """The message of a Dutch sentence, or None."""
        return next((e for e in self if e.msgid == msgid and context in (None, e.msgctxt)), None)

    def update(self, messages: Iterable[Message]) -> bool:
        """Bring the catalog up to a new translation of its document; True if anything changed.

        What a person wrote stays. A sentence that changed slightly gets the person's old translation, fuzzy, with the
        sentence before; one that is gone becomes obsolete and comes back with its translation.
        """
        before = self._content()
        existing: dict[Key, polib.POEntry] = {}
        for entry in sorted(self.po, key=lambda e: bool(e.obsolete)):
            existing.setdefault((entry.msgctxt, entry.msgid), entry)
        grouped: dict[Key, list[Message]] = {}
        for message in messages:
            context = message.kind if (message.kind, message.source) in existing else None
            grouped.setdefault((context, message.source), []).append(message)
        leaving = [e for k, e in existing.items() if k not in grouped]
        similar: Similar | None = None
        ordered: list[polib.POEntry] = []
        for key, group in grouped.items():
            entry = existing.get(key)
            if entry is None:
                if similar is None:
                    similar = Similar([e.msgid for e in leaving if e.msgstr])
                entry = self._new(key, group[0], similar, leaving)
            else:
                _write(entry, group[0])
            entry.obsolete = False
            entry.comment = "\n".join((group[0].kind, *group[0].comments))
            entry.occurrences = list(dict.fromkeys((m.file, str(m.line)) for m in group if m.file))
            ordered.append(entry)
        for entry in leaving:
            if entry.msgstr or entry.msgstr_plural or entry.tcomment:
                entry.obsolete, entry.occurrences, entry.comment = True, [], ""
                ordered.append(entry)
        self.po[:] = ordered
        changed = self._content() != before or not self.po.metadata
        if changed:
            self._stamp()
        return changed

    def _new(self, key: Key, message: Message, similar: Similar, leaving: Sequence[polib.POEntry]) -> polib.POEntry:
        entry = polib.POEntry(msgid=key[1], msgctxt=key[0])
        _write(entry, message)
        if message.approved:
            return entry
        for _, old in similar.find(message.source):
            previous = next(e for e in leaving if e.msgid == old)
            entry.previous_msgid = old
            if owner(previous) == "person" and not previous.fuzzy:
                entry.msgstr = previous.msgstr
                _mark(entry, "carried", fuzzy=True)
            else:
                _mark(entry, "machine", fuzzy=True)
        return entry

    def text(self) -> str:
        """The catalog as the text of a .po file."""
        return pofile.text(self.po)

    def template(self) -> str:
        """The text of the .pot file: the messages without translations."""
        pot = polib.POFile(wrapwidth=pofile.WIDTH)
        pot.metadata = {
            key: value for key, value in self.po.metadata.items() if key not in ("PO-Revision-Date", "Last-Translator", "Language", "Plural-Forms")
        }
        pot.metadata_is_fuzzy = ["fuzzy"]
        for entry in self:
            comment = "\n".join(line for line in entry.comment.split("\n") if not line.startswith("model: "))
            pot.append(polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, comment=comment, occurrences=entry.occurrences))
        return pofile.text(pot)

    def binary(self, fuzzy: bool = False) -> bytes:
        """The bytes of the .mo file; fuzzy messages only when asked."""
        return mofile.binary(self.po, fuzzy)

    def approve(self, msgids: Iterable[str] | None = None) -> int:
        """Make messages a person's: all translated ones, or those of these Dutch sentences. Returns how many changed.

        Raises:
            CatalogError: there is no translated message of one of the sentences.
        """
        count = 0
        for entry in self._chosen(msgids):
            if owner(entry) != "person" or entry.fuzzy:
                entry.tcomment = _unmarked(entry.tcomment)
                _set_fuzzy(entry, False)
                entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
                count += 1
        if count:
            self._stamp()
        return count

    def unapprove(self, msgids: Iterable[str] | None = None) -> int:
        """Give messages back to the machine, which may write them anew. Returns how many changed.

        Raises:
            CatalogError: there is no translated message of one of the sentences.
        """
        count = 0
        for entry in self._chosen(msgids):
            if owner(entry) == "person":
                _mark(entry, "machine", fuzzy=bool(entry.fuzzy))
                count += 1
        if count:
            self._stamp()
        return count

    def clean(self) -> int:
        """Drop the obsolete messages. Returns how many there were."""
        kept = list(self)
        count = len(self.po) - len(kept)
        if count:
            self.po[:] = kept
            self._stamp()
        return count

    def stats(self) -> Stats:
        """Count the messages and words."""
        counts = dict.fromkeys(("translated", "fuzzy", "untranslated", "approved", "obsolete", "words", "words_translated"), 0)
        for entry in self.po:
            if entry.obsolete:
                counts["obsolete"] += 1
                continue
            words = len(entry.msgid.split())
            counts["words"] += words
            if not _translated(entry):
                counts["untranslated"] += 1
            elif entry.fuzzy:
                counts["fuzzy"] += 1
            else:
                counts["translated"] += 1
                counts["words_translated"] += words
                counts["approved"] += owner(entry) == "person"
        return Stats(**counts)

    def approved(self) -> Iterator[tuple[str, str]]:
        """The sentences that a person translated or approved, obsolete ones too, with their English."""
        for entry in self.po:
            if owner(entry) == "person" and not entry.fuzzy and entry.msgstr:
                yield entry.msgid, entry.msgstr

    def _chosen(self, msgids: Iterable[str] | None) -> list[polib.POEntry]:
        if msgids is None:
            return [e for e in self if _translated(e)]
        chosen = []
        for msgid in msgids:
            found = [e for e in self if e.msgid == msgid and _translated(e)]
            if not found:
                raise CatalogError(f"The catalog {self.domain!r} has no translated message {msgid!r}.")
            chosen += found
        return chosen

    def _content(self) -> str:
        """The text without what changes by itself: to know whether anything did."""
        return "\n".join(pofile.entry_text(e) for e in self.po)

    def _stamp(self) -> None:
        """Complete the header, and set the dates; what a person put there stays."""
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")
        old = self.po.metadata
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
        forced = {"POT-Creation-Date": now, "PO-Revision-Date": now, "Content-Type": defaults["Content-Type"], "X-Generator": f"vertaal {VERSION}"}
        self.po.metadata = {**defaults, **old, **forced}


def owner(entry: polib.POEntry) -> Owner:
    """Whose the translation of a message is: see the head of this file."""
    if not _translated(entry):
        return "nobody"
    mark = _MARK.search(entry.tcomment or "")
    if mark is None or mark.group(2) != _digest(entry):
        return "person"
    if mark.group(3) and not entry.fuzzy:
        return "person"
    return "carried" if mark.group(1) == "carried" else "machine"


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


def memory_of(locales: Path, language: str = "en", domain: str | None = None) -> Memory:
    """What people translated or approved in all catalogs of a folder for a language; those of `domain` come first.

    A catalog that cannot be read is left out: it is reported when it is its turn to be updated.

    Raises:
        CatalogError: the catalog of `domain` itself cannot be read.
    """
    memory = Memory()
    folder = locales / language / "LC_MESSAGES"
    paths = sorted(folder.glob("*.po"), key=lambda p: (p.stem != domain, p.name)) if folder.is_dir() else []
    for path in paths:
        try:
            for pair in Catalog.load(path, language).approved():
                memory.add(*pair)
        except CatalogError:
            if path.stem == domain:
                raise
    return memory


def record(messages: Iterable[Message], locales: Path, domain: str, language: str = "en", fuzzy: bool = False) -> tuple[Catalog, bool]:
    """Write or update the three files of a domain; the catalog, and whether any file changed.

    Raises:
        CatalogError: the catalog that is there cannot be read, or is another language's; it is left as it is.
        OutputError: the folder cannot be written.
    """
    check_domain(domain)
    paths = Paths.of(locales, domain, check_language(language))
    with files.locked(paths.po):
        catalog = Catalog.load(paths.po, language) if paths.po.exists() else Catalog(domain, language)
        changed = catalog.update(messages)
        if changed:
            changed = files.write(paths.po, catalog.text())
        changed |= _write_template(paths.pot, catalog)
        changed |= files.write(paths.mo, catalog.binary(fuzzy))
    return catalog, changed


def _write_template(path: Path, catalog: Catalog) -> bool:
    """Write the .pot file, unless it differs from the one there in its dates alone."""
    new = catalog.template()
    if path.exists():
        try:
            undated = re.compile(r'^"(?:POT-Creation-Date|X-Generator): .*\n', re.MULTILINE)
            if undated.sub("", files.read_text(path)) == undated.sub("", new):
                return False
        except Exception:
            pass
    return files.write(path, new)


def _write(entry: polib.POEntry, message: Message) -> None:
    """Give a message its new machine translation, unless it is a person's or waits for one."""
    if owner(entry) in ("person", "carried") and entry.msgstr:
        return
    entry.msgstr = message.target
    if message.approved:
        entry.tcomment = _unmarked(entry.tcomment)
        _set_fuzzy(entry, False)
        return
    changed_sentence = entry.previous_msgid is not None and bool(entry.fuzzy)
    _mark(entry, "machine", fuzzy=message.fuzzy or changed_sentence)


def _mark(entry: polib.POEntry, kind: str, fuzzy: bool) -> None:
    _set_fuzzy(entry, fuzzy)
    line = f"vertaal: {kind} {_digest(entry)}{' fuzzy' if fuzzy else ''}"
    own = _unmarked(entry.tcomment)
    entry.tcomment = f"{own}\n{line}" if own else line


def _unmarked(comment: str) -> str:
    return "\n".join(line for line in (comment or "").split("\n") if not _MARK.match(line)).strip("\n")


def _set_fuzzy(entry: polib.POEntry, fuzzy: bool) -> None:
    flags = [f for f in entry.flags if f != "fuzzy"]
    entry.flags = ["fuzzy", *flags] if fuzzy else flags


def _translated(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr) or (bool(entry.msgstr_plural) and all(entry.msgstr_plural.values()))


def _digest(entry: polib.POEntry) -> str:
    value = entry.msgstr or "\0".join(entry.msgstr_plural[i] for i in sorted(entry.msgstr_plural))
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def translations(catalog: Catalog) -> Mapping[str, str]:
    """The sentences of a catalog with their usable English: what `gettext` would return."""
    return {e.msgid: e.msgstr for e in catalog if e.msgstr and not e.fuzzy}
