"""argos-translate-lt by its Python API: `python -m benchmarks.programs.argos PACKAGE PARAGRAPHS`.

A line is a paragraph with a TAB between its sentences: Argos' own splitter would download a model, so it is given the
sentences of `vertaal` through a sentencizer class of its API. All else is as Argos does it by default.
"""

from __future__ import annotations

import sys
from pathlib import Path

from argostranslate import sbd, settings, translate


class GivenSentences(sbd.ISentenceBoundaryDetectionModel):  # type: ignore[misc]
    """The sentences as they are given."""

    def split_sentences(self, text: str) -> list[str]:
        return text.split("\t")


def main(package: Path, paragraphs: Path) -> None:
    settings.package_dirs[:] = [package.parent]
    translation = translate.get_translation_from_codes("nl", "en")
    translation.underlying.sentencizer = GivenSentences()
    print(translation.translate(paragraphs.read_text(encoding="utf-8").rstrip("\n")))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
