"""Run every test there is, from nothing, and say at the end what passed, what failed and what could not run."""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tools import services

# Whoever is done takes over from the other: a few long tests at the end would otherwise keep one core busy.
PYTEST = [".venv/bin/python", "-m", "pytest", "--numprocesses=2", "--dist=worksteal", "--quiet"]
# What one process compiles the next one finds, also where the shell says otherwise.
COMPILED_ONCE = {"PYTHONDONTWRITEBYTECODE": ""}
# What stands on one server stays with one worker, which sets it up once. Each waits for its browser now and then, so
# that a third one finds something to do.
IN_BROWSER = ["--numprocesses=3", "--dist=loadgroup", "tests/browser", "-m", "browser"]
# A test that failed may leave a conversation listening: the file ends with its tests, whatever still waits.
NODE_ENDS = ["--test-force-exit", "--test-timeout=120000"]
NODE = [".venv/bin/node", "--test", "--test-concurrency=2", "--test-reporter=spec", *NODE_ENDS, "tests/js/**/*.test.js"]
# Keys, databases and browsers write to the disk at once, for which thousands of tests would wait.
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - whoever works in it makes a folder of their own there
ENOUGH_MEMORY = 4 << 30  # bytes
MOST_SECONDS = 1500  # for one part: what hangs is ended and reported, so that the other parts still run
PARTS = ("sqlite", "postgresql", "javascript", "browser")
COUNTS = ("passed", "failed", "skipped")
ABSENT = "{} is not here, and only root can install it: sudo apt-get install {}"


@dataclass
class Part:
    """One part of the tests: its command, and after running it its time, counts and closing lines."""

    name: str
    command: list[str]
    surroundings: dict[str, str] = field(default_factory=dict)
    most_seconds: float = MOST_SECONDS
    seconds: float = 0.0
    exit_code: int = 0
    closing: str = "did not run"
    counts: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Run the command, show what it prints, and keep what it says at the end."""
        print(f"\n--- {self.name} ---", flush=True)
        start = time.monotonic()
        lines: list[str] = []
        with subprocess.Popen(
            self.command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **COMPILED_ONCE, **self.surroundings},
            start_new_session=True,
        ) as process:
            watch = threading.Timer(self.most_seconds, _end_all_of, [process])
            watch.start()
            try:
                for line in process.stdout or ():
                    print(line, end="", flush=True)
                    lines.append(line.rstrip())
            except BaseException:
                _end_all_of(process)
                raise
            finally:
                watch.cancel()
        self.exit_code, self.seconds = process.returncode, time.monotonic() - start
        self.counts, self.closing = read_counts(lines)
        if self.exit_code and not self.counts["failed"]:
            self.counts["failed"] = 1  # the runner itself broke off


def _end_all_of(process: subprocess.Popen[str]) -> None:
    """End a command together with everything it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def read_counts(lines: list[str]) -> tuple[dict[str, int], str]:
    """Read how many passed, failed and were skipped from the closing lines of pytest or of node's test runner."""
    for line in reversed(lines):
        found = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|errors?)\b", line)}
        if found and re.search(r" in [\d.]+s", line):
            found["failed"] = found.get("failed", 0) + found.get("errors", 0) + found.get("error", 0)
            return {word: found.get(word, 0) for word in COUNTS}, line.strip("= ")
    said = dict(re.findall(r"^\S (pass|fail|skipped) (\d+)$", "\n".join(lines[-12:]), re.MULTILINE))
    counts = {word: int(said.get(short, 0)) for word, short in zip(COUNTS, ("pass", "fail", "skipped"), strict=True)}
    return counts, ", ".join(f"{number} {word}" for word, number in counts.items())


