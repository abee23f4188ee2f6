"""What the pages of intake share: finding something or answering 404, and doing something with a form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict

from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest
from zicht.signals.intake import queries
from zicht.signals.intake.errors import IntakeError, NotThereError
from zicht.signals.intake.forms import VersionForm
from zicht.signals.models import Intake


def find_intake(request: StaffRequest, intake_id: UUID) -> Intake:
    """Find something that the reader may weigh; every other answer is a 404."""
    found = queries.find(request.user, intake_id)
    if found is None:
        raise Http404
    return found


def look(request: StaffRequest, intake: Intake, verb: str = "seen") -> None:
    """Write down that it is looked at."""
    record_access(request.user, verb, "intake", intake.pk, compartment=intake.compartment)


def is_done(form: Any, act: Callable[[], object]) -> bool:
    """Carry out an action for a form; what it refuses is said on the form, what must not be known is a 404."""
    try:
        act()
    except NotThereError as hidden:
        raise Http404 from hidden
    except IntakeError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as wrong:
        if hasattr(form, "add_refusal"):
            form.add_refusal(wrong)
        else:
            form.add_error(None, wrong.messages)
    else:
        return True
    return False


def refusals_of(act: Callable[[], object]) -> list[str]:
    """Carry out what a button asks, and give what is refused in sentences; what must not be known is a 404."""
    form = forms.Form({})
    form.is_valid()
    is_done(form, act)
    return [str(sentence) for sentence in form.non_field_errors()]


def version_of(sent: QueryDict) -> int:
    """Give the version that a button carries; a forged one is a 404."""
    form = VersionForm(sent)
    if not form.is_valid():
        raise Http404
    return int(form.cleaned_data["version"])
