"""Made-up records: what is kept of the true ones, what they promise, what is refused, and that nothing needs them."""

import csv
import json
import random
import sys
from argparse import ArgumentParser
from collections import Counter
from io import StringIO
from itertools import combinations
from pathlib import Path

import pytest

from zicht.stats.disclosure import errors, record_errors
from zicht.stats.disclosure.evaluation import evaluate
from zicht.stats.disclosure.ledger import MOST_CHANCE, Line, spend
from zicht.stats.disclosure.protect import Asked, protect_tables
from zicht.stats.disclosure.published import Wording, parse_published
from zicht.stats.disclosure.records import Records, parse_records
from zicht.stats.disclosure.synthetic import Wanted, make_up
from zicht.stats.disclosure.synthetic_command import add_arguments, run
from zicht.stats.errors import NameTwice, StatsError, WrongSetting, WrongWidth

COLUMNS = ("sex", "age", "form")
NAMED = "sex,name\n" + "".join(f"f,n{number}\n" for number in range(150))
WIDE = ",".join(f"c{number}" for number in range(21)) + "\n" + ("," * 20 + "a\n") * 100


@pytest.fixture(scope="module")
def records() -> Records:
    """Give two thousand records of made-up persons, one of whom is like no other."""
    chance = random.Random(3)
    rows = [
        (chance.choice("fffm"), chance.choice(("0-17", "18+", "")), chance.choice(("0", "=a"))) for _ in range(1999)
    ]
    return Records("r.csv", COLUMNS, (*rows, ("x", "0-17", "rare")))


@pytest.fixture(scope="module")
def made(records: Records) -> list[tuple[str, ...]]:
    """Make records up; without the library this is said, and these tests are skipped."""
    pytest.importorskip("pacsynth", reason="the extra “synthetic” is not installed")
    return make_up(records, Wanted(epsilon=4.0))


def as_csv(records: Records) -> bytes:
    out = StringIO()
    csv.writer(out).writerows([records.columns, *records.rows])
    return out.getvalue().encode()


def ask(folder: Path, *words: str) -> str:
    """Run the command on records in a folder, and give what it prints."""
    parser = ArgumentParser()
    add_arguments(parser)
    out = StringIO()
    where = ["--year", "2025", "--ledger", str(folder / "ledger"), "--out", str(folder / "out")]
    run(parser.parse_args([str(folder / "r.csv"), *where, *words]), out, StringIO())
    return out.getvalue()


def test_made_up_records_have_the_answers_of_the_true_ones_and_about_as_often(
    records: Records, made: list[tuple[str, ...]]
) -> None:
    assert abs(len(made) - len(records.rows)) < 200
    true, false = (Counter(row[0] for row in rows) for rows in (records.rows, made))
    assert {value for row in made for value in row} <= {value for row in records.rows for value in row} | {""}
    assert false["f"] == pytest.approx(true["f"], rel=0.15)
    assert sum(row[2] == "0" for row in made) > 700, "zero is an answer"


def test_who_is_like_nobody_else_is_not_among_them(made: list[tuple[str, ...]]) -> None:
    assert not any("x" in row or "rare" in row for row in made)


def test_the_evaluation_equals_a_slow_recount(records: Records, made: list[tuple[str, ...]]) -> None:
    found = evaluate(records, made, Wanted(length=2))
    for length in (1, 2):
        true, false = (slow_counts(rows, length) for rows in (records.rows, made))
        common = [key for key, count in true.items() if count >= 10]
        told = found.lengths[length - 1]
        assert (told.common, told.kept) == (len(common), sum(key in false for key in common))
        assert (told.found, told.made_up) == (len(false), sum(key not in true for key in false))
        assert told.error == pytest.approx(sum(abs(false[key] - true[key]) / true[key] for key in common) / len(common))
        assert (told.rare, told.rare_kept) == (len(true) - len(common), 0)
    assert found.alone == 1
    assert all(true % 10 == 0 for _, _, true, _ in found.answers), "a copy that strays tells of nobody alone"


def slow_counts(rows: tuple[tuple[str, ...], ...] | list[tuple[str, ...]], length: int) -> Counter[object]:
    return Counter(
        tuple((at, row[at]) for at in chosen)
        for row in rows
        for chosen in combinations(range(len(COLUMNS)), length)
        if all(row[at] for at in chosen)
    )


