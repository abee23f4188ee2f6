"""Measure all tables of a year with protection for a million persons in memory, and a whole yearly report.

Times are of the processor, for this process alone: the machine may be busy. Reading a register from a database is
measured by `make bench-register`.
"""

import datetime as dt
import resource
import tempfile
import time
from pathlib import Path

# First, since it sets up Django with the settings of the tests.
from benchmarks.register import Register as Growing  # isort: skip
import numpy as np
from django.conf import settings
from django.db import connection

from benchmarks.run import Measured, report
from zicht import words
from zicht.figures.bits import FIRST_MISSING, MISSING, Column, codes_of
from zicht.figures.extract import REGISTERED, REPORTED_BY, STAGE, Register, fields_of, stages_of
from zicht.figures.register.releases import make_release
from zicht.figures.yearly.making import gather, make_files
from zicht.figures.yearly.package import pack
from zicht.people import keys

PERSONS, OF_THE_REPORT = 1_000_000, 2_000
YEAR, DAY = 2025, dt.date(2026, 3, 2)
UNKNOWN = 0.15  # share of persons of whom a field is not known
KIB_PER_MIB = 1024


def main() -> int:
    """Measure both."""
    return report([*measure_tables(), *measure_report()])


def measure_tables() -> list[Measured]:
    """Count and protect all tables about a million persons."""
    register = make_register()
    start = time.process_time()
    release = make_release(register, "public", DAY)
    taken = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    cells = sum(len(block.rows.places) * len(block.cols.places) for t in release.tables.values() for block in t.blocks)
    print(f"{cells} cells, {release.hidden} hidden")
    return [
        Measured("tables of a year, 1,000,000 persons, protected", taken, 10, "s"),
        Measured("memory at most", most, 1024, "MiB"),
    ]


def make_register() -> Register:
    """Give persons with terms drawn so that few are common and many rare, as they are."""
    chance = np.random.default_rng(1)
    fields = fields_of("person") | fields_of("exploitation")
    fields[REGISTERED] = words.vocabulary().entities["case"].fields[REGISTERED]
    fields[REPORTED_BY] = words.vocabulary().entities["organisation"].fields[REPORTED_BY]
    columns = {name: _column(codes_of(field), chance) for name, field in fields.items()}
    columns[STAGE] = _column(stages_of("person"), chance)
    return Register(YEAR, PERSONS, PERSONS, columns)


def _column(codes: tuple[str, ...], chance: np.random.Generator) -> Column:
    weights = 1 / np.arange(1, len(codes) + 1)
    drawn = chance.choice(len(codes), PERSONS, p=weights / weights.sum()).astype(np.uint64)
    bits = np.left_shift(np.uint64(1), drawn)
    is_unknown = chance.random(PERSONS) < UNKNOWN
    reasons = chance.integers(len(MISSING), size=int(is_unknown.sum())).astype(np.uint64)
    bits[is_unknown] = np.left_shift(np.uint64(1), reasons + np.uint64(FIRST_MISSING))
    return Column(codes, bits)


def measure_report() -> list[Measured]:
    """Make a report of a made-up register, with every file of it."""
    with tempfile.TemporaryDirectory() as folder:
        settings.KEYS_FOLDER = Path(folder)
        keys.make_signing_key(Path(folder))
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        growing = Growing()
        growing.grow(OF_THE_REPORT)
        start = time.process_time()
        package = pack(make_files(gather(growing.place.org, YEAR, "public")))
        taken = time.process_time() - start
    print(f"package of {len(package) / 1000:.0f} kB")
    return [Measured("report in two languages, page, paper and data", taken, 20, "s")]


if __name__ == "__main__":
    raise SystemExit(main())
