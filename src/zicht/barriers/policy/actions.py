"""Everything that is written about municipal policy: one record for each municipality, by hand or from a table."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from zicht.barriers.events import remember
from zicht.barriers.models import Policy
from zicht.barriers.saving import authorise, change, create, lock, one_at_a_time
from zicht.cases import saving
from zicht.people.actions import record_access
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value


@transaction.atomic
def save_policy(by: Account, municipality: str, values: Values, *, version: int | None = None) -> Policy:
    """Write down what is known about a municipality: the first time a new record, then a change of it.

    `version` is what the form was opened with, 0 where there was no record yet.
    """
    authorise(by)
    one_at_a_time(by)
    found = Policy.objects.visible_to(by).filter(municipality=municipality).first()
    if found is None:
        policy = Policy(org_id=by.org_id, municipality=municipality)
        create(by, policy, values)
        _remember(by, "policy_added", policy, "")
        return policy
    policy = lock(by, Policy, found.pk, version)
    before = policy.state
    change(by, policy, values)
    _remember(by, "policy_changed", policy, before)
    return policy


@dataclass
class TakenIn:
    """What came of the rows of a table: new or changed, nothing new, and those of which something newer is known."""

    changed: int = 0
    same: int = 0
    older: dict[str, dt.date] = field(default_factory=dict)  # municipality -> day on which that was looked up


@transaction.atomic
def take_in(by: Account, rows: Sequence[tuple[str, Values]]) -> TakenIn:
    """Take in rows of a table by municipality; one that was looked up earlier than what is known does not undo that."""
    authorise(by)
    one_at_a_time(by)
    known = {one.municipality: one for one in Policy.objects.visible_to(by).select_for_update(of=("self",))}
    taken = TakenIn()
    for municipality, values in rows:
        policy = known.get(municipality) or Policy(org_id=by.org_id, municipality=municipality)
        is_new, before = policy._state.adding, policy.state
        if not is_new and all(getattr(policy, name) == value for name, value in values.items()):
            taken.same += 1
            continue
        if not is_new and _day_of(values) < policy.checked_on:
            taken.older[municipality] = policy.checked_on
            continue
        saving.fill(policy, values)
        policy.version += 0 if is_new else 1
        policy.save(force_insert=is_new)
        _remember(by, "policy_added" if is_new else "policy_changed", policy, before if not is_new else "")
        taken.changed += 1
    record_access(by, "imported", Policy.words_entity)
    return taken


def _day_of(values: Values) -> dt.date:
    day = values["checked_on"]
    assert isinstance(day, dt.date)  # noqa: S101 - every row was examined
    return day


def _remember(by: Account, deed: str, policy: Policy, before: str) -> None:
    remember(by, deed, policy.pk, policy.municipality, before=before, after=policy.state, area=policy.municipality)
