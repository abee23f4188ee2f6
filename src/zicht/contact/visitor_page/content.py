"""What one organisation's page holds: its desks, numbers and own words, read from a JSON file that people write."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zicht.contact.help_lines import HelpLine
from zicht.contact.sealing.errors import FormatError
from zicht.contact.sealing.parts import check_fields, check_name

LANGUAGES = ("nl", "en")
FIELDS = ("org", "name", "exit", "desks", "lines", "before")
Words = dict[str, str]  # by language


class ContentError(Exception):
    """Report in a sentence what is wrong with the file."""


@dataclass(frozen=True)
class DeskOnPage:
    """A desk as visitors see it, with its hours in words."""

    desk: str
    label: Words
    hours: Words


@dataclass(frozen=True)
class PageContent:
    """Everything on the page that another organisation would have otherwise; `before` may be empty."""

    org: str
    name: Words
    exit: str
    desks: tuple[DeskOnPage, ...]
    lines: tuple[tuple[HelpLine, Words], ...]
    before: dict[str, tuple[str, ...]]


def read_content(file: Path) -> PageContent:
    """Read the file; raise ContentError with a sentence that names the field."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ContentError(f"{file.name} cannot be read as JSON.") from error
    return content_of(found)


def content_of(found: object) -> PageContent:
    """Check what was read, field by field."""
    fields = _object("the file", found, FIELDS)
    return PageContent(
        org=_name("org", fields["org"]),
        name=_words("name", fields["name"]),
        exit=_address("exit", fields["exit"]),
        desks=tuple(_desk(one) for one in _several("desks", fields["desks"])),
        lines=tuple(_line(one) for one in _several("lines", fields["lines"])),
        before=_before(fields["before"]),
    )


def _desk(found: object) -> DeskOnPage:
    fields = _object("a desk", found, ("desk", "label", "hours"))
    return DeskOnPage(_name("desk", fields["desk"]), _words("label", fields["label"]), _words("hours", fields["hours"]))


def _line(found: object) -> tuple[HelpLine, Words]:
    fields = _object("a line", found, ("name", "about", "number", "site", "source"))
    words = {key: fields[key] for key in ("name", "number", "site", "source")}
    if not all(isinstance(one, str) for one in words.values()) or not words["name"]:
        raise ContentError("A line needs name, number, site and source as texts; number or site may be empty.")
    if "/" in words["site"] or ":" in words["site"]:
        raise ContentError(
            f"The site of {words['name']} is a name such as www.example.org, without https:// before it."
        )
    if not words["number"] and not words["site"]:
        raise ContentError(f"The line {words['name']} has neither a number nor a site.")
    about = _words("about", fields["about"])
    return HelpLine(about="", **words), about


def _before(found: object) -> dict[str, tuple[str, ...]]:
    fields = _object("before", found, LANGUAGES)
    lists = {language: fields[language] for language in LANGUAGES}
    if not all(isinstance(one, list) and all(isinstance(each, str) and each for each in one) for one in lists.values()):
        raise ContentError("before needs a list of sentences per language; it may be empty.")
    return {language: tuple(sentences) for language, sentences in lists.items()}


def _object(what: str, found: object, names: tuple[str, ...]) -> dict[str, Any]:
    try:
        return check_fields(found, names)
    except FormatError as error:
        raise ContentError(f"In {what} there must be exactly these fields: {', '.join(names)}.") from error


def _several(what: str, found: object) -> list[object]:
    if not isinstance(found, list) or not found:
        raise ContentError(f"{what} needs at least one entry.")
    return found


def _name(what: str, found: object) -> str:
    try:
        return check_name(found) if isinstance(found, str) else check_name("")
    except FormatError as error:
        raise ContentError(f"{what} is 1 to 64 of the letters a to z, digits and hyphens.") from error


def _words(what: str, found: object) -> Words:
    fields = _object(what, found, LANGUAGES)
    if not all(isinstance(word, str) and word for word in fields.values()):
        raise ContentError(f"{what} needs words in every language: {', '.join(LANGUAGES)}.")
    return fields


def _address(what: str, found: object) -> str:
    if not isinstance(found, str) or urlsplit(found).scheme != "https" or not urlsplit(found).netloc:
        raise ContentError(f"{what} is the https address of an ordinary site.")
    return found
