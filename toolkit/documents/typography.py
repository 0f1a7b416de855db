"""Quotation marks and apostrophes: straight for the model, and in the English as the Dutch text has them."""

from __future__ import annotations

import re

_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"}
)
_DOUBLE_STOP = re.compile(r"(\b[ap]\.m\.)\.+")  # the stop of the abbreviation ends the sentence too
_CURLY = re.compile("[“”„‘’«»]")


def straighten(text: str) -> str:
    """The text with straight quotation marks; every character keeps its place."""
    return text.translate(_STRAIGHT)


def snug(text: str) -> str:
    """The text without spaces between straight double marks and what they enclose, where the marks pair up."""
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    return '"'.join(part.strip() or part if k % 2 else part for k, part in enumerate(parts))


def restyle(english: str, dutch: str) -> str:
    """The English with curly marks where the Dutch has curly (or low, or angle) ones, no space inside a quotation, and one stop after p.m."""
    if not dutch.endswith(("...", "…")):
        english = _DOUBLE_STOP.sub(r"\1", english)
    plain = straighten(dutch)
    if snug(plain) == plain:
        english = snug(english)
    if not _CURLY.search(dutch):
        return english
    if re.search("[“”„«»]", dutch) and '"' not in dutch:
        english = re.sub(r'(^|[\s(\[—–-])"(?=\S)', r"\1“", english).replace('"', "”")
    if re.search("[‘’]", dutch) and "'" not in dutch:
        english = re.sub(r"(^|[\s(\[“])'(?=\w)", r"\1‘", english).replace("'", "’")
    return english
