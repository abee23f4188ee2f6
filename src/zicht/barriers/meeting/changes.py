"""Tell what changed between meetings: a line for each action, model and municipality, however often it changed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zicht.barriers.models import BarrierAction, BarrierEvent, BarrierModel
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.wording import place_in_words

MOST_TOWNS = 5  # told by name; of more, how many they are
ACTION, MODEL, POLICY = "action_", "model_published", "policy_"  # how deeds begin
LISTS = {"action_added": "action_state", "action_moved": "action_state", "action_evaluated": "barrier_effect"}


@dataclass(frozen=True)
class Change:
    """What became of one record: when that was last, what it is, where, and how it stands now."""

    at: dt.datetime
    what: str
    where: str
    address: str
    tags: list[str]


def changes_of(reader: Account, events: Sequence[BarrierEvent]) -> list[Change]:
    """Give what became of each record, the newest change first; `events` are the newest first too."""
    return sorted(_changes(reader, events), key=lambda one: one.at, reverse=True)


def _changes(reader: Account, events: Sequence[BarrierEvent]) -> Iterator[Change]:
    by_record: dict[UUID, list[BarrierEvent]] = {}
    for event in events:
        by_record.setdefault(event.record_ref, []).append(event)
    seen = BarrierAction.objects.visible_to(reader).select_related("lead_org")
    actions = seen.in_bulk([key for key, own in by_record.items() if own[0].deed.startswith(ACTION)])
    models = BarrierModel.objects.visible_to(reader).in_bulk(
        [key for key, own in by_record.items() if own[0].deed == MODEL]
    )
    towns = [own for own in by_record.values() if own[0].deed.startswith(POLICY)]
    if len(towns) > MOST_TOWNS:
        yield _many_towns(towns)
    for key, own in by_record.items():
        if key in actions:
            yield _of_action(actions[key], own)
        elif key in models:
            yield _of_model(models[key], own)
        elif own[0].deed.startswith(POLICY) and len(towns) <= MOST_TOWNS:
            yield _of_town(own)


def _of_action(action: BarrierAction, events: Sequence[BarrierEvent]) -> Change:
    tags = [_("new")] if any(event.deed == "action_added" for event in events) else []
    for deeds in (("action_added", "action_moved"), ("action_evaluated",)):
        last = next((event for event in events if event.deed in deeds), None)
        if last:
            tags.append(label_of(LISTS[last.deed], last.after))
    where = f"{action.barrier}, {action.lead_org}, {action.area_name}"
    return Change(
        events[0].happened_at, action.what, where, reverse("barriers:action", args=[action.pk]), tags or [_("changed")]
    )


def _of_model(model: BarrierModel, events: Sequence[BarrierEvent]) -> Change:
    address = reverse("barriers:versions", args=[model.process])
    tag = _("version %(number)d in use") % {"number": model.number}
    return Change(events[0].happened_at, model.name, model.process, address, [tag])


def _of_town(events: Sequence[BarrierEvent]) -> Change:
    town = events[0].subject
    state = label_of("policy_state", events[0].after)
    return Change(
        events[0].happened_at, place_in_words(town), _("policy"), reverse("barriers:town", args=[town]), [state]
    )


def _many_towns(towns: Sequence[Sequence[BarrierEvent]]) -> Change:
    new = sum(any(event.deed == "policy_added" for event in own) for own in towns)
    changed = len(towns) - new
    tags = [ngettext("%(n)d new", "%(n)d new", new) % {"n": new}] if new else []
    tags += [ngettext("%(n)d changed", "%(n)d changed", changed) % {"n": changed}] if changed else []
    what = _("Policy of %(n)d municipalities") % {"n": len(towns)}
    return Change(max(own[0].happened_at for own in towns), what, "", reverse("barriers:policy"), tags)
