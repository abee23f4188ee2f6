"""What stands beside counts, was hidden by others, or lies within what: nothing of it gives a hidden count away."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from tests.stats.disclosure.made import crosstab, inner_solutions, read, shown_in

from zicht.stats.disclosure import errors
from zicht.stats.disclosure.__main__ import main
from zicht.stats.disclosure.audit import audit
from zicht.stats.disclosure.protect import ROUND, SUPPRESS, Asked, protect_tables
from zicht.stats.disclosure.published import Wording

BY_OTHERS = Wording(is_release=True, hidden=frozenset({"geheim"}))
SMALL = Asked(SUPPRESS, "partners")
WITH_SHARES = "region,girls,boys,total,% girls,oldest\nN,{0},{1},{2},{3:.1f}%,61\nS,{4},{5},{6},{7:.1f}%,58\n"


def with_shares(*inner: int) -> str:
    """Give a table of two regions with a share beside the counts of each."""
    one, two, three, four = inner
    share, other = (100 * a / (a + b) if a + b else 0.0 for a, b in ((one, two), (three, four)))
    return WITH_SHARES.format(one, two, one + two, share, three, four, three + four, other)


@pytest.mark.parametrize("inner", [(12, 3, 20, 30), (2, 3, 11, 9), (40, 41, 42, 43), (0, 9, 9, 0), (6, 1, 1, 6)])
def test_whoever_tries_every_table_learns_no_small_count_from_the_shares(inner: tuple[int, int, int, int]) -> None:
    protected = protect_tables([read(with_shares(*inner))], SMALL)
    told = [row[1:5] for row in list(csv.reader(io.StringIO(protected.csv(0))))[1:]]
    tables = product(range(14), repeat=4) if max(inner) < 14 else _near(inner)
    possible = [table for table in tables if _could_be(told[0], *table[:2]) and _could_be(told[1], *table[2:])]
    assert inner in possible
    for place, count in enumerate(inner):
        values = {table[place] for table in possible}
        assert count >= SMALL.least or values >= set(range(SMALL.least))


def _could_be(told: list[str], girls: int, boys: int) -> bool:
    share = f"{100 * girls / (girls + boys) if girls + boys else 0.0:.1f}%"
    return all(shown in ("x", str(true)) for shown, true in zip(told, (girls, boys, girls + boys, share), strict=True))


def _near(inner: tuple[int, int, int, int]) -> Iterator[tuple[int, ...]]:
    """Try what lies within reach of large counts, and everything small."""
    spans = [sorted({*range(6), *range(max(0, one - 4), one + 5)}) for one in inner]
    return product(*spans)


def test_a_share_is_shown_where_its_count_and_its_whole_are_and_the_oldest_never() -> None:
    protected = protect_tables([read(with_shares(40, 41, 42, 43))], SMALL)
    rows = list(csv.reader(io.StringIO(protected.csv(0))))[1:]
    assert [row[4:] for row in rows] == [["49.4%", "x"], ["49.4%", "x"]]


def test_after_rounding_a_share_is_reckoned_from_what_is_shown() -> None:
    protected = protect_tables([read(with_shares(12, 3, 20, 30))], Asked(ROUND, "public"))
    for row in list(csv.reader(io.StringIO(protected.csv(0))))[1:]:
        assert row[4] == f"{100 * int(row[1]) / int(row[3]):.1f}%"


def test_a_row_of_shares_is_not_taken_for_counts() -> None:
    with pytest.raises(errors.ShareInRow, match="column of their own"):
        read("region,count\nN,40\n%,30\n")


def test_a_number_too_large_for_persons_is_refused_with_its_row() -> None:
    with pytest.raises(errors.CountTooLarge, match="row 3"):
        read("region,count\nN,40\nS,99999999999\n")


# --- what other offices hid ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("inner", [((12, 3), (20, 30)), ((1, 2), (3, 12)), ((0, 11), (12, 0))])
def test_around_what_another_office_hid_so_much_is_hidden_that_nobody_works_it_out(
    inner: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    """Their mark stands for every count under five, and they forgot that the rest gives it away."""
    lines = crosstab(inner).splitlines()
    marked = [lines[0], *(",".join(_marked(line.split(","))) for line in lines[1:])]
    text = protect_tables([read("\n".join(marked) + "\n", wording=BY_OTHERS)], SMALL).csv(0)
    shown = shown_in(text.replace("geheim", "x"))
    truth = [value for row in shown_in("\n".join(lines)) for value in row]
    hidden = {place for place, value in enumerate(value for row in shown for value in row) if value is None}
    solutions = inner_solutions(2, 2, 34).reshape(-1, 9)
    possible = solutions[(solutions[:, [p for p in range(9) if p not in hidden]] ==
                          [truth[p] for p in range(9) if p not in hidden]).all(1)]  # fmt: skip
    assert len(possible)
    assert all(len(set(possible[:, place].tolist())) >= 2 for place in hidden)


def _marked(values: list[str]) -> list[str]:
    return [values[0], *("geheim" if int(value) < SMALL.least else value for value in values[1:])]


def test_an_audit_of_what_others_published_says_what_can_be_worked_out() -> None:
    naive = read("region,girls,boys,total\nN,12,x,15\nS,20,30,50\ntotal,32,33,65\n", wording=BY_OTHERS)
    [found] = audit([naive], 5)
    assert (found.line, found.column, found.low, found.high) == (2, "boys", 3, 3)
    assert found.is_told()


def test_an_audit_finds_nothing_in_what_we_protect() -> None:
    protected = protect_tables([read(crosstab([[12, 3], [20, 30], [4, 40]]))], SMALL).csv(0)
    found = audit([read(protected, wording=BY_OTHERS)], SMALL.least)
    assert found
    assert not [one for one in found if one.is_told() or one.is_narrow(SMALL.least)]


def test_hidden_counts_that_cannot_be_true_together_are_refused() -> None:
    with pytest.raises(errors.CannotBeFilled):
        protect_tables([read("sex,count\ngirls,<3\nboys,0\ntotal,0\n", wording=BY_OTHERS)], SMALL)


def test_only_hiding_works_without_true_counts() -> None:
    with pytest.raises(errors.NeedsTrueCounts):
        protect_tables([read("sex,count\ngirls,x\nboys,30\n", wording=BY_OTHERS)], Asked(ROUND, "public"))


# --- what lies within what ----------------------------------------------------------------------------------------
def test_subtotals_among_the_categories_are_found_and_protect_each_other() -> None:
    regions = "region,count\nNorth,12\nA,2\nB,10\nSouth,30\nC,10\nD,20\ntotal,42\n"
    rows = dict(row for row in csv.reader(io.StringIO(protect_tables([read(regions)], SMALL).csv(0))))
    assert rows["A"] == "x"
    assert "x" in (rows["B"], rows["North"])


def test_ages_that_lie_within_others_are_no_parts_beside_them() -> None:
    """A reader takes 0-11 from 0-17 and knows 12-17: one of these goes too, and not the total of all ages."""
    ages = "age,count\n0-17,30\n0-11,2\n12-17,28\n18+,15\ntotal,45\n"
    rows = dict(row for row in csv.reader(io.StringIO(protect_tables([read(ages)], SMALL).csv(0))))
    assert [rows["0-11"], rows["total"]] == ["x", "45"]
    assert "x" in (rows["12-17"], rows["0-17"])


# --- the command --------------------------------------------------------------------------------------------------
def test_the_command_audits_in_words_and_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text("region,girls,boys,total\nN,12,geheim,15\nS,20,30,50\ntotal,32,33,65\n")
    asked = [str(path), "--audit", "--hidden", "geheim"]
    assert main(asked) == 0
    assert "theirs.csv, row 2, boys: 3" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hidden"][0]["high"] == 3


def test_a_file_of_levels_that_goes_in_a_circle_is_refused(tmp_path: Path) -> None:
    table, levels = tmp_path / "t.csv", tmp_path / "levels.csv"
    table.write_text("region,count\nA,20\nB,30\n")
    levels.write_text("category,in\nA,B\nB,A\n")
    assert main([str(table), "--within", str(levels)]) == 2


def test_a_cell_that_a_spreadsheet_would_reckon_with_leaves_as_text() -> None:
    protected = protect_tables([read("region,count\n=1+1,40\nS,50\n")], SMALL).csv(0)
    assert "\n=1" not in protected
