"""Pages of dossiers for partners outside Zicht: making one, the page that opens it, and asking for its deletion."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care.dossiers import actions
from zicht.care.models import Referral
from zicht.care.referrals import queries
from zicht.care.referrals.forms import DossierForm
from zicht.care.view_parts import carry_out
from zicht.cases.handing.views import hand_over
from zicht.cases.models import Case
from zicht.cases.view_parts import find_case, is_done, look
from zicht.people.guard import StaffRequest, only
from zicht.people.locked_files import File, download
from zicht.people.short_codes import short_code

READER = Path(__file__).parent / "data" / "open-dossier.html"


@only("cases.see")
@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: StaffRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Ask for how long a dossier can be opened, make it, and show its code this one time."""
    case = find_case(request, case_id, "cases.change")
    referral = _find(case, referral_id)
    look(request, case, referral.person)
    form, made = DossierForm(request.POST or None), list[actions.Made]()
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        if is_done(form, lambda: made.append(actions.make_dossier(request.user, case, referral, days))):
            back = reverse("care:case", args=[case.pk])
            return hand_over(request, made[0].file, back=back, template="care/dossier_made.html")
    shown = {"case": case, "referral": referral, "form": form, "code": short_code(referral.person_id)}
    return render(request, "care/dossier.html", shown)


@only("cases.see")
@require_POST
def recall(request: StaffRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Note that the partner was asked to delete a dossier."""
    case = find_case(request, case_id, "cases.change")
    referral = _find(case, referral_id)
    if carry_out(request, lambda: actions.note_recall(request.user, case, referral)):
        messages.success(request, _("Noted: the partner was asked to delete the dossier."))
    return redirect("care:case", case.pk)


@only("cases.see")
@require_safe
def give_reader(_request: StaffRequest) -> HttpResponse:
    """Give the page that opens dossiers without a network, to send to partners."""
    return download(File(READER.read_bytes(), READER.name, "text/html; charset=utf-8"))


def _find(case: Case, referral_id: UUID) -> Referral:
    found = queries.find_sent(case, referral_id)
    if found is None or queries.is_inside(found.to_org):
        raise Http404
    return found
