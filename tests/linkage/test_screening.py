"""Screening against small lists of our own: numbers of ships, kinds, weak names, and whom it never finds."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.linkage.forms import name_form
from zicht.linkage.imo import find_imo_number, is_imo_number, without_imo_number
from zicht.linkage.scores import compare
from zicht.linkage.screening import THRESHOLD, Asked, Kind, Screener
from zicht.reading.lists.entries import Entry, ListedName

# Two ships whose numbers are known to everybody: RMS Queen Mary 2 and MSC Oscar.
QUEEN, OSCAR = "9241061", "9703291"
LIST = [
    Entry("1", "vessel", (ListedName("GOLDEN WAVE 3", "name"),), imo=QUEEN),
    Entry("2", "body", (ListedName("OFFICE 12", "name"), ListedName("MID", "weak"))),
    Entry("3", "person", (ListedName("KIM, Hong Il", "name"),)),
    Entry("4", "body", (ListedName("PUKDONG SHIPPING CO LTD", "name"), ListedName("北東海運", "alias"))),
    Entry("5", "vessel", (ListedName("PUKDONG", "name"),), imo=OSCAR),
]


def _found(name: str, kind: Kind = "", imo: str = "") -> list[str]:
    return [LIST[one.place].key for one in Screener(LIST).screen(Asked.read(name, kind, imo))]


def test_numbers_of_ships_that_sail_pass_the_check_digit_and_others_do_not() -> None:
    assert all(map(is_imo_number, (QUEEN, OSCAR, "9074729")))  # 9074729: the example of IMO Resolution A.1117(30)
    assert not any(map(is_imo_number, ("9074728", "907472", "0000000", "".join(map(chr, range(0xFF10, 0xFF17))), "")))


def test_equal_numbers_are_one_ship_whatever_it_is_called() -> None:
    assert _found("Zonnebloem", imo=QUEEN) == ["1"]
    assert _found(f"m.v. Zonnebloem (IMO {QUEEN})") == ["1"]


def test_two_valid_numbers_that_differ_are_two_ships_whatever_they_are_called() -> None:
    assert _found("Golden Wave 3") == ["1"]
    assert _found("Golden Wave 3", imo="9074729") == []


def test_a_number_that_fails_the_check_digit_says_nothing() -> None:
    assert _found("Golden Wave 3", imo="9074728") == ["1"]
    assert _found("Zonnebloem", imo="9241062") == []


@given(st.text(max_size=20))
def test_unequal_numbers_never_match(name: str) -> None:
    assert "1" not in _found(name, imo="9074729")


def test_a_number_is_taken_out_of_what_was_written_behind_a_name() -> None:
    assert find_imo_number("Golden Wave 3, IMO-nummer: 9241061") == QUEEN
    assert without_imo_number("Golden Wave 3 (IMO 9241061)") == "Golden Wave 3"
    assert find_imo_number("telefoon 9241061") == ""


def test_a_kind_that_is_known_leaves_out_other_kinds() -> None:
    assert _found("Pukdong", "vessel") == ["5"]
    assert _found("Pukdong", "body") == ["4"]
    assert _found("Pukdong", "person") == []


def test_a_weak_alias_must_be_the_same_to_the_letter() -> None:
    assert _found("MID") == ["2"]
    assert _found("MIDD") == []


def test_names_in_other_scripts_are_found_in_theirs_and_shown_as_the_list_spells_them() -> None:
    candidate = Screener(LIST).screen(Asked.read("北東海運"))[0]
    assert (LIST[candidate.place].key, candidate.name) == ("4", "北東海運")


def test_a_person_is_found_with_the_names_in_another_order() -> None:
    assert _found("Hong-il Kim") == ["3"]


@pytest.mark.parametrize("name", ["", "  ", "!!!", "IMO 9241061", "a" * 10_000, "\u202eOFFICE", "ltd"])
def test_what_is_hardly_a_name_is_asked_without_harm(name: str) -> None:
    assert _found(name) == (["1"] if QUEEN in name else [])


def test_looking_at_few_names_finds_what_comparing_all_names_finds() -> None:
    chance = random.Random(39)
    syllables = ["puk", "dong", "kum", "rak", "hae", "chon", "san", "bo", "li"]
    names = {" ".join("".join(chance.choices(syllables, k=2)) for _ in range(2)).title() for _ in range(300)}
    listed = [Entry(name, "body", (ListedName(name, "name"),)) for name in sorted(names)]
    screener = Screener(listed)
    for one in listed[:60]:
        asked = one.key[:3] + one.key[4:]
        slowly = {other.key for other in listed if compare(name_form(asked), name_form(other.key)).words >= THRESHOLD}
        assert {listed[found.place].key for found in screener.screen(Asked(asked))} == slowly
