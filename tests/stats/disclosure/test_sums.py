"""Sums that a reader makes for himself: over several questions, and over lists of which the levels are guessed."""

from collections.abc import Sequence

from tests.stats.disclosure.made import read

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
