"""The four figures of a country, made out of its cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.figures.amounts import Amount, exactly, fewer_than
from zicht.figures.breakdowns import Breakdown, add_parts, make_breakdowns, rest_of
from zicht.figures.cells import ADULT, BY_FORM, CHILD, FEMALE, MALE, TOTAL, UNKNOWN, Cell

SEXUAL, LABOUR, OTHER = "Sexual exploitation", "Forced labour", "Other forms of exploitation"


def cell(value: int | None, year: int = 2020, *, below: int | None = None, **other: str) -> Cell:
    dimension, category, sex, age = (other.get(name, TOTAL) for name in ("dimension", "category", "sex", "age"))
    return Cell(2, "NLD", "victims_detected", dimension, category, sex, age, year, value, below)


def censored(year: int = 2020, **other: str) -> Cell:
    return cell(None, year, below=5, **other)


def form(value: int, name: str, year: int = 2020) -> Cell:
    return cell(value, year, dimension=BY_FORM, category=name)


def figure(code: str, *cells: Cell) -> Breakdown:
    return next(found for found in make_breakdowns(cells) if found.code == code)


def amounts(breakdown: Breakdown, code: str) -> dict[int, Amount]:
    return dict(next(series for series in breakdown.series if series.code == code).amounts)


def test_cells_of_one_place_and_year_are_added_up() -> None:
    parts = [censored(sex="Other"), cell(11, sex="Other"), cell(400, sex=FEMALE)]
    assert amounts(figure("sex", *parts), "other") == {2020: Amount(11, 15)}
    assert amounts(figure("sex", *parts), "female") == {2020: exactly(400)}


@given(st.lists(st.tuples(st.integers(2000, 2003), st.one_of(st.none(), st.integers(0, 9999))), max_size=20))
def test_adding_up_loses_no_person(rows: list[tuple[int, int | None]]) -> None:
    cells = [cell(value, year, below=5 if value is None else None) for year, value in rows]
    by_year = add_parts(cells).get((TOTAL, TOTAL, TOTAL, TOTAL), {})
    assert sum(amount.low for amount in by_year.values()) == sum(value or 0 for _, value in rows)
    assert sum(amount.high for amount in by_year.values()) == sum(4 if value is None else value for _, value in rows)


def test_a_year_without_a_figure_is_a_gap_and_not_zero() -> None:
    year = figure("year", cell(5, 2018), cell(7, 2021))
    assert list(year.years) == [2018, 2019, 2020, 2021]
    assert year.total == {2018: exactly(5), 2021: exactly(7)}


def test_not_known_is_the_total_less_the_stated_parts() -> None:
    sex = figure("sex", cell(814), cell(500, sex=FEMALE), cell(308, sex=MALE))
    assert amounts(sex, "unknown") == {2020: exactly(6)}
    assert sex.exceeding == ()


def test_a_censored_part_makes_not_known_an_interval() -> None:
    sex = figure("sex", cell(413), cell(400, sex=FEMALE), censored(sex=MALE))
    assert amounts(sex, "unknown") == {2020: Amount(9, 13)}


def test_where_no_part_is_stated_everybody_is_not_known() -> None:
    assert amounts(figure("sex", cell(1372, 2019)), "unknown") == {2019: exactly(1372)}


def test_where_there_is_no_total_only_what_the_source_calls_unknown_is_shown() -> None:
    age = figure("age", cell(3, 2018, age=CHILD), cell(9, 2019, sex=UNKNOWN, age=UNKNOWN))
    assert amounts(age, "unknown") == {}
    both = figure("age", cell(3, 2018, age=CHILD), cell(9, 2018, sex=UNKNOWN, age=UNKNOWN))
    assert amounts(both, "unknown") == {2018: exactly(9)}


def test_forms_that_together_exceed_the_total_are_reported_and_leave_no_rest() -> None:
    forms = figure("form", cell(952, 2017), form(569, SEXUAL, 2017), form(222, LABOUR, 2017), form(536, OTHER, 2017))
    assert forms.exceeding == (2017,)
    assert amounts(forms, "unknown") == {}
    assert forms.known(2017) == exactly(1327)


def test_more_unknown_than_fits_is_shown_as_the_source_states_it_and_reported() -> None:
    parts = cell(689, sex=FEMALE), cell(253, sex=MALE), cell(124, sex=UNKNOWN, age=UNKNOWN)
    sex = figure("sex", cell(952), *parts)
    assert amounts(sex, "unknown") == {2020: exactly(124)}
    assert sex.exceeding == (2020,)


def test_a_censored_part_that_may_still_fit_is_not_reported() -> None:
    sex = figure("sex", cell(668), cell(419, sex=FEMALE), cell(249, sex=MALE), censored(sex="Other"))
    assert sex.exceeding == ()
    assert amounts(sex, "unknown") == {2020: exactly(0)}


def test_a_part_that_is_never_stated_gets_no_series_and_not_known_always_does() -> None:
    sex = figure("sex", cell(10), cell(4, sex=FEMALE), cell(6, sex=MALE))
    assert [series.code for series in sex.series] == ["female", "male", "unknown"]


def test_no_figure_has_more_than_four_series() -> None:
    forms = [form(1, name) for name in (SEXUAL, LABOUR, OTHER)]
    sexes = [cell(1, sex=sex) for sex in (FEMALE, MALE, "Other", UNKNOWN)]
    everything = make_breakdowns([cell(9), cell(1, age=CHILD), cell(8, age=ADULT), *sexes, *forms])
    assert [len(breakdown.series) for breakdown in everything] == [1, 4, 3, 4]


def test_without_cells_every_figure_is_empty() -> None:
    assert [breakdown.is_empty for breakdown in make_breakdowns([])] == [True] * 4


def test_a_year_counts_as_split_by_sex_only_with_women_and_men() -> None:
    sex = figure("sex", cell(9, 2018, sex=FEMALE), cell(9, 2019, sex=FEMALE), cell(1, 2019, sex=MALE))
    assert sex.split_years() == [2019]


maybe = st.one_of(st.none(), st.integers(0, 50).map(exactly), st.just(fewer_than(5)))


@given(maybe, maybe, maybe)
def test_what_is_not_known_is_never_more_than_the_total_unless_the_source_says_so(
    total: Amount | None, known: Amount | None, stated: Amount | None
) -> None:
    rest = rest_of(total, known, stated)
    assert rest is None or rest == stated or (total is not None and rest.high <= total.high)


@pytest.mark.parametrize("stated", [None, exactly(3)])
def test_a_stated_unknown_that_fits_is_part_of_the_rest(stated: Amount | None) -> None:
    assert rest_of(exactly(10), exactly(6), stated) == exactly(4)
