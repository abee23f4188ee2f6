"""What the operations share: finding a record or refusing, and writing down a look."""

from typing import Any
from uuid import UUID

from django.http import Http404

from zicht.cases import queries
from zicht.cases.api.keys import KeyRequest
from zicht.cases.models import Case, Exploitation, Person
from zicht.people.actions import record_access

MOST_ON_A_PAGE = 200
# Day and identifier of the last case of a page.
POSITION = r"^(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9a-f]{32}$"


def find_case(request: KeyRequest, case_id: UUID, permission: str = "cases.see") -> Case:
    """Find a case that the account of the key may see, and may do this with."""
    case = queries.find_case(request.auth, case_id)
    if case is None or not request.auth.has_perm(permission, case):
        raise Http404
    request.reads_texts = queries.may_read_text(request.auth, case)
    return case


def find_person(request: KeyRequest, case: Case, person_id: UUID) -> Person:
    """Find a person of a case."""
    person = queries.find_person(request.auth, case, person_id)
    if person is None:
        raise Http404
    return person


def find_episode(request: KeyRequest, case: Case, person: Person, episode_id: UUID) -> Exploitation:
    """Find an episode of a person of a case."""
    episode = queries.find_episode(request.auth, case, episode_id)
    if episode is None or episode.person_id != person.pk:
        raise Http404
    return episode


def look(request: KeyRequest, record: Any, case: Case, verb: str = "seen") -> None:
    """Write down that a record is looked at, as a page would."""
    record_access(request.auth, verb, record.words_entity, record.pk, compartment=case.compartment)
