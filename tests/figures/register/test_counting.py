"""Persons of the register in the standard tables: against a slow recount, over registers nobody thought of."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.figures.register.made import DAY, YEAR, keyed, organisation, register_of, store
from tests.figures.register.recount import recount

from zicht import words
from zicht.cases.models import Person
from zicht.figures import extract
from zicht.figures.register.counting import TABLES, Block, count_tables, fields_told_apart
from zicht.people.models import Account

CROSSED = tuple(code for code in TABLES if code != "F25")


def some(list_name: str) -> st.SearchStrategy[str]:
    terms = [code.code for code in words.vocabulary().lists[list_name].codes.values()]
    return st.sampled_from([*terms, *words.vocabulary().missing_values])


def several(list_name: str) -> st.SearchStrategy[list[str]]:
    terms = [code.code for code in words.vocabulary().lists[list_name].offered()]
    missing = st.sampled_from([[kind] for kind in words.vocabulary().missing_values])
    return st.lists(st.sampled_from(terms), max_size=3, unique=True) | missing


EPISODES = st.fixed_dictionaries(
    {
        "forms": several("form"),
        "means": several("means"),
        "relations": several("relation"),
        "recruitment_channel": some("recruitment_channel"),
        "duration_band": some("duration_band"),
        "grooming_interval": some("grooming_interval"),
    }
)
PEOPLE: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "age_band": some("age_band"),
        "gender": some("gender"),
        "citizenship_group": some("citizenship_group"),
        "status": st.sampled_from(["possible", "identified", "not_victim"]),
        "first_registered": st.sampled_from([YEAR, YEAR, YEAR, YEAR + 1]),
        "compartment": st.sampled_from(["help", "help", "enforce", "press"]),
        "restricted_on": st.sampled_from([None, None, None, DAY]),
        "refuses": st.sampled_from(["", "", "", "no", "withdrawn", "yes"]),
        "episodes": st.lists(EPISODES, max_size=2),
        "cases": st.lists(
            st.fixed_dictionaries({"registered_national": st.sampled_from([True, False, None])}), max_size=2
        ),
    }
)


@st.composite
def registers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Give persons of whom some are counted as one with an older record behind the same wall."""
    people = draw(st.lists(PEOPLE, min_size=1, max_size=7))
    for number, person in enumerate(people[1:], start=1):
        older = [
            other
            for other, one in enumerate(people[:number])
            if one.get("into") is None
            and one["compartment"] == person["compartment"]
            and one["first_registered"] <= person["first_registered"]
        ]
        person["into"] = draw(st.sampled_from([None, None, *older]))
    return people


def counted(owner: Account, year: int = YEAR) -> list[Block]:
    every = count_tables(extract.read_register(owner.org, year, fields_told_apart()))
    return [block for block in every if block.table.code in TABLES]  # the funnel has a recount of its own


def cells_of(blocks: list[Block]) -> dict[tuple[str, str, str, str, str], int]:
    return {
        (block.table.code, block.rows.name, row.code, block.cols.name, col.code): int(count)
        for block in blocks
        for row, counts in zip(block.rows.places, block.counts, strict=True)
        for col, count in zip(block.cols.places, counts, strict=True)
        if count and block.table.code in CROSSED
    }


class TestRecount(TestCase):
    @settings(max_examples=40)
    @given(registers())
    def test_every_cell_is_what_a_slow_recount_with_the_rules_of_the_register_finds(
        self, people: list[dict[str, Any]]
    ) -> None:
        owner = organisation()
        store(owner, keyed(people))
        stranger = organisation("Elders")
        store(stranger, keyed([{**one, "into": None} for one in people[:2]]))
        assert cells_of(counted(owner)) == dict(recount(owner.org, YEAR, CROSSED))

    @settings(max_examples=25)
    @given(registers())
    def test_each_year_counts_the_same_persons_as_the_series_over_years(self, people: list[dict[str, Any]]) -> None:
        owner = organisation()
        store(owner, keyed(people))
        series = extract.count_years(owner.org)
        for year in (YEAR, YEAR + 1):
            assert recount(owner.org, year, ["F10"])["F10", "org_type", "total", "year", str(year)] == series.get(
                year, 0
            )


