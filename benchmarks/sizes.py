"""`python -m benchmarks.sizes`: words a second against the size of the document, as a table and a plot (SVG).

Whole processes, start and loading counted, as in `benchmarks.run`: small documents show what a start costs, large ones
the rate of decoding.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks import texts
from benchmarks.measure import Row, facts, table
from benchmarks.run import HEAD, NOTES, lines, measured, publish, report, translation

PROGRAMS = ("vertaal", "argos-translate", "CTranslate2")
SLOW, SLOW_FROM = "argos-translate", 3_000  # sentences from which it is left out: it would take minutes a round
COLOURS = {"vertaal": "#0b6e4f", "argos-translate": "#c1440e", "CTranslate2": "#777777"}

Points = dict[str, list[tuple[int, float]]]  # by program: sentences, words a second


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizes", description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=2, help="rounds, in each of which every program runs once (2)")
    parser.add_argument("--sizes", default="1,10,100,1000,10000", help="sentences (1,10,100,1000,10000)")
    parser.add_argument("--json", action="store_true", help="print JSON with every run, not the table")
    parser.add_argument("--save", metavar="NAME", help="keep it as benchmarks/results/NAME.json, .md and .svg too")
    chosen = parser.parse_args(arguments)
    about, rows, notes = facts(), [], list(NOTES[:3])
    points: Points = {}
    with tempfile.TemporaryDirectory(prefix="vertaal-benchmark-") as name:
        for size in map(int, chosen.sizes.split(",")):
            case = translation(f"{size:,} sentences", texts.document(size), Path(name))
            for program in set(case.programs) - set(PROGRAMS) | ({SLOW} if size >= SLOW_FROM else set()):
                del case.programs[program]
            found, said = measured(case, chosen.pairs, Path(name))
            rows, notes = rows + found, notes + said
            for row in found:
                points.setdefault(row.program, []).append((size, _rate(row)))
    result = {"machine": about, "pairs": chosen.pairs, "rows": [row.to_dict() for row in rows], "notes": notes}
    as_table = report(about, chosen.pairs, table(HEAD, lines(rows)), notes)
    publish(result, as_table, chosen.json, chosen.save, plot(points))
    return 0


def _rate(row: Row) -> float:
    return row.words / (row.middle("wall") or math.inf)


def plot(points: Points) -> str:
    """Lines of words a second against sentences, both axes logarithmic, as an SVG.

    Args:
        points: at least one program with at least one point, all above 0.
    """
    width, height, left, right, top, bottom = 640, 400, 70, 150, 36, 52
    sizes = [size for line in points.values() for size, _ in line]
    rates = [rate for line in points.values() for _, rate in line]
    x_from, x_to = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)) + 1e-9)
    y_from, y_to = math.floor(math.log10(min(rates))), math.ceil(math.log10(max(rates)) + 1e-9)
    x_to, y_to = max(x_to, x_from + 1), max(y_to, y_from + 1)

    def x(size: float) -> float:
        return left + (math.log10(size) - x_from) / (x_to - x_from) * (width - left - right)

    def y(rate: float) -> float:
        return height - bottom - (math.log10(rate) - y_from) / (y_to - y_from) * (height - top - bottom)

    def text(at: tuple[float, float], words: str, anchor: str = "middle", colour: str = "#222") -> str:
        return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        text(((left + width - right) / 2, 20), "Words a second, whole process, by size of the document"),
        text(((left + width - right) / 2, height - 12), "sentences"),
    ]
    for power in range(x_from, x_to + 1):
        parts.append(_line([(x(10**power), top), (x(10**power), height - bottom)], "#ddd", 1))
        parts.append(text((x(10**power), height - bottom + 18), f"{10**power:,}"))
    for power in range(y_from, y_to + 1):
        parts.append(_line([(left, y(10**power)), (width - right, y(10**power))], "#ddd", 1))
        parts.append(text((left - 8, y(10**power) + 4), f"{10**power:,}", "end"))
    for program, line in points.items():
        colour, places = COLOURS.get(program, "#000"), [(x(size), y(rate)) for size, rate in sorted(line)]
        parts.append(_line(places, colour, 2))
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in places]
        parts.append(text((places[-1][0] + 8, places[-1][1] + 4), program, "start", colour))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(places: Sequence[tuple[float, float]], colour: str, wide: float) -> str:
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{wide}"/>'


if __name__ == "__main__":
    sys.exit(main())
