"""Whose yes is needed follows from the law of the organisation, the purpose and the age; each rule has its source."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht import words
from zicht.cases.rights.consent import rules
from zicht.cases.rights.consent.rules import ADULT, FROM_12, FROM_16, UNDER_12

REGIMES = tuple(words.vocabulary().lists["legal_regime"].codes)
PURPOSES = tuple(words.vocabulary().lists["consent_purpose"].codes)
DAY = dt.date(2026, 3, 2)


@dataclass
class Given:
    """An answer as a rule sees it."""

    given_by: str
    answer: str = "yes"
    withdrawn_on: dt.date | None = None
    set_aside_on: dt.date | None = None
    allowed_by_id: UUID | None = None


def enough(regime: str, purpose: str, age: str, *answers: Given, suspected: bool = False) -> bool:
    need = rules.need_of(regime, purpose, age)
    return rules.is_enough(answers, [need], is_parent_suspected=suspected)


SELF, PARENT, GUARDIAN = Given("self"), Given("parent"), Given("guardian")


@pytest.mark.parametrize(
    ("regime", "purpose", "age", "answers", "expected"),
    [
        # UAVG art. 5(1): under 16 the representative, from 16 the person.
        ("avg", "registry", UNDER_12, [SELF], False),
        ("avg", "registry", UNDER_12, [PARENT], True),
        ("avg", "registry", FROM_12, [SELF], False),
        ("avg", "registry", FROM_12, [GUARDIAN], True),
        ("avg", "registry", FROM_16, [SELF], True),
        ("avg", "registry", FROM_16, [PARENT], False),
        ("avg", "registry", ADULT, [PARENT], False),
        # UAVG art. 5(5), GDPR recital 38: help offered directly and free of charge.
        ("avg", "care", UNDER_12, [SELF], True),
        ("avg", "care", FROM_12, [SELF], True),
        ("research", "recontact", FROM_12, [SELF], False),
        # BW 7:447, 7:450, 7:465.
        ("care", "care", UNDER_12, [PARENT], True),
        ("care", "care", FROM_12, [PARENT], False),
        ("care", "care", FROM_12, [SELF], False),
        ("care", "care", FROM_12, [SELF, PARENT], True),
        ("care", "care", FROM_16, [SELF], True),
        # Jeugdwet art. 7.3.4 for the help itself, art. 7.3.11 for passing the file on.
        ("youth_care", "care", FROM_12, [SELF], False),
        ("youth_care", "care", FROM_12, [SELF, GUARDIAN], True),
        ("youth_care", "referral", FROM_12, [SELF], True),
        ("youth_care", "referral", UNDER_12, [SELF], False),
        ("youth_care", "statistics", FROM_12, [SELF], False),
        # UAVG art. 43(1) leaves art. 5 in force for the press.
        ("press", "publish_quote", FROM_12, [SELF], False),
        ("press", "publish_quote", ADULT, [SELF], True),
    ],
)
def test_who_must_say_yes_follows_from_law_purpose_and_age(
    regime: str, purpose: str, age: str, answers: list[Given], expected: bool
) -> None:
    assert enough(regime, purpose, age, *answers) is expected


@given(st.sampled_from(PURPOSES), st.sampled_from(list(rules.AGES)))
def test_under_the_wpg_no_yes_is_ever_a_basis(purpose: str, age: str) -> None:
    assert not enough("wpg", purpose, age, SELF, PARENT, GUARDIAN)


@given(st.sampled_from(REGIMES), st.sampled_from(PURPOSES), st.sampled_from(list(rules.AGES)))
def test_every_need_has_its_source_and_its_sentence(regime: str, purpose: str, age: str) -> None:
    need = rules.need_of(regime, purpose, age)
    assert need.source
    assert str(need.sentence)


@given(st.sampled_from(REGIMES), st.sampled_from(PURPOSES), st.sampled_from(list(rules.AGES)))
def test_nothing_is_allowed_against_the_own_no_of_a_person(regime: str, purpose: str, age: str) -> None:
    assert not enough(regime, purpose, age, PARENT, GUARDIAN, Given("self", "no"))


@given(st.sampled_from(REGIMES), st.sampled_from(PURPOSES), st.sampled_from(list(rules.AGES)))
def test_a_suspected_parent_never_makes_the_difference(regime: str, purpose: str, age: str) -> None:
    without = enough(regime, purpose, age, SELF, suspected=True)
    assert enough(regime, purpose, age, SELF, PARENT, GUARDIAN, suspected=True) is without


def test_another_parent_counts_once_a_colleague_allowed_them() -> None:
    allowed = Given("parent", allowed_by_id=uuid4())
    assert not enough("avg", "registry", UNDER_12, PARENT, suspected=True)
    assert enough("avg", "registry", UNDER_12, allowed, suspected=True)


def test_a_young_person_alone_is_enough_in_care_once_a_colleague_decided_so() -> None:
    allowed = Given("self", allowed_by_id=uuid4())
    assert enough("care", "care", FROM_12, allowed)
    assert not enough("care", "care", UNDER_12, allowed)
    assert not enough("avg", "registry", FROM_12, allowed)


def test_a_guardian_answers_for_an_adult_only_where_the_adult_could_not_decide() -> None:
    assert not enough("avg", "registry", ADULT, GUARDIAN)
    assert enough("avg", "registry", ADULT, Given("self", "not_able"), GUARDIAN)
    assert not enough("avg", "registry", ADULT, Given("self", "not_able"), PARENT)


@pytest.mark.parametrize(
    "answer",
    [Given("self", "no"), Given("self", "withdrawn", DAY), Given("self", "yes", DAY), Given("self", set_aside_on=DAY)],
)
def test_what_was_refused_withdrawn_or_set_aside_is_no(answer: Given) -> None:
    assert not enough("avg", "registry", ADULT, answer)


def test_the_last_answer_of_a_giver_holds() -> None:
    no = Given("self", "no")
    assert enough("avg", "registry", ADULT, no, SELF)
    assert not enough("avg", "registry", ADULT, SELF, no)


# --- age ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("band", "registered", "ages"),
    [
        ("12_15", 2026, (FROM_12,)),
        ("12_15", 2025, (FROM_12, FROM_16)),
        ("16_17", 2023, (ADULT,)),
        ("00_08", 2026, (UNDER_12,)),
        ("minor_nos", 2026, (UNDER_12, FROM_12, FROM_16)),
        ("adult_nos", 2026, (ADULT,)),
        ("not_asked", 2026, (UNDER_12, FROM_12, FROM_16, ADULT)),
        ("48_up", 2020, (ADULT,)),
    ],
)
def test_an_age_band_is_read_as_of_the_year_it_was_noted_in(band: str, registered: int, ages: tuple[str, ...]) -> None:
    assert rules.ages_on({"age_band": band, "first_registered": registered}, DAY) == ages


@given(
    st.sampled_from([code for code, term in words.vocabulary().lists["age_band"].codes.items() if term.number("max")]),
    st.integers(0, 20),
    st.integers(1, 365),
    st.integers(0, 20 * 365),
    st.data(),
)
def test_the_true_age_is_always_among_the_ages(
    band: str, age_in_band: int, birthday: int, later: int, data: st.DataObject
) -> None:
    term = words.vocabulary().lists["age_band"].codes[band]
    age = min((term.number("min") or 0) + age_in_band, term.number("max") or 0)
    registered = dt.date(2010, 1, 1) + dt.timedelta(days=data.draw(st.integers(0, 364)))
    asked = registered + dt.timedelta(days=later)
    had = 1 if (registered.timetuple().tm_yday >= birthday) else 0
    born = registered.year - age - (0 if had else 1)
    true_age = asked.year - born - (0 if asked.timetuple().tm_yday >= birthday else 1)
    if asked.year == registered.year:
        return  # the band itself is what was noted in that year
    found = rules.ages_on({"age_band": band, "first_registered": registered.year}, asked)
    assert any(first <= true_age <= last for name, (first, last) in rules.AGES.items() if name in found)


def test_why_somebody_could_decide_is_asked_for_all_but_adults_who_answer_themselves() -> None:
    assert not rules.needs_reason("self", (ADULT,), is_parent_suspected=False)
    assert rules.needs_reason("self", (FROM_16,), is_parent_suspected=False)
    assert rules.needs_reason("self", (FROM_16, ADULT), is_parent_suspected=False)
    assert rules.needs_reason("guardian", (ADULT,), is_parent_suspected=False)
