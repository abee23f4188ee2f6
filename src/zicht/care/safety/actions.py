"""Everything that changes what keeps a person safe: versions of the safety plan, and the agreement on contact."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.care.plan.doors import Door, pass_own, touch
from zicht.care.plan.events import remember
from zicht.care.plan.models import SafeContact, SafetyPlan
from zicht.care.safety import queries, rules
from zicht.care.safety.errors import CaseIsClosedError, NotSafeNowError, WayToReachError
from zicht.care.safety.reaching import SENTENCES, way_to_reach
from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.people.models import Account
from zicht.people.sealed import make_key, reveal

Values = Mapping[str, object]  # field name of the entity -> value


@transaction.atomic
def make_safety_plan(by: Account, door: Door, values: Values, *, safety_plan_id: UUID | None = None) -> SafetyPlan:
    """Keep what was agreed as the next version; the same identifier twice is the same version once."""
    door = pass_own(by, door)
    versions = SafetyPlan.objects.filter(person=door.person)
    if safety_plan_id and (made := versions.filter(pk=safety_plan_id).first()):
        return made
    plan = SafetyPlan(case=door.case, person=door.person, version=versions.count() + 1)
    plan.made_by, plan.made_on = by, timezone.localdate()
    if safety_plan_id:
        plan.safety_plan_id = safety_plan_id
    saving.fill(plan, values)
    remember(by, "safety_plan_made", door.case, door.person, plan.pk)
    touch(door)
    return saving.create(by, plan, door.case.compartment)


@transaction.atomic
def agree_contact(by: Account, door: Door, values: Values) -> SafeContact:
    """Keep how and when the person can be reached; the agreement before it is deleted at once.

    Without a code phrase the one before goes on, unless staff never begin. Raises WayToReachError where it holds a
    number or an address.
    """
    door = pass_own(by, door)
    if not door.case.is_open:
        raise CaseIsClosedError
    if kind := way_to_reach(str(values.get("code_phrase") or "")):
        raise WayToReachError(str(SENTENCES[kind]))
    contact, before = SafeContact(person=door.person), SafeContact.objects.filter(person=door.person).first()
    saving.fill(contact, values)
    if before and not contact.code_phrase and contact.channel not in rules.NOT_BY_STAFF:
        contact.code_phrase = reveal(before, "code_phrase")
    contact.refuse_if_wrong()
    if before:
        before.delete()
    make_key(contact)
    contact.save(force_insert=True)
    remember(by, "contact_agreed", door.case, door.person, contact.pk)
    touch(door)
    saving.log(by, "changed", contact, door.case.compartment)
    return contact


@transaction.atomic
def end_contact(by: Account, door: Door) -> None:
    """Delete the agreement on contact."""
    door = pass_own(by, door)
    contact = _find_contact(door)
    key = contact.pk
    contact.delete()
    remember(by, "contact_ended", door.case, door.person, key)
    contact.safe_contact_id = key
    saving.log(by, "changed", contact, door.case.compartment)


@transaction.atomic
def open_contact(by: Account, door: Door) -> str:
    """Give the code phrase to whoever makes contact, and write down that it was shown.

    Raises NotSafeNowError outside the hours that are safe: then nothing of it is given.
    """
    door = pass_own(by, door)
    contact = _find_contact(door)
    if not queries.contact_now(contact, timezone.now()).is_safe:
        raise NotSafeNowError
    phrase = reveal(contact, "code_phrase")
    remember(by, "contact_shown", door.case, door.person, contact.pk)
    saving.log(by, "seen", contact, door.case.compartment)
    return phrase


def delete_ended() -> int:
    """Delete the agreements of persons all of whose cases are closed, and give their number."""
    return queries.ended_with_their_case().delete()[0]


def _find_contact(door: Door) -> SafeContact:
    contact = queries.find_contact(door)
    if contact is None:
        raise NotThereError
    return contact
