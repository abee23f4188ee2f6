"""Pages of contact records: the list, a new one, one with what was recorded, and making it a case."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zicht import words
from zicht.contact.records import actions, handing_over, pages, queries
from zicht.contact.records.errors import NotForAccountError, RecordsError
from zicht.contact.records.forms import ContactForm
from zicht.contact.records.models import Contact
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only, require
from zicht.people.kept_forms import sent

ON_A_PAGE = 50


@only("contact.record")
@require_safe
def list_contacts(request: StaffRequest) -> HttpResponse:
    """Show what the own organisation recorded, newest first."""
    record_access(request.user, "listed", "contact")
    page = Paginator(queries.list_contacts(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "contact/records/list.html", {"page": page, "rows": pages.rows_of(page.object_list)})


@only("contact.record")
@require_http_methods(["GET", "HEAD", "POST"])
def new_contact(request: StaffRequest) -> HttpResponse:
    """Ask what is recorded of a contact; the address may say at which desk and by which channel it came."""
    form = ContactForm(sent(request), begin=_begin(request))
    if request.method == "POST" and form.is_valid():
        made: list[Contact] = []

        def record() -> None:
            made.append(actions.record_contact(request.user, form.values, contact_id=form.new_id))

        if _is_done(form, record):
            messages.success(request, _("The contact is recorded."))
            return redirect("contacts:contact", made[0].pk)
    desk = queries.find_desk(request.user, request.GET.get("desk", ""))
    return render(request, "contact/records/new.html", {"form": form, "desk": desk})


@only("contact.record")
@require_safe
def show_contact(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Show what was recorded of one contact."""
    contact = _find(request, contact_id)
    facts, not_asked = pages.facts_of(contact)
    is_counted = pages.is_counted(contact)
    page = pages.ContactPage(
        contact=contact,
        when=pages.when_of(contact),
        facts=facts,
        not_asked=not_asked,
        is_counted=is_counted,
        may_change=request.user.has_perm("contact.change_record", contact),
        may_open_case=is_counted and request.user.has_perm(handing_over.OPENS_CASES),
        to_weigh=handing_over.to_weigh(contact) if request.user.has_perm(handing_over.WEIGHS) else "",
    )
    return render(request, "contact/records/contact.html", {"page": page})


@only("contact.record")
@require_http_methods(["GET", "HEAD", "POST"])
def change_contact(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Ask the same again about a contact that was recorded."""
    contact = _find(request, contact_id, "contact.change_record")
    form = ContactForm(sent(request), contact=contact)

    def change() -> None:
        actions.change_contact(request.user, contact, form.values, version=form.version)

    if request.method == "POST" and form.is_valid() and _is_done(form, change):
        messages.success(request, _("The record is changed."))
        return redirect("contacts:contact", contact.pk)
    return render(request, "contact/records/change.html", {"form": form, "when": pages.when_of(contact)})


@only("contact.record")
@require_safe
def make_case(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Show which codes would go along to a new case, and ask what the person said yes to."""
    contact = _find(request, contact_id)
    require(request, handing_over.OPENS_CASES)
    if not pages.is_counted(contact):
        raise Http404
    codes = handing_over.codes_along(contact)
    page = {
        "contact": contact,
        "when": pages.when_of(contact),
        "facts": [fact for entity, values in codes.items() for fact in pages.written(entity, values)],
        "codes": [(f"{entity}.{name}", value) for entity, values in codes.items() for name, value in values.items()],
        "purposes": handing_over.purposes(),
        "consent": [(f"consent.{name}", value) for name, value in handing_over.consent_along(contact).items()],
        "is_bystander": contact.role != handing_over.IS_THE_PERSON,
    }
    return render(request, "contact/records/make_case.html", page)


# --- parts --------------------------------------------------------------------------------------------------------
def _find(request: StaffRequest, contact_id: UUID, permission: str = "contact.record") -> Contact:
    """Find a record and write down that it is looked at; every other answer is a 404."""
    contact = queries.find_contact(request.user, contact_id)
    if contact is None:
        raise Http404
    require(request, permission, contact)
    record_access(request.user, "seen", "contact", contact.pk, compartment=contact.compartment)
    return contact


def _begin(request: StaffRequest) -> dict[str, object]:
    """Give the channel that the address names, if it is one."""
    channel = request.GET.get("channel", "")
    return {} if words.check_value("contact", "channel", channel) else {"channel": channel}


def _is_done(form: ContactForm, act: Callable[[], None]) -> bool:
    """Carry out an action for a form; what it refuses is said on the form, what must not be known is a 404."""
    try:
        act()
    except NotForAccountError as hidden:
        raise Http404 from hidden
    except RecordsError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as wrong:
        form.add_refusal(wrong)
    else:
        return True
    return False
