"""Spelling out Dutch abbreviations for the model, which has seldom seen them: `d.w.z.` → `dat wil zeggen`."""

from __future__ import annotations

import re
from collections.abc import Callable

_FULL = {
    "a.s.": "aanstaande", "a.u.b.": "alstublieft", "bijv.": "bijvoorbeeld", "bv.": "bijvoorbeeld", "blz.": "bladzijde",
    "ca.": "circa", "d.m.v.": "door middel van", "d.w.z.": "dat wil zeggen", "dhr.": "meneer", "dr.": "Dr.",
    "e.d.": "en dergelijke", "enz.": "enzovoort", "evt.": "eventueel", "excl.": "exclusief", "i.h.b.": "in het bijzonder",
    "i.p.v.": "in plaats van", "i.s.m.": "in samenwerking met", "i.v.m.": "in verband met", "incl.": "inclusief",
    "jl.": "jongstleden", "m.a.w.": "met andere woorden", "m.b.t.": "met betrekking tot", "m.b.v.": "met behulp van",
    "m.i.": "mijns inziens", "m.n.": "met name", "max.": "maximaal", "mevr.": "mevrouw", "mw.": "mevrouw",
    "min.": "minimaal", "mln.": "miljoen", "mld.": "miljard", "n.a.v.": "naar aanleiding van", "nr.": "nummer", "o.a.": "onder andere",
    "o.l.v.": "onder leiding van", "o.m.": "onder meer", "pag.": "pagina", "prof.": "professor", "resp.": "respectievelijk",
    "t.a.v.": "ten aanzien van", "t.e.m.": "tot en met", "t.g.v.": "ten gevolge van", "t.o.v.": "ten opzichte van",
    "t/m": "tot en met", "vgl.": "vergelijk", "z.s.m.": "zo snel mogelijk", "zgn.": "zogenaamde",
}  # fmt: skip
# `mr.` is a lawyer's title that English leaves out; before a name alone, since it also ends sentences.
_FULL |= {"mr.": ""}
_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:" + "|".join(re.escape(a) for a in sorted(_FULL, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)
_NAME_FOLLOWS = re.compile(r"\s+(?:[A-Z]|v[ao]n\b|de\b|ten\b|ter\b|(?:dr|mr|ir)\.)")
_TITLES = {"dr.", "mr.", "prof.", "dhr.", "mevr.", "mw."}
_BEFORE_NUMBER = {"max.", "min.", "nr.", "ca.", "blz.", "pag."}


def spell_out(text: str) -> tuple[str, Callable[[int], int]]:
    """The text with its abbreviations spelled out, and a function that says where a place of the text is in it.

    The full stop of one that ends the sentence stays.
    """
    edits: list[tuple[int, int, str]] = []
    for match in _ABBREVIATION.finditer(text):
        short, (start, end) = match.group(), match.span()
        lower = short.lower()
        if lower in _TITLES and (not _NAME_FOLLOWS.match(text, end) or (lower == "mr." and short != "mr.")):
            continue
        if lower in _BEFORE_NUMBER and not re.match(r"\s*\d", text[end:]):
            continue
        full = _FULL[lower]
        if short[0].isupper() and full[:1].islower():
            full = full[0].upper() + full[1:]
        if lower == "mr.":
            end += len(text[end:]) - len(text[end:].lstrip())
        elif end == len(text) and short.endswith("."):
            full += "."
        edits.append((start, end, full))
    if not edits:
        return text, lambda at: at
    spelled = text
    for start, end, full in reversed(edits):
        spelled = spelled[:start] + full + spelled[end:]

    def move(at: int) -> int:
        return at + sum(len(full) - (end - start) for start, end, full in edits if end <= at)

    return spelled, move
