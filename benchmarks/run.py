"""Measure what must stay fast and small: `make bench` runs every benchmark in a process of its own."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Measured:
    """One line of the table: what was measured, how much, and how much it may be."""

    what: str
    value: float
    most: float
    unit: str

    @property
    def is_within(self) -> bool:
        """Tell whether the figure that must be reached was reached."""
        return self.value <= self.most

    def __str__(self) -> str:
        word = "ok" if self.is_within else "TOO MUCH"
        return f"{self.what:<52} {self.value:10.2f} {self.unit:<8} (at most {self.most:g})  {word}"


def report(measured: list[Measured]) -> int:
    """Print the table; give the exit code that says whether all of it was within what it may be."""
    for line in measured:
        print(line)
    return 0 if all(line.is_within for line in measured) else 1


def seconds(command: list[str], times: int = 5) -> float:
    """Give the median time in seconds of running a command."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


def main(chosen: list[str]) -> int:
    """Run the chosen benchmarks, or all."""
    names = [file.stem for file in sorted(FOLDER.glob("bench_*.py"))]
    failed = []
    for name in names:
        if chosen and name.removeprefix("bench_") not in chosen:
            continue
        print(f"--- {name.removeprefix('bench_')} ---", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode:
            failed.append(name)
    if failed:
        print(f"Over the limit or broken: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
