"""Quotation marks and apostrophes: straight for the model, and in the English as the Dutch text has them."""

from __future__ import annotations

import re

_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"}
)
_CURLY = re.compile("[“”„‘’«»]")


def straighten(text: str) -> str:
    """The text with straight quotation marks; every character keeps its place."""
    return text.translate(_STRAIGHT)


def restyle(english: str, dutch: str) -> str:
    """The English with curly marks where the Dutch has curly (or low, or angle) ones."""
    if not _CURLY.search(dutch):
        return english
    if re.search("[“”„«»]", dutch) and '"' not in dutch:
        english = re.sub(r'(^|[\s(\[—–-])"(?=\S)', r"\1“", english).replace('"', "”")
    if re.search("[‘’]", dutch) and "'" not in dutch:
        english = re.sub(r"(^|[\s(\[“])'(?=\w)", r"\1‘", english).replace("'", "’")
    return english
