"""Cases: list, read, make, change, and move along their states."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from zicht import words
from zicht.cases import actions, models, queries, rules
from zicht.cases.api import schemas
from zicht.cases.api.keys import Key, KeyRequest
from zicht.cases.api.parts import MOST_ON_A_PAGE, POSITION, find_case, look
from zicht.cases.api.refusals import CHANGING, READING, REFUSALS
from zicht.cases.api.telling import changes, refuse_unknown_organisations, tell_case
from zicht.people.actions import record_access

reading, writing = Key("read_cases"), Key("write_cases")
router = Router(tags=["cases"])
State = Literal[tuple(words.vocabulary().lists["case_state"].codes)]  # type: ignore[valid-type]  # from the words


class Wanted(BaseModel):
    """Which cases to list."""

    state: State | None = None  # type: ignore[valid-type]
    from_day: dt.date | None = Field(None, description="Opened on this day or later.")
    to_day: dt.date | None = Field(None, description="Opened on this day or earlier.")
    changed_since: dt.date | None = Field(None, description="Changed on this day or later.")
    limit: int = Field(50, ge=1, le=MOST_ON_A_PAGE)
    after: Annotated[str, Field(pattern=POSITION)] | None = Field(None, description="What `next` said.")


COLUMNS = {
    "state": "state",
    "from_day": "opened_on__gte",
    "to_day": "opened_on__lte",
    "changed_since": "changed_on__gte",
}


@router.get("", auth=reading, response={200: schemas.CaseList, **READING})
def list_cases(request: KeyRequest, wanted: Query[Wanted]) -> dict[str, object]:
    """List the cases that the account may see, newest first. Notes are not in a list."""
    record_access(request.auth, "listed", "case")
    asked = {column: getattr(wanted, name) for name, column in COLUMNS.items() if getattr(wanted, name)}
    if wanted.after:
        _refuse_wrong_position(wanted.after)
    cases = models.Case.objects.visible_to(request.auth).filter(**asked)
    newest = queries.after(cases, wanted.after or "").prefetch_related("team").order_by("-opened_on", "case_id")
    found = list(newest[: wanted.limit + 1])
    shown = found[: wanted.limit]
    begin = f"{shown[-1].opened_on:%Y%m%d}{shown[-1].pk.hex}" if len(found) > wanted.limit else None
    return {"items": [tell_case(case, reads_texts=False) for case in shown], "next": begin}


def _refuse_wrong_position(position: str) -> None:
    try:
        dt.date.fromisoformat(f"{position[:4]}-{position[4:6]}-{position[6:8]}")
    except ValueError as error:
        raise ValidationError({"after": _("This page of the list is not there.")}) from error


@router.post("", auth=writing, response={201: schemas.Case, 200: schemas.Case, **REFUSALS})
def open_case(request: KeyRequest, payload: schemas.NewCase) -> Status[Any]:
    """Open a case of which the account becomes the owner. The same `case_id` twice is one case, given back as it is."""
    made = queries.find_case(request.auth, payload.case_id) if payload.case_id else None
    if made is None:
        values = payload.values()
        refuse_unknown_organisations("case", values)
        case = actions.open_case(request.auth, values, compartment=payload.compartment, case_id=payload.case_id)
        return Status(201, tell_case(case, reads_texts=True))
    look(request, made, made)
    return Status(200, tell_case(made, reads_texts=queries.may_read_text(request.auth, made)))


@router.get("/{case_id}", auth=reading, response={200: schemas.Case, **READING})
def read_case(request: KeyRequest, case_id: UUID) -> dict[str, object]:
    """Read a case; its notes only for the owner and the team."""
    case = find_case(request, case_id)
    look(request, case, case)
    return tell_case(case, reads_texts=request.reads_texts)


@router.patch("/{case_id}", auth=writing, response={200: schemas.Case, **CHANGING})
def change_case(request: KeyRequest, case_id: UUID, payload: schemas.CaseChange) -> dict[str, object]:
    """Change the fields that are sent. Somebody else's change of the same fields since `version` gives 409."""
    case = find_case(request, case_id, "cases.change")
    if "comments" in payload.model_fields_set and not request.reads_texts:
        raise ValidationError({"comments": _("Only the owner and the team of the case write here.")})
    changed = actions.change_case(request.auth, case, changes(case, payload), version=payload.version)
    return tell_case(changed, reads_texts=request.reads_texts)


@router.post("/{case_id}/state", auth=writing, response={200: schemas.Case, **CHANGING})
def move_case(request: KeyRequest, case_id: UUID, payload: schemas.CaseStep) -> dict[str, object]:
    """Close a case with day and reason, open it again, or move it between active and follow-up."""
    case = find_case(request, case_id, "cases.change")
    values = payload.values()
    if not rules.is_open(payload.state):
        moved = actions.close_case(request.auth, case, values, version=payload.version)
    elif rules.is_open(case.state):
        moved = actions.follow_up_case(request.auth, case, payload.state, version=payload.version)
    else:
        moved = actions.reopen_case(request.auth, case, version=payload.version)
    return tell_case(moved, reads_texts=request.reads_texts)
