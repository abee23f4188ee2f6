"""Whatever a text says, it is read without an error, and every place gives back its own words."""

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.tables_of_sentences import read_cases

from zicht.reading.read import Reading, read_beginning, read_text

PIECES = sorted({word for case in read_cases() for word in case.text.split()})
SIGNS = [
    " ",
    "\n\n",
    "\n",
    ", ",
    ". ",
    ": “",
    "” ",
    '" ',
    " (",
    ") ",
    "-",
    "–",
    "/",
    "'",
    "’",
    "€ ",
    "%",
    "|",
    "\t",
    "İ",
    "\u00a0",
    "0",
    "\u00ad",
    "\u200d",
    "\u0301",
    "\ufb01",
    "\r\n",
    "\u202e",
    "\u05d0",
    "\U0001f469\u200d\U0001f467",
    "\ud800",
    "\x00",
    "\u00b2",
    "\u0663",
]


@settings(max_examples=60)
@given(
    parts=st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(SIGNS), st.text(max_size=4)), max_size=40),
    language=st.sampled_from(["nl", "en"]),
)
def test_a_jumble_of_words_and_signs_is_read(parts: list[str], language: str) -> None:
    check(read_text("".join(part if part in SIGNS else f"{part} " for part in parts), language, "2021-06"))


NUMBERS = ["één", "one", "two", "drie", "12", "tientallen", "dozens", "hundreds", "helft", "half", "tiental", "dozijn",
           "jaar", "of jonger", "jonger dan", "meer dan", "of", "van", "mensen", "ruim", "soms", ","]  # fmt: skip


@settings(max_examples=100)
@given(parts=st.lists(st.sampled_from(NUMBERS), max_size=8), language=st.sampled_from(["nl", "en"]))
def test_numbers_that_stand_close_are_read_apart(parts: list[str], language: str) -> None:
    check(read_text(" ".join(parts), language, "2021-06"))


@settings(max_examples=60)
@given(text=st.text(max_size=120), language=st.sampled_from(["nl", "en"]))
def test_whatever_signs_there_are_they_are_read(text: str, language: str) -> None:
    check(read_text(text, language, "2021-06"))
    check(read_text(f"Er zijn {text} 12 vrouwen, zegt {text}.", language, "2021-06"))


SENTENCE = "Volgens Ans Bakker zijn er tweeëntwintig financiële slachtoffers en één getuige van 19 jaar."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SENTENCE, normalize("NFD", SENTENCE)),
        ("slachtoffers", "slacht\u00adof\u00adfers"),
        ("financiële", "\ufb01nanciële"),
        (" ", "\u00a0"),
        ("zijn er ", "zijn er\r\n"),
        ("getuige", "ge\u200btui\u200dge"),
    ],
    ids=["accents apart", "soft hyphens", "ligature", "hard spaces", "line end", "joiners"],
)
def test_a_sentence_says_the_same_however_its_signs_are_written(old: str, new: str) -> None:
    text = SENTENCE.replace(old, new)
    found = read_text(text, "nl", "2021-06").figures
    assert [(one.low, one.unit) for one in found] == [(22, "person"), (1, "person"), (19, "age")]
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]


def check(reading: Reading) -> None:
    spans = [(one.start, one.end, one.text) for one in reading.figures]
    spans += [(one.start, one.end, one.text) for one in reading.dates]
    spans += [(one.start, one.end, one.text) for one in reading.mentions]
    assert all(reading.text[start:end] == words for start, end, words in spans)
    for figure in reading.figures:
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
    places = [(figure.start, figure.end) for figure in reading.figures]
    assert all(before[1] <= after[0] for before, after in pairwise(places))


def test_of_a_long_text_the_beginning_is_read_as_if_it_were_alone_and_every_sentence_is_found() -> None:
    first = "date 2020-05 De politie telde 12 slachtoffers. Vorig jaar waren het er ruim 200, zegt Stichting Lantaarn."
    text = f"{first}\nDaarna kwamen er 30 gevangenen bij."
    reading, alone = read_beginning(text, len(first) + 5, "nl"), read_text(first, "nl")
    assert (reading.text, reading.sentences) == (text, read_text(text, "nl").sentences)
    assert (reading.figures, reading.dates, reading.names) == (alone.figures, alone.dates, alone.names)
    assert read_beginning(text, len(text), "nl") == read_text(text, "nl")
