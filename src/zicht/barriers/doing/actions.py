"""Everything that changes an action: it is agreed on, changed, taken a step further, and evaluated."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.barriers import rules
from zicht.barriers.errors import NotEvaluatedYetError, NotInModelError, WrongActionStepError
from zicht.barriers.events import remember
from zicht.barriers.models import BarrierAction, BarrierModel
from zicht.barriers.processes.content import barriers_of
from zicht.barriers.saving import authorise, change, create, lock
from zicht.cases.errors import NotThereError
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value


@transaction.atomic
def add_action(by: Account, model_id: UUID, values: Values, *, action_id: UUID | None = None) -> BarrierAction:
    """Agree on an action against a step, under the version in use; the same `action_id` twice is the same action once.

    Raises NotInModelError for a barrier that the version does not have.
    """
    authorise(by)
    made: BarrierAction | None = BarrierAction.objects.visible_to(by).filter(pk=action_id).first()
    if made is not None:
        return made
    model = BarrierModel.objects.visible_to(by).filter(pk=model_id, state="published").first()
    if model is None:
        raise NotThereError
    action = BarrierAction(org_id=by.org_id, model=model, process=model.process)
    if action_id:
        action.action_id = action_id
    action.barrier = str(values["barrier"])
    action.step = _step_of(model, action.barrier)
    create(by, action, values)
    _remember(by, "action_added", action, after=action.state)
    return action


@transaction.atomic
def change_action(by: Account, action_id: UUID, values: Values, *, version: int) -> BarrierAction:
    """Change what is agreed; the barrier and the version it was made under stay."""
    action = lock(by, BarrierAction, action_id, version)
    area = action.area_code
    change(by, action, {name: value for name, value in values.items() if name != "barrier"})
    for one in dict.fromkeys((area, action.area_code)):  # where it was, too: it is gone from there
        remember(by, "action_changed", action.pk, action.barrier, area=one)
    return action


@transaction.atomic
def move_action(by: Account, action_id: UUID, state: str, *, version: int | None = None) -> BarrierAction:
    """Take an action a step further; raises WrongActionStepError when it went on meanwhile.

    Somebody who looked at a page gives the `version` that stood there.
    """
    action = lock(by, BarrierAction, action_id)
    if version not in (None, action.version) or not rules.may_follow(action.state, state):
        raise WrongActionStepError
    before, today = action.state, timezone.localdate()
    action.state = state
    action.ended_on = today if state in ("done", "dropped") else None
    if state == "running" and (action.start_on is None or action.start_on > today):
        action.start_on = today
    change(by, action)
    _remember(by, "action_moved", action, before=before, after=state)
    return action


@transaction.atomic
def evaluate(by: Account, action_id: UUID, values: Values, *, version: int) -> BarrierAction:
    """Write down whether a barrier works, under the version that the action was made under."""
    action = lock(by, BarrierAction, action_id, version)
    if action.state not in rules.EVALUATED_STATES:
        raise NotEvaluatedYetError
    before = action.effect
    change(by, action, {**values, "evaluated_on": timezone.localdate()})
    _remember(by, "action_evaluated", action, before=before, after=action.effect)
    return action


# --- parts --------------------------------------------------------------------------------------------------------
def _step_of(model: BarrierModel, barrier: str) -> str:
    found = barriers_of(model.steps).get(barrier)
    if found is None:
        raise NotInModelError
    return found[0].code


def _remember(by: Account, deed: str, action: BarrierAction, *, before: str = "", after: str = "") -> None:
    remember(by, deed, action.pk, action.barrier, before=before, after=after, area=action.area_code)