@pytest.mark.django_db
def test_how_well_fields_are_filled_in_is_counted_for_each_person_once() -> None:
    owner = organisation()
    episodes = [
        {"forms": ["sexual"], "means": ["unknown"]},
        {"forms": ["labour"], "means": ["declined"], "acts": ["recruit"]},
    ]
    store(
        owner,
        keyed([{"gender": "f", "episodes": episodes}, {"gender": "nk"}, {"in_school": False, "gender": "declined"}]),
    )
    (block,) = [block for block in counted(owner) if block.table.code == "F25"]
    found = {row.code: counts.tolist() for row, counts in zip(block.rows.places, block.counts, strict=True)}
    assert [col.code for col in block.cols.places][:4] == list(words.vocabulary().tables["F25"].cols)
    assert found["gender"] == [1, 1, 0, 1, 0, 0, 3]  # "not specified or unknown" is not known
    assert found["forms"] == [1, 0, 2, 0, 0, 0, 3]
    assert found["means"] == [0, 0, 2, 1, 0, 0, 3]
    assert found["acts"] == [1, 0, 2, 0, 0, 0, 3]
    assert found["in_school"] == [1, 0, 2, 0, 0, 0, 3]
    assert found["citizenship"] == [0, 0, 3, 0, 0, 0, 3]


@pytest.mark.django_db
def test_a_register_needs_the_same_few_queries_whoever_is_in_it(django_assert_num_queries: Any) -> None:
    owner = organisation()
    for many in (1, 12):
        store(owner, keyed([{"episodes": [{"forms": ["sexual"]}], "cases": [{}]}] * many))
        with django_assert_num_queries(5):
            extract.read_register(owner.org, YEAR, fields_told_apart())


@pytest.mark.django_db
def test_somebody_who_said_no_and_later_yes_is_counted_again() -> None:
    owner = organisation()
    (person,) = store(owner, keyed([{"refuses": "no"}]))
    assert extract.read_register(owner.org, YEAR, ()).persons == 0
    said = {"purpose": "statistics", "answer": "yes", "given_by": "self", "wording_version": "1"}
    person.consents.create(asked_on=DAY + dt.timedelta(days=1), **said)
    assert extract.read_register(owner.org, YEAR, ()).persons == 1


def test_nothing_but_terms_leaves_the_door() -> None:
    register = register_of([{"gender": "f"}])
    terms = {code for column in register.columns.values() for code in column.codes}
    known = {code for one in words.vocabulary().lists.values() for code in one.codes}
    own = {
        value
        for entity in words.vocabulary().entities.values()
        for field in entity.fields.values()
        for value in field.values
    }
    assert terms <= known | own | {"known", "yes", "no"}


def test_forms_of_one_group_count_a_person_once_in_it_and_two_groups_twice() -> None:
    people = [{"forms": ["labour", "domestic"], "gender": "f"}, {"forms": ["labour", "sexual"], "gender": "f"}]
    block = next(one for one in count_tables(register_of(people)) if one.rows.name == "form.nl_main")
    found = dict(zip((row.code for row in block.rows.places), block.counts[:, -1].tolist(), strict=True))
    assert (found["labour"], found["sexual"], found["known"], found["total"]) == (2, 1, 2, 2)


def test_a_minor_of_unknown_age_stands_beside_the_three_classes_and_in_no_share() -> None:
    block = count_tables(register_of([{"age_band": "minor_nos"}, {"age_band": "12_15"}]))[0]
    found = dict(zip((row.code for row in block.rows.places), block.counts[:, -1].tolist(), strict=True))
    assert (found["class_unknown"], found["le15"], found["known"], found["total"]) == (1, 1, 1, 2)


@pytest.mark.django_db
def test_records_counted_as_one_across_years_count_in_the_first_year_alone() -> None:
    owner = organisation()
    people = keyed([{"gender": "unknown"}, {"gender": "m", "first_registered": YEAR + 1, "into": 0}])
    store(owner, people)
    assert Person.objects.filter(org=owner.org).count() == 2
    first, second = (extract.read_register(owner.org, year, fields_told_apart()) for year in (YEAR, YEAR + 1))
    assert (first.persons, first.records, second.persons) == (1, 2, 0)
    assert first.columns["gender"].having(["m"]).tolist() == [True]
