"""Web and e-mail addresses stand in the English as they stand in the Dutch."""

import re
from collections import Counter
from collections.abc import Iterator

# What closes the sentence after an address is no part of it, though translate-toolkit's pattern takes it in.
_SENTENCE_MARKS = r"[.,:;!?)]+(?=[\s\"'”’)]|$)"


def addresses(source: str, target: str) -> Iterator[str]:
    """One sentence with the addresses that the English has changed, lost or added.

    What an address looks like is translate-toolkit's knowledge, from its `urls` and `emails` checks.
    """
    if not any(mark in text for mark in ("@", "://", "www.") for text in (source, target)):
        return
    from translate.filters.decoration import getemails, geturls

    dutch, english = (
        Counter([*geturls(text), *getemails(text)])
        for text in (re.sub(_SENTENCE_MARKS, "", text) for text in (source, target))
    )
    lost, added = dutch - english, english - dutch
    if lost and added:
        yield f"The Dutch has {', '.join(lost)} where the English has {', '.join(added)}."
    elif lost:
        yield f"The English lacks the address {', '.join(lost)}."
    elif added:
        yield f"The English has the address {', '.join(added)}, which the Dutch has not."
