"""Read what is arranged at the desks of an organisation."""

from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from zicht.contact.models import Desk, Holiday, Hours, Membership, OrganisationRoot
from zicht.contact.rules import roles_at
from zicht.people.models import Account, RoleGrant


def desks_of_organisation(reader: Account) -> QuerySet[Desk]:
    """Give the desks of the reader's organisation, with how many people each has."""
    members = Count("memberships", filter=Q(memberships__left_on=None))
    return Desk.objects.filter(org_id=reader.org_id).annotate(members=members).order_by("slug")


def find_desk(reader: Account, slug: str) -> Desk | None:
    """Find a desk of the reader's organisation."""
    return desks_of_organisation(reader).filter(slug=slug).first()


def find_hours(desk: Desk, hours_id: int) -> Hours | None:
    """Find opening hours of a desk."""
    return desk.hours.select_related("desk").filter(pk=hours_id).first()


def coming_holidays(desk: Desk) -> QuerySet[Holiday]:
    """Give the days from today on which a desk is closed."""
    return desk.holidays.filter(day__gte=timezone.localdate())


def find_holiday(desk: Desk, holiday_id: int) -> Holiday | None:
    """Find a day on which a desk is closed."""
    return desk.holidays.select_related("desk").filter(pk=holiday_id).first()


def members_of(desk: Desk) -> QuerySet[Membership]:
    """Give who belongs to a desk and who did, those who do first."""
    rows = desk.memberships.select_related("account").prefetch_related("account__grants")
    return rows.order_by(F("left_on").asc(nulls_first=True), "account__shown_as", "pk")


def find_member(desk: Desk, membership_id: int) -> Membership | None:
    """Find somebody who belongs to a desk."""
    found = desk.memberships.select_related("account", "desk").filter(pk=membership_id, left_on=None)
    return found.first()


def possible_members(desk: Desk) -> QuerySet[Account]:
    """Give the accounts of the organisation that may answer and do not belong to the desk."""
    here = desk.memberships.filter(left_on=None)
    answering = RoleGrant.objects.filter(role__in=sorted(roles_at(desk.purpose)), ended_on=None)
    found = Account.objects.filter(org_id=desk.org_id, status="active", pk__in=answering.values("account_id"))
    return found.exclude(pk__in=here.values("account_id")).order_by("shown_as", "login")


def root_of(organisation_id: UUID) -> bytes | None:
    """Give the public half of an organisation's root, if it was entered."""
    found = OrganisationRoot.objects.filter(org_id=organisation_id).first()
    return bytes(found.root) if found else None
