"""Who says what a figure tells, and through whom, in invented sentences (`told/claims.tsv`)."""

from pathlib import Path

import pytest

from zicht.reading.read import read_text

FILE = Path(__file__).resolve().parent / "told" / "claims.tsv"
ROWS = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[f"claim-{number:03}" for number in range(1, len(ROWS) + 1)])
def test_a_figure_is_given_to_who_says_it(row: list[str]) -> None:
    language, text, span, speaker, via = row
    figures = read_text(text.replace("\\n", "\n"), language, "2021-06").figures
    found = next(figure for figure in figures if figure.text == span)
    assert (found.attributed_to, found.via) == (speaker, via)
