"""Contacts in F01, F02 and F04: against a slow recount, and together, so that no table tells what another one hides."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from scipy.optimize import linprog
from scipy.sparse import csr_array
from tests.cases.cast import Cast
from tests.figures.register.made import DAY, YEAR, organisation, register_of
from tests.people.conftest import SignIn

from zicht import words
from zicht.cases import rules
from zicht.contact.records.models import Contact
from zicht.figures import came_in
from zicht.figures.register import exports
from zicht.figures.register.axes import Axis, Place
from zicht.figures.register.counting import CONTACT_TABLES, count_tables
from zicht.figures.register.releases import Release, ShownBlock, make_release
from zicht.people.models import Account

MIDDLE = dt.datetime(YEAR, 6, 1, 12, tzinfo=dt.UTC)
USUAL: dict[str, Any] = {
    "received_at": MIDDLE,
    "channel": "chat",
    "kind": "help_request",
    "role": "self_victim",
    "about_thb": True,
    "urgency": "u3_week",
    "outcome": "listened",
}
EACH = 5  # hidden cell that an attack is tried on
MISSING = ["unknown", "not_asked", "declined"]


def store(worker: Account, made: list[dict[str, Any]]) -> None:
    records = [Contact(org=worker.org, compartment="help", worker=worker, **{**USUAL, **one}) for one in made]
    QuerySet[Contact](Contact).bulk_create(records)  # past the checks: whatever is there is counted


def some(list_name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*words.vocabulary().lists[list_name].codes, *MISSING])


CONTACTS = st.fixed_dictionaries(
    {
        "received_at": st.sampled_from([MIDDLE, MIDDLE, MIDDLE, dt.datetime(YEAR + 1, 1, 1, 0, tzinfo=dt.UTC)]),
        "kind": some("contact_kind").filter(lambda one: one not in MISSING),
        "role": st.sampled_from(["self_victim", "self_victim", "bystander_friend", "professional", *MISSING]),
        "about_thb": st.booleans(),
        "repeat_visitor": st.sampled_from([True, False, None]),
        "age_band": some("age_band"),
        "disclosure_stage": some("disclosure_stage"),
        "timing": some("timing"),
        "exclude_from_stats": st.sampled_from([False, False, True]),
    }
)


def recount(made: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """Count contact by contact who stands in which cell, without the margins."""
    cells: Counter[tuple[str, str, str]] = Counter()
    for one in made:
        kind = words.vocabulary().lists["contact_kind"].codes[one["kind"]]
        is_counted = kind.is_marked("counted") and not one["exclude_from_stats"] and one["about_thb"]
        if not is_counted or one["received_at"].year != YEAR:
            continue
        unit = "returned" if one["repeat_visitor"] else "visitor"
        cells["F01", one["role"], unit] += 1
        if unit == "visitor" and one["role"] == "self_victim":
            band = one["age_band"]
            age = band if band in MISSING else rules.age_class_3({"age_band": band}) or "class_unknown"
            cells["F02", one["disclosure_stage"], age] += 1
            cells["F04", one["timing"], age] += 1
    return cells


class TestRecount(TestCase):
    @settings(max_examples=25)
    @given(st.lists(CONTACTS, max_size=12))
    def test_every_cell_is_what_a_slow_recount_finds_and_nothing_else_is_counted(
        self, made: list[dict[str, Any]]
    ) -> None:
        worker, stranger = organisation(), organisation("Elders")
        store(worker, made)
        store(stranger, made[:3])
        found = {
            (block.table.code, row.code, col.code): int(count)
            for block in count_tables(came_in.read_contacts(worker.org, YEAR))
            if block.table.code in CONTACT_TABLES  # the funnel has a recount of its own
            for row, counts in zip(block.rows.places, block.counts, strict=True)
            for col, count in zip(block.cols.places, counts, strict=True)
            if count and row.kind not in ("known", "total") and col.kind not in ("known", "total")
        }
        assert found == recount(made)


# --- protection -----------------------------------------------------------------------------------------------------
def release(chance: np.random.Generator, contacts: int, level: str, worker: Account) -> Release:
    """Give a release about contacts in which few came back and few tell for the second time."""
    store(worker, [draw(chance) for _ in range(contacts)])
    return make_release(register_of(()), level, DAY, came_in.read_contacts(worker.org, YEAR))


def draw(chance: np.random.Generator) -> dict[str, Any]:
    def pick(*terms: Any) -> Any:
        return terms[int(chance.integers(len(terms)))]

    return {
        "role": pick(*["self_victim"] * 6, "bystander_friend", "professional", "unknown"),
        "repeat_visitor": pick(*[False] * 9, None, True),
        "age_band": pick("12_15", "16_17", "18_20", "18_20", "minor_nos", "unknown"),
        "disclosure_stage": pick(*["first"] * 4, "told_private", "told_helper", "not_asked"),
        "timing": pick(*["ongoing"] * 5, "ended_lt1y", "ended_ge1y", "unknown", "not_asked"),
    }


Inside = tuple[str, str, str]  # table, row, column: a cell that no other cell is part of


def insides(code: str, block: ShownBlock, row: Place, col: Place) -> frozenset[Inside]:
    """Give the smallest cells that a cell is the sum of."""

    def codes(axis: Axis, place: Place) -> list[str]:
        kinds = {"total": ("value", "beside", "missing"), "known": ("value",)}.get(place.kind)
        return [one.code for one in axis.places if one.kind in kinds] if kinds else [place.code]

    return frozenset((code, one, other) for one in codes(block.rows, row) for other in codes(block.cols, col))


def cells(made: Release) -> dict[frozenset[Inside], int | None]:
    """Give every cell of the three tables as it is shown, by what it is the sum of."""
    return {
        insides(code, block, row, col): block.cell(row, col).value
        for code in CONTACT_TABLES
        for block in made.tables[code].blocks
        for row in block.rows.places
        for col in block.cols.places
    }


def same(found: Iterable[frozenset[Inside]]) -> list[tuple[frozenset[Inside], frozenset[Inside]]]:
    """Say which sums are the same people: the visitors of F02 and F04 are one cell of F01, also by age."""
    every = frozenset[Inside]().union(*found)

    def of(table: str, col: str = "") -> frozenset[Inside]:
        return frozenset(one for one in every if one[0] == table and col in ("", one[2]))

    ages = {one[2] for one in of("F02")}
    whole = [(of("F02"), frozenset([("F01", "self_victim", "visitor")]))]
    return whole + [(of("F02", age), of("F04", age)) for age in sorted(ages)]


@pytest.mark.parametrize(("level", "least", "contacts"), [("partners", 5, 300), ("public", 10, 600)])
def test_no_count_under_the_level_is_shown_or_can_be_worked_out_from_the_three_tables_together(
    db: None, level: str, least: int, contacts: int
) -> None:
    shown = cells(release(np.random.default_rng(7), contacts, level, organisation()))
    values = [value for value in shown.values() if value is not None]
    assert len(values) > 20
    assert min(values) >= least
    names = sorted(frozenset[Inside]().union(*shown))
    equal = [(cell, value) for cell, value in shown.items() if value is not None]
    lines = [indicator(names, cell) for cell, _ in equal]
    lines += [indicator(names, one) - indicator(names, other) for one, other in same(shown)]
    known = [value for _, value in equal] + [0] * len(same(shown))
    for cell in [cell for cell, value in shown.items() if value is None][::EACH]:
        aim, knowing = indicator(names, cell), {"A_eq": csr_array(np.array(lines)), "b_eq": known}
        low, high = (linprog(sign * aim, **knowing) for sign in (1, -1))  # type: ignore[call-overload]
        most = -high.fun if high.status == 0 else np.inf
        assert np.floor(most + 1e-6) - np.ceil(low.fun - 1e-6) >= 1, sorted(cell)


def indicator(names: list[Inside], cell: frozenset[Inside]) -> np.ndarray[Any, Any]:
    return np.array([float(name in cell) for name in names])


def test_one_number_in_three_tables_is_shown_in_all_of_them_or_in_none(db: None) -> None:
    for contacts in (8, 300):
        made = release(np.random.default_rng(contacts), contacts, "public", organisation(f"Huis {contacts}"))
        (block,) = made.tables["F01"].blocks
        (self_row,) = [row for row in block.rows.places if row.code == "self_victim"]
        told = {block.cell(self_row, block.whole).value, made.tables["F02"].total, made.tables["F04"].total}
        assert len(told) == 1
    assert told != {None}
    assert block.cells[-1][-1].value  # visitors, as long as they are not few themselves


def test_contacts_stand_apart_from_visitors_self_from_bystander_and_files_name_the_unit(
    cast: Cast, sign_in: SignIn
) -> None:
    store(
        cast.counsellor,
        [
            *[{"disclosure_stage": "first", "timing": "ongoing", "age_band": "12_15"}] * 30,
            {"disclosure_stage": "told_helper", "repeat_visitor": True},
            {"role": "bystander_friend", "disclosure_stage": "told_private"},
            {"kind": "test"},
            {"kind": "abusive"},
        ],
    )
    browser = sign_in(cast.analyst)
    page = browser.get("/en/figures/register/", year=str(YEAR), level="internal", table="F01").content.decode()
    assert f"In {YEAR}, 32 contacts about trafficking were recorded." in page
    assert "They came from at most 31 visitors. 30 of these 31 said that it happens or happened to them (97%)." in page
    assert "Unique visitors (at most)" in page
    assert "upper bound" in page
    page = browser.get("/en/figures/register/", year=str(YEAR), level="internal", table="F02").content.decode()
    assert f"In {YEAR}, at most 30 visitors said that it happens or happened to them." in page
    assert "30 told it for the first time (100%)" in page
    contacts = came_in.read_contacts(cast.counsellor.org, YEAR)
    file = io.StringIO(exports.as_csv(make_release(register_of(()), "internal", DAY, contacts), ["F01"]))
    units = {row["col"]: row["unit"] for row in csv.DictReader(file)}
    assert units == {"contact": "contact", "returned": "contact", "visitor": "visitor"}