def plan(chosen: list[str], database: str | None) -> list[Part]:
    """Give the parts to run; what needs a service that is not here is still collected, and shown as skipped."""
    without_database, without_browser = [], []
    if database is None:
        without_database = ["--skip-because", ABSENT.format("PostgreSQL", "postgresql")]
    if services.find_chromium() is None:
        without_browser = ["--skip-because", ABSENT.format("Chromium", services.PACKAGES["Chromium"][-1])]
    given = {"ZICHT_TEST_DATABASE_URL": database} if database else {}
    parts = {
        "sqlite": Part("Python on SQLite", [*PYTEST, "-m", "not browser"]),
        "postgresql": Part(
            "Python on PostgreSQL", [*PYTEST, "-m", "not browser", "--database-only", *without_database], given
        ),
        "javascript": Part("JavaScript", NODE),
        "browser": Part("Browser", [*PYTEST, *IN_BROWSER, *without_browser], given),
    }
    return [part for name, part in parts.items() if not chosen or name in chosen]


def make_tables(parts: list[Part], folder: Path) -> None:
    """Make all tables once for each kind of database, at the same time, and tell the parts where to copy them from."""
    in_python = [part for part in parts if part.command[: len(PYTEST)] == PYTEST]
    urls = {part.surroundings.get("ZICHT_TEST_DATABASE_URL", "") for part in in_python}
    with ThreadPoolExecutor() as pool:
        made = dict(zip(urls, pool.map(lambda url: _tables(folder, url), urls), strict=True))
    for part in in_python:
        part.surroundings["TABLES_MADE"] = made[part.surroundings.get("ZICHT_TEST_DATABASE_URL", "")]


def _tables(folder: Path, url: str) -> str:
    command = [".venv/bin/python", "-m", "tests.tables", str(folder), *([url] if url else [])]
    _timed("tables", lambda: subprocess.run(command, check=True))
    return "zicht_tables" if url else str(folder / "zicht.sqlite3")


def set_up() -> None:
    """Install Python's and node's packages, and at the same time what is missing of the system's."""
    with ThreadPoolExecutor() as pool:
        pending = [pool.submit(_timed, "Python and node packages", _prepare)]
        absent = services.missing()
        if absent and services.may_install():
            pending.append(pool.submit(_timed, " and ".join(absent), lambda: services.install(absent)))
        for done in pending:
            done.result()


def _prepare() -> None:
    subprocess.run(["make", "--no-print-directory", "prepare"], check=True)


def work_in_memory() -> None:
    """Let everything that the tests write for themselves stay in memory, where there is enough of it."""
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ENOUGH_MEMORY:
        tempfile.tempdir = os.environ["TMPDIR"] = str(IN_MEMORY)


def _timed(what: str, work: Callable[[], object]) -> None:
    start = time.monotonic()
    work()
    print(f"ready: {what} ({time.monotonic() - start:.0f} s)", flush=True)


def report(parts: list[Part]) -> bool:
    """Print the closing lines of all parts and their sum; answer whether everything that ran was fine."""
    print("\n--- all tests ---")
    for part in parts:
        word = "ok" if part.exit_code == 0 else f"FAILED (exit code {part.exit_code})"
        print(f"{part.name:<22} {part.seconds:6.1f} s   {word}: {part.closing}")
    total = {word: sum(part.counts.get(word, 0) for part in parts) for word in COUNTS}
    for name in services.missing():
        print(ABSENT.format(name, services.PACKAGES[name][-1]) + "; its tests are counted as skipped")
    print(", ".join(f"{total[word]} {word}" for word in COUNTS), flush=True)
    return all(part.exit_code == 0 for part in parts)


def main() -> int:
    """Set up, run the chosen parts or all, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"run only these: {', '.join(PARTS)}")
    chosen: list[str] = parser.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"{', '.join(sorted(unknown))} is not a part of the tests; they are {', '.join(PARTS)}")
    # Ended from outside, the server for the tests must still be stopped.
    signal.signal(signal.SIGTERM, _end)
    set_up()
    work_in_memory()
    with ExitStack() as stack:
        is_needed = not chosen or {"postgresql", "browser"} & set(chosen)
        database = stack.enter_context(services.postgresql()) if is_needed and services.find_postgresql() else None
        parts = plan(chosen, database)
        make_tables(parts, Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zicht-tables-"))))
        for part in parts:
            part.run()
    return 0 if report(parts) else 1


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (services.InstallError, subprocess.CalledProcessError) as error:
        sys.exit(f"The tests could not be set up: {error}")
