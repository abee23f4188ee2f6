"""What the room of statistics says can be said in Dutch: each of its sentences stands in the catalogue as it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext

from zicht import stats
from zicht.figures.estimates.borrowed import SENTENCES

ROOM = Path(stats.__file__).parent
# Spoken on the command line only, or about the simulations.
ENGLISH_ONLY = {"command.py", "report.py", "scenarios.py", "progress.py"}


def sentences() -> Iterator[str]:
    """Give every text of the room that is assigned to a name and ends like a sentence."""
    for file in sorted(ROOM.glob("*.py")):
        if file.name in ENGLISH_ONLY:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Assign) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                text = value.value
                if " " in text and text.endswith("."):
                    yield text


def test_every_sentence_of_the_room_is_translated_and_no_other() -> None:
    assert set(SENTENCES) == set(sentences())


def test_the_dutch_is_not_the_english() -> None:
    with translation.override("nl"):
        assert [text for text in SENTENCES if gettext(text) == text] == []
