"""A text that leaves cannot run in a spreadsheet, whatever separator that expects, and comes back as it was."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zicht.reading.tables import guard, unguard

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
# Texts of little but what matters here, so that every combination comes by.
WIDE = "\N{FULLWIDTH EQUALS SIGN}"
SMALL = "\N{SMALL PLUS SIGN}"
MINUS = "\N{MINUS SIGN}"
MARKS = "\N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH NO-BREAK SPACE}\N{LEFT DOUBLE QUOTATION MARK}"
TRICKY = st.text(st.sampled_from(f"=+-@'\" \t\r\n,;|a0{WIDE}{SMALL}{MINUS}{MARKS}"), max_size=12)
SIGNS = f"=+-@{MINUS}"


def would_run(cell: str) -> bool:
    """Look at a cell as a careless program does: past spaces, quotes and invisible signs, but never past an apostrophe.

    An apostrophe in front is how spreadsheets themselves mark a text.
    """
    for character in cell:
        if character in "'":
            return False
        if not (character.isspace() or character in '"“' or unicodedata.category(character) in ("Cf", "Cc")):
            return unicodedata.normalize("NFKC", character) in SIGNS
    return False


@given(TEXTS | TRICKY)
@example("'=1")
@example("'\t")
@example("''\n=")
def test_what_was_guarded_comes_back_unchanged(text: str) -> None:
    assert unguard(guard(text)) == text


@given(TEXTS | TRICKY)
def test_a_guarded_text_does_not_run(text: str) -> None:
    assert not would_run(guard(text))
    assert guard(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@given(st.lists(TRICKY, min_size=1, max_size=4), st.sampled_from(",;\t|"))
def test_a_file_with_commas_does_not_run_where_another_separator_is_expected(texts: list[str], other: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([guard(text) for text in texts])
    cells = [cell for row in csv.reader(out.getvalue().splitlines(keepends=True), delimiter=other) for cell in row]
    assert [cell for cell in cells if would_run(cell)] == []


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", f"{WIDE}1", f"{SMALL}1", f"{MINUS}1", '"=1',
        " =1", "\u200e=1",
    ],
)  # fmt: skip
def test_every_known_way_to_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guard(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", "2025-05-31", "sexual", "a-b", "'s-Hertogenbosch", "NL-NH", "é", "a (b) = c", "😀"]
)
def test_what_cannot_run_is_left_as_it_is(text: str) -> None:
    assert guard(text) == text
