"""Bring together what the page of a person shows of safety."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from zicht.care.plan.doors import Door
from zicht.care.plan.models import Approval, SafeContact, SafetyPlan
from zicht.care.plan.pages import LOOKS, ApprovalShown, approval_shown, due_now
from zicht.care.safety import queries, rules
from zicht.care.safety.forms import in_words as hours_in_words
from zicht.people.models import Account
from zicht.people.sealed import reveal, reveal_each
from zicht.people.wording import in_words


@dataclass(frozen=True)
class ContactShown:
    """How somebody can be reached, and whether now; nothing of the code phrase."""

    record: SafeContact
    channel: str
    hours: list[str]
    must_not_know: str
    is_safe: bool
    is_never: bool
    changes_at: dt.datetime | None


@dataclass(frozen=True)
class SafetyPlanShown:
    """One version of the safety plan."""

    record: SafetyPlan
    risks: str
    warning_signs: str
    steps: str
    who_does: str
    review_look: str
    approval: ApprovalShown | None


def contact_shown(door: Door) -> ContactShown | None:
    """Give how the person can be reached, to the team only."""
    contact = queries.find_contact(door) if door.reads_texts else None
    if contact is None:
        return None
    now = queries.contact_now(contact, timezone.now())
    return ContactShown(
        record=contact,
        channel=in_words("safe_contact", "channel", contact.channel),
        hours=hours_in_words(rules.read_hours(reveal(contact, "hours"))),
        must_not_know=in_words("safe_contact", "must_not_know", contact.must_not_know),
        is_safe=now.is_safe,
        is_never=contact.channel in rules.NOT_BY_STAFF,
        changes_at=now.changes_at,
    )


def safety_plans_shown(reader: Account, door: Door, approvals: Iterable[Approval]) -> list[SafetyPlanShown]:
    """Give the versions of the safety plan to the team only, the newest first."""
    if not door.is_own or not door.reads_texts:
        return []
    plans = list(queries.safety_plans(door))
    texts = {name: reveal_each(plans, name) for name in ("warning_signs", "steps", "who_does")}
    lines = list(approvals)
    return [
        SafetyPlanShown(
            record=plan,
            risks=in_words("safety_plan", "risks", plan.risks),
            warning_signs=texts["warning_signs"].get(plan.pk, ""),
            steps=texts["steps"].get(plan.pk, ""),
            who_does=texts["who_does"].get(plan.pk, ""),
            review_look=LOOKS.get(due_now(plan.review_on), ""),
            approval=approval_shown(reader, door, lines, plan.pk, plan.version) if plan is plans[0] else None,
        )
        for plan in plans
    ]
