"""What the pages of this room share: finding what was referred or answering 404, and doing what a button asks."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from zicht.care.models import Referral
from zicht.care.referrals import queries
from zicht.cases.errors import CasesError, NotAllowedError, NotThereError
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest


def find_received(request: StaffRequest, referral_id: UUID) -> Referral:
    """Find a referral that the reader may see now, or answer as if it did not exist."""
    found = queries.find_received(request.user, referral_id)
    if found is None:
        raise Http404
    return found


def look(request: StaffRequest, referral: Referral) -> None:
    """Write down, in the log of the organisation whose case it is, that a referral is looked at."""
    case = referral.case
    record_access(request.user, "seen", "referral", referral.pk, compartment=case.compartment, org=case.org)


def carry_out(request: StaffRequest, act: Callable[[], object]) -> bool:
    """Carry out an action of a button; what it refuses is said, what must not be known is a 404."""
    try:
        act()
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def back_to(request: StaffRequest, referral: Referral) -> HttpResponse:
    """Lead back to a referral, or to the list where it may not be seen any more."""
    if queries.find_received(request.user, referral.pk):
        return redirect("care:referral", referral.pk)
    return redirect("care:received")
