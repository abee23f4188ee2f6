"""Pages about desks. Somebody of another organisation, or without the right, gets a page that is not there."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.contact.desk.keys import needs_new_key
from zicht.contact.desks import actions, queries
from zicht.contact.desks.errors import DesksError, PurposeError
from zicht.contact.desks.forms import DAYS, DeskForm, HolidayForm, HoursForm, MemberForm, NewDeskForm, RootForm
from zicht.contact.models import Desk, Hours
from zicht.contact.rules import wall_of
from zicht.contact.sealing.page_manifest import fingerprint
from zicht.contact.sealing.six_words import words_of_key
from zicht.contact.visitor_page.building import KEYS_FILE_OF
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of, language
from zicht.people.guard import StaffRequest, only

T = TypeVar("T")
ARRANGE = "contact.arrange"
OF_A_DESK = ("label_nl", "label_en", "languages", "purpose", "takes_files", "is_paused")


@only(ARRANGE)
@require_safe
def list_desks(request: StaffRequest) -> HttpResponse:
    """Show the desks of the organisation."""
    record_access(request.user, "listed", "desk", compartment=wall_of(request.user))
    desks = list(queries.desks_of_organisation(request.user))
    root = queries.root_of(request.user.org_id)
    rights = {"leads": request.user.has_perm("contact.lead"), "answers": request.user.has_perm("contact.answer")}
    shown = {"desks": desks, "has_root": root is not None, **rights}
    return render(request, "contact/desks/list.html", shown)


@only(ARRANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def make_desk(request: StaffRequest) -> HttpResponse:
    """Make a desk."""
    form = NewDeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        desk = _try(form, "slug", lambda: actions.make_desk(request.user, form.cleaned_data))
        if desk is not None:
            return redirect("desks:desk", desk.slug)
    return render(request, "contact/desks/make.html", {"form": form})


@only(ARRANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_desk(request: StaffRequest, slug: str) -> HttpResponse:
    """Change what a desk is called and what it takes."""
    desk = _find(request, slug)
    form = DeskForm(request.POST or None, initial={name: getattr(desk, name) for name in OF_A_DESK})
    if request.method == "POST" and form.is_valid():
        done = _try(form, None, lambda: actions.change_desk(request.user, desk, form.cleaned_data))
        if done is not None:
            return redirect("desks:desk", desk.slug)
    return render(request, "contact/desks/change.html", {"form": form, "desk": desk})


@only(ARRANGE)
@require_safe
def show_desk(request: StaffRequest, slug: str) -> HttpResponse:
    """Show a desk with its hours and people."""
    return _show(request, _find(request, slug))


# --- hours ------------------------------------------------------------------------------------------------------
@only(ARRANGE)
@require_POST
def add_hours(request: StaffRequest, slug: str) -> HttpResponse:
    """Open a desk on some days."""
    desk = _find(request, slug)
    form = HoursForm(request.POST, desk=desk)
    if not form.is_valid():
        return _show(request, desk, hours_form=form)
    given = form.cleaned_data
    actions.add_hours(request.user, desk, given["days"], given["opens"], given["closes"], given["languages"])
    return redirect("desks:desk", desk.slug)


@only(ARRANGE)
@require_POST
def remove_hours(request: StaffRequest, slug: str, hours_id: int) -> HttpResponse:
    """Take back opening hours."""
    actions.remove_hours(request.user, _or_404(queries.find_hours(_find(request, slug), hours_id)))
    return redirect("desks:desk", slug)


@only(ARRANGE)
@require_POST
def add_holiday(request: StaffRequest, slug: str) -> HttpResponse:
    """Close a desk on a day."""
    desk = _find(request, slug)
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _show(request, desk, holiday_form=form)
    actions.add_holiday(request.user, desk, form.cleaned_data["day"])
    return redirect("desks:desk", desk.slug)


@only(ARRANGE)
@require_POST
def remove_holiday(request: StaffRequest, slug: str, holiday_id: int) -> HttpResponse:
    """Open a desk on a day again."""
    actions.remove_holiday(request.user, _or_404(queries.find_holiday(_find(request, slug), holiday_id)))
    return redirect("desks:desk", slug)


# --- people -----------------------------------------------------------------------------------------------------
@only(ARRANGE)
@require_POST
def add_member(request: StaffRequest, slug: str) -> HttpResponse:
    """Let somebody belong to a desk."""
    desk = _find(request, slug)
    form = MemberForm(request.POST, possible=queries.possible_members(desk))
    if form.is_valid():
        added = _try(form, "account", lambda: actions.add_member(request.user, desk, form.cleaned_data["account"]))
        if added is not None:
            return redirect("desks:desk", desk.slug)
    return _show(request, desk, member_form=form)


@only(ARRANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_member(request: StaffRequest, slug: str, membership_id: int) -> HttpResponse:
    """Say what it means that somebody leaves, and let her leave."""
    desk = _find(request, slug)
    member = _or_404(queries.find_member(desk, membership_id))
    if request.method == "POST":
        actions.end_member(request.user, member)
        messages.success(
            request, _("%(account)s left the desk. A lead makes a new key now.") % {"account": member.account}
        )
        return redirect("desks:desk", desk.slug)
    record_access(request.user, "seen", "desk", desk.pk, compartment=wall_of(request.user))
    return render(request, "contact/desks/end.html", {"desk": desk, "member": member})


# --- the root ---------------------------------------------------------------------------------------------------
@only(ARRANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def set_root(request: StaffRequest) -> HttpResponse:
    """Show the root of the organisation by its fingerprint and words, and enter it."""
    root = queries.root_of(request.user.org_id)
    form = RootForm(request.POST or None, is_change=root is not None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        field = "typed" if root else "root"
        kept = _try(form, field, lambda: actions.set_root(request.user, given["root"], given.get("typed", "")))
        if kept is not None:
            messages.success(request, _("The root was kept. Compare its words with the stewards now."))
            return redirect("desks:root")
    record_access(request.user, "seen", "organisation", request.user.org_id, compartment=wall_of(request.user))
    shown = {"fingerprint": fingerprint(root), "words": words_of_key(root, language())} if root else {}
    return render(request, "contact/desks/root.html", {"form": form, **shown})


# --- parts ------------------------------------------------------------------------------------------------------
def _find(request: StaffRequest, slug: str) -> Desk:
    return _or_404(queries.find_desk(request.user, slug))


def _or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


def _try(form: Form, field: str | None, work: Callable[[], T]) -> T | None:
    """Do it, or put into the form why not."""
    try:
        return work()
    except DesksError as refusal:
        form.add_error("purpose" if isinstance(refusal, PurposeError) else field, str(refusal))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
    return None


def _show_hours(hours: Hours) -> dict[str, object]:
    languages = [label_of("iso639", code) for code in hours.languages]
    return {"hours": hours, "day": dict(DAYS)[hours.weekday], "languages": languages}


def _show(request: StaffRequest, desk: Desk, **forms: Form) -> HttpResponse:
    record_access(request.user, "seen", "desk", desk.pk, compartment=wall_of(request.user))
    members = list(queries.members_of(desk))
    page = {
        "desk": desk,
        "languages": [label_of("iso639", code) for code in desk.languages],
        "hours": [_show_hours(one) for one in desk.hours.all()],
        "holidays": list(queries.coming_holidays(desk)),
        "members": [one for one in members if one.left_on is None],
        "former": [one for one in members if one.left_on is not None],
        "keys_file": KEYS_FILE_OF.get(language(), KEYS_FILE_OF["en"]),
        "is_key_due": needs_new_key(desk),
        "hours_form": HoursForm(desk=desk),
        "holiday_form": HolidayForm(),
        "member_form": MemberForm(possible=queries.possible_members(desk)),
        **forms,
    }
    return render(request, "contact/desks/desk.html", page)
