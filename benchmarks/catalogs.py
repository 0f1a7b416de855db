"""How long a large catalog takes, and how much memory: python benchmarks/catalogs.py [MESSAGES] [PERCENT CHANGED].

Makes up a document of that many sentences, writes its catalog, changes some of the sentences, and updates the catalog as
`vertaal translate` does after decoding. Prints the processor time of each step, and the most memory that the process took.
Then the same change in a small catalog, beside translate-toolkit's pretranslate, which fills a new template from the
catalog as it was (https://docs.translatehouse.org/projects/translate-toolkit/en/latest/commands/pretranslate.html).
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from toolkit.catalogs import Catalog, Message, Paths, memory_of, record

PEER = 1_000  # messages of the catalog that both update: the peer compares each new sentence with all old ones


def messages(count: int, percent: float, seed: int = 1) -> Iterator[Message]:
    """Made-up sentences whose words are as unevenly frequent as in a language; `percent` of them with a word changed."""
    chance, change = random.Random(seed), random.Random(seed + 1)
    letters = "eeeeaaiioounnnrrssttddllkmgvzbphjwcf"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 12))) for _ in range(50_000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for line in range(1, count + 1):
        dutch, english = (chance.choices(words, cum_weights=weights, k=chance.randint(6, 25)) for _ in range(2))
        if change.random() * 100 < percent:
            dutch[change.randrange(len(dutch))] = "anders"
        comments = ("term: deelrepubliek → constituent republic",) if line % 5 == 0 else ()
        yield Message(
            f"{' '.join(dutch)} {line}.", f"{' '.join(english)}.", "paragraph", "nieuws.txt", line, comments=comments
        )


def timed(what: str, work: Callable[[], object]) -> None:
    """Do some work and print the processor time that it took."""
    start = time.process_time()
    work()
    print(f"{what:50} {time.process_time() - start:6.2f} s", flush=True)


def beside_pretranslate(folder: Path, percent: float) -> None:
    """Update a catalog of `PEER` messages, both ways."""
    from translate.tools.pretranslate import pretranslate_file

    old, new, ours = (folder / name for name in ("old", "new", "ours"))
    for locales, share in ((old, 0.0), (new, percent), (ours, 0.0)):
        record(messages(PEER, share), locales, "nieuws")
    timed(f"vertaal, {PEER:,} messages, {percent:g} % changed", lambda: record(messages(PEER, percent), ours, "nieuws"))
    before = Paths.of(old, "nieuws").po
    with Paths.of(new, "nieuws").pot.open("rb") as pot, (folder / "peer.po").open("wb") as out, before.open("rb") as po:
        timed("pretranslate, the same", lambda: pretranslate_file(pot, out, po))


def main() -> None:
    """Run the steps."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    percent = float(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        locales = Path(folder)
        timed(f"make {count:,} messages up", lambda: sum(1 for _ in messages(count, 0)))
        timed("new catalog, with the making up", lambda: record(messages(count, 0), locales, "nieuws"))
        timed("translation memory", lambda: memory_of(locales))
        timed("update, nothing changed", lambda: record(messages(count, 0), locales, "nieuws"))
        timed(
            f"update, {percent:g} % of the sentences changed",
            lambda: record(messages(count, percent), locales, "nieuws"),
        )
        timed("read", lambda: Catalog.load(Paths.of(locales, "nieuws").po))
        print(f"{'memory at most':50} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")
        beside_pretranslate(locales, percent)


if __name__ == "__main__":
    main()
