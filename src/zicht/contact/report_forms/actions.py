"""Make and change drafts of forms, and put them into use; each change writes its line in the access log."""

from collections.abc import Callable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from zicht.contact.report_forms import queries
from zicht.contact.report_forms.errors import (
    ChangedMeanwhileError,
    DraftThereError,
    NoDraftError,
    QuestionRefusedError,
)
from zicht.contact.report_forms.models import FormDefinition
from zicht.contact.report_forms.questions import LANGUAGES, Question
from zicht.contact.report_forms.rules import findings_of
from zicht.contact.rules import wall_of
from zicht.people.actions import record_access
from zicht.people.models import Account

Questions = Sequence[Question]


@transaction.atomic
def begin_draft(by: Account, audience: str) -> FormDefinition:
    """Make a new version of a form to work on, which begins as the one in use."""
    versions = queries.versions_of(by, audience)
    form = next(one.form for one in versions if one.state == "in_use")
    # Versions that were dropped are among them: no number is ever used twice.
    draft = FormDefinition(
        form_id=form.form_id,
        version=versions[0].form.version + 1,
        owner_org=by.org,
        audience=audience,
        label_nl=form.label["nl"],
        label_en=form.label["en"],
        target=form.target,
        languages=list(LANGUAGES),
    )
    draft.asked = form.questions
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        raise DraftThereError from error
    _log(by, draft)
    return draft


def keep_question(by: Account, form: FormDefinition, question: Question, seen: str, replaces: str = "") -> None:
    """Put a question in the place of another one, or at the end; `seen` is the mark of the form that was looked at."""

    def change(questions: Questions) -> Questions:
        if not replaces:
            return (*questions, question)
        return tuple(question if one.name == replaces else one for one in questions)

    _change(by, form, seen, change)


def move_question(by: Account, form: FormDefinition, name: str, step: int, seen: str) -> None:
    """Move a question up (-1) or down (1) by one place."""

    def change(questions: Questions) -> Questions:
        moved = list(questions)
        place = next((number for number, one in enumerate(moved) if one.name == name), None)
        if place is not None and 0 <= place + step < len(moved):
            moved[place], moved[place + step] = moved[place + step], moved[place]
        return tuple(moved)

    _change(by, form, seen, change)


def remove_question(by: Account, form: FormDefinition, name: str, seen: str) -> None:
    """Take a question away; one that another waits for stays."""
    _change(by, form, seen, lambda questions: tuple(one for one in questions if one.name != name))


@transaction.atomic
def _change(by: Account, form: FormDefinition, seen: str, change: Callable[[Questions], Questions]) -> None:
    held = _draft(form, seen)
    questions = tuple(change(held.asked))
    _refuse_if_wrong(questions)
    held.asked = questions
    held.save()
    _log(by, held)


@transaction.atomic
def put_in_use(by: Account, form: FormDefinition, seen: str) -> FormDefinition:
    """Use a draft from today on; the version before it is retired, and answers given to it keep its number."""
    held = _draft(form, seen)
    _refuse_if_wrong(held.asked)
    before = FormDefinition.objects.filter(owner_org_id=held.owner_org_id, form_id=held.form_id, state="in_use")
    before.update(state="retired")
    held.state, held.in_use_from = "in_use", timezone.localdate()
    held.save()
    _log(by, held)
    return held


@transaction.atomic
def drop_draft(by: Account, form: FormDefinition, seen: str) -> None:
    """Give up a draft; its number is not used again."""
    held = _draft(form, seen)
    held.state = "retired"
    held.save()
    _log(by, held)


def _refuse_if_wrong(questions: Questions) -> None:
    """Raise QuestionRefusedError for the first thing that is wrong."""
    for finding in findings_of(questions):
        question = next((one for one in questions if one.name == finding.question), None)
        raise QuestionRefusedError(finding.wrong, question)


def _draft(form: FormDefinition, seen: str) -> FormDefinition:
    held = FormDefinition.objects.select_for_update(no_key=True, of=("self",)).get(pk=form.pk)
    if held.state != "draft":
        raise NoDraftError
    if held.mark != seen:
        raise ChangedMeanwhileError
    return held


def _log(by: Account, form: FormDefinition) -> None:
    record_access(by, "changed", "form_definition", form.form_id, compartment=wall_of(by))
