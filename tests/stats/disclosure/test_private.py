"""Noise that hides whether a person is in the counts, and the ledger of what was spent on a year."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.stats.disclosure.made import crosstab, read

from zicht.stats.disclosure.__main__ import main
from zicht.stats.disclosure.errors import BudgetDiffers, BudgetSpent, LedgerUnreadable
from zicht.stats.disclosure.ledger import Line, spend
from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.private import check_cap, distance, least_cap, make_private, scale_of
from zicht.stats.errors import WrongSetting

TABLE = crosstab([[20, 3], [15, 30], [12, 18]])


def run(folder: Path, *options: str) -> int:
    (folder / "t.csv").write_text(TABLE)
    return main([str(folder / "t.csv"), "--method", "dp", *options])


def account(folder: Path) -> list[str]:
    return ["--year", "2025", "--ledger", str(folder / "ledger")]


def test_a_person_stands_once_for_each_set_of_questions() -> None:
    # A cell, the total of its row, that of its column, and all.
    assert least_cap(link([read(TABLE)])) == 4


def test_neighbouring_tables_give_each_answer_with_nearly_the_same_chance() -> None:
    """Count how often each answer comes, with and without one person: never more than exp(epsilon) apart."""
    scale = scale_of(epsilon := 1.0, 1)
    rows = [f"form{number},%s\n" for number in range(40_000)]
    tables = [read("form,count\n" + "".join(row % count for row in rows)) for count in (6, 5)]
    many = [make_private(link([table]), scale).clip(0, 12) for table in tables]
    one, other = (np.bincount(answers, minlength=13) for answers in many)
    common = (one > 400) & (other > 400)  # where the shares are known to a few percent
    assert common.sum() >= 6
    ratios = np.log(one[common] / other[common])
    assert np.abs(ratios).max() < epsilon + 0.25
    assert np.abs(ratios).max() > epsilon / 2  # it is noise of that size, and not far more


def test_the_distance_that_is_told_holds_for_nineteen_of_twenty_counts() -> None:
    scale = scale_of(0.5, 4)
    table = read("form,count\n" + "".join(f"form{number},1000\n" for number in range(4000)))
    off = np.abs(make_private(link([table]), scale) - 1000)
    assert (off <= distance(scale)).mean() == pytest.approx(0.95, abs=0.02)


def test_a_cap_below_what_the_tables_show_is_refused_and_several_answers_want_one() -> None:
    linked = link([read(TABLE)])
    with pytest.raises(WrongSetting, match="4 or more"):
        check_cap(linked, 3)
    several = link([read("form,count\ntotal,40\nsexual,30\nlabour,20\n")])
    with pytest.raises(WrongSetting, match="missing"):
        check_cap(several, None)
    assert check_cap(several, 3) == 3


@pytest.mark.parametrize("epsilon", [0.0, -1.0, 11.0, float("nan")])
def test_an_epsilon_that_promises_nothing_is_refused(epsilon: float) -> None:
    with pytest.raises(WrongSetting, match="epsilon"):
        scale_of(epsilon, 1)


def test_a_release_is_paid_before_it_is_shown_and_refused_when_the_year_is_spent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *account(tmp_path), "--budget", "1.5", "--json") == 0
    out, says = capsys.readouterr()
    assert "epsilon 1" in json.loads(out)["warnings"][0]
    assert "0.5 is left" in says
    assert run(tmp_path, *account(tmp_path), "--budget", "1.5") != 0
    out, says = capsys.readouterr()
    assert out == ""
    assert "0.5 of 1.5 left for 2025" in says
    assert run(tmp_path, "--year", "2024", *account(tmp_path)[2:], "--budget", "1.5") == 0


@pytest.mark.parametrize("missing", [["--year", "2025"], ["--ledger", "l"]])
def test_noise_without_an_account_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: list[str]
) -> None:
    assert run(tmp_path, *missing) != 0
    assert capsys.readouterr().out == ""


def test_the_budget_of_a_year_does_not_change(tmp_path: Path) -> None:
    spend(tmp_path / "l", Line(2025, 1.0, 2.0, "d"))
    with pytest.raises(BudgetDiffers):
        spend(tmp_path / "l", Line(2025, 1.0, 9.0, "d"))


def test_ten_tenths_are_one_and_an_eleventh_is_too_much(tmp_path: Path) -> None:
    for _ in range(10):
        spend(tmp_path / "l", Line(2025, 0.1, 1.0, "d"))
    with pytest.raises(BudgetSpent):
        spend(tmp_path / "l", Line(2025, 0.1, 1.0, "d"))


def test_two_at_once_cannot_spend_the_same_budget(tmp_path: Path) -> None:
    def try_to_spend(_number: int) -> bool:
        try:
            spend(tmp_path / "l", Line(2025, 0.5, 2.0, "d"))
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_to_spend, range(24))) == 4


@pytest.mark.parametrize("content", ["nonsense\n", '{"year": 2025}\n', '{"year": 2025, "epsilon": 1, "budget'])
def test_a_ledger_that_cannot_be_read_stops_everything(tmp_path: Path, content: str) -> None:
    (tmp_path / "l").write_text(content)
    with pytest.raises(LedgerUnreadable):
        spend(tmp_path / "l", Line(2025, 1.0, 2.0, "d"))
    assert (tmp_path / "l").read_text() == content


def test_whoever_stands_in_a_town_and_in_its_province_stands_in_more_counts() -> None:
    text = "place,sex,count\n"
    counts = {"North": (32, 12), "As": (3, 7), "Bo": (29, 5), "South": (43, 20), "Ce": (20, 9), "Do": (23, 11)}
    text += "".join(f"{place},f,{f}\n{place},m,{m}\n{place},total,{f + m}\n" for place, (f, m) in counts.items())
    text += "total,f,75\ntotal,m,32\ntotal,total,107\n"
    # Town, province and country, each by sex and in all.
    assert least_cap(link([read(text)])) == 6
    flat = "\n".join(line for line in text.splitlines() if not line.startswith(("North", "South"))) + "\n"
    assert least_cap(link([read(flat)])) == 4