def test_a_combination_below_the_resolution_is_not_taken_over(records: Records) -> None:
    pytest.importorskip("pacsynth", reason="the extra “synthetic” is not installed")
    pairs = Counter((row[0], row[2]) for row in make_up(records, Wanted(epsilon=4.0, length=2, resolution=600)))
    assert not any(pairs["m", form] for form in ("0", "=a")), "about 250 each"
    assert pairs["f", "0"] > 400


def test_the_command_pays_before_it_shows_and_says_what_goes_along(records: Records, tmp_path: Path) -> None:
    pytest.importorskip("pacsynth", reason="the extra “synthetic” is not installed")
    (tmp_path / "r.csv").write_bytes(as_csv(records))
    assert json.loads(ask(tmp_path, "--json", "--release", "partners"))["resolution"] == 5
    about = json.loads((tmp_path / "out" / "r.made-up.json").read_text())
    assert (about["epsilon"], about["delta"], about["resolution"]) == (1.0, 1e-6, 5)
    assert about["about"].startswith("No row is a person.")
    text = (tmp_path / "out" / "r.made-up.csv").read_text()
    assert "'=a" in text
    assert ",=a" not in text, "a spreadsheet would run it"
    assert "keep it in the office" in (tmp_path / "out" / "r.evaluation.txt").read_text()
    with pytest.raises(WrongSetting, match="does not exist yet"):
        ask(tmp_path)
    for name in ("r.made-up.csv", "r.made-up.json", "r.evaluation.txt"):
        (tmp_path / "out" / name).unlink()
    with pytest.raises(errors.BudgetSpent):
        ask(tmp_path, "--epsilon", "1.5")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_chances_that_the_promise_is_broken_add_up_too(tmp_path: Path) -> None:
    spend(tmp_path / "l", Line(2025, 0.1, 9.0, "d", MOST_CHANCE * 0.6))
    with pytest.raises(errors.ChanceSpent):
        spend(tmp_path / "l", Line(2025, 0.1, 9.0, "d", MOST_CHANCE * 0.6))
    spend(tmp_path / "l", Line(2024, 0.1, 9.0, "d", MOST_CHANCE * 0.6))


def test_without_the_library_one_sentence_says_so_and_tables_are_protected_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pacsynth", None)  # what Python does with a module that is not there
    with pytest.raises(record_errors.LibraryMissing, match="all else works without it"):
        ask(tmp_path)
    assert not (tmp_path / "ledger").exists()
    protect_tables([parse_published(b"region,count\nN,40\n", "t.csv", Wording())], Asked(release="public"))


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        (
            "sex,name\n" + "".join(f"f,n{number}\n" for number in range(150)),
            record_errors.ColumnTellsOfOne,
            "name has 150",
        ),
        ("sex\n" + "f\n" * 99, record_errors.TooFewRecords, "99 records"),
        (
            ",".join(f"c{number}" for number in range(21)) + "\n" + ("," * 20 + "a\n") * 100,
            record_errors.TooManyColumns,
            "21",
        ),
        ("sex,sex\nf,f\n", NameTwice, "sex"),
        ("sex,age\nf\n", WrongWidth, "Row 2"),
    ],
)
def test_what_is_no_table_of_records_or_tells_of_one_is_refused(text: str, error: type[StatsError], says: str) -> None:
    with pytest.raises(error, match=says):
        parse_records(text.encode(), "r.csv")


def test_a_column_that_is_left_out_is_not_looked_at() -> None:
    assert parse_records(NAMED.encode(), "r.csv", ["name"]).columns == ("sex",)
    with pytest.raises(record_errors.NoSuchColumn, match="sex, name"):
        parse_records(NAMED.encode(), "r.csv", ["birth"])


@pytest.mark.parametrize("wanted", [Wanted(epsilon=11), Wanted(delta=0.01), Wanted(length=4), Wanted(length=0)])
def test_what_promises_nothing_is_refused(records: Records, wanted: Wanted) -> None:
    pytest.importorskip("pacsynth", reason="the extra “synthetic” is not installed")
    with pytest.raises(WrongSetting):
        make_up(records, wanted)
