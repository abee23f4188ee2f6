"""Whether somebody agrees is asked of one record at a time and of many at once: both say what a slow reading finds."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.cases.rights.cast import Cast

from zicht.cases.models import Consent, Person
from zicht.cases.rights.consent import queries, rules
from zicht.people.models import Organisation

AGES = ("00_08", "12_15", "16_17", "27_29", "minor_nos", "adult_nos")
PURPOSES = ("referral", "care", "statistics", "police")
FIRST = dt.date(2026, 1, 1)
EXAMPLES = 60


class Said(NamedTuple):
    """One answer: by whom of the persons, to what, and what became of it."""

    person: int
    day: int
    purpose: str
    answer: str
    given_by: str
    names: str
    is_withdrawn: bool
    is_aside: bool
    is_allowed: bool


SAID = st.builds(
    Said,
    st.integers(0, 11),
    st.integers(0, 60),
    st.sampled_from(PURPOSES),
    st.sampled_from(("yes", "yes", "yes", "no", "not_able")),
    st.sampled_from(("self", "self", "parent", "guardian")),
    st.sampled_from(("this", "this", "other", "nobody")),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
# Of two answers of a day the one that was recorded first counts as the first, which a plain row does not tell.
ANSWERS = st.lists(SAID, max_size=14, unique_by=lambda one: one.day)


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    """Give twelve records: each age, with a suspected parent, with limited use, under another law, and two pairs."""
    found = [cast.person_of(cast.case_worker, age_band=age) for age in AGES]
    found += [cast.person_of(cast.case_worker, age_band=age) for age in ("12_15", "16_17", "12_15", "27_29")]
    found += [cast.person_of(worker, age_band="12_15") for worker in (cast.care_worker, cast.youth_worker)]
    cast.name_a_parent(*found[6])
    persons = [person for _case, person in found]
    rows = QuerySet[Person](Person)
    rows.filter(pk=persons[7].pk).update(restricted_on=FIRST)
    # Counted as one: with the record that names a parent, and with one of another age.
    rows.filter(pk=persons[8].pk).update(merged_into=persons[6].pk)
    rows.filter(pk=persons[9].pk).update(merged_into=persons[3].pk)
    return [Person.objects.get(pk=person.pk) for person in persons]


def store(cast: Cast, people: list[Person], answers: Iterable[Said]) -> None:
    """Store answers as they may come in by a file, past what a form would refuse."""
    named = {"this": cast.recipient, "other": cast.case_worker.org, "nobody": None}
    QuerySet[Consent](Consent).bulk_create(
        Consent(
            person=people[one.person],
            purpose=one.purpose,
            recipient=named[one.names],
            answer=one.answer,
            given_by=one.given_by,
            asked_on=FIRST + dt.timedelta(days=one.day),
            wording_version="2026-1",
            withdrawn_on=FIRST if one.is_withdrawn else None,
            set_aside_on=FIRST if one.is_aside else None,
            allowed_by=cast.second_case_worker if one.is_allowed else None,
        )
        for one in answers
    )


def read_slowly(person: Person, purpose: str, recipient: Organisation) -> bool:
    """Say it of one record by going through all that is recorded of this person, one thing at a time."""
    into = person.merged_into_id or person.pk
    records = [one for one in Person.objects.all() if into in (one.pk, one.merged_into_id)]
    keys = [one.pk for one in records]
    answers = [
        one
        for one in Consent.objects.filter(purpose=purpose, person__in=keys).order_by("asked_on")
        if one.recipient == recipient or (one.recipient is None and purpose not in rules.NAMES_A_RECIPIENT)
    ]
    if not answers or any(one.restricted_on for one in records):
        return False
    needs = queries.needs_of(person, purpose, answers[-1].asked_on)
    parents = {"parent", "step_parent", "foster_parent"}
    is_named = any(parents & set(episode.relations) for one in records for episode in one.episodes.all())
    return rules.is_enough(answers, needs, is_parent_suspected=is_named)


def test_both_ways_of_asking_say_what_a_slow_reading_finds(cast: Cast, people: list[Person]) -> None:
    keys = {person.pk for person in people}
    agreed: set[UUID] = set()

    @settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.reuse, Phase.generate])
    @given(ANSWERS, st.sampled_from(PURPOSES))
    def they_agree(answers: list[Said], purpose: str) -> None:
        with transaction.atomic():
            store(cast, people, answers)
            slow = {person.pk for person in people if read_slowly(person, purpose, cast.recipient)}
            assert queries.with_consent(keys, purpose, cast.recipient) == slow
            assert queries._with_consent_of_several(keys, purpose, cast.recipient) == slow
            for person in people[:4]:
                assert queries.has_consent(person, purpose, cast.recipient) is (person.pk in slow)
            agreed.update(slow)
            transaction.set_rollback(True)

    they_agree()
    assert agreed, "a test in which nobody ever agrees says nothing"
