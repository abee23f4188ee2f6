"""Hundreds of counts that hang together: an attacker who reads nothing but the tables, and how many are hidden."""

import csv
import io
from collections import defaultdict
from functools import lru_cache

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array
from tests.stats.disclosure.linked_set import make
from tests.stats.disclosure.made import read

from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.protect import Asked, Protected, protect_tables
from zicht.stats.disclosure.published import Published, Wording
from zicht.stats.disclosure.suppress import MOST_EXACTLY, hide

TOWNS, ASKED = 9, 25
Name = tuple[str, str, str, str]  # question, province, town and answer; the question of a total is none
TABLES = make(TOWNS)


@lru_cache(maxsize=1)
def protected() -> Protected:
    tables = [read(text, f"{number}.csv") for number, text in enumerate(TABLES)]
    return protect_tables(tables, Asked(release="public", seconds=5.0))


def counts_of(text: str) -> dict[Name, int | None]:
    """Read a table as a reader does."""
    header, *rows = csv.reader(io.StringIO(text))
    return {
        ("" if answer == "total" else header[2], province, town, answer): None if count == "x" else int(count)
        for province, town, answer, count in rows
    }


class Attacker:
    """Somebody who has the tables and knows what adds up."""

    def __init__(self, texts: list[str]) -> None:
        self.shown: dict[Name, int | None] = {}
        for text in texts:
            for name, count in counts_of(text).items():
                assert self.shown.get(name, count) == count, "one count is shown in two ways"
                self.shown[name] = count
        self.place = {name: number for number, name in enumerate(self.shown)}
        self.lines = self._lines()

    def _lines(self) -> lil_array:
        parts: dict[tuple[object, ...], list[Name]] = defaultdict(list)
        for name in self.shown:
            question, province, town, answer = name
            if question:
                parts["answers", question, province, town].append(name)
            if town != "total":
                parts["towns", question, province, answer].append(name)
            elif province != "total":
                parts["provinces", question, answer].append(name)
        lines = lil_array((len(parts), len(self.shown)))
        for row, (what, names) in enumerate(parts.items()):
            lines[row, [self.place[name] for name in names]] = 1
            lines[row, self.place[self._total(what)]] = -1
        return lines

    @staticmethod
    def _total(what: tuple[object, ...]) -> Name:
        kind, *rest = (str(one) for one in what)
        if kind == "answers":
            return ("", rest[1], rest[2], "total")
        return (rest[0], rest[1], "total", rest[2]) if kind == "towns" else (rest[0], "total", "total", rest[1])

    def range_of(self, name: Name, most: int = 1_000) -> tuple[int, int]:
        """Give the least and the most whole number that a hidden count can be."""
        low = np.array([0 if count is None else count for count in self.shown.values()])
        high = np.array([most if count is None else count for count in self.shown.values()])
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(low))
            aim[self.place[name]] = sign
            solved = milp(
                aim,
                constraints=LinearConstraint(self.lines.tocsr(), 0, 0),
                bounds=Bounds(low, high),
                integrality=np.ones(len(low), int),
            )
            assert solved.x is not None
            ends.append(round(float(solved.x[self.place[name]])))
        return ends[0], ends[1]


@pytest.fixture(scope="module")
def attacker() -> Attacker:
    """Give who has what was published."""
    assert protected().cells > MOST_EXACTLY, "the test is about many counts"
    return Attacker([protected().csv(number) for number in range(len(TABLES))])


def test_no_small_count_is_shown_and_none_can_be_told(attacker: Attacker) -> None:
    truth = {name: count for text in TABLES for name, count in counts_of(text).items()}
    assert min(count for count in attacker.shown.values() if count is not None) >= 10
    hidden = [name for name, count in attacker.shown.items() if count is None]
    for place in np.random.default_rng(2).choice(len(hidden), ASKED, replace=False).tolist():
        low, high = attacker.range_of(hidden[place])
        count = truth[hidden[place]]
        assert count is not None
        assert low < high
        if count < 10:
            assert low == 0
            assert high >= 9


def test_the_attacker_finds_what_hiding_small_counts_alone_would_tell() -> None:
    only_small = []
    for text in TABLES:
        lines = [line.rsplit(",", 1) for line in text.splitlines()]
        shown = [[place, "x" if count.isdigit() and int(count) < 10 else count] for place, count in lines]
        only_small.append("\n".join(",".join(line) for line in shown) + "\n")
    attacker = Attacker(only_small)
    hidden = [name for name, count in attacker.shown.items() if count is None]
    places = np.random.default_rng(2).choice(len(hidden), ASKED, replace=False).tolist()
    assert any(low == high for low, high in (attacker.range_of(hidden[place]) for place in places))


def test_few_more_are_hidden_than_must_be() -> None:
    assert protected().hidden <= 1.15 * protected().bound
    values = link([read(text, f"{number}.csv") for number, text in enumerate(TABLES)]).values
    # What the generator is said to make.
    assert 0.3 < (values == 0).mean() < 0.5
    assert 0.6 < (values < 10).mean() < 0.8


def test_what_is_out_already_is_not_hidden_among_many() -> None:
    tables = [read(text, f"{number}.csv") for number, text in enumerate(TABLES)]
    before = read(f"province,town,count\ntotal,total,{_whole(tables)}\n", "b.csv", Wording(is_release=True))
    linked = link(tables, [before], least=10)
    assert not hide(linked, 10, seconds=1.0).cells & linked.known


def _whole(tables: list[Published]) -> int:
    return next(entry.value or 0 for entry in tables[0].entries if not entry.place)
