"""Texts that can identify: sealed in the database, bound to their place, unreadable without the key of their record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.people.sealed import BLOCK, DoesNotOpenError, Sealed, seal, unseal

KEY = bytes(range(32))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(TEXTS)
def test_a_sealed_text_opens_as_it_was(text: str) -> None:
    assert unseal(KEY, "case/1/comments", seal(KEY, "case/1/comments", text)) == text


@given(st.text("abc\x00\x80\ufffd", max_size=200))
def test_signs_like_those_that_fill_up_a_block_come_back_too(text: str) -> None:
    assert unseal(KEY, "p", seal(KEY, "p", text)) == text


def test_the_same_text_is_sealed_otherwise_each_time() -> None:
    assert seal(KEY, "p", "yes") != seal(KEY, "p", "yes")


def test_short_values_have_one_length_so_that_it_does_not_tell_which() -> None:
    lengths = {len(seal(KEY, "p", value)) for value in ("", "f", "tf", "not_asked", "x" * (BLOCK - 1))}
    assert len(lengths) == 1


@pytest.mark.parametrize("bit", [0, 7, 8, 100, -1, -130])
def test_one_flipped_bit_is_noticed(bit: int) -> None:
    box = bytearray(seal(KEY, "p", "a text"))
    box[bit // 8] ^= 1 << bit % 8
    with pytest.raises(DoesNotOpenError):
        unseal(KEY, "p", bytes(box))


@pytest.mark.parametrize(
    ("key", "place", "cut"),
    [(bytes(32), "p", None), (KEY, "q", None), (KEY, "p", -1), (KEY, "p", 5), (KEY, "p", 0)],
    ids=["another key", "another place", "a byte less", "nearly nothing", "nothing"],
)
def test_a_box_opens_only_with_its_key_at_its_place_and_whole(key: bytes, place: str, cut: int | None) -> None:
    with pytest.raises(DoesNotOpenError):
        unseal(key, place, seal(KEY, "p", "a text")[:cut])


def test_a_sealed_text_shows_nothing_when_it_is_printed() -> None:
    sealed = Sealed(seal(KEY, "p", "a text"))
    assert (str(sealed), repr(sealed)) == ("", "Sealed()")
