"""`python -m training STEP`: the steps from text to a package."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from training.config import PRESETS, TrainingError, Vocabulary
from training.corpora import TABLE, load


def main(arguments: list[str] | None = None) -> int:
    """Run a step; returns 0, 1 where `check-data` found errors, or 2 where something the user can mend is wrong."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except TrainingError as error:
        print(f"training: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ImportError as error:
        print(f"training: {error.name or error} is not installed: pip install 'vertaal[training]'.", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(title="steps", required=True, metavar="STEP")

    def step(run: Callable[[argparse.Namespace], int], name: str, text: str) -> argparse.ArgumentParser:
        own = steps.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        own.set_defaults(run=run)
        return own

    own = step(_check_data, "check-data", "check the pairs that were written for this project")
    own.add_argument("files", nargs="*", type=Path, help="files to check, all of training/data unless told")
    own.add_argument("--no-spelling", action="store_true", help="do not warn of unknown words")

    own = step(_prepare, "prepare", "clean the corpora, learn a vocabulary, encode")
    own.add_argument("data", type=Path, help="folder for the prepared data")
    own.add_argument("--bitext", type=Path, help="folder of corpora: *.tsv or *.tsv.xz of corpus, Dutch, English")
    own.add_argument(
        "--tests", type=Path, help="folder of test sets (FLORES, NTREX) none of whose sentences may be trained on"
    )
    own.add_argument("--table", type=Path, default=TABLE, help="table of corpora (training/corpora.toml)")
    own.add_argument("--vocabulary", type=Path, help="use this SentencePiece model instead of learning one")
    own.add_argument(
        "--pieces", type=int, default=Vocabulary().pieces, help="size of a vocabulary to learn (%(default)s)"
    )
    own.add_argument("--seed", type=int, default=1)

    own = step(_align, "align", "make the corpus with inline hints, by word alignments")
    own.add_argument("data", type=Path, help="folder of prepared data")
    own.add_argument("--table", type=Path, default=TABLE, help="table of corpora (training/corpora.toml)")
    own.add_argument("--seed", type=int, default=1)

    own = step(_train, "train", "train one cycle, or go on with one")
    own.add_argument("data", type=Path, help="folder of prepared data")
    own.add_argument("folder", type=Path, help="folder of the run; a run that is there goes on")
    own.add_argument("--preset", choices=PRESETS, default="cpu", help="settings to begin with (%(default)s)")
    own.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="change one, such as cycle.hours=1.5"
    )
    own.add_argument("--start", type=Path, help="checkpoint whose weights to start a new run from")

    own = step(_average, "average", "average the weights of checkpoints")
    own.add_argument("out", type=Path, help="checkpoint to write")
    own.add_argument("checkpoints", nargs="+", type=Path, help="such as RUN/weights-*.pt")

    own = step(_export, "export", "make an Argos package of a checkpoint")
    own.add_argument("checkpoint", type=Path, help="such as RUN/last.pt")
    own.add_argument("package", type=Path, help="folder of the package")
    own.add_argument("--vocabulary", type=Path, required=True, help="the SentencePiece model, DATA/vocabulary.model")
    own.add_argument("--version", required=True, help="of the package, such as 0.3")
    own.add_argument("--card", type=Path, help="its README")
    own.add_argument("--beam-size", type=int, default=4, help="what programs should decode with (%(default)s)")
    own.add_argument("--length-penalty", type=float, default=1.0, help="likewise (%(default)s)")
    own.add_argument("--zip", action="store_true", help="write PACKAGE.argosmodel too, which Argos installs")

    own = step(_import_package, "import-package", "make a checkpoint of a package, to train on from it")
    own.add_argument("package", type=Path, help="folder of the package")
    own.add_argument("checkpoint", type=Path, help="checkpoint to write")

    own = step(_evaluate, "evaluate", "measure quality, obedience to hints, speed and size of a package")
    own.add_argument("package", type=Path, help="folder of the package")
    own.add_argument(
        "--test", action="append", default=[], type=Path, help="test set: the path of its files without .nl and .en"
    )
    own.add_argument(
        "--terms", type=Path, help="JSON lines of sentences with glossary terms, such as tests/data/terms.jsonl"
    )
    own.add_argument("--json", action="store_true", help="print JSON")

    own = step(_tune, "tune", "try settings of decoding on a test set")
    own.add_argument("package", type=Path, help="folder of the package")
    own.add_argument("test", type=Path, help="test set: the path of its files without .nl and .en")
    return parser


def _check_data(options: argparse.Namespace) -> int:
    from training.check_data import FOLDER, check

    files = options.files or sorted(FOLDER.glob("[0-9]*.tsv"))
    errors = warnings = 0
    for finding in check(files, spelling=not options.no_spelling):
        print(finding)
        errors += finding.error
        warnings += not finding.error
    print(f"{len(files)} files, {errors} errors, {warnings} warnings", file=sys.stderr)
    return 1 if errors else 0


def _prepare(options: argparse.Namespace) -> int:
    from training.prepare import prepare

    if not options.tests:
        print("training: no --tests are given, so nothing is kept from the test sets.", file=sys.stderr)
    prepared = prepare(
        options.data,
        options.bitext,
        options.tests,
        existing=options.vocabulary,
        settings=Vocabulary(pieces=options.pieces),
        table=load(options.table),
        seed=options.seed,
    )
    for name, row in prepared.facts["corpora"].items():
        dropped = prepared.facts["dropped"].get(name, {})
        reasons = ", ".join(f"{count} {reason}" for reason, count in dropped.items())
        print(
            f"{name:30} {row['pairs']:8} pairs, weight {row['weight']:g}" + (f"; dropped: {reasons}" if reasons else "")
        )
    return 0


def _align(options: argparse.Namespace) -> int:
    from training.align import align

    print(f"{align(options.data, table=load(options.table), seed=options.seed)} sentences with hints")
    return 0


def _train(options: argparse.Namespace) -> int:
    from training.process import settle

    settle()
    from training.train import Run

    recipe = PRESETS[options.preset].changed(options.set)
    run = Run(recipe, options.data, options.folder, options.start)
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: asked.append(received))
    run.train(stop=lambda step: bool(asked), report=lambda line: print(line, flush=True))
    print("The cycle is over." if run.finished else f"Stopped and saved at step {run.step}; the same command goes on.")
    return 0


def _average(options: argparse.Namespace) -> int:
    from training.average import average

    average(options.checkpoints).save(options.out)
    return 0


def _export(options: argparse.Namespace) -> int:
    from training.checkpoint import Checkpoint
    from training.export import export, pack

    export(
        Checkpoint.load(options.checkpoint),
        options.vocabulary,
        options.package,
        version=options.version,
        card=options.card,
        beam_size=options.beam_size,
        length_penalty=options.length_penalty,
    )
    if options.zip:
        pack(options.package, options.package.with_name(options.package.name + ".argosmodel"))
    return 0


def _import_package(options: argparse.Namespace) -> int:
    from training.import_package import import_package

    import_package(options.package).save(options.checkpoint)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from training.process import settle

    settle()
    from training.evaluate import evaluate

    evaluation = evaluate(options.package, options.test, options.terms)
    print(evaluation.json() if options.json else evaluation.table())
    return 0


def _tune(options: argparse.Namespace) -> int:
    from training.process import settle

    settle()
    from training.tune import tune

    for trial in tune(options.package, options.test):
        print(trial.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
