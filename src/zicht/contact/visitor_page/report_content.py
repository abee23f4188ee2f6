"""What the page of the report box holds: the desks that take reports, and the version of each form."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from zicht import words
from zicht.contact.help_lines import HelpLine
from zicht.contact.report_forms.questions import (
    NotAQuestionError,
    Question,
    read_questions,
    write_question,
)
from zicht.contact.report_forms.rules import findings_of
from zicht.contact.report_forms.shipped import SHIPPED, Form, shipped_forms
from zicht.contact.sealing.parts import encode
from zicht.contact.visitor_page.content_parts import (
    ContentError,
    Words,
    read_line,
    read_name,
    read_object,
    read_root,
    read_several,
    read_words,
)

DESK_FIELDS = ("desk", "label", "audiences")
# A desk of another organisation on this installation, such as a news desk: whoever signs the page vouches for its root.
ELSEWHERE = ("org", "root")
FORM_FIELDS = ("form", "version", "audience", "target", "label", "questions")


@dataclass(frozen=True)
class ReportDesk:
    """A desk that takes reports, and from whom; without `org` it is one of the page's own organisation."""

    desk: str
    label: Words
    audiences: tuple[str, ...]
    org: str = ""
    root: bytes = b""


@dataclass(frozen=True)
class ReportContent:
    """The desks and the forms of a page."""

    desks: tuple[ReportDesk, ...]
    forms: tuple[Form, ...]
    lines: tuple[tuple[HelpLine, Words], ...] = ()  # who else takes reports; without them those of the chat's page

    @property
    def audiences(self) -> tuple[str, ...]:
        """Give who can report here: there is a form and a desk."""
        with_desk = {one for desk in self.desks for one in desk.audiences}
        return tuple(form.audience for form in self.forms if form.audience in with_desk)

    @property
    def roots(self) -> tuple[bytes, ...]:
        """Give the roots of other organisations, for which whoever signs the page vouches."""
        return tuple(desk.root for desk in self.desks if desk.root)

    def for_script(self, org: str, root: bytes) -> dict[str, Any]:
        """Give what the page's script works with, for a page of an organisation with this root."""
        return {
            "desks": [
                {
                    "desk": one.desk,
                    "label": one.label,
                    "audiences": one.audiences,
                    "org": one.org or org,
                    "root": encode(one.root or root),
                }
                for one in self.desks
            ],
            "forms": [form_for_script(one) for one in self.forms if one.audience in self.audiences],
            "places": places_for(self.forms),
        }


def report_of(found: object) -> ReportContent:
    """Read the part about reports; without forms those that come with Zicht are used."""
    fields = read_object("report", found, ("desks",), ("forms", "lines"))
    lines = read_several("report.lines", fields["lines"]) if "lines" in fields else []
    return ReportContent(
        desks=tuple(_desk(one) for one in read_several("report.desks", fields["desks"])),
        forms=_forms(fields["forms"]) if "forms" in fields else tuple(shipped_forms().values()),
        lines=tuple(read_line(one) for one in lines),
    )


def _forms(found: object) -> tuple[Form, ...]:
    forms = tuple(form_of(one) for one in read_several("report.forms", found))
    if len({form.audience for form in forms}) < len(forms):
        raise ContentError("There are two forms for the same people in report.forms.")
    return forms


def _desk(found: object) -> ReportDesk:
    is_elsewhere = isinstance(found, dict) and "org" in found
    fields = read_object("a desk for reports", found, (*DESK_FIELDS, *ELSEWHERE) if is_elsewhere else DESK_FIELDS)
    audiences = fields["audiences"]
    if not isinstance(audiences, list) or not audiences or not set(audiences) <= set(SHIPPED):
        raise ContentError(f"audiences of a desk are some of {', '.join(SHIPPED)}.")
    desk = ReportDesk(read_name("desk", fields["desk"]), read_words("label", fields["label"]), tuple(audiences))
    if not is_elsewhere:
        return desk
    return ReportDesk(desk.desk, desk.label, desk.audiences, read_name("org", fields["org"]), read_root(fields["root"]))


def form_of(found: object) -> Form:
    """Read a form as the page of the forms gives it; one with a question that must not be asked is refused."""
    fields = read_object("a form", found, FORM_FIELDS)
    try:
        form = Form(
            form_id=UUID(str(fields["form"])),
            version=int(fields["version"]),
            audience=str(fields["audience"]),
            target=str(fields["target"]),
            label=read_words("label", fields["label"]),
            questions=read_questions(fields["questions"]),
        )
    except (NotAQuestionError, TypeError, ValueError) as error:
        raise ContentError("A form in report.forms is not as the page of the forms wrote it.") from error
    findings = findings_of(form.questions)
    if findings or form.audience not in SHIPPED:
        named = ", ".join(sorted({finding.question for finding in findings}))
        raise ContentError(f"The form for {form.audience} cannot be used. Questions to look at: {named}.")
    return form


def write_form(form: Form) -> dict[str, Any]:
    """Give a form as `form_of` reads it."""
    return {
        "form": str(form.form_id),
        "version": form.version,
        "audience": form.audience,
        "target": form.target,
        "label": dict(form.label),
        "questions": [write_question(one) for one in form.questions],
    }


def places_for(forms: Iterable[Form]) -> dict[str, str]:
    """Give the municipalities by code, where a form asks for one."""
    asks_place = any(one.kind == "municipality" for form in forms for one in form.questions)
    return {code: one.name for code, one in words.municipalities().items()} if asks_place else {}


def form_for_script(form: Form) -> dict[str, Any]:
    """Give a form as a script shows it."""
    return {**write_form(form), "questions": [question_for_script(one) for one in form.questions]}


def question_for_script(question: Question) -> dict[str, Any]:
    """Give a question with its choices, also those it does not bring itself."""
    return write_question(replace(question, options=question.choices))
