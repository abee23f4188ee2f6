"""The command that makes up records from those of persons: its options, and what it does, with and without Django."""

import csv
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TextIO

from zicht.stats.disclosure.evaluation import Evaluation, evaluate
from zicht.stats.disclosure.formulas import guard
from zicht.stats.disclosure.ledger import LEFT, USUAL_BUDGET, Line, spend
from zicht.stats.disclosure.records import Records, read_records
from zicht.stats.disclosure.synthetic import (
    USUAL_DELTA,
    USUAL_EPSILON,
    USUAL_LENGTH,
    Wanted,
    check,
    find_library,
    make_up,
)
from zicht.stats.errors import WrongSetting
from zicht.stats.release import FEWEST, PUBLIC
from zicht.stats.writing import Writer

ABOUT = (
    "No row is a person. These records are made up from numbers to which noise was added (epsilon %(epsilon)s, delta "
    "%(delta)s for one record), for exploring only: no figure counted in them may be published as a figure about "
    "persons. Combinations of two answers or more of fewer than about %(resolution)s records were not taken over, "
    "those of more than %(length)s answers only by chance; an empty value was not known or could not be taken over."
)
MADE = "%(name)s: %(made)s made-up records from about %(true)s."
LENGTH = (
    "Combinations of %(length)s: %(kept)s of %(common)s common ones are kept, their counts off by %(error)s on "
    "average; %(made_up)s of %(found)s occur in no true record; %(rare_kept)s of %(rare)s rare ones occur."
)
ALONE = "Of %(alone)s true records that no other equals, %(alone_made)s are like a made-up one, by chance."
OWN = "The evaluation compares with true records: keep it in the office."


def add_arguments(parser: ArgumentParser) -> None:
    """Take records, how much may be told of one person, and where to write."""
    parser.add_argument("records", type=Path, metavar="RECORDS.csv", help="a row for each person, a column an answer")
    parser.add_argument("--year", type=int, required=True, help="of which the records tell")
    parser.add_argument("--ledger", type=Path, required=True, metavar="FILE", help="where what was spent is kept")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="for three files")
    parser.add_argument("--release", default=PUBLIC, choices=[*FEWEST], help="who will read it (default: %(default)s)")
    parser.add_argument(
        "--epsilon", type=float, default=USUAL_EPSILON, help="what a person may lose (default: %(default)s)"
    )
    parser.add_argument(
        "--delta", type=float, default=USUAL_DELTA, help="chance that it is more (default: %(default)s)"
    )
    parser.add_argument(
        "--budget", type=float, default=USUAL_BUDGET, help="epsilon for a whole year (default: %(default)s)"
    )
    parser.add_argument(
        "--length", type=int, default=USUAL_LENGTH, help="answers in a combination that is kept (default: %(default)s)"
    )
    parser.add_argument("--leave-out", action="append", default=[], metavar="COLUMN", help="do not look at a column")
    parser.add_argument("--json", action="store_true", help="print the evaluation as JSON")


def run(options: Namespace, out: Writer, errors: TextIO) -> None:
    """Make up records, and write them with what goes along and with an evaluation; raises StatsError before that."""
    find_library()
    records = read_records(options.records, options.leave_out)
    wanted = Wanted(options.epsilon, options.delta, options.length, FEWEST[options.release])
    check(wanted, len(records.columns))
    paths = _free_paths(options.out, Path(records.name).stem)
    made = make_up(records, wanted)
    found = evaluate(records, made, wanted)
    line = Line(options.year, options.epsilon, options.budget, records.digest, options.delta)
    left = spend(options.ledger, line)
    errors.write(LEFT % {"left": f"{left:g}", "budget": f"{options.budget:g}", "year": options.year} + "\n")
    texts = (_as_csv(records.columns, made), _about(wanted, made), _as_text(records, found))
    options.out.mkdir(parents=True, exist_ok=True)
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    out.write(json.dumps(found.to_json(), ensure_ascii=False) + "\n" if options.json else texts[-1])


def _free_paths(folder: Path, stem: str) -> list[Path]:
    paths = [folder / f"{stem}.{kind}" for kind in ("made-up.csv", "made-up.json", "evaluation.txt")]
    for path in paths:
        if path.exists():
            raise WrongSetting(name="out", value=path.name, expected="a folder in which that file does not exist yet")
    return paths


def _as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([[guard(value) for value in row] for row in (columns, *rows)])
    return out.getvalue()


def _about(wanted: Wanted, made: Sequence[Sequence[str]]) -> str:
    """Say what goes along with the records, in a file that programs read too."""
    told = {
        "about": ABOUT % {**wanted.__dict__, "epsilon": f"{wanted.epsilon:g}", "delta": f"{wanted.delta:g}"},
        "method": "differential privacy over counts of combinations (pac-synth)",
        **wanted.__dict__,
        "records": len(made),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_text(records: Records, found: Evaluation) -> str:
    lines = [MADE % {"name": records.name, "made": found.made, "true": found.true}]
    lines += [LENGTH % {**one.__dict__, "error": f"{one.error:.0%}"} for one in found.lengths]
    lines += [ALONE % {"alone": found.alone, "alone_made": found.alone_made}, OWN, ""]
    lines += [f"{column}: {answer or '(empty)'}: {true} → {made}" for column, answer, true, made in found.answers]
    return "\n".join(lines) + "\n"
