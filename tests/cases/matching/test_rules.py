"""Two records are compared by what is rare, and groups of records that are one person are worked out from decisions."""

import math
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht import words
from zicht.cases.matching import rules
from zicht.cases.matching.rules import Frequencies, Record

EVERYBODY: dict[str, Any] = {"gender": "f", "age_band": "16_17", "citizenship_group": "nl", "language": "nl"}


def record(key: int, year: int = 2026, **terms: Any) -> Record:
    """Give a record; a term stands for a list of one."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in terms.items()}
    return Record(UUID(int=key), year, {name: frozenset(value) for name, value in lists.items()})


@pytest.fixture
def register() -> Frequencies:
    """Give a register of 1,000 in which Somali is rare and Dutch is not."""
    many = [record(n, **EVERYBODY) for n in range(990)]
    few = [record(n, **{**EVERYBODY, "language": "so", "citizenship_group": "non_eu"}) for n in range(990, 1000)]
    return rules.count(many + few, 1000)


# --- comparing ------------------------------------------------------------------------------------------------------
def test_a_rare_agreement_says_more_than_a_common_one(register: Frequencies) -> None:
    common = rules.compare(record(1, **EVERYBODY), record(2, **EVERYBODY), register)
    somali = {**EVERYBODY, "language": "so"}
    rare = rules.compare(record(1, **somali), record(2, **somali), register)
    assert common.agree == rare.agree
    assert rare.score > common.score


def test_a_weight_is_the_logarithm_of_fellegi_and_sunter() -> None:
    counted = rules.count([record(n, forms="sexual" if n < 30 else "labour") for n in range(98)], 64)
    agreeing = rules.compare(record(1, forms="sexual", gender="f"), record(2, forms="sexual"), counted)
    share = (30 + 1) / (98 + 2)
    assert agreeing.score == round(50 + 5 * (math.log2(0.80 / share) - math.log2(64)))
    differing = rules.compare(record(1, forms="sexual"), record(2, forms="labour"), counted)
    chance = (30**2 + 68**2 + 1) / (98**2 + 2)
    assert differing.score == round(50 + 5 * (math.log2(0.20 / (1 - chance)) - math.log2(64)))


def test_the_same_agreement_says_less_in_a_larger_register(register: Frequencies) -> None:
    larger = Frequencies(100_000, register.counts, register.ages)
    somali = {**EVERYBODY, "language": "so"}
    pair = (record(1, **somali), record(2, **somali))
    assert rules.compare(*pair, larger).score < rules.compare(*pair, register).score


def test_language_and_citizenship_that_go_together_are_not_counted_twice(register: Frequencies) -> None:
    only: dict[str, Any] = {"gender": "f", "age_band": "16_17", "forms": "sexual", "language": "so"}
    both = {**only, "citizenship_group": "non_eu"}
    alone = rules.compare(record(1, **only), record(2, **only), register)
    assert rules.compare(record(1, **both), record(2, **both), register).score == alone.score


def test_a_shared_household_says_little_since_brothers_and_sisters_share_it(register: Frequencies) -> None:
    somali = {**EVERYBODY, "language": "so"}
    alone = rules.compare(record(1, **somali), record(2, **somali), register)
    house = {**somali, "household_key": "a"}
    together = rules.compare(record(1, **house), record(2, **house), register)
    assert 0 < together.score - alone.score <= rules.MARK_BITS * rules.POINTS_A_BIT


def test_the_same_key_of_two_records_makes_them_likely_one_person_in_a_large_register() -> None:
    known: dict[str, Any] = {**EVERYBODY, "match_key": "ab" * 32}
    found = rules.compare(record(1, **known), record(2, **known), Frequencies(100_000))
    assert found.state == "likely"


def test_a_field_that_is_not_known_speaks_neither_for_nor_against(register: Frequencies) -> None:
    somali = {**EVERYBODY, "language": "so"}
    known = rules.compare(record(1, **somali), record(2, **somali), register)
    one_sided = rules.compare(record(1, **somali, forms="sexual"), record(2, **somali), register)
    assert one_sided.score == known.score
    assert "forms" in one_sided.unknown


def test_about_records_of_which_hardly_anything_is_known_only_that_is_said(register: Frequencies) -> None:
    found = rules.compare(record(1, household_key="a", gender="f"), record(2, household_key="a"), register)
    assert found.state == "unmatchable"
    assert rules.compare(record(1, gender="f"), record(2, language="nl"), register).state == ""


@given(st.data())
def test_the_order_of_two_records_makes_no_difference(data: st.DataObject) -> None:
    some = {
        "gender": st.sampled_from(["f", "m", "tf"]),
        "age_band": st.sampled_from([code.code for code in words.vocabulary().lists["age_band"].offered()]),
        "citizenship": st.lists(st.sampled_from(["NLD", "SOM", "ROU"]), min_size=1, unique=True),
        "language": st.sampled_from(["nl", "so", "ro"]),
    }
    one, other = (
        record(key, data.draw(st.integers(2018, 2026)), **data.draw(st.fixed_dictionaries({}, optional=some)))
        for key in (1, 2)
    )
    counted = rules.count([one, other], 2)
    assert rules.compare(one, other, counted) == rules.compare(other, one, counted)


def test_reasons_name_fields_and_hold_no_value_of_a_record(register: Frequencies) -> None:
    one = record(1, **EVERYBODY, citizenship=["SOM"], match_key="ab" * 32)
    other = record(2, **{**EVERYBODY, "gender": "m"}, citizenship=["SOM"], match_key="ab" * 32)
    found = rules.compare(one, other, register)
    assert found.reasons == (
        "agree: match_key, age_band, citizenship, citizenship_group, language; differ: gender; "
        "unknown: forms, country_exploitation, start_month, recruitment_channel"
    )
    assert rules.read_reasons(found.reasons) == {
        "agree": found.agree,
        "differ": found.differ,
        "unknown": found.unknown,
    }


def test_every_field_that_is_compared_is_one_of_the_words() -> None:
    for item in rules.FIELDS.values():
        assert item.name in words.vocabulary().entities[item.entity].fields


# --- age ------------------------------------------------------------------------------------------------------------
@given(birth=st.integers(1950, 2020), years=st.tuples(st.integers(2021, 2040), st.integers(2021, 2040)), data=st.data())
def test_one_person_in_two_years_never_has_bands_that_contradict_each_other(
    birth: int, years: tuple[int, int], data: st.DataObject
) -> None:
    """Whoever was born in a year is, in another year, that many years old or one less."""
    seen = []
    for year in years:
        age = year - birth - data.draw(st.integers(0, 1))
        fitting = [code for code in words.vocabulary().lists["age_band"].codes if _holds(code, age)]
        seen.append((data.draw(st.sampled_from(fitting)), year))
    assert rules.is_age_consistent(*seen)
    assert rules.is_age_consistent(*reversed(seen))


def _holds(band: str, age: int) -> bool:
    low, high = rules.ages_of(band)
    return low <= age <= high


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (("16_17", 2026), ("16_17", 2026), True),
        (("16_17", 2026), ("30_38", 2026), False),
        (("16_17", 2020), ("21_23", 2025), True),
        (("21_23", 2025), ("16_17", 2020), True),
        (("16_17", 2020), ("16_17", 2025), False),
        (("minor_nos", 2020), ("adult_nos", 2024), True),
        (("adult_nos", 2020), ("12_15", 2024), False),
        (("48_up", 2018), ("48_up", 2026), True),
    ],
)
def test_a_neighbouring_band_fits_some_years_later(one: tuple[str, int], other: tuple[str, int], fits: bool) -> None:
    assert rules.is_age_consistent(one, other) is fits


# --- counting as one ------------------------------------------------------------------------------------------------
KEYS = [UUID(int=number) for number in range(7)]


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=12))
def test_groups_are_what_one_gets_by_giving_everybody_the_lowest_number_they_touch(
    same: list[tuple[UUID, UUID]],
) -> None:
    label = {key: key for key in KEYS}
    for _ in KEYS:  # slow and obvious: after as many rounds as there are records nothing changes any more
        for one, other in same:
            label[one] = label[other] = min(label[one], label[other])
    expected = Counter(label.values())
    found = rules.groups(KEYS, same)
    assert Counter({min(group): len(group) for group in found}) == expected
    assert all(len({label[key] for key in group}) == 1 for group in found)


def test_the_record_that_is_counted_is_the_one_registered_first_then_the_lowest() -> None:
    assert rules.root_of({KEYS[1]: 2024, KEYS[2]: 2020, KEYS[3]: 2020}) == KEYS[2]
