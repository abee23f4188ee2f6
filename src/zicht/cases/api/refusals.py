"""What is answered when something is refused: a sentence for people, and for programs which field it is about."""

from typing import Any, Literal

from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as WrongValues
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from zicht import words
from zicht.cases.errors import CasesError, ChangedMeanwhileError, NotAllowedError, NotThereError
from zicht.people.code_fields import language

MOST_ERRORS = 50
LONGEST_NAME = 60  # characters of the name of a field that somebody made up


class WrongField(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Where it stands in what was sent, such as persons.0.age_band.")
    sentence: str
    against: Literal["description", "rules"] = Field(
        description="description: this interface does not take it; rules: the register does not, as it stands now."
    )


class Refusal(BaseModel):
    """Why something was refused; nothing of it was done."""

    sentence: str
    errors: list[WrongField] = []


class Theirs(BaseModel):
    """What somebody else put in a field meanwhile."""

    field: str
    value: Any = Field(description="What stands there now; null where this reader may not see it.")
    by: str
    at: str


class Clash(BaseModel):
    """Somebody else changed the same fields; nothing was saved."""

    sentence: str
    version: int = Field(description="The version that the record has now.")
    fields: list[Theirs]


class NotInScopeError(Exception):
    """The key is good and may not do this."""


REFUSALS: dict[int, Any] = {
    400: Refusal,
    401: Refusal,
    403: Refusal,
    404: Refusal,
    409: Refusal,
    413: Refusal,
    422: Refusal,
}
READING: dict[int, Any] = {code: REFUSALS[code] for code in (401, 403, 404, 422)}
CHANGING: dict[int, Any] = {**REFUSALS, 409: Clash}


def answer_refusals(api: NinjaAPI) -> None:
    """Let every refusal be answered in one form, in the language that was asked for."""

    def refuse(
        request: HttpRequest, status: int, sentence: str, errors: list[dict[str, str]] | None = None
    ) -> HttpResponse:
        body = {"sentence": sentence, "errors": (errors or [])[:MOST_ERRORS]}
        return api.create_response(request, body, status=status)

    @api.exception_handler(AuthenticationError)
    def no_key(request: HttpRequest, _error: Any) -> HttpResponse:
        # One answer for a key that is wrong, ended, too old, or of a closed account.
        answer = refuse(request, 401, _("This needs a key that is good. Send it as: Authorization: Bearer KEY"))
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(NotInScopeError)
    def no_scope(request: HttpRequest, _error: Any) -> HttpResponse:
        return refuse(request, 403, _("This key may not do that. Make a key that may, or ask whoever made this one."))

    @api.exception_handler(Http404)
    @api.exception_handler(NotThereError)
    @api.exception_handler(NotAllowedError)
    def hidden(request: HttpRequest, _error: Any) -> HttpResponse:
        return refuse(request, 404, str(NotThereError.sentence))

    @api.exception_handler(ChangedMeanwhileError)
    def changed(request: HttpRequest, error: Any) -> HttpResponse:
        fields = [_theirs(name, told, getattr(request, "reads_texts", False)) for name, told in error.theirs.items()]
        body = {"sentence": str(error), "version": error.version, "fields": fields}
        return api.create_response(request, body, status=409)

    @api.exception_handler(CasesError)
    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return refuse(request, 422, str(error))

    @api.exception_handler(WrongValues)
    def wrong(request: HttpRequest, error: Any) -> HttpResponse:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        errors = [{"field": name, "sentence": " ".join(told), "against": "rules"} for name, told in by_field.items()]
        return refuse(request, 422, _not_done(), errors)

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: Any) -> HttpResponse:
        return refuse(request, 422, _not_done(), [_wrong_field(one) for one in error.errors])

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
        return refuse(request, error.status_code, _("This is no JSON that can be read. Nothing was done."))

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, _error: Any) -> HttpResponse:
        return refuse(request, 413, _("This is too much at once. Nothing was done: divide it over several requests."))

    @api.exception_handler(IntegrityError)
    def at_once(request: HttpRequest, _error: Any) -> HttpResponse:
        sentence = _("The same record was made or removed at this moment. Nothing was done: send it again.")
        body = {"sentence": sentence, "errors": [], "version": 0, "fields": []}
        return api.create_response(request, body, status=409)


def _not_done() -> str:
    return _("Not done: some of what was sent is not right.")


def _wrong_field(error: dict[str, Any]) -> dict[str, str]:
    # Without body, query or path in front, and without the name of the argument in the program.
    place = [str(part)[:LONGEST_NAME] for part in error["loc"] if part not in ("body", "query", "path", "payload")]
    return {"field": ".".join(place), "sentence": _sentence(error), "against": "description"}


def _sentence(error: dict[str, Any]) -> str:
    kind = error["type"]
    if kind == "words":
        return str(error["msg"])
    if kind == "missing":
        return words.Problem("required").in_language(language())
    if kind == "extra_forbidden":
        return _("There is no field of this name.")
    if kind.startswith("uuid"):
        return words.Problem("not_an_identifier", {"most": 36}).in_language(language())
    return SENTENCES[kind]() if kind in SENTENCES else _("This is not what the description of the interface asks for.")


SENTENCES = {
    "too_long": lambda: _("These are too many at once."),
    "too_short": lambda: words.Problem("required").in_language(language()),
}


def _theirs(name: str, told: Any, reads_texts: bool) -> dict[str, object]:
    is_hidden = words.vocabulary().entities[told.change.entity].fields[name].sensitivity == "P3" and not reads_texts
    return {
        "field": name,
        "value": None if is_hidden else told.after,
        "by": told.change.changed_by.shown_as,
        "at": told.change.changed_at.isoformat(),
    }
