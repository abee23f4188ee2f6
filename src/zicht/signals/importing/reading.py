"""Read a table row by row: what can be taken in, what is there already, and what is refused with every reason.

A sentence about a row names its place and never repeats what a cell holds: it may be about a person. The row itself
goes back to whoever sent it.
"""

import hashlib
import hmac
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from zicht import words
from zicht.people.code_fields import label_of_field, language
from zicht.people.models import Account
from zicht.reading import tables
from zicht.signals import rules
from zicht.signals.importing.columns import (
    BASIS,
    HOUSE,
    POSTCODE,
    REFERENCE,
    SIGNALS,
    fields_of_a_row,
    read_cell,
    read_signals,
)
from zicht.signals.intake import actions, spots
from zicht.signals.models import Intake

IMPORT = "import"  # of list intake_source
LIMITS = tables.Limits(
    most_on_disk=2 * tables.MEGABYTE,
    most_unpacked=20 * tables.MEGABYTE,
    most_in_memory=10 * tables.MEGABYTE,
    most_in_line=20 * 1024,
    most_rows=1_000,  # a row takes some 15 ms, and somebody waits for the page
    most_columns=100,
)
LONGEST_REFERENCE = 200  # characters
FORM = b"zicht reference 1"  # another way of making identifiers gets another text


@dataclass(frozen=True)
class Plan:
    """Say which column holds which field, and what holds for every row."""

    columns: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A row as an action takes it."""

    row: int
    intake_id: UUID
    values: dict[str, object]
    spot: str
    noted: list[dict[str, object]]


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
    unused: list[str] = field(default_factory=list)
    right: list[Taken] = field(default_factory=list)
    there: list[int] = field(default_factory=list)  # numbers of rows that were taken in before
    refused: list[Refused] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Give how many rows there are: each is in one of the three."""
        return len(self.right) + len(self.there) + len(self.refused)


def columns_of(content: bytes, form: tables.TextForm) -> tuple[str, ...]:
    """Give the names of the columns; raises TableError for what is no table, also in a later row."""
    table = tables.read_table(io.BytesIO(content), LIMITS, form, bool)
    for _row in table.rows:
        pass
    return table.columns


def examine(by: Account, content: bytes, form: tables.TextForm, wall: str, plan: Plan) -> Findings:
    """Look at every row and store nothing; raises TableError."""
    table = tables.read_table(io.BytesIO(content), LIMITS, form, bool)
    used = set(plan.columns.values())
    found = Findings(table.columns, [name for name in table.columns if name and name not in used])
    seen: dict[UUID, int] = {}
    for number, cells in table.rows:
        _look(by, wall, plan, number, cells, found, seen)
    there = set(Intake.objects.visible_to(by).filter(pk__in=list(seen), compartment=wall).values_list("pk", flat=True))
    found.there = [one.row for one in found.right if one.intake_id in there]
    found.right = [one for one in found.right if one.intake_id not in there]
    return found


def identifier_of(org_id: UUID, wall: str, reference: str) -> UUID:
    """Give the identifier of the report of a reference: the same table twice is the same reports once.

    The reference itself is not kept. HMAC-SHA256 (RFC 2104) with the secret of the settings, so that nobody who reads
    the database can try references.
    """
    place = b"\0".join([FORM, org_id.bytes, wall.encode(), reference.strip().casefold().encode()])
    digest = hmac.new(force_bytes(settings.SECRET_KEY), place, hashlib.sha256).digest()
    return UUID(bytes=digest[:16], version=4)


# --- one row --------------------------------------------------------------------------------------------------------
def _look(
    by: Account,
    wall: str,
    plan: Plan,
    number: int,
    cells: Sequence[str],
    found: Findings,
    seen: dict[UUID, int],
) -> None:
    told = _told(plan, dict(zip(found.columns, cells, strict=True)))
    taken, reasons = _judge(by, wall, number, told)
    if taken and taken.intake_id in seen:
        reasons.append(_("The same reference stands in row %(row)d.") % {"row": seen[taken.intake_id]})
    if reasons or taken is None:
        found.refused.append(Refused(number, reasons, cells))
    else:
        seen[taken.intake_id] = number
        found.right.append(taken)


def _told(plan: Plan, cells: Mapping[str, str]) -> dict[str, str]:
    """Give the text of each field: its cell, or what holds for every row."""
    named = {name: cells.get(column, "") for name, column in plan.columns.items()}
    return {name: named.get(name, "").strip() or plan.fixed.get(name, "") for name in fields_of_a_row()}


def _judge(by: Account, wall: str, number: int, told: Mapping[str, str]) -> tuple[Taken | None, list[str]]:
    reasons = list(_wrong_reference(told[REFERENCE]))
    values = _values(wall, told)
    key = identifier_of(by.org_id, wall, told[REFERENCE])
    try:
        actions.draft(by, values, wall=wall, intake_id=key).refuse_if_wrong()
    except ValidationError as wrong:
        reasons += _in_words(wrong)
    noted, problems = _signals(told)
    spot, wrong_spot = _spot(told)
    reasons += problems + wrong_spot
    return (None if reasons else Taken(number, key, values, spot, noted)), reasons


def _wrong_reference(reference: str) -> Iterator[str]:
    if not reference:
        yield _("There is no reference, by which the row would be known again.")
    elif len(reference) > LONGEST_REFERENCE:
        yield _("The reference is longer than %(most)d characters.") % {"most": LONGEST_REFERENCE}


def _values(wall: str, told: Mapping[str, str]) -> dict[str, object]:
    fields = words.vocabulary().entities["intake"].fields
    read = {name: read_cell(name, text) for name, text in told.items() if name in fields}
    # What stands in no cell was not asked, and is left to what a new report begins with.
    given = {name: value for name, value in read.items() if value not in (None, "", [])}
    return {**given, "source": rules.PRESS_TIP if wall == rules.PRESS else IMPORT}


def _in_words(wrong: ValidationError) -> list[str]:
    told = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
    fields = words.vocabulary().entities["intake"].fields
    return [
        f"{label_of_field('intake', name)}: {sentence}" if name in fields else sentence
        for name, sentences in told.items()
        if name != "clock_from"  # follows from the day
        for sentence in sentences
    ]


def _signals(told: Mapping[str, str]) -> tuple[list[dict[str, object]], list[str]]:
    codes, basis = read_signals(told[SIGNALS]), read_cell(BASIS, told[BASIS])
    if not codes:
        return [], []
    reasons = []
    if not set(codes) <= set(words.vocabulary().indicators):
        reasons.append(_("Signals: not all of them are codes of the catalogue, such as DOC01."))
    if problem := words.check_value("signal", BASIS, basis or None):
        reasons.append(f"{label_of_field('signal', BASIS)}: {problem.in_language(language())}")
    return [{"indicator": code, "basis": basis, "state": "noted"} for code in codes], reasons


def _spot(told: Mapping[str, str]) -> tuple[str, list[str]]:
    typed = (told[POSTCODE], told[HOUSE])
    if not any(typed):
        return "", []
    try:
        return spots.normalise(*typed), []
    except spots.NotASpotError:
        return "", [_("Postcode and house number: one of both is missing or none, such as 1012 AB and 12-A.")]
