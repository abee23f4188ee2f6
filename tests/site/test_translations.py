"""Every interface text has a Dutch one that keeps its placeholders."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import zicht

PACKAGE = Path(zicht.__file__).parent
CATALOGUE = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PLURAL, CONTEXT = (1, 2), ((1, "c"), 2)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": PLURAL,
    "pgettext_lazy": CONTEXT,
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
Text = tuple[str | None, tuple[str, ...]]  # context, and singular with or without plural


@cache
def texts() -> list[tuple[str, Text]]:
    """Give every interface text of the package with the file it stands in."""
    return list(_texts())


def _texts() -> Iterator[tuple[str, Text]]:
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.*")]):
        source = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            # What is left of the page's own indentation means nothing, and Python's reader would stumble over it.
            source = "\n".join(line.strip() for line in templatize(source).splitlines())
        for _, said, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            yield str(file.relative_to(PACKAGE)), (context, said if isinstance(said, tuple) else (said,))


def dutch() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl")


def problem(catalogue: Catalog, text: Text) -> str | None:
    """Say what is wrong with the translation of a text, or nothing."""
    context, said = text
    message = catalogue.get(said[0], context)
    if message is None:
        return "is missing"
    if message.fuzzy:
        return "is fuzzy"
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    filled = [string for string in strings if string]
    if len(filled) != len(said):
        return "is empty or has the wrong number of forms"
    if set(PLACEHOLDER.findall(said[-1])) != set(PLACEHOLDER.findall(filled[-1])):
        return "has other placeholders"
    return None


def test_every_interface_text_has_a_dutch_translation() -> None:
    catalogue = dutch()
    wrong = [f"{file}: {text[1][0]!r} {found}" for file, text in texts() if (found := problem(catalogue, text))]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_the_texts_of_pages_and_of_programs_are_both_found() -> None:
    files = {file for file, _ in texts()}
    assert "site/context.py" in files
    assert any(file.endswith(".html") for file in files)
