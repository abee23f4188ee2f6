"""Pairs of names in `told/names.tsv`, and what must hold of any two names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.linkage.forms import name_form
from zicht.linkage.name_words import name_words
from zicht.linkage.scores import compare
from zicht.linkage.screening import THRESHOLD

FILE = Path(__file__).resolve().parent / "told" / "names.tsv"
ROWS = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
NAMES = st.text("abcdeopst ABC'-.12 éおん", max_size=25)


@pytest.mark.parametrize("row", ROWS, ids=[f"pair-{number:02}" for number in range(1, len(ROWS) + 1)])
def test_two_names_are_alike_or_are_not(row: list[str]) -> None:
    expected, ours, theirs = row
    found = compare(name_form(ours), name_form(theirs))
    assert (found.words >= THRESHOLD) is (expected == "yes"), found


@given(NAMES, NAMES)
def test_likeness_is_between_nothing_and_one_and_the_same_both_ways(one: str, other: str) -> None:
    there, back = compare(name_form(one), name_form(other)), compare(name_form(other), name_form(one))
    assert 0 <= there.words <= 1
    assert there.words == pytest.approx(back.words)


@given(NAMES)
def test_a_name_is_like_itself_in_any_letters(name: str) -> None:
    form = name_form(name)
    found = compare(form, name_form(name.upper()))
    assert found.words == (1 if form.words else 0)


def test_a_reason_says_which_words_mean_the_same_and_which_stand_on_one_side_only() -> None:
    found = compare(name_form("Bureau 12"), name_form("Office 12"))
    assert [(one.code, one.ours, one.theirs) for one in found.reasons] == [("meaning", "bureau", "office")]
    found = compare(name_form("Pukdong Bank"), name_form("Pukdong Development Bank"))
    assert [(one.code, one.theirs) for one in found.reasons] == [("theirs_only", "development")]


def test_a_common_word_counts_for_less_except_in_the_name_of_a_person() -> None:
    assert name_form("Noord").words[0].weight < name_form("Noord", is_person=True).words[0].weight


def test_no_word_has_two_meanings_and_none_is_dropped_as_well() -> None:
    lines = (FILE.parents[3] / "src/zicht/linkage/data/names_words.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if line and line[0] not in "#[" for word in line.split()]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert not name_words().dropped & name_words().meanings.keys()
