"""What one organisation's page holds: its desks, numbers and own words, read from a JSON file that people write."""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from zicht.contact.help_lines import HelpLine
from zicht.contact.visitor_page.content_parts import (
    LANGUAGES,
    ContentError,
    Words,
    read_name,
    read_object,
    read_several,
    read_words,
)
from zicht.contact.visitor_page.report_content import ReportContent, report_of

__all__ = ["LANGUAGES", "ContentError", "DeskOnPage", "PageContent", "Words", "content_of", "read_content"]
FIELDS = ("org", "name", "exit", "desks", "lines", "before")


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


def read_content(file: Path) -> PageContent:
    """Read the file; raise ContentError with a sentence that names the field."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ContentError(f"{file.name} cannot be read as JSON.") from error
    return content_of(found)


def content_of(found: object) -> PageContent:
    """Check what was read, field by field."""
    with_report = isinstance(found, dict) and "report" in found
    fields = read_object("the file", found, (*FIELDS, "report") if with_report else FIELDS)
    return PageContent(
        org=read_name("org", fields["org"]),
        name=read_words("name", fields["name"]),
        exit=_address("exit", fields["exit"]),
        desks=tuple(_desk(one) for one in read_several("desks", fields["desks"])),
        lines=tuple(_line(one) for one in read_several("lines", fields["lines"])),
        before=_before(fields["before"]),
        report=report_of(fields["report"]) if with_report else None,
    )


def _desk(found: object) -> DeskOnPage:
    fields = read_object("a desk", found, ("desk", "label", "hours"))
    return DeskOnPage(
        read_name("desk", fields["desk"]), read_words("label", fields["label"]), read_words("hours", fields["hours"])
    )


def _line(found: object) -> tuple[HelpLine, Words]:
    fields = read_object("a line", found, ("name", "about", "number", "site", "source"))
    words = {key: fields[key] for key in ("name", "number", "site", "source")}
    if not all(isinstance(one, str) for one in words.values()) or not words["name"]:
        raise ContentError("A line needs name, number, site and source as texts; number or site may be empty.")
    if "/" in words["site"] or ":" in words["site"]:
        raise ContentError(
            f"The site of {words['name']} is a name such as www.example.org, without https:// before it."
        )
    if not words["number"] and not words["site"]:
        raise ContentError(f"The line {words['name']} has neither a number nor a site.")
    about = read_words("about", fields["about"])
    return HelpLine(about="", **words), about


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
