"""F18, from contact to care: visitors and persons against a slow recount, and no two stages that tell a small one."""

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cases.cast import Cast
from tests.figures.register import made as persons
from tests.figures.register import test_contacts as contacts
from tests.figures.register.made import DAY, YEAR, organisation
from tests.figures.register.recount import persons_of
from tests.people.conftest import SignIn

from zicht import words
from zicht.care.models import Referral
from zicht.cases.models import Person
from zicht.figures import came_in, extract
from zicht.figures.protection import Puzzle, hide
from zicht.figures.register.counting import FUNNEL, count_tables, fields_told_apart
from zicht.figures.register.counting import Counter as Counted
from zicht.figures.register.links import find_links
from zicht.figures.register.releases import Release, make_release
from zicht.people.models import Account

LATER = DAY + dt.timedelta(days=9)
MET = {"state": "closed", "closed_on": LATER, "closure_reason": "goals_met"}
LOST = {**MET, "closure_reason": "lost"}
STAGES = tuple(words.vocabulary().lists[extract.STAGE].codes)
CASES = st.sampled_from([{}, {}, MET, MET, LOST])
SENT = {"state": "sent", "sent_on": DAY}
THERE = {"state": "arrived", "sent_on": DAY, "decided_on": DAY, "arrived_on": LATER}
REFERRALS = st.sampled_from([SENT, THERE, THERE, {**THERE, "state": "returned"}, {"state": "withdrawn"}])
PEOPLE: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "first_registered": st.sampled_from([YEAR, YEAR, YEAR, YEAR + 1]),
        "restricted_on": st.sampled_from([None, None, None, DAY]),
        "refuses": st.sampled_from(["", "", "", "no"]),
        "cases": st.lists(CASES, min_size=1, max_size=2),
        "from_elsewhere": st.sampled_from([False, False, True]),
        "referrals": st.lists(REFERRALS, max_size=2, unique_by=str),
        "into": st.sampled_from([None, None, None, 0]),
    }
)
OUTCOMES = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["self_victim", "self_victim", "bystander_friend"]),
        "repeat_visitor": st.sampled_from([False, False, None, True]),
        "outcome": st.sampled_from(["return_agreed", "return_agreed", "listened", "case_opened"]),
    }
)


def store(owner: Account, partner: Account, people: list[dict[str, Any]]) -> None:
    """Store persons with their cases and referrals; of some the case came from the partner."""
    first = people[0]["first_registered"] if people else YEAR
    whole = [
        {**one, "into": one["into"] if number and one["first_registered"] >= first else None}
        for number, one in enumerate(people)
    ]
    rows: list[Any] = persons.keyed(
        [{name: value for name, value in one.items() if name not in ("from_elsewhere", "referrals")} for one in whole]
    )
    for row, one in zip(rows, people, strict=True):
        if one["from_elsewhere"]:
            row["cases"][0] = {**row["cases"][0], "incoming_from": partner.org}
    persons.store(owner, rows)
    for row, one in zip(rows, people, strict=True):
        person = Person.objects.get(pk=row["key"])
        case = person.cases.first()
        usual = {"case": case, "person": person, "from_org": owner.org, "to_org": partner.org, "reason": "shelter"}
        QuerySet[Referral](Referral).bulk_create(Referral(**usual, **values) for values in one["referrals"])


def stages_reached(owner: Account) -> Counter[str]:
    """Count person by person who came as far as each stage."""
    found: Counter[str] = Counter()
    for one in persons_of(owner.org, YEAR):
        if any(case.incoming_from for case in one.cases):
            continue
        referrals = [each for each in Referral.objects.filter(person__in=one.records) if each.sent_on]
        steps = [
            True,
            bool(referrals),
            any(each.arrived_on for each in referrals),
            all(case.closed_on for case in one.cases) and any(c.closure_reason == "goals_met" for c in one.cases),
        ]
        reached = steps.index(False) if False in steps else len(steps)
        found.update(extract.stages_of(extract.PERSON)[:reached])
    return found


def release_of(owner: Account, level: str) -> Release:
    register = extract.read_register(owner.org, YEAR, fields_told_apart())
    return make_release(register, level, DAY, came_in.read_contacts(owner.org, YEAR))


