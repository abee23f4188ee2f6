"""How fast the register is read and changed while it grows, on SQLite and on PostgreSQL.

Without sizes it takes 1,000 and 10,000 persons, which is a matter of minutes; `make bench-register` goes to 100,000.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tools import services

SIZES = (1_000, 10_000)
# Milliseconds of server time at the 95th percentile: for what people do all day, and for all tables of a year.
MOST = {
    "bed board": 50,
    "person's page": 100,
    "earlier": 150,
    "list": 100,
    "search": 100,
    "save": 100,
    "open": 100,
    "all tables": 2_000,
}
# Settings of a server that is in use: what is committed is on the disk.
IN_USE = ["-c", "shared_buffers=256MB"]
Found = dict[str, dict[str, float]]


@contextmanager
def databases() -> Iterator[dict[str, str | None]]:
    """Give the address of each database that can be measured here."""
    if services.find_postgresql() is None:
        print("PostgreSQL is not here, and only root can install it: sudo apt-get install postgresql")
        yield {"SQLite": None}
        return
    with services.postgresql(IN_USE) as address:
        yield {"SQLite": None, "PostgreSQL": address}


def measure(address: str | None, sizes: list[int], module: str, what: str) -> Iterator[tuple[int, Found]]:
    """Measure in a process of its own; give each size as soon as it is there."""
    surroundings = {**os.environ, **({"ZICHT_TEST_DATABASE_URL": address} if address else {})}
    command = [sys.executable, "-m", module, *map(str, sizes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        for line in process.stdout or ():
            told: dict[str, Any] = json.loads(line)
            print(f"  {told['size']:>9,} {what}, filled in {told['filled']:.0f} s", flush=True)
            yield told["size"], told["found"]
    if process.returncode:
        raise SystemExit(f"the measuring ended with exit code {process.returncode}")


def table(by_size: dict[int, Found], what: str) -> list[str]:
    """Give a line for everything measured: p50 and p95 at each size, growth from first to last, queries, verdict."""
    head = "".join(f"{size:>18,}" for size in by_size)
    lines = [f"{f'p50 and p95 in ms, by number of {what}':<40}{head}   growth  queries"]
    for name, last in by_size[max(by_size)].items():
        each = "".join(f"{found[name]['p50']:9.1f}{found[name]['p95']:9.1f}" for found in by_size.values())
        lines.append(f"{name:<40}{each}{growth(by_size, name):8.1f}x{last['queries']:8.0f}  {word(by_size, name)}")
    return lines


def growth(by_size: dict[int, Found], name: str) -> float:
    """Give how many times longer the median takes at the largest size than at the smallest."""
    return by_size[max(by_size)][name]["p50"] / by_size[min(by_size)][name]["p50"]


def word(by_size: dict[int, Found], name: str) -> str:
    """Say whether the figure that must be reached was reached; nothing where there is none."""
    most = next((most for beginning, most in MOST.items() if name.startswith(beginning)), None)
    if most is None:
        return ""
    times = max(by_size) / min(by_size)
    is_linear = times > 1 and growth(by_size, name) >= times
    is_slow = by_size[max(by_size)][name]["p95"] > most
    return "too slow" if is_slow else "grows too fast" if is_linear else "ok"


def measure_all(sizes: list[int], asked: str, module: str = "benchmarks.register", what: str = "persons") -> int:
    """Measure each database at each size, print a table for each, and give the exit code; `asked` is said above it."""
    is_good = True
    with databases() as found:
        for name, address in found.items():
            print(f"{name}: at p95, {asked}", flush=True)
            by_size = dict(measure(address, sizes, module, what))
            print(*table(by_size, what), sep="\n", flush=True)
            is_good = is_good and {word(by_size, one) for one in by_size[max(by_size)]} <= {"ok", ""}
    return 0 if is_good else 1


def main(sizes: list[int]) -> int:
    """Measure the register."""
    return measure_all(sizes, "100 ms for list, search and save, 2 s for all tables of a year")


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
