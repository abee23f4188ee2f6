"""Everything that changes a referral; each step is written down, and who sees it changes with the step."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.care import events, rules
from zicht.care.errors import (
    AlreadyReferredError,
    IsInsideError,
    NoConsentError,
    NotALegalBasisError,
    WrongReferralStepError,
)
from zicht.care.models import Referral
from zicht.care.referrals import queries
from zicht.cases import saving, sharing
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.models import Case, Person
from zicht.cases.rights.consent.queries import has_consent, same_person
from zicht.cases.rules import NOT_A_BASIS, is_article_9_alone, rests_on_consent
from zicht.cases.sharing import Ground
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation

Values = Mapping[str, object]  # field name of the entity -> value


NO_GROUND = Ground((), "")


@dataclass(frozen=True, slots=True)
class Terms:
    """Say what goes along, and on which ground; within one organisation nothing has to be shared."""

    fields: tuple[str, ...] = rules.FIRST_CHOSEN
    ground: Ground = NO_GROUND


# --- the side that refers -----------------------------------------------------------------------------------------
@transaction.atomic
def propose(
    by: Account, case: Case, person: Person, to: Organisation, values: Values, *, referral_id: UUID | None = None
) -> Referral:
    """Note that a referral is being talked over with the person; nothing goes to anybody.

    The same `referral_id` twice is the same referral once. Raises AlreadyReferredError while another one to the same
    organisation runs.
    """
    person = _hold_person(by, case, person)
    if referral_id and (made := Referral.objects.filter(pk=referral_id, case=case).first()):
        return made
    referral = Referral(case=case, person=person, from_org_id=case.org_id, to_org=to, state="proposed")
    _refuse_if_another_runs(person, referral)
    if not any(kind.filter(pk=to.pk).exists() for kind in (queries.receivers(), queries.partners())):
        raise NotThereError
    if referral_id:
        referral.referral_id = referral_id
    saving.fill(referral, values)
    saving.refuse_if_taken(referral)
    referral.save(force_insert=True)
    events.remember(by, "proposed", referral)
    _log(by, "opened", referral)
    return referral


@transaction.atomic
def send(by: Account, case: Case, referral: Referral, terms: Terms) -> Referral:
    """Let the receiver see a referral from now on, on a ground that is written down.

    Raises NoConsentError where consent is the basis and is not there, NotALegalBasisError without any basis,
    AlreadyReferredError while another one to the same organisation runs.
    """
    person = _hold_person(by, case, referral.person)
    referral = _lock_sent(case, referral)
    if not rules.may_be_sent(referral.state):
        raise WrongReferralStepError
    _refuse_if_another_runs(person, referral)
    is_ours, is_agreed = referral.to_org_id == case.org_id, rests_on_consent(terms.ground.basis)
    if not is_ours:
        _share(by, person, referral, terms)
    if referral.state == "proposed" and (is_ours or is_agreed):
        _go_to(by, referral, "agreed")
    _go_to(by, referral, "sent", sent_on=timezone.localdate(), **NO_ANSWER)
    _log(by, "changed", referral)
    return referral


def _refuse_if_another_runs(person: Person, referral: Referral) -> None:
    """Refuse a second one that runs: also one that ended, when it would be sent again beside a newer one."""
    others = Referral.objects.filter(person=person, to_org=referral.to_org, state__in=rules.RUNNING)
    if others.exclude(pk=referral.pk).exists():
        raise AlreadyReferredError


def _share(by: Account, person: Person, referral: Referral, terms: Terms) -> None:
    _refuse_without_ground(person, referral, terms.ground)
    referral.consent = None
    if rests_on_consent(terms.ground.basis):
        records = Person.objects.filter(pk__in=same_person([person.pk])[person.pk])
        referral.consent = sharing.yes_to(records, referral.to_org)
    what = rules.written_in_share(name for name in rules.fields_that_may_go() if name in terms.fields)
    referral.share = sharing.share(by, person, referral.to_org, what, terms.ground, referral.consent)


NO_ANSWER: Mapping[str, object] = {"decided_on": None, "arrived_on": None, "refusal_reason": ""}


@transaction.atomic
def withdraw(by: Account, case: Case, referral: Referral) -> Referral:
    """Take a referral back: the receiver sees nothing of it from the next request on.

    It is done also while the use of the data is limited, since that never waits.
    """
    saving.authorise(by, case)
    referral = _lock_sent(case, referral)
    _step(by, referral, "withdrawn")
    _end_share(by, referral)
    _log(by, "changed", referral)
    return referral


@transaction.atomic
def note_answer(by: Account, case: Case, referral: Referral, state: str, reason: str = "") -> Referral:
    """Note what a partner outside Zicht answered, or that the person arrived there or did not.

    Raises IsInsideError for an organisation that answers itself.
    """
    if state not in OF_A_PARTNER:
        raise WrongReferralStepError
    referral = hold_sent(by, case, referral, is_ending=state in ENDS)
    if queries.is_inside(referral.to_org):
        raise IsInsideError
    today = timezone.localdate()
    days = {"accepted": {"decided_on": today}, "refused": {"decided_on": today}, "arrived": {"arrived_on": today}}
    _step(by, referral, state, **days.get(state, {}), **({"refusal_reason": reason} if state == "refused" else {}))
    if state in ENDS:
        _end_share(by, referral)
    _log(by, "changed", referral)
    return referral


ENDS = ("refused", "no_show", "returned")  # states in which nothing is shared any more
OF_A_PARTNER = ("accepted", "arrived", *ENDS)


# --- the side that receives ---------------------------------------------------------------------------------------
@transaction.atomic
def accept(by: Account, referral: Referral) -> Referral:
    """Say yes to a referral."""
    return _answer(by, referral, "accepted", decided_on=timezone.localdate())


@transaction.atomic
def refuse(by: Account, referral: Referral, reason: str) -> Referral:
    """Say no to a referral, with a reason; nothing is seen of the person any more."""
    answered = _answer(by, referral, "refused", decided_on=timezone.localdate(), refusal_reason=reason)
    _end_share(by, answered)
    return answered


@transaction.atomic
def note_arrival(by: Account, referral: Referral) -> Referral:
    """Note that the person came and was handed over in person."""
    return _answer(by, referral, "arrived", arrived_on=timezone.localdate())


@transaction.atomic
def note_no_show(by: Account, referral: Referral) -> Referral:
    """Note that the person did not come; the sender decides what next, and nothing more is seen here."""
    gone = _answer(by, referral, "no_show")
    _end_share(by, gone)
    return gone


@transaction.atomic
def give_back(by: Account, referral: Referral) -> Referral:
    """Give somebody back to the organisation that referred them; nothing more is seen here."""
    back = _answer(by, referral, "returned")
    _end_share(by, back)
    return back


# --- parts --------------------------------------------------------------------------------------------------------
def lock_received(by: Account, referral: Referral) -> Referral:
    """Find a referral that the account's organisation may see now, and keep others from changing it meanwhile."""
    Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk).first()
    reader = Account.objects.get(pk=by.pk)
    found = queries.find_received(reader, referral.pk)
    if found is None:
        raise NotThereError
    if not reader.has_perm("care.receive", found):
        raise NotAllowedError
    return found


