"""Ask for the transfer of a case from either side, answer it, or take it back; who owned it when stays in its line.

The side that gives says on which ground it does, when it asks as well as when it answers: the whole case goes over with
everything that is recorded about its persons.
"""

from django.db import transaction
from django.utils import timezone

from zicht.care import rules
from zicht.care.errors import (
    AlreadyAskedError,
    NoConsentError,
    NotALegalBasisError,
    StillRunsError,
    TransferIsOverError,
    WrongReferralStepError,
)
from zicht.care.models import Referral, Transfer
from zicht.care.plan.events import remember
from zicht.care.plan.models import CarePlan
from zicht.care.referrals.actions import lock_received
from zicht.care.referrals.queries import receivers
from zicht.care.transfers import queries
from zicht.cases import saving, sharing
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.models import Case, Share
from zicht.cases.moving import hinders_moving, move_case
from zicht.cases.rights.consent.queries import has_consent, same_person
from zicht.cases.rules import NOT_A_BASIS, is_article_9_alone, rests_on_consent, walls_to_open_in
from zicht.cases.sharing import Ground
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation


# --- asking -------------------------------------------------------------------------------------------------------
@transaction.atomic
def offer_case(by: Account, case: Case, to: Organisation, ground: Ground) -> Transfer:
    """Ask an organisation to take a case over; nothing goes before it agrees but that this case is offered.

    Raises StillRunsError where a person of the case cannot go, NoConsentError and NotALegalBasisError for the ground.
    """
    case = saving.lock(by, Case, case.pk)
    saving.authorise(by, case)
    if to.pk == case.org_id or not receivers().filter(pk=to.pk).exists():
        raise NotThereError
    share = _share(by, case, to, ground)
    return _ask(by, case, to, share)


@transaction.atomic
def ask_for_case(by: Account, referral: Referral) -> Transfer:
    """Ask the organisation that referred somebody for the whole case, once the person is accepted or there."""
    referral = lock_received(by, referral)
    if referral.state not in rules.MAY_BE_PLACED or referral.share is None:
        raise WrongReferralStepError
    if not walls_to_open_in(Account.objects.get(pk=by.pk)):
        raise NotAllowedError
    return _ask(by, Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id), by.org, None)


def _ask(by: Account, case: Case, to: Organisation, share: Share | None) -> Transfer:
    if case.transfers.filter(state="asked").exists():
        raise AlreadyAskedError
    if hinders_moving(case):
        raise StillRunsError
    line = Transfer(case=case, from_org_id=case.org_id, to_org=to, asked_by_org_id=by.org_id, asked_by=by, share=share)
    line.asked_at = rules.whole_hour(timezone.now())
    line.save(force_insert=True)
    record_access(by, "opened", line.words_entity, line.pk, compartment=case.compartment, org=case.org)
    return line


# --- answering ----------------------------------------------------------------------------------------------------
@transaction.atomic
def give_case(by: Account, transfer: Transfer, ground: Ground) -> Transfer:
    """Say yes to an organisation that asked for a case: it goes over at once, to whoever asked."""
    line, case = _hold(transfer)
    if not line.is_asked_by_receiver or not queries.may_give(by, case):
        raise NotThereError
    line.share = _share(by, case, line.to_org, ground)
    return _go_over(by, line, case, Account.objects.get(pk=line.asked_by_id))


@transaction.atomic
def take_case(by: Account, transfer: Transfer) -> Transfer:
    """Say yes to an organisation that offered a case: it goes over at once, to whoever says so.

    It is asked once more whether the persons still agree: an answer may have changed since it was offered.
    """
    line, case = _hold(transfer)
    taker = Account.objects.get(pk=by.pk)
    if line.is_asked_by_receiver or not queries.may_take(taker, line):
        raise NotThereError
    if line.share is not None and line.share.ended_on is not None:
        raise NoConsentError
    _refuse_without_ground(case, line.to_org, tuple(line.share.basis) if line.share else ())
    return _go_over(by, line, case, taker)


@transaction.atomic
def refuse_case(by: Account, transfer: Transfer) -> Transfer:
    """Say no, on the side that was asked."""
    line, case = _hold(transfer)
    is_ours = queries.may_give(by, case) if line.is_asked_by_receiver else queries.may_take(by, line)
    return _end(by, line, case, "refused", is_allowed=is_ours)


