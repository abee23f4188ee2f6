"""What is read about safety: the newest safety plan, and whether somebody can be reached now."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from zicht.care.plan.doors import Door
from zicht.care.plan.models import SafeContact, SafetyPlan
from zicht.care.safety import rules
from zicht.cases.models import Case
from zicht.people.sealed import reveal


def find_contact(door: Door) -> SafeContact | None:
    """Find the agreement on contact; it ended with the case, also where the row is still to be deleted."""
    if not door.is_own or not door.case.is_open:
        return None
    return SafeContact.objects.filter(person=door.person).first()


def contact_now(contact: SafeContact, now: dt.datetime) -> rules.ContactNow:
    """Tell whether the person can be reached at a moment, in the time zone of the organisation."""
    windows = rules.read_hours(reveal(contact, "hours"))
    return rules.contact_now(contact.channel, windows, now, timezone.get_current_timezone())


def safety_plans(door: Door) -> QuerySet[SafetyPlan]:
    """Give every version, the newest first."""
    return SafetyPlan.objects.filter(person=door.person, case=door.case).order_by("-version")


def ended_with_their_case() -> QuerySet[SafeContact]:
    """Give the agreements of persons all of whose cases are closed: they are deleted."""
    works_on = Case.objects.filter(persons=OuterRef("person_id"), closed_on=None)
    return SafeContact.objects.filter(~Exists(works_on))
