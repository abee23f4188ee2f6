"""The way of a person through the chain, from coming in to support: one line for each step that the reader may see.

Who first got in touch does not stand here: a report and the case that came of it do not know each other, so that who
reported cannot be found from the file of whom it is about.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from zicht.care.models import Referral, Stay
from zicht.care.plan.doors import Door
from zicht.care.referrals import queries
from zicht.people.models import Account
from zicht.people.short_codes import short_code
from zicht.people.wording import RESTING, in_words


@dataclass(frozen=True)
class WayStep:
    """One step of the way: what, when, what else is known of it, and the page where it stands."""

    label: str
    day: dt.date | None
    detail: str = ""
    address: str = ""
    is_now: bool = False


def way_of(reader: Account, door: Door) -> list[WayStep]:
    """Give the steps of the way in the order in which the chain has them."""
    return [*(_own(reader, door) if door.is_own else _received(reader, door))]


def _own(reader: Account, door: Door) -> Iterator[WayStep]:
    case = door.case
    if case.incoming_from or case.incoming_date or case.incoming_reason not in RESTING:
        told = [str(case.incoming_from or ""), in_words("case", "incoming_reason", case.incoming_reason)]
        detail = ", ".join(part for part in told if part)
        yield WayStep(_("Came in"), case.incoming_date, detail)
    address = reverse("cases:case", args=[case.pk])
    state = in_words("case", "state", case.state)
    yield WayStep(_("Case %(code)s") % {"code": short_code(case.pk)}, case.opened_on, state, address, case.is_open)
    referrals = list(queries.referrals_of(case).filter(person=door.person))
    for one in sorted(referrals, key=lambda one: (str(one.sent_on or ""), str(one.pk))):
        yield _referred(one, reverse("care:case", args=[case.pk]))
    yield from _stays(reader, referrals)


def _received(reader: Account, door: Door) -> Iterator[WayStep]:
    referral = door.referral
    if referral is None:
        return
    label = _("Referred by %(sender)s") % {"sender": referral.from_org}
    state = in_words("referral", "state", referral.state)
    yield WayStep(label, referral.sent_on, state, reverse("care:referral", args=[referral.pk]), is_now=True)
    yield from _stays(reader, [referral])


def _referred(referral: Referral, address: str) -> WayStep:
    label = _("Referral to %(receiver)s") % {"receiver": referral.to_org}
    day = referral.arrived_on or referral.decided_on or referral.sent_on
    state = in_words("referral", "state", referral.state)
    return WayStep(label, day, state, address, referral.state in ("sent", "accepted", "arrived"))


def _stays(reader: Account, referrals: list[Referral]) -> Iterator[WayStep]:
    """Give stays in the own shelters to whoever places people there; nobody else learns that there is one."""
    ours = [one.pk for one in referrals if one.to_org_id == reader.org_id]
    if not ours or not reader.has_perm("care.place"):
        return
    for stay in Stay.objects.filter(referral__in=ours).order_by("from_date", "stay_id"):
        until = stay.until_date or stay.planned_until
        told = _("until %(day)s") if stay.until_date else _("planned until %(day)s")
        detail = told % {"day": in_words("stay", "planned_until", until)}
        yield WayStep(_("Stay"), stay.from_date, detail, reverse("care:stay", args=[stay.pk]), not stay.until_date)