@transaction.atomic
def take_back(by: Account, transfer: Transfer) -> Transfer:
    """Ask for a transfer no more, on the side that asked."""
    line, case = _hold(transfer)
    is_ours = by.org_id == line.to_org_id if line.is_asked_by_receiver else queries.may_give(by, case)
    return _end(by, line, case, "withdrawn", is_allowed=is_ours)


# --- parts --------------------------------------------------------------------------------------------------------
def _hold(transfer: Transfer) -> tuple[Transfer, Case]:
    """Lock the case first, then the transfer: nobody answers twice, or changes the case meanwhile."""
    case = Case.objects.select_for_update(of=("self",)).select_related("org").filter(pk=transfer.case_id).first()
    line = Transfer.objects.select_for_update(of=("self",)).filter(pk=transfer.pk).first()
    if case is None or line is None:
        raise NotThereError
    if line.state != "asked":
        raise TransferIsOverError
    return line, case


def _go_over(by: Account, line: Transfer, case: Case, owner: Account) -> Transfer:
    if hinders_moving(case):
        raise StillRunsError
    walls = walls_to_open_in(owner)
    if owner.org_id != line.to_org_id or not walls:
        raise NotAllowedError
    line.from_owner_id, line.to_owner = case.owner_id, owner
    _answer(by, line, "agreed")
    _end_referrals_within(by, case, line.to_org)
    move_case(by, case, owner, case.compartment if case.compartment in walls else min(walls))
    _close_plans(by, case, line.from_org)
    return line


def _close_plans(by: Account, case: Case, giver: Organisation) -> None:
    """Close the plans of who gave the case: what they write about a person later is under a key of their own."""
    plans = CarePlan.objects.filter(person__cases=case, org=giver, referral=None, closed_on=None)
    for plan in plans.select_related("person").order_by("pk"):
        remember(by, "plan_closed", case, plan.person, plan.pk)
        saving.change(by, plan, {"closed_on": timezone.localdate()}, plan.version, case.compartment)


def _end_referrals_within(by: Account, case: Case, to: Organisation) -> None:
    """Let the new owner go on with what was referred to it: within one organisation nothing has to be shared."""
    for referral in Referral.objects.select_for_update(of=("self",)).filter(case=case, to_org=to):
        if referral.share is not None:
            sharing.end_share(by, referral.share)
        if referral.state in rules.SEEN_BY_RECEIVER:
            referral.share = referral.consent = None
            referral.save()


def _end(by: Account, line: Transfer, case: Case, state: str, *, is_allowed: bool) -> Transfer:
    if not is_allowed:
        raise NotThereError
    for share in queries.shares_of(line):
        sharing.end_share(by, share)
    _answer(by, line, state)
    record_access(by, "changed", line.words_entity, line.pk, compartment=case.compartment, org=case.org)
    return line


def _answer(by: Account, line: Transfer, state: str) -> None:
    line.state, line.answered_by = state, by
    line.answered_at = rules.whole_hour(timezone.now())
    line.save()


def _share(by: Account, case: Case, to: Organisation, ground: Ground) -> Share | None:
    """Note for every person of a case that it goes, and on which ground; give the note of the first."""
    if not ground.necessity.strip():
        raise NotALegalBasisError
    _refuse_without_ground(case, to, ground.basis)
    shares = []
    for person in case.persons.order_by("pk"):
        records = case.persons.model.objects.filter(pk__in=same_person([person.pk])[person.pk])
        consent = sharing.yes_to(records, to) if rests_on_consent(ground.basis) else None
        shares.append(sharing.share(by, person, to, queries.WHAT, ground, consent))
    return shares[0] if shares else None


def _refuse_without_ground(case: Case, to: Organisation, basis: tuple[str, ...]) -> None:
    if not case.persons.exists():
        return
    if not basis or NOT_A_BASIS & set(basis) or is_article_9_alone(basis):
        raise NotALegalBasisError
    if rests_on_consent(basis) and not all(has_consent(one, "referral", to) for one in case.persons.all()):
        raise NoConsentError
