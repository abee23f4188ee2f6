"""A set-up code is easy to copy by hand, and of 100 random bits."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.people.set_up_codes import ALPHABET, hash_code, make_code, normalise

BETWEEN = st.text("-_ .\t\n\x00\u00a0\u00ad\u2011\u2013\u200b", max_size=3)
TYPED_FOR = {"0": "0Oo", "1": "1IiLl"}


@st.composite
def codes_as_typed(draw: st.DrawFn) -> tuple[str, str]:
    """Give a code and what a tired person makes of it."""
    code = draw(st.text(ALPHABET, min_size=20, max_size=20))
    typed = [draw(BETWEEN) + draw(st.sampled_from(TYPED_FOR.get(c, c + c.lower()))) for c in code]
    return code, "".join(typed) + draw(BETWEEN)


def test_a_code_is_four_groups_of_five_without_look_alikes() -> None:
    groups = make_code().split("-")
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    assert set("".join(groups)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_every_character_comes_in_every_place_and_no_code_comes_twice() -> None:
    codes = {normalise(make_code()) for _ in range(2000)}
    assert len(codes) == 2000
    for place in range(20):
        # 62.5 of each are expected; fewer than 15 has a chance below 1e-11.
        seen = Counter(code[place] for code in codes)
        assert set(seen) == set(ALPHABET)
        assert min(seen.values()) >= 15


@given(codes_as_typed())
def test_capitals_separators_and_look_alikes_make_no_difference(pair: tuple[str, str]) -> None:
    code, typed = pair
    assert normalise(typed) == code
    assert hash_code(typed) == hashlib.sha256(code.encode()).hexdigest()


@given(st.text(ALPHABET, min_size=20, max_size=20), st.integers(0, 19), st.sampled_from(ALPHABET + "U"))
def test_one_other_character_is_another_code(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert (hash_code(changed) == hash_code(code)) is (changed == code)


@given(st.text())
def test_anything_can_be_typed_and_reading_it_twice_changes_nothing(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)
    assert len(hash_code(typed)) == 64


@pytest.mark.parametrize("typed", ["", " - ", "\ud800"])
def test_what_holds_no_letter_or_digit_is_an_empty_code(typed: str) -> None:
    assert normalise(typed) == ""
