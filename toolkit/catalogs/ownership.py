"""Whose the translation of a message is: the line in its comment that marks what the machine wrote.

It is `# vertaal: machine 1a2b3c4d`, for other programs a translator's comment, which they keep; with a digest of the machine's
translation, and `fuzzy` where the machine was unsure. `carried` stands in the place of `machine` where the translation is a
person's, of the sentence as it was before it changed.
"""

from __future__ import annotations

import hashlib
import re
from typing import Literal

import polib

Owner = Literal["nobody", "machine", "carried", "person"]
State = Literal["untranslated", "fuzzy", "machine", "approved"]

_MARK = re.compile(r"^vertaal: (?P<kind>machine|carried) (?P<digest>[0-9a-f]{8})(?P<fuzzy> fuzzy)?$", re.MULTILINE)


def owner(entry: polib.POEntry) -> Owner:
    """Whose the translation is.

    It is a person's if there is no mark, if the text is not that of the digest, or if a fuzzy flag was taken off; `carried` if
    it was a person's for the sentence as it was before; and nobody's if there is none.
    """
    if not translated(entry):
        return "nobody"
    found = _MARK.search(entry.tcomment)
    if found is None or found.group("digest") != digest(entry) or (found.group("fuzzy") and not entry.fuzzy):
        return "person"
    return "carried" if found.group("kind") == "carried" else "machine"


def state(entry: polib.POEntry) -> State:
    """How far a message is: approved is what a person wrote or confirmed."""
    if not translated(entry):
        return "untranslated"
    if entry.fuzzy:
        return "fuzzy"
    return "approved" if owner(entry) == "person" else "machine"


def flagged(entry: polib.POEntry) -> bool:
    """Whether a person set the fuzzy flag of a machine's translation."""
    found = _MARK.search(entry.tcomment)
    return bool(entry.fuzzy) and found is not None and not found.group("fuzzy")


def unmark(entry: polib.POEntry) -> None:
    """Make a message a person's: no mark, not fuzzy, nothing previous."""
    entry.tcomment = without_mark(entry.tcomment)
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None


def mark(entry: polib.POEntry, kind: Literal["machine", "carried"], fuzzy: bool, flagged: bool = False) -> None:
    """Make a message the machine's: `fuzzy` as it says itself, `flagged` as a person said."""
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.flags = ["fuzzy", *flags] if fuzzy or flagged else flags
    own = without_mark(entry.tcomment)
    line = f"vertaal: {kind} {digest(entry)}{' fuzzy' if fuzzy else ''}"
    entry.tcomment = f"{own}\n{line}" if own else line


def translated(entry: polib.POEntry) -> bool:
    """Whether a message has a translation, in all its plural forms."""
    return bool(entry.msgstr) or (bool(entry.msgstr_plural) and all(entry.msgstr_plural.values()))


def digest(entry: polib.POEntry) -> str:
    """Eight hexadecimal digits that stand for the translation of a message."""
    value = entry.msgstr or "\0".join(entry.msgstr_plural[i] for i in sorted(entry.msgstr_plural))
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def without_mark(comment: str) -> str:
    """A translator's comment without our line."""
    return "\n".join(line for line in comment.split("\n") if not _MARK.match(line)).strip("\n")
