"""What the pages of support share: coming through a door or answering 404, and asking something in a form."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zicht.care.plan.doors import Door, find_own, find_received
from zicht.cases.view_parts import is_done
from zicht.cases.wording import person_in_words
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, require
from zicht.people.short_codes import short_code

Keys = Mapping[str, UUID]  # those of an address: case_id and person_id, or referral_id


def find_door(request: StaffRequest, keys: Keys, *, writes: bool = False) -> Door:
    """Find the door to a person, or answer as if the page did not exist; `writes` is for whoever writes there."""
    if "referral_id" in keys:
        door = _find_received(request, keys["referral_id"])
    else:
        door = _find_own(request, keys["case_id"], keys["person_id"])
    if door is None or (writes and not door.reads_texts):
        raise Http404
    return door


def _find_own(request: StaffRequest, case_id: UUID, person_id: UUID) -> Door | None:
    require(request, "cases.see")
    return find_own(request.user, case_id, person_id)


def _find_received(request: StaffRequest, referral_id: UUID) -> Door | None:
    require(request, "care.support")
    return find_received(request.user, referral_id)


def look(
    request: StaffRequest, door: Door, *, verb: str = "seen", subject: str = "person", key: UUID | None = None
) -> None:
    """Write down, in the log of the organisation whose case it is, that somebody looks."""
    case = door.case
    record_access(request.user, verb, subject, key or door.person.pk, compartment=case.compartment, org=case.org)


def address_of(door: Door) -> str:
    """Give the address of the page of a person; what can be done with it stands below."""
    if door.referral is not None:
        return reverse("care:person", kwargs={"referral_id": door.referral.pk})
    return reverse("care:person", kwargs={"case_id": door.case.pk, "person_id": door.person.pk})


def ask(
    request: StaffRequest,
    door: Door,
    form: Any,
    act: Callable[[], object],
    *,
    told: str,
    page: dict[str, object],
    mark: str = "",
) -> HttpResponse:
    """Show a form about a person, carry out what it asks, and lead back to the page of the person."""
    if request.method == "POST" and form.is_valid() and is_done(form, act):
        messages.success(request, told)
        return redirect(f"{address_of(door)}{mark}")
    return render(request, "care/support/ask.html", {"form": form, **head_of(door), **page})


def head_of(door: Door) -> dict[str, object]:
    """Give what stands above every page about a person."""
    person = door.person
    return {"door": door, "back": address_of(door), "line": person_in_words(person), "code": short_code(person.pk)}
