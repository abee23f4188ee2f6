"""An estimate beside those of its strata: whoever takes the shown from the whole works out no small one."""

import json
from itertools import product
from pathlib import Path

import pytest

from zicht.stats.__main__ import main
from zicht.stats.release import BESIDE, FEWEST, TOO_SMALL, TWO_LISTS_TELL, protect_split
from zicht.stats.results import Estimate, Json


def estimate(observed: int, both: tuple[int, int, int] | None = None) -> Estimate:
    """Give an estimate; `both` has how many are on two lists together, and on each alone."""
    lists = ("A", "B") if both else ("A", "B", "C")
    told: dict[str, Json] = {}
    if both:
        told = {"list_sizes": {"A": both[0] + both[1], "B": both[0] + both[2]}, "pair_overlaps": {"A & B": both[0]}}
    total = 9.0 * observed
    return Estimate(
        method="x",
        lists=lists,
        observed=observed,
        total=total,
        lower=total - 1,
        upper=total + 1,
        level=0.95,
        interval="wald",
        diagnostics=told,
    )


def shown(*counts: int, release: str = "public") -> tuple[object, list[object], list[object]]:
    """Give what is shown of the whole, and of each stratum, and why not."""
    (whole,), (strata,) = protect_split([estimate(sum(counts))], [[estimate(one) for one in counts]], release)
    return whole["observed"], [one["observed"] for one in strata], [one["warnings"] for one in strata]


def test_beside_a_group_that_is_too_small_the_smallest_other_is_held_back() -> None:
    whole, strata, why = shown(620, 5, 80)
    assert (whole, strata) == (705, [620, None, None])
    assert why[1:] == [[TOO_SMALL], [BESIDE]]
    assert shown(620, 5)[:2] == (625, [None, None])
    assert shown(11, 5)[:2] == (None, [None, None])
    assert shown(620, 50)[:2] == (670, [620, 50])
    assert shown(620, 5, release="internal")[:2] == (625, [620, 5])


@pytest.mark.parametrize("release", sorted(FEWEST))
def test_no_small_group_can_be_narrowed_down(release: str) -> None:
    assert sum(_is_looked_at(counts, release) for counts in product((0, 4, 9, 11, 14, 30), repeat=3)) > 50


def _is_looked_at(counts: tuple[int, ...], release: str) -> bool:
    """Reckon as a reader does; false where everything or nothing is shown."""
    least = FEWEST[release]
    whole, strata, why = shown(*counts, release=release)
    assert all(one is None for one, count in zip(strata, counts, strict=True) if count < least)
    if whole is None or None not in strata:
        return False
    spans = [
        range(one, one + 1) if isinstance(one, int) else range(least) if text == [TOO_SMALL] else range(least, 60)
        for one, text in zip(strata, why, strict=True)
    ]
    possible = [one for one in product(*spans) if sum(one) == whole]
    for at, count in enumerate(counts):
        if count < least:
            assert {one[at] for one in possible} == set(range(least))
    return True


def test_of_two_lists_a_group_of_which_the_lengths_tell_is_not_the_only_one_held_back() -> None:
    small, large, largest = estimate(60, (3, 27, 30)), estimate(90, (30, 30, 30)), estimate(120, (40, 40, 40))
    whole = estimate(270, (73, 97, 100))
    (told,), (strata,) = protect_split([whole], [[largest, small, large]], "public")
    assert told["observed"] == 270
    assert [one["observed"] for one in strata] == [120, None, None]
    assert [one["warnings"] for one in strata[1:]] == [[TWO_LISTS_TELL], [BESIDE]]


def test_the_command_holds_back_a_second_group_of_every_method(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "A,B,C,stratum,count\n1,0,0,m,200\n0,1,0,m,200\n1,1,0,m,100\n0,0,1,m,90\n1,0,1,m,20\n0,1,1,m,10\n"
    path = tmp_path / "table.csv"
    path.write_text(rows + "1,0,0,f,2\n0,1,0,f,2\n1,1,0,f,1\n1,1,1,o,5\n1,1,0,o,20\n0,0,1,o,30\n1,0,1,o,9\n0,1,1,o,9\n")
    assert main([str(path), "--method", "stepwise", "--bootstrap", "0", "--release", "public", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = {one["stratum"]: one["observed"] for one in told["strata"]}
    assert told["observed"] == 698
    assert found == {"m": 620, "f": None, "o": None}
