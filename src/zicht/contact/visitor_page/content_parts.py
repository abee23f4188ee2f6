"""Read parts of the file that a page is made of; what is wrong is said in a sentence that names the field."""

from typing import Any

from zicht.contact.help_lines import HelpLine
from zicht.contact.sealing.errors import FormatError
from zicht.contact.sealing.parts import check_fields, check_length, check_name, decode
from zicht.contact.sealing.statements import KEY_LENGTH

LANGUAGES = ("nl", "en")
Words = dict[str, str]  # by language


class ContentError(Exception):
    """Report in a sentence what is wrong with the file."""


def read_object(what: str, found: object, names: tuple[str, ...], may: tuple[str, ...] = ()) -> dict[str, Any]:
    """Read an object with exactly these fields, besides those that may be there."""
    wanted = (*names, *(name for name in may if isinstance(found, dict) and name in found))
    try:
        return check_fields(found, wanted)
    except FormatError as error:
        raise ContentError(f"In {what} there must be exactly these fields: {', '.join(wanted)}.") from error


def read_several(what: str, found: object) -> list[object]:
    """Read a list with something in it."""
    if not isinstance(found, list) or not found:
        raise ContentError(f"{what} needs at least one entry.")
    return found


def read_name(what: str, found: object) -> str:
    """Read a name as it stands in signed keys."""
    try:
        return check_name(found) if isinstance(found, str) else check_name("")
    except FormatError as error:
        raise ContentError(f"{what} is 1 to 64 of the letters a to z, digits and hyphens.") from error


def read_words(what: str, found: object) -> Words:
    """Read words in every language."""
    fields = read_object(what, found, LANGUAGES)
    if not all(isinstance(word, str) and word for word in fields.values()):
        raise ContentError(f"{what} needs words in every language: {', '.join(LANGUAGES)}.")
    return fields


def read_line(found: object) -> tuple[HelpLine, Words]:
    """Read one place that helps."""
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


def read_root(found: object) -> bytes:
    """Read the root of another organisation, for which whoever signs the page vouches."""
    try:
        return check_length(decode(found), KEY_LENGTH)
    except FormatError as error:
        raise ContentError("root is the public half of a root, as `zicht desk-key show` prints it.") from error
