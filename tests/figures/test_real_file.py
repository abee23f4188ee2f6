"""UNODC's own figures: the totals that come with Zicht, and the whole file where it lies beside the project."""

import csv
import gzip
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from zicht.figures.actions import SHIPPED_FILE
from zicht.figures.amounts import Amount
from zicht.figures.breakdowns import WHOLE, add_parts, make_breakdowns
from zicht.figures.cells import ADULT, CHILD
from zicht.figures.glotip import Reading, read_file

DUTCH_TOTALS = {
    2010: 993, 2011: 1222, 2012: 1711, 2013: 1434, 2014: 1256, 2015: 1150, 2018: 668, 2019: 1372, 2020: 1013, 2021: 791,
    2022: 814,
}  # fmt: skip


@pytest.fixture(scope="module")
def whole_file(shared: Path) -> Path:
    return shared / "data" / "glotip" / "glotip_2025-04-14.csv.gz"


@pytest.fixture(scope="module")
def reading(whole_file: Path) -> Reading:
    return read_file(whole_file)


def test_the_shipped_totals_are_the_published_ones() -> None:
    cells = read_file(SHIPPED_FILE).cells
    total = {year: amount.value for year, amount in add_parts(cells)[WHOLE].items()}
    assert {year: total[year] for year in DUTCH_TOTALS} == DUTCH_TOTALS
    assert sum(total[year] or 0 for year in range(2010, 2016)) == 7766
    assert {cell.country for cell in cells} == {"NLD"}
    assert {cell.dimension for cell in cells} == {"Total", "by form of exploitation"}


def test_the_shipped_totals_are_told_where_they_come_from() -> None:
    text = (SHIPPED_FILE.parent / "SOURCES.md").read_text(encoding="utf-8")
    with SHIPPED_FILE.open(encoding="utf-8", newline="") as file:
        rows = len(list(csv.DictReader(file)))
    assert SHIPPED_FILE.name in text
    assert f"{rows} rows" in text
    assert "dataunodc.un.org" in text


def test_the_dutch_figures_say_where_the_parts_exceed_the_total() -> None:
    by_code = {breakdown.code: breakdown for breakdown in make_breakdowns(read_file(SHIPPED_FILE).cells)}
    assert by_code["form"].exceeding == (2013, 2017, 2018)
    assert by_code["form"].known(2017) == Amount(1327, 1327)
    assert by_code["sex"].exceeding == (2017,)


def test_the_shipped_totals_are_rows_of_the_whole_file(whole_file: Path) -> None:
    with gzip.open(whole_file, "rt", encoding="utf-8", newline="") as file:
        whole = Counter(map(tuple, csv.reader(file)))
    with SHIPPED_FILE.open(encoding="utf-8", newline="") as file:
        assert Counter(map(tuple, csv.reader(file))) <= whole


def test_every_row_of_the_whole_file_is_read(reading: Reading) -> None:
    assert len(reading.cells) == 58_743
    assert sum(cell.below is not None for cell in reading.cells) == 29_534
    assert len({cell.country for cell in reading.cells}) == 198
    assert {cell.below for cell in reading.cells} == {None, 5}


def test_totals_agree_with_a_slow_recomputation_for_every_country_and_year(reading: Reading, shared: Path) -> None:
    lows: dict[tuple[str, int], int] = defaultdict(int)
    highs: dict[tuple[str, int], int] = defaultdict(int)
    totals = shared / "data" / "glotip" / "glotip_detected_totals_by_country_year.csv"
    with totals.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text, key = row["txtVALUE"].replace(",", ""), (row["Iso3_code"], int(row["Year"]))
            lows[key] += 0 if text == "<5" else int(text)
            highs[key] += 4 if text == "<5" else int(text)
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for country in {cell.country for cell in reading.cells}:
        cells = [cell for cell in reading.cells if (cell.country, cell.indicator) == (country, "victims_detected")]
        by_year = add_parts(cells).get(WHOLE, {})
        found |= {(country, year): (amount.low, amount.high) for year, amount in by_year.items()}
    assert found == {key: (lows[key], highs[key]) for key in lows}


def test_repeated_rows_of_a_sex_add_up_to_its_children_and_adults(reading: Reading) -> None:
    """Why repeated rows are added: the sum fits the age parts wherever there are any, the first row alone does not."""
    places: dict[tuple[str, str, str, int, str], list[Amount]] = defaultdict(list)
    for cell in reading.cells:
        if cell.dimension == "Total":
            places[cell.country, cell.indicator, cell.sex, cell.year, cell.age].append(cell.amount)
    checked = first_alone = 0
    for (country, indicator, sex, year, age), amounts in list(places.items()):
        ages = [places.get((country, indicator, sex, year, part), []) for part in (CHILD, ADULT)]
        if age == "Total" and len(amounts) > 1 and all(ages):
            parts = sum(ages[0] + ages[1], start=Amount(0, 0))
            assert overlap(sum(amounts, start=Amount(0, 0)), parts)
            checked += 1
            first_alone += overlap(amounts[0], parts)
    assert (checked, first_alone) == (155, 91)


def overlap(one: Amount, other: Amount) -> bool:
    return not (one.is_surely_less_than(other) or other.is_surely_less_than(one))
