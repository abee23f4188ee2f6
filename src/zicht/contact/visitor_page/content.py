"""What one organisation's page holds: its desks, numbers and own words, read from a JSON file that people write."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zicht.contact.help_lines import HelpLine
from zicht.contact.visitor_page.content_parts import (
    LANGUAGES,
    ContentError,
    Words,
    read_line,
    read_name,
    read_object,
    read_several,
    read_words,
)
from zicht.contact.visitor_page.neighbours import Neighbour, neighbours_of
from zicht.contact.visitor_page.report_content import ReportContent, report_of

__all__ = ["LANGUAGES", "ContentError", "DeskOnPage", "PageContent", "Words", "content_of", "read_content"]
FIELDS = ("org", "name", "exit", "desks", "lines", "before")
MAY_BE_THERE = ("report", "neighbours")


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
    report: ReportContent | None = None
    neighbours: tuple[Neighbour, ...] = ()


def read_content(file: Path) -> PageContent:
    """Read the file; raise ContentError with a sentence that names the field."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ContentError(f"{file.name} cannot be read as JSON.") from error
    return content_of(found)


def content_of(found: object) -> PageContent:
    """Check what was read, field by field."""
    fields = read_object("the file", found, FIELDS, MAY_BE_THERE)
    return PageContent(
        org=read_name("org", fields["org"]),
        name=read_words("name", fields["name"]),
        exit=_address("exit", fields["exit"]),
        desks=tuple(_desk(one) for one in read_several("desks", fields["desks"])),
        lines=tuple(read_line(one) for one in read_several("lines", fields["lines"])),
        before=_before(fields["before"]),
        report=report_of(fields["report"]) if "report" in fields else None,
        neighbours=_neighbours(fields) if "neighbours" in fields else (),
    )


def _neighbours(fields: dict[str, Any]) -> tuple[Neighbour, ...]:
    found = neighbours_of(fields["neighbours"])
    names = [one["desk"] for one in fields["desks"]] + [desk for one in found for desk, _label in one.desks]
    if len(set(names)) < len(names):
        raise ContentError("Two desks of the page have one name; on an installation each has its own.")
    return found


def _desk(found: object) -> DeskOnPage:
    fields = read_object("a desk", found, ("desk", "label", "hours"))
    return DeskOnPage(
        read_name("desk", fields["desk"]), read_words("label", fields["label"]), read_words("hours", fields["hours"])
    )


def _before(found: object) -> dict[str, tuple[str, ...]]:
    fields = read_object("before", found, LANGUAGES)
    lists = {language: fields[language] for language in LANGUAGES}
    if not all(isinstance(one, list) and all(isinstance(each, str) and each for each in one) for one in lists.values()):
        raise ContentError("before needs a list of sentences per language; it may be empty.")
    return {language: tuple(sentences) for language, sentences in lists.items()}


def _address(what: str, found: object) -> str:
    if not isinstance(found, str) or urlsplit(found).scheme != "https" or not urlsplit(found).netloc:
        raise ContentError(f"{what} is the https address of an ordinary site.")
    return found
