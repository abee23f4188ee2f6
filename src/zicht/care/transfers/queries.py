"""What is read about transfers: those of a case, those that wait for an answer, and who may answer."""

from uuid import UUID

from django.db.models import Q, QuerySet

from zicht.care.models import Referral, Transfer
from zicht.care.referrals.queries import standing_cases
from zicht.cases.models import Case, Share
from zicht.cases.rights.consent.queries import with_consent
from zicht.cases.rules import rests_on_consent, walls_of_all_cases, walls_to_open_in
from zicht.people.models import Account

WHAT = "transfer of the whole case"  # in the share of each person


def asked_of(case: Case) -> Transfer | None:
    """Find the transfer of a case that waits for an answer."""
    found: Transfer | None = case.transfers.select_related("from_org", "to_org", "share").filter(state="asked").first()
    return found


def asked_about(referral: Referral) -> Transfer | None:
    """Find the transfer to the receiver of a referral that waits for an answer."""
    found = Transfer.objects.filter(case=referral.case_id, to_org=referral.to_org_id, state="asked")
    return found.select_related("from_org", "to_org").first()


def transfers_for(reader: Account) -> QuerySet[Transfer]:
    """Give the transfers that somebody sees: to the own organisation for who may take a case, from it for who gave it.

    Who works on every case of the organisation sees all that went; of the others each what was theirs.
    """
    to_us = Q(to_org=reader.org_id) if walls_to_open_in(reader) else Q(to_org=reader.org_id, asked_by=reader)
    from_us = Q(from_org=reader.org_id)
    if not walls_of_all_cases(reader):
        from_us &= Q(case__owner=reader) | Q(from_owner=reader) | Q(asked_by=reader) | Q(answered_by=reader)
    found = Transfer.objects.filter(to_us | from_us).select_related(
        "case", "from_org", "to_org", "asked_by_org", "share"
    )
    return found.order_by("-asked_at", "transfer_id")


def find_transfer(reader: Account, transfer_id: UUID) -> Transfer | None:
    """Find a transfer that somebody sees."""
    return transfers_for(reader).filter(pk=transfer_id).first()


def shares_of(transfer: Transfer) -> QuerySet[Share]:
    """Give the shares that were noted for the persons of a case when it was offered, as far as they stand."""
    persons = transfer.case.persons.values("pk")
    return Share.objects.filter(what=WHAT, record_ref__in=persons, to_org=transfer.to_org_id, ended_on=None)


def may_know_case(reader: Account, transfer: Transfer) -> bool:
    """Tell whether somebody may know which case it is.

    On the side of the case always. On the other one as long as it is offered on grounds that stand, or somebody of it
    is referred there: from the moment of a withdrawal it is a case like any other.
    """
    if reader.org_id in (transfer.from_org_id, transfer.case.org_id):
        return True
    referred = Referral.objects.filter(case=transfer.case_id, to_org=reader.org_id).values_list("pk", flat=True)
    is_offered = transfer.state == "asked" and not transfer.is_asked_by_receiver
    return bool(standing_cases(referred)) or (is_offered and _stands(transfer))


def _stands(transfer: Transfer) -> bool:
    """Tell whether everybody in an offered case still goes along."""
    persons = dict(transfer.case.persons.values_list("pk", "restricted_on"))
    shares = list(shares_of(transfer))
    on_consent = [one.record_ref for one in shares if rests_on_consent(one.basis)]
    return (
        not any(persons.values())
        and {one.record_ref for one in shares} == persons.keys()
        and with_consent(on_consent, "referral", transfer.to_org) == set(on_consent)
    )


def may_give(reader: Account, case: Case) -> bool:
    """Tell whether somebody may give a case away: who may change it."""
    return Account.objects.get(pk=reader.pk).has_perm("cases.change", case)


def may_take(reader: Account, transfer: Transfer) -> bool:
    """Tell whether somebody may say yes for the organisation that would get a case: who may open one there."""
    return reader.org_id == transfer.to_org_id and bool(walls_to_open_in(Account.objects.get(pk=reader.pk)))