def _answer(by: Account, referral: Referral, state: str, **values: object) -> Referral:
    found = lock_received(by, referral)
    _step(by, found, state, **values)
    _log(by, "changed", found)
    return found


def _step(by: Account, referral: Referral, state: str, **values: object) -> None:
    if not rules.may_follow(referral.state, state):
        raise WrongReferralStepError
    _go_to(by, referral, state, **values)


def _go_to(by: Account, referral: Referral, state: str, **values: object) -> None:
    referral.state = state
    for name, value in values.items():
        setattr(referral, name, value)
    referral.save()
    events.remember(by, state, referral)


def _hold_person(by: Account, case: Case, person: Person) -> Person:
    """Lock the person first: nobody limits the use of the data, or takes a consent back, between asking and sending."""
    held = saving.lock(by, Person, person.pk, cases=case)
    saving.authorise(by, case, held)
    return held


def hold_sent(by: Account, case: Case, referral: Referral, *, is_ending: bool = False) -> Referral:
    """Lock a referral of a case that the account may change; what ends a referral is done also while use is limited."""
    if is_ending:
        saving.authorise(by, case)
    else:
        _hold_person(by, case, referral.person)
    return _lock_sent(case, referral)


def _lock_sent(case: Case, referral: Referral) -> Referral:
    found = Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk, case=case).first()
    if found is None:
        raise NotThereError
    return found


def _refuse_without_ground(person: Person, referral: Referral, ground: Ground) -> None:
    is_named = bool(ground.basis) and not NOT_A_BASIS & set(ground.basis) and bool(ground.necessity.strip())
    if not is_named or is_article_9_alone(ground.basis):
        raise NotALegalBasisError
    if rests_on_consent(ground.basis) and not has_consent(person, "referral", referral.to_org):
        raise NoConsentError


def _end_share(by: Account, referral: Referral) -> None:
    if referral.share is not None:
        sharing.end_share(by, referral.share)


def _log(by: Account, verb: str, referral: Referral) -> None:
    """Write down in the access log of the organisation whose case it is what was done; the last step."""
    case = referral.case
    record_access(by, verb, referral.words_entity, referral.pk, compartment=case.compartment, org=case.org)
