"""Give records out as a file, with the same order, rules and notes as the page that exports."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field, WithJsonSchema, create_model

from zicht import words
from zicht.cases import rules
from zicht.cases.api import described, schemas
from zicht.cases.api.keys import Key, KeyRequest
from zicht.cases.api.refusals import REFUSALS
from zicht.cases.exchange import exporting, permissions
from zicht.cases.exchange.exporting import CONTENT_TYPES, Contents, Order
from zicht.people.code_fields import language
from zicht.people.locked_files import ZIP, download
from zicht.people.models import Account, Organisation

router = Router(tags=["exports"])
exports = Key("export_cases")
Standard = Literal[exporting.STANDARDS]  # type: ignore[valid-type]  # from the room that writes files
Kind = Literal[exporting.KINDS]  # type: ignore[valid-type]
SOME_FILE = {"schema": {"type": "string", "format": "binary"}}
PASSWORD = "Zicht-Password"  # noqa: S105 - the name of a header
FILES = {
    "responses": {
        200: {
            "description": "The file.",
            "content": dict.fromkeys([*CONTENT_TYPES.values(), ZIP], SOME_FILE),
            "headers": {
                PASSWORD: {"schema": {"type": "string"}, "description": "Of a locked file; it is kept nowhere."}
            },
        }
    }
}

if TYPE_CHECKING:
    Wanted = Any
else:
    Wanted = create_model(
        "Export",
        __base__=schemas.Sent,
        recipient=schemas.part("share", "to_org"),
        compartment=schemas.part("share", "compartment", ""),
        standard=(Standard, ...),
        kind=(Kind, "json"),
        locked=(bool, Field(False, description="Put the file in a ZIP that only the password in the answer opens.")),
        basis=schemas.part("share", "basis", ()),
        necessity=schemas.part("share", "necessity", ""),
        purpose=schemas.part("consent", "purpose", ""),
        from_year=schemas.part("person", "first_registered", None),
        to_year=schemas.part("person", "first_registered", None),
    )


class Summary(BaseModel):
    """What a file would hold, or holds."""

    persons: int
    rows: int
    without_consent: int = Field(description="Persons left out: no yes for this purpose and recipient.")
    restricted: int = Field(description="Persons left out: the use of their data is limited.")
    counted_with_another: int = Field(description="Records left out: counted as one with another record.")
    losses: list[Annotated[dict[str, str], WithJsonSchema({"type": "object"})]] = Field(
        description="Fields that are held back or made coarser, each with the reason."
    )


@router.post("/look", auth=exports, response={200: Summary, **REFUSALS})
def look_at_export(request: KeyRequest, payload: Wanted) -> dict[str, object]:
    """Say what would leave; nothing leaves, and nothing is noted as shared."""
    return _summary(exporting.look(request.auth, _order(request.auth, payload)))


@router.post("", auth=exports, response={200: None, **REFUSALS}, openapi_extra=FILES)
def export(request: KeyRequest, payload: Wanted) -> HttpResponse:
    """Give the file. For every person in it a line is kept of what was shared with whom, why and on which basis."""
    file, _contents = exporting.export(request.auth, _order(request.auth, payload))
    answer = download(file)
    if file.password:
        answer.headers[PASSWORD] = file.password
    return answer


def _order(by: Account, sent: Any) -> Order:
    walls = permissions.walls_to_exchange(by)
    wall = sent.compartment or next(iter(sorted(walls)), "")
    if not by.has_perm("cases.export") or wall not in walls:
        raise Http404
    recipient = Organisation.objects.filter(pk=sent.recipient).first()
    _refuse_if_unreasoned(by, sent, recipient)
    assert recipient is not None  # noqa: S101 - refused above
    return Order(
        recipient=recipient,
        compartment=wall,
        standard=sent.standard,
        kind=sent.kind,
        locked=sent.locked,
        basis=tuple(sent.basis),
        necessity=sent.necessity,
        purpose=sent.purpose,
        first_year=sent.from_year,
        last_year=sent.to_year,
    )


def _refuse_if_unreasoned(by: Account, sent: Any, recipient: Organisation | None) -> None:
    """Say what an order to somebody else lacks: a legal basis, why it is needed, and what consent was asked for."""
    wrong: dict[str, words.Problem] = {}
    if recipient is None:
        wrong["recipient"] = words.Problem("not_an_identifier", {"most": 36})
    elif recipient.pk != by.org_id:
        wrong |= {name: words.Problem("required") for name in ("basis", "necessity") if not getattr(sent, name)}
    if rules.rests_on_consent(sent.basis) and not sent.purpose:
        wrong["purpose"] = words.Problem("needed_with", {"other": described.field_of("share", "basis").label})
    if rules.NOT_A_BASIS & set(sent.basis):
        wrong["basis"] = words.Problem("not_in_list", {"list": words.vocabulary().lists["legal_basis"].label})
    if wrong:
        raise ValidationError({name: problem.in_language(language()) for name, problem in wrong.items()})


def _summary(contents: Contents) -> dict[str, object]:
    return {
        "persons": len(contents.persons),
        "rows": len(contents.rows),
        "without_consent": contents.without_consent,
        "restricted": contents.restricted,
        "counted_with_another": contents.counted_with_another,
        "losses": [{"field": line.field, "sentence": str(line.sentence)} for line in contents.report.lines()],
    }
