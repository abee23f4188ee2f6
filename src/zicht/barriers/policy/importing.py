"""Read a table of policy row by row: what can be taken in, and what is refused with every reason.

The columns are those of the export, by the name of the field or by its label; a row is known again by its municipality,
so the same table twice changes nothing.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from zicht import words
from zicht.barriers.rules import broken_constraints
from zicht.people.code_fields import label_of_field, language
from zicht.people.wording import code_of_place
from zicht.reading import tables

ENTITY = "policy"
TOWN = "municipality"
LIMITS = tables.Limits(
    most_on_disk=2 * tables.MEGABYTE,
    most_unpacked=20 * tables.MEGABYTE,
    most_in_memory=10 * tables.MEGABYTE,
    most_in_line=20 * 1024,
    most_rows=1_000,  # there are 342 municipalities
    most_columns=50,
)
LANGUAGES = ("nl", "en")
YES_OR_NO = {"ja": True, "yes": True, "1": True, "nee": False, "no": False, "0": False}
DUTCH_DAY = re.compile(r"([0-3]?\d)[-.]([01]?\d)[-.](\d{4})")
BESIDE = ("policy_id", "org_id")  # filled in by the system


@dataclass(frozen=True)
class Refused:
    """A row that is not taken in, with every reason."""

    row: int
    reasons: list[str]
    cells: Sequence[str]


@dataclass
class Findings:
    """What a look at a table brought."""

    columns: tuple[str, ...] = ()
    right: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def columns_of_export() -> list[str]:
    """Give the fields that stand in a table, the municipality first."""
    names = [name for name in words.vocabulary().entities[ENTITY].fields if name not in BESIDE]
    return [TOWN, *(name for name in names if name != TOWN)]


def examine(content: bytes, form: tables.TextForm) -> Findings:
    """Look at every row and store nothing; raises TableError."""
    table = tables.read_table(io.BytesIO(content), LIMITS, form, bool)
    held = _fields_of(table.columns)
    found = Findings(table.columns)
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        told = {name: cells[place].strip() for name, place in held.items()}
        town, values = code_of_place(TOWN, told.get(TOWN, "")), _read(told)
        reasons = list(_problems(town, values))
        if town in seen:
            reasons.append(_("The same municipality stands in row %(row)d.") % {"row": seen[town]})
        if reasons:
            found.refused.append(Refused(number, reasons, cells))
        else:
            seen[town] = number
            found.right.append((town, values))
    return found


def write_cell(value: object) -> str:
    """Write a value as it is read back."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


# --- one row --------------------------------------------------------------------------------------------------------
def _fields_of(columns: Sequence[str]) -> dict[str, int]:
    """Give for each field the column that is called by its name or by its label in one of the languages."""
    places = {_plain(name): place for place, name in reversed(list(enumerate(columns)))}
    fields = words.vocabulary().entities[ENTITY].fields
    found = {}
    for name in columns_of_export():
        names = (name, *(fields[name].label.in_language(told) for told in LANGUAGES))
        place = next((places[_plain(one)] for one in names if _plain(one) in places), None)
        if place is not None:
            found[name] = place
    return found


def _read(told: Mapping[str, str]) -> dict[str, object]:
    """Give the value of each field; what cannot be read stays as it is, for the words to refuse."""
    return {name: _value(name, text) for name, text in told.items() if name != TOWN}


def _value(name: str, text: str) -> object:
    described = words.vocabulary().entities[ENTITY].fields[name]
    if not text:
        rests = {"text": "", "code": "" if described.strict else "not_asked"}
        return rests.get(described.type)
    if described.type == "code":
        return _code(described.list_name, text)
    if described.type == "date":
        return _day(text)
    if described.type == "bool":
        return YES_OR_NO.get(text.casefold(), text)
    return int(text) if described.type == "int" and text.isascii() and text.isdigit() else text


def _code(list_name: str, text: str) -> str:
    for code in words.vocabulary().lists[list_name].offered():
        if _plain(text) in (_plain(code.code), *(_plain(code.label.in_language(told)) for told in LANGUAGES)):
            return code.code
    missing = words.vocabulary().missing_values
    return next((key for key, label in missing.items() if _plain(text) in map(_plain, (key, label.nl, label.en))), text)


def _day(text: str) -> object:
    found = DUTCH_DAY.fullmatch(text)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else dt.date.fromisoformat(text[:10])
    except ValueError:
        return text


def _problems(town: str, values: Mapping[str, object]) -> Iterator[str]:
    if town not in words.municipalities():
        yield _("The municipality is no name or CBS code of one.")
    for name in columns_of_export()[1:]:
        problem = words.check_value(ENTITY, name, values.get(name))
        if problem:
            yield f"{label_of_field(ENTITY, name)}: {problem.in_language(language())}"
    broken = broken_constraints(ENTITY, {**values, TOWN: town}, timezone.localdate())
    for name, problem in broken.items():
        if name != TOWN and words.check_value(ENTITY, name, values.get(name)) is None:
            yield f"{label_of_field(ENTITY, name)}: {problem.in_language(language())}"


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
