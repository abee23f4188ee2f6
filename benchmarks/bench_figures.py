"""How fast UNODC's file is imported and the page of figures drawn: the real command and settings, on a SQLite file."""

import csv
import gzip
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice, product
from pathlib import Path

import openpyxl

from benchmarks.run import Measured, report

ROWS = 58_743
PROJECT = Path(__file__).resolve().parent.parent
REAL_FILE = PROJECT.parent / "shared" / "data" / "glotip" / "glotip_2025-04-14.csv.gz"
SHIPPED = PROJECT / "src" / "zicht" / "figures" / "data" / "glotip_netherlands_totals.csv"
COUNTRIES = ("NLD", "BGR", "ALB", "AUT", "BEL", "CHE", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GBR", "GRC")
KIB_PER_MIB = 1024
# Runs a command of Zicht and then says how long it took and how much memory it needed at most, in KiB.
TIMED = """
import resource, sys, time
from zicht.site import cli
start = time.perf_counter()
try:
    cli.main()
finally:  # a command ends by leaving the program
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
# Asks for the page as a browser would: the first page of a process, the same once more, and another country.
PAGES = """
import resource, time
import django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(headers={"host": "localhost"})
for country in ("NLD", "NLD", "BGR"):
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/figures/", {"country": country})
    assert response.status_code == 200, response.status_code
    print(time.perf_counter() - start, len(queries), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> int:
    """Measure in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(surroundings(Path(folder)))
        run("from zicht.site import cli; cli.main()", "migrate", "--verbosity", "0")
        file = REAL_FILE if REAL_FILE.exists() else make_file(Path(folder) / "glotip_2025-04-14.csv.gz")
        imported = [*measure_import(file), *measure_again(file, Path(folder)), *measure_workbook(file, Path(folder))]
        return report([*imported, *measure_pages()])


def surroundings(folder: Path) -> dict[str, str]:
    """Give the settings of a house of its own."""
    (folder / "keys").mkdir()
    return {
        "ZICHT_SECRET_KEY": "made-up secret of the benchmarks, of no use anywhere else",
        "ZICHT_HOSTS": "localhost",
        "ZICHT_DATA": str(folder),
        "ZICHT_HTTPS": "no",
        "ZICHT_DEBUG": "yes",
        "DJANGO_SETTINGS_MODULE": "zicht.site.settings",
    }


def run(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done


def make_file(path: Path) -> Path:
    """Make a file as long as UNODC's out of the rows that come with Zicht, again and again."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([code, *row[1:]] for code, row in islice(cycle(product(COUNTRIES, rows)), ROWS))
    return path


def make_workbook(file: Path, path: Path) -> Path:
    """Write the rows of a file into a workbook, which is what UNODC gives."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    with gzip.open(file, "rt", encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows):
            sheet.append(row)
    book.save(path)
    return path


def measure_import(file: Path) -> list[Measured]:
    """Import all rows into an empty database."""
    took, peak = run(TIMED, "import-glotip", file).stderr.split()
    return [
        Measured(f"import {ROWS:,} rows", float(took), 20, "s"),
        Measured("memory of the import at its peak", int(peak) / KIB_PER_MIB, 200, "MiB"),
    ]


def measure_again(file: Path, folder: Path) -> list[Measured]:
    """Import another edition over it, which also removes the one before."""
    other = folder / "glotip_2026-01-01.csv.gz"
    with gzip.open(file, "rb") as packed:
        other.write_bytes(gzip.compress(packed.read(), compresslevel=1))
    took, _ = run(TIMED, "import-glotip", other).stderr.split()
    start = time.perf_counter()
    run("from zicht.site import cli; cli.main()", "figures", "glotip", "--country", "NLD")
    return [
        Measured("import once more, over the edition before", float(took), 20, "s"),
        Measured("zicht figures glotip, from start to end", time.perf_counter() - start, 5, "s"),
    ]


def measure_workbook(file: Path, folder: Path) -> list[Measured]:
    """Import the same rows out of a workbook."""
    took, peak = run(TIMED, "import-glotip", make_workbook(file, folder / "glotip_2026-02-01.xlsx")).stderr.split()
    return [
        Measured(f"import {ROWS:,} rows of an .xlsx", float(took), 60, "s"),
        Measured("memory of that import at its peak", int(peak) / KIB_PER_MIB, 200, "MiB"),
    ]


def measure_pages() -> list[Measured]:
    """Ask for the page of figures."""
    first, again, other = (line.split() for line in run(PAGES).stdout.splitlines())
    return [
        Measured("first page of figures in a process", float(first[0]), 10, "s"),
        Measured("the same page again", float(again[0]), 1, "s"),
        Measured("a country that was not drawn before", float(other[0]), 5, "s"),
        Measured("queries of the page", max(int(page[1]) for page in (first, again, other)), 15, "queries"),
        Measured("memory of a process that draws", int(other[2]) / KIB_PER_MIB, 300, "MiB"),
    ]


if __name__ == "__main__":
    sys.exit(main())
