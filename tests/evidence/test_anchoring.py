"""Quotations found again in another extraction: kept or flagged, never moved silently."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zicht.evidence.anchoring import find_again, page_of, quote_at

TEXT = "In het kamp werkten 200 mensen. In de mijn werkten 200 mensen. Niemand kreeg loon voor dat werk."
WORDS = "Niemand kreeg loon"


def quote(words: str, text: str = TEXT, which: int = 0):  # type: ignore[no-untyped-def]
    start = -1
    for _time in range(which + 1):
        start = text.index(words, start + 1)
    return quote_at(text, start, start + len(words))


def test_the_same_words_at_the_same_place_are_kept() -> None:
    assert find_again(quote(WORDS), TEXT).status == "kept"


def test_words_that_stand_once_elsewhere_are_found_and_flagged() -> None:
    found = find_again(quote(WORDS), f"Voorwoord. {TEXT}")
    assert (found.status, found.start) == ("unique", TEXT.index(WORDS) + 11)


def test_of_words_that_stand_twice_those_with_the_same_surroundings_are_taken_and_flagged() -> None:
    second = quote("200 mensen", which=1)
    text = f"Voorwoord. {TEXT}"
    found = find_again(second, text)
    assert (found.status, found.start) == ("context", second.start + 11)


def test_between_two_equally_good_places_none_is_chosen() -> None:
    assert find_again(quote_at("ja", 0, 2), "nee ja nee ja nee").status == "lost"


def test_a_short_word_that_stands_at_its_place_by_chance_is_not_taken_for_kept() -> None:
    before = quote_at("aaaa 200 bbbb", 5, 8)
    assert find_again(before, "cccc 200 dddd aaaa 200 bbbb").status == "context"


@pytest.mark.parametrize(
    "text",
    ["Niemand kreeg\nloon voor dat  werk.", "Niemand kreeg Ioon voor dat werk.", "niemand kreeg loon voor dat werk"],
)
def test_nearly_the_same_words_are_found_and_flagged(text: str) -> None:
    before = quote("Niemand kreeg loon voor dat werk")
    found = find_again(before, f"Eerst iets anders. {text}")
    assert found.status == "fuzzy"
    assert found.start == len("Eerst iets anders. ")


def test_words_that_are_gone_are_lost() -> None:
    found = find_again(quote(WORDS), "Iedereen werd betaald, zo staat in de nieuwe versie.")
    assert (found.status, found.start, found.end) == ("lost", None, None)


def test_a_place_outside_the_text_is_refused() -> None:
    for start, end in ((-1, 2), (3, 3), (0, len(TEXT) + 1)):
        with pytest.raises(ValueError, match="within"):
            quote_at(TEXT, start, end)


def test_pages_are_counted_by_form_feeds() -> None:
    assert [page_of("een\ftwee\fdrie", place) for place in (0, 4, 9)] == [1, 2, 3]
    assert page_of("geen pagina's", 3) is None


ALPHABET = st.text("ab .\né𝄞", max_size=60)


@given(ALPHABET, ALPHABET, st.data())
def test_whatever_is_found_exactly_gives_back_its_own_words(before: str, after: str, data: st.DataObject) -> None:
    assume(before)
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    taken = quote_at(before, start, end)
    found = find_again(taken, after)
    if found.status in ("kept", "unique", "context"):
        assert after[found.start : found.end] == taken.exact
    if found.status == "kept":
        assert (found.start, found.end) == (start, end)
    if found.status == "lost":
        assert found.start is None


@given(ALPHABET, st.data())
def test_in_an_unchanged_text_every_quotation_is_kept(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert find_again(quote_at(text, start, end), text).status == "kept"
