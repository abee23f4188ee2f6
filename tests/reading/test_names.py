"""Names in invented sentences (`told/names.tsv`), and the kinds of things that bear them."""

from pathlib import Path

import pytest

from zicht.reading.names import find_mentions, first_of_each
from zicht.reading.read import read_text
from zicht.reading.sentences import split_sentences

FILE = Path(__file__).resolve().parent / "told" / "names.tsv"
ROWS = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[f"name-{number:03}" for number in range(1, len(ROWS) + 1)])
def test_a_text_gives_its_names_once_a_form(row: list[str]) -> None:
    language, text, *expected = row
    names = [name.text for name in read_text(text, language).names]
    assert sorted(names) == sorted(expected[0].split(";") if expected else [])


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Volgens Karel Smit is dat zo.", "Karel Smit", "person"),
        ("Hij woont in Rotterdam.", "Rotterdam", "place"),
        ("Zij komt uit Bulgarije.", "Bulgarije", "country"),
        ("De stichting Lichtpunt helpt haar.", "Lichtpunt", "organisation"),
        ("De tanker Wise Honest voer weg.", "Wise Honest", "vessel"),
        ("Volgens het Wetboek van Strafrecht mag dat niet.", "Wetboek van Strafrecht", "law"),
        ("Het geld is van de familie Kim.", "familie Kim", "group"),
    ],
    ids=["person", "place", "country", "organisation", "vessel", "law", "group"],
)
def test_a_name_has_a_type(text: str, name: str, kind: str) -> None:
    assert {one.text: one.type for one in read_text(text, "nl").names}[name] == kind


def test_every_mention_is_found_and_the_first_of_each_form_is_given() -> None:
    text = "In Utrecht werkt Karel Smit. Smit komt uit Utrecht."
    mentions = find_mentions(text, split_sentences(text), "nl")
    assert [one.text for one in mentions] == ["Utrecht", "Karel Smit", "Smit", "Utrecht"]
    assert [one.text for one in first_of_each(mentions)] == ["Utrecht", "Karel Smit", "Smit"]