def shown(release: Release) -> dict[str, int | None]:
    blocks = release.tables[FUNNEL].blocks
    return {row.code: block.cell(row, block.whole).value for block in blocks for row in block.rows.places}


class TestRecount(TestCase):
    @settings(max_examples=15)
    @given(st.lists(PEOPLE, min_size=1, max_size=7), st.lists(OUTCOMES, max_size=8))
    def test_every_stage_is_what_a_slow_recount_finds(
        self, people: list[dict[str, Any]], told: list[dict[str, Any]]
    ) -> None:
        owner, partner = organisation(), organisation("Elders")
        store(owner, partner, people)
        contacts.store(owner, told)
        visitors = [one for one in told if one["role"] == "self_victim" and not one["repeat_visitor"]]
        expected = stages_reached(owner)
        expected["contact"] = len(visitors)
        expected["return_agreed"] = sum(one["outcome"] == "return_agreed" for one in visitors)
        assert shown(release_of(owner, "internal")) == {stage: expected[stage] for stage in STAGES}


def few(*numbers: int) -> list[dict[str, Any]]:
    """Give persons of whom so many came no further than each stage."""
    stages = extract.stages_of(extract.PERSON)
    return [{extract.STAGE: stage} for stage, number in zip(stages, numbers, strict=True) for _ in range(number)]


@pytest.mark.parametrize("numbers", [(20, 20, 20, 20), (20, 2, 20, 20), (20, 20, 0, 20), (20, 20, 20, 3), (2, 0, 0, 1)])
def test_no_two_stages_are_shown_whose_difference_is_small(numbers: tuple[int, ...]) -> None:
    register, least = persons.register_of(few(*numbers)), 10
    (block,) = [block for block in count_tables(register) if block.table.code == FUNNEL]
    links = find_links([block], Counted(register).count)
    puzzle = Puzzle(
        tuple(links.values),
        tuple(sorted(links.sums)),
        tuple(links.limits),
        between=frozenset(links.between),
        kept=frozenset(links.totals),
    )
    hidden = hide(puzzle, least)
    places = [links.places[block.universe, group] for (group,) in block.groups]
    told = [links.values[place] for place in places if place not in hidden]
    assert all(more - fewer >= least for more, fewer in pairwise([*told, 0]))
    assert (len(told) == len(places)) is (min(numbers) >= least)
    assert (sum(numbers) in told) is (sum(numbers) >= least)


def test_visitors_of_the_funnel_are_those_of_the_tables_beside_it(db: None) -> None:
    owner = organisation()
    contacts.release(np.random.default_rng(3), 300, "public", owner)
    release = release_of(owner, "public")
    assert release.tables[FUNNEL].total == release.tables["F02"].total
    assert release.tables[FUNNEL].total


def test_the_page_says_both_parts_and_that_nobody_is_followed(cast: Cast, sign_in: SignIn) -> None:
    contacts.store(cast.counsellor, [{"outcome": "return_agreed"}, {"outcome": "listened"}] * 15)
    usual = {"from_elsewhere": False, "into": None, "first_registered": YEAR}
    stops: list[dict[str, Any]] = [
        {"cases": [{}], "referrals": []},
        {"cases": [LOST], "referrals": [THERE]},
        {"cases": [MET], "referrals": [THERE]},
    ]
    store(cast.counsellor, organisation("Elders"), [usual | stop for stop in stops])
    browser = sign_in(cast.analyst)
    page = browser.get("/en/figures/register/", table=FUNNEL, year=str(YEAR), level="internal").content.decode()
    assert f"In {YEAR}, at most 30 visitors said that it happens or happened to them." in page
    assert "Agreed to come back: 15 of 30 (50%)." in page
    assert "the organisation itself opened a case for 3 people in the register." in page
    assert "Referred: 2. Arrived: 2. Case closed, goals met: 1." in page  # of three people no share is said
    assert "Nobody is followed from a contact to a case" in page
    refused = sign_in(cast.case_worker).get("/en/figures/register/", table=FUNNEL)
    assert "Agreed to come back" not in refused.content.decode()
