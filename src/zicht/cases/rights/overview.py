"""The page from which requests, retention, breaches and drafts are reached, with what waits there."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zicht.cases.models import LegalClock, SubjectRequest
from zicht.cases.rights.consent.queries import to_look_at
from zicht.cases.rights.requests.queries import requests_of, terms_of
from zicht.cases.rights.rules import RUNNING
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.models import Account
from zicht.people.short_codes import short_code

MOST_ASIDE = 20  # consents on this page


@dataclass(frozen=True)
class Place:
    """A page with what waits there."""

    address: str
    label: str
    waits: str


@only("people.see_organisation")
@require_safe
def show_overview(request: StaffRequest) -> HttpResponse:
    """Show the pages about the rights of persons that the reader may open."""
    places = list(_places(request.user))
    if not places:
        raise Http404
    found = list(to_look_at(request.user)[:MOST_ASIDE]) if request.user.has_perm("cases.see") else []
    if found:
        record_access(request.user, "listed", "consent")
    aside = [(one, short_code(one.person_id)) for one in found if one.person_id]
    return render(request, "cases/rights/overview.html", {"places": places, "aside": aside})


def _places(reader: Account) -> list[Place]:
    may = reader.has_perm
    found = []
    if may("cases.see_terms_of_requests"):
        requests = requests_of(reader) if may("cases.handle_requests") else terms_of(reader)
        waits = _waiting_requests(requests)
        found.append(Place(reverse("cases:requests"), _("Requests of persons about their data"), waits))
    if may("cases.set_retention"):
        found.append(Place(reverse("cases:retention"), _("Retention"), ""))
    if may("cases.keep_breaches"):
        found.append(Place(reverse("cases:breaches"), _("Data breaches"), _running_breaches(reader)))
    if may("cases.keep_webhooks"):
        found.append(Place(reverse("cases:webhooks"), _("Webhooks: other systems that are told of changes"), ""))
    if may("cases.read_processing"):
        found.append(Place(reverse("cases:processing"), _("Processing register and impact assessment (drafts)"), ""))
    return found


def _waiting_requests(requests: QuerySet[SubjectRequest]) -> str:
    is_missed = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    found = requests.filter(answered_on=None).order_by().aggregate(n=Count("pk"), missed=is_missed)
    waits = ngettext("%(n)s waits for an answer", "%(n)s wait for an answer", found["n"]) % {"n": found["n"]}
    return ", ".join([waits, *_missed(found["missed"])])


def _running_breaches(reader: Account) -> str:
    running = LegalClock.objects.filter(org=reader.org_id, kind="breach_report", state=RUNNING)
    found = running.aggregate(n=Count("pk"), missed=Count("pk", filter=Q(ends_at__lte=timezone.now())))
    told = ngettext("%(n)s report must still be made", "%(n)s reports must still be made", found["n"])
    return ", ".join([told % {"n": found["n"]}, *_missed(found["missed"])])


def _missed(n: int) -> list[str]:
    """Say how many of them missed their term; nothing when none did."""
    return [ngettext("%(n)s missed its term", "%(n)s missed their term", n) % {"n": n}] if n else []
