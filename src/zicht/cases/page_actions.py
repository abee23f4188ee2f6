"""What one click on a page does with several records: everything of it, or nothing."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zicht.cases import actions, queries
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.history import value_of, write
from zicht.cases.models import Case, Exploitation, Person
from zicht.cases.rights.consent.actions import record_consent
from zicht.people.models import Account
from zicht.words.texts import MOST_CHARACTERS

Values = Mapping[str, object]


@transaction.atomic
def begin_case(
    by: Account,
    values: Values,
    person: Values | None,
    *,
    wall: str,
    case_id: UUID,
    person_id: UUID | None,
    consents: Iterable[Values] = (),
    episode: Values | None = None,
) -> Case:
    """Open a case, with its first person where somebody is known, and with what happened and what was agreed to."""
    case = actions.open_case(by, values, compartment=wall, case_id=case_id)
    if person is not None:
        first = actions.add_person(by, case, person, person_id=person_id)
        for consent in consents:
            # The same form sent twice makes the same answer once.
            key = uuid5(first.pk, str(consent["purpose"]))
            record_consent(by, case, first, consent, consent_id=key)
        if episode is not None:
            actions.add_episode(by, case, first, episode, episode_id=uuid5(first.pk, "episode"))
    return case


@transaction.atomic
def add_note(by: Account, case: Case, text: str) -> Case:
    """Write a dated note below the others, which stay as they are; only the team writes, since only the team reads."""
    locked = Case.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=case.pk).first()
    if locked is None:
        raise NotThereError
    if not queries.may_read_text(by, locked):
        raise NotAllowedError
    written = f"{date_format(timezone.localdate(), 'Y-m-d')}, {by.shown_as}:\n{text}"
    before = str(value_of(locked, "comments") or "")
    if before.endswith(written):  # the form was sent twice
        return locked
    every = f"{before}\n\n{written}" if before else written
    _refuse_if_full(text, every)
    return actions.change_case(by, locked, {"comments": every}, version=locked.version)


def _refuse_if_full(text: str, every: str) -> None:
    """Say how much room is left: notes are one text, and the history writes line ends and quotes as two characters."""
    too_many = len(write(every)) - MOST_CHARACTERS
    if too_many > 0:
        left = {"left": max(0, len(text) - too_many)}
        raise ValidationError({"text": _("The notes of this case are nearly full: %(left)d characters fit in.") % left})


@transaction.atomic
def put_in_household(by: Account, case: Case, person: Person, other: Person | None, *, version: int) -> Person:
    """Mark that two persons share a household, or that somebody shares none that is known."""
    key = None
    if other is not None:
        key = other.household_key or uuid4()
        if other.household_key is None:
            theirs = _case_of(by, other)
            actions.change_person(by, theirs, other, {"household_key": key}, version=other.version)
    return actions.change_person(by, case, person, {"household_key": key}, version=version)


@transaction.atomic
def put_in_situation(
    by: Account, case: Case, episode: Exploitation, other: Exploitation | None, *, version: int
) -> Exploitation:
    """Mark that two episodes were one situation with several victims, or that an episode stands by itself."""
    key = None
    if other is not None:
        key = other.situation_id or uuid4()
        if other.situation_id is None:
            theirs = _case_of(by, other.person)
            actions.change_episode(by, theirs, other, {"situation_id": key}, version=other.version)
    return actions.change_episode(by, case, episode, {"situation_id": key}, version=version)


def _case_of(by: Account, person: Person) -> Case:
    """Find a case through which an account may change somebody."""
    cases = Case.objects.visible_to(by).filter(persons=person).select_related("org", "owner")
    case: Case | None = next((case for case in cases if by.has_perm("cases.change", case)), None)
    if case is None:
        raise NotAllowedError
    return case
