"""Whatever a text says, it is read without an error, and every place gives back its own words."""

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
]


@settings(max_examples=60)
@given(
    parts=st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(SIGNS), st.text(max_size=4)), max_size=40),
    language=st.sampled_from(["nl", "en"]),
)
def test_a_jumble_of_words_and_signs_is_read(parts: list[str], language: str) -> None:
    check(read_text("".join(part if part in SIGNS else f"{part} " for part in parts), language, "2021-06"))


def check(reading: Reading) -> None:
    spans = [(one.start, one.end, one.text) for one in reading.figures]
    spans += [(one.start, one.end, one.text) for one in reading.dates]
    spans += [(one.start, one.end, one.text) for one in reading.names]
    assert all(reading.text[start:end] == words for start, end, words in spans)
    for figure in reading.figures:
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
    places = [(figure.start, figure.end) for figure in reading.figures]
    assert places == sorted(places)


def test_of_a_long_text_the_beginning_is_read_as_if_it_were_alone_and_every_sentence_is_found() -> None:
    first = "date 2020-05 De politie telde 12 slachtoffers. Vorig jaar waren het er ruim 200, zegt Stichting Lantaarn."
    text = f"{first}\nDaarna kwamen er 30 gevangenen bij."
    reading, alone = read_beginning(text, len(first) + 5, "nl"), read_text(first, "nl")
    assert (reading.text, reading.sentences) == (text, read_text(text, "nl").sentences)
    assert (reading.figures, reading.dates, reading.names) == (alone.figures, alone.dates, alone.names)
    assert read_beginning(text, len(text), "nl") == read_text(text, "nl")
