"""Sums that a reader makes for himself: over several questions, and over lists of which the levels are guessed."""

from collections.abc import Sequence

import numpy as np
import pytest
from tests.stats.disclosure.made import crosstab, read

from zicht.stats.disclosure.errors import LevelsUnclear
from zicht.stats.disclosure.levels import find_levels
from zicht.stats.disclosure.protect import Asked, protect_tables

Shown = dict[tuple[str, ...], int | None]


def released(*texts: str, above: dict[str, str] | None = None) -> list[Shown]:
    """Give what is shown of tables by their labels, None where a count is hidden."""
    tables = [read(text, f"{number}.csv") for number, text in enumerate(texts)]
    found = protect_tables(tables, Asked(release="public", seconds=5.0), above=above)
    rows = [[line.rsplit(",", 1) for line in found.csv(number).splitlines()[1:]] for number in range(len(texts))]
    return [{tuple(place.split(",")): None if n == "x" else int(n) for place, n in table} for table in rows]


def table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


def tells(total: int | None, parts: Sequence[int | None]) -> bool:
    """Tell whether one count only is missing in a sum, so that it is known."""
    assert any(part is None for part in parts), "the test needs a hidden count"
    return [total, *parts].count(None) == 1


# --- over several questions ---------------------------------------------------------------------------------------
def test_a_town_under_its_province_is_added_up_by_all_other_questions() -> None:
    counts = {
        "T1": [20, 21, 30, 31], "T2": [3, 31, 26, 37], "T3": [24, 25, 40, 28],
    }  # fmt: skip
    counts["P"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    answers = ["m,0-17", "m,18+", "f,0-17", "f,18+"]
    rows = [f"{p},{a},{n}" for p in ("P", "T1", "T2", "T3") for a, n in zip(answers, counts[p], strict=True)]
    places = [f"{place},{sum(counts[place])}" for place in ("P", "T1", "T2", "T3")]
    by_all, by_place = released(table("place,sex,age,count", *rows), table("place,count", *places))
    assert not tells(by_place["T2",], [count for name, count in by_all.items() if name[0] == "T2"])


def test_a_subtotal_of_one_region_leaves_the_sum_of_the_others() -> None:
    rows = ["A,m,0-17,20", "A,m,18+,30", "A,m,Total,50", "A,f,0-17,25", "A,f,18+,35"]
    rows += ["B,m,0-17,3", "B,m,18+,30", "B,f,0-17,25", "B,f,18+,35"]
    by_all, by_region = released(table("region,sex,age,count", *rows), table("region,count", "A,110", "B,93"))
    assert not tells(by_region["B",], [count for name, count in by_all.items() if name[0] == "B"])


# --- levels that are guessed --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("names", "small"),
    [
        (("Hotel", "Hotel (zorg)", "Bar"), "Hotel (zorg)"),
        (("Guinea", "Guinea-Bissau", "Mali"), "Guinea-Bissau"),
        (("All other", "Nail bar", "Farm"), "Nail bar"),
        (("0-17", "12-17", "18+"), "12-17"),
    ],
)
@pytest.mark.parametrize("many", [1, 2])
def test_a_name_that_begins_as_another_may_lie_beside_it(names: tuple[str, ...], small: str, many: int) -> None:
    counts = {"A": (90, 3, 20), "B": (95, 25, 30)}
    rows = [f"{region},{name},{n}" for region in counts for name, n in zip(names, counts[region], strict=True)]
    if many == 1:
        (both,) = released(table("region,what,count", *rows, "Total,Total,263"))
        total = both.pop(("Total", "Total"))
        parts = list(both.values())
    else:
        both, by_region = released(table("region,what,count", *rows), table("region,count", "A,113", "B,150"))
        total, parts = by_region["A",], [count for name, count in both.items() if name[0] == "A"]
    assert both["A", small] is None
    assert not tells(total, parts)


def test_what_a_file_says_of_some_ages_leaves_the_signs_of_the_others() -> None:
    rows = ["0-11,20", "12-17,30", "0-17,50", "18-25,3", "26+,60", "18+,63"]
    (ages,) = released(table("age,count", *rows), above={"0-11": "0-17", "12-17": "0-17"})
    assert not tells(ages["18+",], [ages["18-25",], ages["26+",]])


def test_names_that_differ_in_capitals_are_two_where_a_list_has_both() -> None:
    told = {"Utrecht": "UTRECHT", "Zeist": "UTRECHT"}
    text = table("place,count", "UTRECHT,90", "Utrecht,60", "Zeist,30")
    assert find_levels([read(text)], told) == {"place": told}
    assert find_levels([read(text)], {"zeist": "UTRECHT"})["place"]["Zeist"] == "UTRECHT"
    with pytest.raises(LevelsUnclear):
        find_levels([read(table("place,count", "Utrecht,60", "Zeist,30"))], told)
    with pytest.raises(LevelsUnclear):
        find_levels([read(table("place,count", "A,1", "B,2"))], {"a": "b", "B": "A"})


def test_a_long_list_without_levels_has_none() -> None:
    counts = np.random.default_rng(1).integers(0, 40, (99, 30))
    text = "\n".join(crosstab(counts).splitlines()[:-1]) + "\n"  # without totals, so that nothing says it is flat
    text = "\n".join(line.rsplit(",", 1)[0] for line in text.splitlines()) + "\n"
    assert "region" not in find_levels([read(text)], {})
