"""Pages of safety: the next version of the safety plan, the agreement on contact, and making contact."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zicht.care.plan.view_parts import address_of, ask, find_door, head_of, look
from zicht.care.safety import actions, queries
from zicht.care.safety.forms import ContactForm, SafetyPlanForm
from zicht.care.safety.pages import contact_shown
from zicht.care.view_parts import carry_out
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent

ASKS = ["GET", "HEAD", "POST"]


@only("cases.see")
@never_cache
@require_http_methods(ASKS)
def write_safety_plan(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Ask what was agreed, beginning with the version before, and keep it as the next one."""
    door = find_door(request, keys, writes=True)
    form = SafetyPlanForm(sent(request), last=queries.safety_plans(door).first())
    look(request, door, subject="safety_plan")
    page: dict[str, object] = {"heading": _("Safety plan"), "button": _("Keep this version")}
    return ask(
        request,
        door,
        form,
        lambda: actions.make_safety_plan(request.user, door, form.values, safety_plan_id=form.new_id),
        told=_("The safety plan is kept. Earlier versions stay."),
        page=page,
        mark="#safety",
    )


@only("cases.see")
@never_cache
@require_http_methods(ASKS)
def agree_contact(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Ask how and when the person can be reached without danger."""
    door = find_door(request, keys, writes=True)
    contact = queries.find_contact(door)
    form = ContactForm(sent(request), contact=contact)
    look(request, door, subject="safe_contact", key=contact.pk if contact else None)
    notice = _("Keep no telephone number, e-mail address, account or address here: whoever makes contact has them.")
    page: dict[str, object] = {"heading": _("Safe contact"), "button": _("Keep this agreement"), "notice": notice}
    return ask(
        request,
        door,
        form,
        lambda: actions.agree_contact(request.user, door, form.values),
        told=_("The agreement is kept, and the one before it deleted."),
        page=page,
        mark="#contact",
    )


@only("cases.see")
@never_cache
@require_POST
def make_contact(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Show the code phrase to whoever makes contact now; outside the safe hours nothing is shown."""
    door = find_door(request, keys, writes=True)
    shown: dict[str, object] = {}
    if not carry_out(request, lambda: shown.update(phrase=actions.open_contact(request.user, door))):
        return redirect(f"{address_of(door)}#contact")
    page = {"contact": contact_shown(door), "now": timezone.localtime(), **shown, **head_of(door)}
    return render(request, "care/support/contact_open.html", page)


@only("cases.see")
@require_POST
def end_contact(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Delete the agreement on contact."""
    door = find_door(request, keys, writes=True)
    if carry_out(request, lambda: actions.end_contact(request.user, door)):
        messages.success(request, _("The agreement is deleted. Nobody makes contact until there is a new one."))
    return redirect(f"{address_of(door)}#contact")
