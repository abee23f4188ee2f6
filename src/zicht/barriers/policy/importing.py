"""Read a table of policy row by row: what can be taken in, and what is refused with every reason.

The columns are those of the export, by the name of the field or by its label; a row is known again by its municipality,
so the same table twice changes nothing.
"""

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from zicht import words
from zicht.barriers.models import Policy
from zicht.barriers.rules import broken_constraints
from zicht.people.code_fields import label_of_field, language
from zicht.people.column_limits import problems_of
from zicht.people.wording import code_of_place, list_in_words
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
YES_OR_NO = {
    **dict.fromkeys(("ja", "yes", "1", "true", "waar"), True),
    **dict.fromkeys(("nee", "no", "0", "false", "onwaar"), False),
}
DUTCH_DAY = re.compile(r"([0-3]?\d)[-./]([01]?\d)[-./](\d{4})", re.ASCII)
MONTHS = 12  # in a year: of 1/3/2026 nobody knows whether it is January or March, of 27/11/2026 everybody does
ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)([T ]00:00(:00)?)?", re.ASCII)  # a day in a workbook has an hour too
# What a municipality is called beside its official name.
ALSO_CALLED = {"den haag": "'s-Gravenhage", "den bosch": "'s-Hertogenbosch"}
SUFFIX = re.compile(r" \([A-Z]+\.?\)$")  # (NH.) tells Bergen in Noord-Holland from the one in Limburg
BESIDE = ("policy_id", "org_id")  # filled in by the system


@dataclass(frozen=True)
class Refused:
    """A row that is not taken in, with every reason."""

    row: int
    reasons: list[str]
    cells: Sequence[str]


@dataclass
class Findings:
    """What a look at a table brought; `left_out` are columns that are none of policy."""

    columns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    right: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    rows: dict[str, tuple[int, Sequence[str]]] = field(default_factory=dict)  # of those that are right

    def refuse(self, town: str, reason: str) -> None:
        """Take back a row that was right by itself."""
        number, cells = self.rows[town]
        self.refused.append(Refused(number, [reason], cells))
        self.refused.sort(key=lambda one: one.row)


class NoPolicyError(Exception):
    """A table is none of policy; its text is a sentence in the language of the reader."""


def columns_of_export() -> list[str]:
    """Give the fields that stand in a table, the municipality first."""
    names = [name for name in words.vocabulary().entities[ENTITY].fields if name not in BESIDE]
    return [TOWN, *(name for name in names if name != TOWN)]


def examine(content: bytes, form: tables.TextForm) -> Findings:
    """Look at every row and store nothing; raises TableError, and NoPolicyError."""
    table = tables.read_table(io.BytesIO(content), LIMITS, form, bool)
    held = _fields_of(table.columns)
    needed = [name for name in columns_of_export() if words.vocabulary().entities[ENTITY].fields[name].required]
    if missing := [f"“{label_of_field(ENTITY, name)}”" for name in needed if name not in held]:
        sentence = _(
            "There is no column %(names)s. Columns are called as in the download; their names stand in the first row."
        )
        raise NoPolicyError(sentence % {"names": list_in_words(missing)})
    left_out = [name for place, name in enumerate(table.columns) if place not in held.values()]
    found = Findings(table.columns, tuple(left_out))
    for number, cells in table.rows:
        told = {name: unicodedata.normalize("NFC", cells[place]).strip() for name, place in held.items()}
        town, values = _town(told[TOWN]), _read(told)
        reasons = list(_problems(town, values))
        if town in found.rows:
            reasons.append(_("The same municipality stands in row %(row)d.") % {"row": found.rows[town][0]})
        if reasons:
            found.refused.append(Refused(number, reasons, cells))
        else:
            found.rows[town] = (number, cells)
            found.right.append((town, values))
    if not (found.right or found.refused):
        raise NoPolicyError(_("There is no row below the names of the columns."))
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


def _town(typed: str) -> str:
    """Give the code of a municipality by its code, its official name, or a name that is of no other one."""
    typed = typed.replace("\u2019", "'").replace("\u2018", "'")  # as text programs write it: ’s-Gravenhage
    small = typed.casefold()
    code = code_of_place(TOWN, ALSO_CALLED.get(small, typed))
    if code in words.municipalities():
        return code
    alike = [key for key, one in words.municipalities().items() if SUFFIX.sub("", one.name).casefold() == small]
    return alike[0] if len(alike) == 1 else code


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
    dutch, iso = DUTCH_DAY.fullmatch(text), ISO_DAY.fullmatch(text)
    try:
        if dutch and "/" in text and int(dutch[1]) <= MONTHS and int(dutch[1]) != int(dutch[2]):
            return text
        if dutch:
            return dt.date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        return dt.date.fromisoformat(iso[1]) if iso else text
    except ValueError:
        return text


def _problems(town: str, values: Mapping[str, object]) -> Iterator[str]:
    if town not in words.municipalities():
        yield _("The municipality is no name or CBS code of one.")
    problems = dict(problems_of(Policy, values))
    problems |= broken_constraints(ENTITY, {**values, TOWN: town}, timezone.localdate())
    for name in columns_of_export()[1:]:
        problem = words.check_value(ENTITY, name, values.get(name)) or problems.get(name)
        if problem:
            yield f"{label_of_field(ENTITY, name)}: {problem.in_language(language())}"


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
