"""The page from which requests, retention, breaches and drafts are reached, with what waits there."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zicht.cases.models import LegalClock
from zicht.cases.queries import short_code
from zicht.cases.rights.consent.queries import to_look_at
from zicht.cases.rights.requests.queries import requests_of, terms_of
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.models import Account

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
        n = requests.filter(answered_on=None).count()
        waits = ngettext("%(n)s waits for an answer", "%(n)s wait for an answer", n) % {"n": n}
        found.append(Place(reverse("cases:requests"), _("Requests of persons about their data"), waits))
    if may("cases.set_retention"):
        found.append(Place(reverse("cases:retention"), _("Retention"), ""))
    if may("cases.keep_breaches"):
        found.append(Place(reverse("cases:breaches"), _("Data breaches"), _running_breaches(reader)))
    if may("cases.read_processing"):
        found.append(Place(reverse("cases:processing"), _("Processing register and impact assessment (drafts)"), ""))
    return found


def _running_breaches(reader: Account) -> str:
    running = LegalClock.objects.filter(org=reader.org_id, kind="breach_report", state="running")
    late = running.filter(ends_at__lt=timezone.now()).count()
    if late:
        return ngettext("%(n)s report is late", "%(n)s reports are late", late) % {"n": late}
    n = running.count()
    return ngettext("%(n)s report must still be made", "%(n)s reports must still be made", n) % {"n": n}
