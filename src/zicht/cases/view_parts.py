"""What the pages of this room share: finding a record or answering 404, and doing something with a form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from zicht.cases import queries
from zicht.cases.errors import CasesError, ChangedMeanwhileError, NotAllowedError, NotThereError
from zicht.cases.models import Case, Exploitation, Person
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, require


def find_case(request: StaffRequest, case_id: UUID, permission: str = "cases.see") -> Case:
    """Find a case that the reader may see, and may do this with; every other answer is a 404."""
    case = queries.find_case(request.user, case_id)
    if case is None:
        raise Http404
    require(request, permission, case)
    return case


def find_person(request: StaffRequest, case: Case, person_id: UUID) -> Person:
    """Find a person of a case."""
    person = queries.find_person(request.user, case, person_id)
    if person is None:
        raise Http404
    return person


def find_episode(request: StaffRequest, case: Case, episode_id: UUID) -> Exploitation:
    """Find an episode of a person of a case."""
    episode = queries.find_episode(request.user, case, episode_id)
    if episode is None:
        raise Http404
    return episode


def require_text(request: StaffRequest, case: Case) -> None:
    """Answer as if a page did not exist to whoever does not read the texts of a case."""
    if not queries.may_read_text(request.user, case):
        raise Http404


def look(request: StaffRequest, case: Case, record: Any = None, *, verb: str = "seen") -> None:
    """Write down that a record is looked at, or taken along."""
    shown = record or case
    record_access(request.user, verb, shown.words_entity, shown.pk, compartment=case.compartment)


def is_done(form: Any, act: Callable[[], object]) -> bool:
    """Carry out an action for a form; what it refuses is said on the form, what must not be known is a 404."""
    try:
        act()
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except ChangedMeanwhileError:
        form.add_error(None, _("Somebody else changed this meanwhile. Nothing was saved. Look at it and try again."))
    except CasesError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as wrong:
        _show(form, wrong)
    else:
        return True
    return False


def _show(form: Any, wrong: ValidationError) -> None:
    """Show what a save refused at the fields it is about, as far as the form has them."""
    if hasattr(form, "add_refusal"):
        form.add_refusal(wrong)
    elif set(getattr(wrong, "error_dict", {})) <= set(form.fields):
        form.add_error(None, wrong)
    else:
        form.add_error(None, wrong.messages)
