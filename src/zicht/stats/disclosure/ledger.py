"""Keep account of the privacy that was spent on a year: every release with noise tells a little, and together a lot.

The ledger is a file of JSON lines that only grows: a line for each release, with its year, its epsilon, the budget of
that year and a digest of what was counted. Epsilons of one year add up (basic composition), and what would go over the
budget is refused. A line is written before anything is shown: what was shown has been paid, also when a disk was full.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zicht.stats.disclosure.errors import BudgetDiffers, BudgetSpent, ChanceSpent, LedgerUnreadable
from zicht.stats.disclosure.published import Published
from zicht.stats.errors import quote

USUAL_BUDGET = 2.0  # epsilon for all releases of a year together
ALMOST = 1e-9  # ten times 0.1 is not more than 1
MOST_CHANCE = 1e-4  # of all releases of a year together, that the promise is broken for somebody
LEFT = "Of the budget of %(budget)s for %(year)s, %(left)s is left."


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one release: the year of which it tells, epsilon, the budget of that year, a digest of what was counted.

    `delta` is the chance that more is told than epsilon promises; made-up records have one.
    """

    year: int
    epsilon: float
    budget: float
    digest: str
    delta: float = 0.0


def spend(path: Path, line: Line) -> float:
    """Add a line to a ledger, and give what is left for its year.

    Raises LedgerUnreadable, BudgetDiffers where the year began with another budget, BudgetSpent, ChanceSpent; then
    nothing is added.
    """
    with _alone(path) as file:
        lines = [one for one in _read(file, path) if one.year == line.year]
        _check(lines, line)
        os.write(file, (json.dumps(_as_json(line)) + "\n").encode())
        os.fsync(file)
    return max(line.budget - sum(one.epsilon for one in lines) - line.epsilon, 0.0)


def digest_of(tables: Sequence[Published]) -> str:
    """Give a digest by which somebody who has the tables can see that they are meant."""
    told = [[table.name, [[list(entry.place), entry.value] for entry in table.entries]] for table in tables]
    return hashlib.sha256(json.dumps(told, default=sorted).encode()).hexdigest()


def _check(before: Sequence[Line], line: Line) -> None:
    spent = sum(one.epsilon for one in before)
    if before and before[0].budget != line.budget:
        raise BudgetDiffers(year=line.year, budget=f"{before[0].budget:g}")
    if spent + line.epsilon > line.budget + ALMOST:
        left = f"{max(line.budget - spent, 0):g}"
        raise BudgetSpent(year=line.year, asked=f"{line.epsilon:g}", left=left, budget=f"{line.budget:g}")
    if sum(one.delta for one in before) + line.delta > MOST_CHANCE * (1 + ALMOST):
        raise ChanceSpent(year=line.year, most=f"{MOST_CHANCE:g}")


@contextmanager
def _alone(path: Path) -> Iterator[int]:
    """Open a ledger, which nobody else reads or writes meanwhile."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LedgerUnreadable(name=quote(path.name), row=1) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _read(file: int, path: Path) -> list[Line]:
    content = os.pread(file, os.fstat(file).st_size, 0)
    if content and not content.endswith(b"\n"):
        raise LedgerUnreadable(name=quote(path.name), row=content.count(b"\n") + 1)
    return [_line(text, path, row) for row, text in enumerate(content.splitlines(), 1)]


def _line(text: bytes, path: Path, row: int) -> Line:
    try:
        given = json.loads(text)
        numbers = float(given["epsilon"]), float(given["budget"])
        line = Line(int(given["year"]), *numbers, str(given["digest"]), float(given.get("delta", 0.0)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerUnreadable(name=quote(path.name), row=row) from error
    if not 0 < line.epsilon <= line.budget or not 0 <= line.delta < 1:
        raise LedgerUnreadable(name=quote(path.name), row=row)
    return line


def _as_json(line: Line) -> dict[str, object]:
    told: dict[str, object] = {"year": line.year, "epsilon": line.epsilon, "budget": line.budget, "digest": line.digest}
    return told | ({"delta": line.delta} if line.delta else {})
