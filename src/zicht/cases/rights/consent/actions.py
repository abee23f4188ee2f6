"""Everything that changes consent: recorded, allowed by a colleague, kept aside, withdrawn."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.cases.models import Case, Consent, Person, Share
from zicht.cases.rights.consent import queries, rules
from zicht.cases.rights.errors import NothingToDecideError, OwnDecisionError, SuspectedGiverError
from zicht.people.models import Account
from zicht.people.sealed import reveal

Values = Mapping[str, object]


@transaction.atomic
def record_consent(
    by: Account,
    case: Case,
    person: Person,
    values: Values,
    *,
    consent_id: UUID | None = None,
    ask_colleague: bool = False,
) -> Consent:
    """Keep what somebody answered for one purpose; the same `consent_id` twice is the same consent once.

    A parent or guardian is refused while a parent is suspected (SuspectedGiverError). With `ask_colleague` the answer
    is kept aside instead, and counts for nothing until another colleague allows this giver.
    """
    person = saving.lock(by, Person, person.pk, cases=case)
    saving.authorise(by, case, person)
    if consent_id and (made := person.consents.filter(pk=consent_id).first()):
        return made
    consent = Consent(person=person)
    if consent_id:
        consent.consent_id = consent_id
    saving.fill(consent, values)
    _refuse_if_wrong(consent, person)
    if rules.is_blocked(consent.given_by, is_parent_suspected=queries.is_parent_suspected(person)):
        if not ask_colleague:
            raise SuspectedGiverError
        consent.set_aside_on = timezone.localdate()
    saving.touch(person)
    _take_back_yes(by, case, consent)
    return saving.create(by, consent, case.compartment)


def _refuse_if_wrong(consent: Consent, person: Person) -> None:
    """Ask for what depends on the person: why a giver could decide, and who the recipient is."""
    suspected = queries.is_parent_suspected(person)
    told = {"age_band": person.age_band, "first_registered": person.first_registered}
    ages = rules.ages_on(told, timezone.localdate())
    wrong = {}
    if rules.needs_reason(consent.given_by, ages, is_parent_suspected=suspected) and not consent.why_able:
        wrong["why_able"] = [_("Write down why this person could decide: age, understanding, authority.")]
    if consent.purpose in rules.NAMES_A_RECIPIENT and consent.recipient_id is None:
        wrong["recipient"] = [_("Name the organisation: a yes to passing data on is a yes to one organisation.")]
    if wrong:
        raise ValidationError(wrong)


def _take_back_yes(by: Account, case: Case, consent: Consent) -> None:
    """Withdraw an earlier yes of the same giver, for the same purpose and recipient, when they now say no."""
    if consent.answer != "no" or consent.set_aside_on:
        return
    earlier = Consent.objects.filter(
        person=consent.person, purpose=consent.purpose, recipient=consent.recipient_id, given_by=consent.given_by
    )
    for yes in earlier.filter(answer="yes", withdrawn_on=None).select_for_update():
        # Somebody who says on a day before that they said yes later, said yes.
        if yes.asked_on <= consent.asked_on:
            _end(by, case, yes, _withdrawal(consent.given_by, consent.asked_on), yes.version)


@transaction.atomic
def allow_giver(by: Account, case: Case, consent: Consent, reason: str, *, version: int) -> Consent:
    """Let an answer count that does not by itself, decided by another colleague than the one who recorded it.

    It is for another parent than the suspected one, or a guardian; and for a young person of 12 to 15 alone, where the
    law knows that exception. The reason stands with the answer.
    """
    consent = _locked_consent(by, case, consent)
    if not may_be_allowed(consent):
        raise NothingToDecideError
    if queries.recorded_by(consent) == by.pk:
        raise OwnDecisionError
    values = {"allowed_by": by.pk, "set_aside_on": None, "why_able": _with_reason(consent, reason)}
    return saving.change(by, consent, values, version, case.compartment)


def may_be_allowed(consent: Consent) -> bool:
    """Tell whether a colleague can let this answer count."""
    if consent.withdrawn_on or consent.answer == "withdrawn":
        return False
    needs = queries.needs_of(_person_of(consent), consent.purpose, consent.asked_on)
    is_exception = consent.answer == "yes" and any(consent.given_by in need.alone for need in needs)
    return consent.set_aside_on is not None or (is_exception and consent.allowed_by_id is None)


@transaction.atomic
def keep_aside(by: Account, case: Case, consent: Consent, reason: str, *, version: int) -> Consent:
    """Note that somebody looked at an answer that was set aside and that it never counts; its shares end."""
    consent = _locked_consent(by, case, consent)
    if consent.set_aside_on is None or consent.withdrawn_on:
        raise NothingToDecideError
    values = {"withdrawn_on": timezone.localdate(), "why_able": _with_reason(consent, reason)}
    return _end(by, case, consent, values, version)


@transaction.atomic
def withdraw_consent(
    by: Account, case: Case, consent: Consent, *, given_by: str, withdrawn_on: dt.date, version: int
) -> Consent:
    """Take a yes back, at once and with every share that rests on it; who withdraws must be able to (UAVG art. 5(3)).

    It is done also while the use of the data is limited: a person never waits for that.
    """
    consent = _locked_consent(by, case, consent)
    if consent.withdrawn_on or consent.answer != "yes":
        raise NothingToDecideError
    if rules.is_blocked(given_by, is_parent_suspected=queries.is_parent_suspected(_person_of(consent))):
        raise SuspectedGiverError
    return _end(by, case, consent, _withdrawal(given_by, withdrawn_on), version)


# --- parts --------------------------------------------------------------------------------------------------------
def _locked_consent(by: Account, case: Case, consent: Consent) -> Consent:
    found = saving.lock(by, Consent, consent.pk, person__cases=case)
    saving.authorise(by, case)
    return found


def _person_of(consent: Consent) -> Person:
    if consent.person is None:  # about a contact or a source: rooms of their own
        raise NotThereError
    return consent.person


def _withdrawal(by: str, on: dt.date) -> Values:
    return {"answer": "withdrawn", "withdrawn_by": by, "withdrawn_on": on}


def _end(by: Account, case: Case, consent: Consent, values: Values, version: int) -> Consent:
    ended = saving.change(by, consent, values, version, case.compartment)
    _end_shares(by, ended)
    saving.touch(_person_of(ended))
    return ended


def _end_shares(by: Account, consent: Consent) -> None:
    """End what rests on a consent today: nothing more goes to those recipients."""
    for share in Share.objects.filter(consent=consent, ended_on=None).select_for_update():
        share.ended_on = timezone.localdate()
        share.save()
        saving.log(by, "changed", share, share.compartment)


def _with_reason(consent: Consent, reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": [_("Write down why. Nothing was saved.")]})
    return "\n".join(part for part in (reveal(consent, "why_able"), reason.strip()) if part)
