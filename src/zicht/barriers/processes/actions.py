"""Everything that changes a barrier model: drafts are worked on, published versions stay as they are."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht import words
from zicht.barriers.errors import (
    DraftThereError,
    NoDraftError,
    NotInModelError,
    NotWholeError,
    StepInUseError,
    TooMuchError,
)
from zicht.barriers.events import remember
from zicht.barriers.models import BarrierModel
from zicht.barriers.processes import content
from zicht.barriers.processes.rules import MOST_BARRIERS, MOST_STEPS, is_whole
from zicht.barriers.saving import authorise, change, create, lock, one_at_a_time
from zicht.cases.errors import NotThereError
from zicht.people.models import Account
from zicht.words import Barrier, Label, Process, Step


@transaction.atomic
def begin_draft(by: Account, process: str, *, model_id: UUID | None = None) -> BarrierModel:
    """Make a draft: from the version in use, or from the worked process that Zicht brings. Raises DraftThereError."""
    authorise(by)
    one_at_a_time(by)
    versions = list(BarrierModel.objects.visible_to(by).filter(process=process).order_by("number"))
    if any(one.state == "draft" for one in versions):
        raise DraftThereError
    last = versions[-1] if versions else None
    worked = words.vocabulary().processes.get(process)
    if last is None and worked is None:
        raise NotThereError
    kept = last.content if last else content.write(worked)  # type: ignore[arg-type]
    draft = BarrierModel(org_id=by.org_id, process=process, based_on=last, content=kept, made_on=timezone.localdate())
    draft.number = last.number + 1 if last else 1
    return _store(by, draft, model_id)


@transaction.atomic
def begin_own(
    by: Account, process: str, label: Label, forms: tuple[str, ...], *, model_id: UUID | None = None
) -> BarrierModel:
    """Begin a process of one's own, without steps yet. Raises StepInUseError for a code that is there."""
    authorise(by)
    one_at_a_time(by)
    if process in words.vocabulary().processes or BarrierModel.objects.filter(org=by.org, process=process).exists():
        raise StepInUseError
    kept = content.write(Process(process, label, "", forms, {}))
    draft = BarrierModel(org_id=by.org_id, process=process, number=1, content=kept, made_on=timezone.localdate())
    return _store(by, draft, model_id)


@transaction.atomic
def save_step(by: Account, model_id: UUID, step: Step, version: int) -> BarrierModel:
    """Put a step in a draft; its barriers stay as they are, but for partners who are none of the step any more."""

    def put(process: Process) -> Process:
        old = process.steps.get(step.code)
        if old is None and len(process.steps) >= MOST_STEPS:
            raise TooMuchError
        kept = {code: _among(one, step.partners) for code, one in old.barriers.items()} if old else {}
        return content.with_step(process, replace(step, barriers=kept))

    return _change(by, model_id, version, put)


@transaction.atomic
def remove_step(by: Account, model_id: UUID, code: str, version: int) -> BarrierModel:
    """Take a step out of a draft."""
    return _change(by, model_id, version, lambda process: content.without_step(process, code))


@transaction.atomic
def move_step(by: Account, model_id: UUID, code: str, version: int) -> BarrierModel:
    """Put a step of a draft one place earlier."""
    return _change(
        by, model_id, version, lambda process: content.with_step_earlier(process, _there(process, code).code)
    )


@transaction.atomic
def save_barrier(by: Account, model_id: UUID, step: str, barrier: Barrier, version: int) -> BarrierModel:
    """Put a barrier in a step of a draft."""

    def put(process: Process) -> Process:
        found = _there(process, step)
        barriers = {**found.barriers, barrier.code: barrier}
        if len(barriers) > MOST_BARRIERS:
            raise TooMuchError
        return content.with_step(process, replace(found, barriers=barriers))

    return _change(by, model_id, version, put)


@transaction.atomic
def remove_barrier(by: Account, model_id: UUID, step: str, code: str, version: int) -> BarrierModel:
    """Take a barrier out of a step of a draft."""

    def leave_out(process: Process) -> Process:
        found = _there(process, step)
        left = {name: one for name, one in found.barriers.items() if name != code}
        return content.with_step(process, replace(found, barriers=left))

    return _change(by, model_id, version, leave_out)


@transaction.atomic
def publish(by: Account, model_id: UUID, why: str, version: int) -> BarrierModel:
    """Put a draft in use in place of the version before, which stays readable. Raises NotWholeError."""
    draft = _lock_draft(by, model_id, version)
    if not is_whole(draft.steps):
        raise NotWholeError
    before = BarrierModel.objects.filter(org_id=by.org_id, process=draft.process, state="published").first()
    if before:
        before.state = "replaced"
        before.save()
    draft.state, draft.why = "published", why
    draft.published_on, draft.published_by = timezone.localdate(), by
    remember(by, "model_published", draft.pk, draft.process, after=str(draft.number))
    change(by, draft)
    return draft


@transaction.atomic
def discard(by: Account, model_id: UUID, version: int) -> None:
    """Throw a draft away; what was published stays."""
    _lock_draft(by, model_id, version).delete()


# --- parts --------------------------------------------------------------------------------------------------------
def _store(by: Account, draft: BarrierModel, model_id: UUID | None) -> BarrierModel:
    if model_id:
        draft.model_id = model_id
    create(by, draft)
    return draft


def _lock_draft(by: Account, model_id: UUID, version: int) -> BarrierModel:
    draft = lock(by, BarrierModel, model_id, version)
    if draft.state != "draft":
        raise NoDraftError
    return draft


def _change(by: Account, model_id: UUID, version: int, alter: Callable[[Process], Process]) -> BarrierModel:
    draft = _lock_draft(by, model_id, version)
    draft.content = content.write(alter(draft.steps))
    change(by, draft)
    return draft


def _there(process: Process, code: str) -> Step:
    if code not in process.steps:
        raise NotInModelError
    return process.steps[code]


def _among(barrier: Barrier, partners: tuple[str, ...]) -> Barrier:
    return replace(barrier, partners=tuple(one for one in barrier.partners if one in partners))
