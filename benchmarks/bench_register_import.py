"""How fast a file of 100,000 persons is read into the register: the real command, on SQLite and on PostgreSQL."""

import csv
import datetime as dt
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tools.services import find_postgresql, postgresql

from benchmarks.bench_figures import KIB_PER_MIB, TIMED, run, surroundings
from benchmarks.run import Measured, report
from zicht import words
from zicht.cases.exchange.htcds_columns import columns
from zicht.cases.exchange.htcds_out import to_htcds
from zicht.cases.exchange.shapes import Bundle

ROWS = 100_000
MOST_SECONDS, MOST_MEMORY = 60, 300
PEOPLE = """
import django
django.setup()
from zicht.people import actions
word = "quiet river under seven lamps"
made = actions.create_organisation(
    {"org_name": "Huis", "org_type": "shelter", "legal_regime": "avg"}, login="anna", shown_as="Anna"
)
anna = actions.accept_invitation(made.code, word)
wanda = actions.invite_account(anna, login="wanda", shown_as="Wanda", roles=["case_worker"])
actions.accept_invitation(wanda.code, word)
"""


def main() -> int:
    """Measure on each database that is here, in folders that are removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        file = make_file(Path(folder) / "htcds.csv", int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
        measured = measure(file, Path(folder) / "sqlite", "SQLite", "")
        if find_postgresql() is None:
            print("PostgreSQL is not installed here, so it was not measured.")
            return report(measured)
        with postgresql() as url:
            # The server is new, and this is the one database that it has.
            empty = url.removesuffix("/zicht") + "/postgres"
            return report([*measured, *measure(file, Path(folder) / "postgresql", "PostgreSQL", empty)])


def make_file(path: Path, rows: int) -> Path:
    """Make a file of HTCDS about as full as a real one; seeded, so that it is the same each time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns(), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(to_htcds(bundle, {})[0] for bundle in bundles(rows))
    return path


def bundles(count: int) -> Iterator[Bundle]:
    """Make up persons in cases."""
    chance = random.Random(1)  # noqa: S311 - made up, and the same each time
    terms = {name: [code.code for code in found.offered()] for name, found in words.vocabulary().lists.items()}
    for number in range(count):
        yield Bundle(
            case={
                "case_id": f"case {number}",
                "state": chance.choice(["active", "follow_up"]),
                "incoming_date": dt.date(2021, 1, 1) + dt.timedelta(chance.randrange(1_500)),
                "incoming_reason": chance.choice(["move", "more_services"]),
            },
            person={
                "person_id": f"person {number}",
                "gender": chance.choice(["f", "m"]),
                "citizenship": [chance.choice(["NLD", "HUN", "BGR", "NGA"])],
                "language": chance.choice(["nl", "hu", "en"]),
                "vulnerabilities": chance.sample(terms["vulnerability"], 2),
                "own_children": chance.randrange(4),
                "status": chance.choice(["possible", "identified"]),
                "status_by": chance.choice(["police", "ngo"]),
                "age_start_band": chance.choice(["12_15", "16_17", "18_20"]),
            },
            episodes=[
                {
                    "forms": [chance.choice(terms["form"])],
                    "means": chance.sample(terms["means"], 3),
                    "industry": chance.choice(terms["industry"]),
                    "recruitment_channel": chance.choice(terms["recruitment_channel"]),
                    "relations": ["partner"],
                }
            ],
            places=[{"event_kind": "recruitment", "level": "country", "place_code": "HUN", "period": "2021-05"}]
            if number % 3 == 0
            else [],
        )


def measure(file: Path, folder: Path, name: str, url: str) -> list[Measured]:
    """Import into an empty register."""
    folder.mkdir()
    os.environ.update(surroundings(folder))
    if url:
        os.environ["ZICHT_DATABASE_URL"] = url
    run("from zicht.site import cli; cli.main()", "migrate", "--verbosity", "0")
    run(PEOPLE)
    took, peak = run(TIMED, "import-register", file, "--as", "htcds", "--account", "wanda").stderr.split()
    return [
        Measured(f"{name}: read in {file.name}", float(took), MOST_SECONDS, "s"),
        Measured(f"{name}: memory at its peak", int(peak) / KIB_PER_MIB, MOST_MEMORY, "MiB"),
    ]


if __name__ == "__main__":
    sys.exit(main())
