"""What is read about referrals: those of a case, those an organisation received, and what goes along while it may."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from zicht.care import rules
from zicht.care.models import Referral
from zicht.cases.models import Case, Person
from zicht.cases.rights.consent.queries import with_consent
from zicht.cases.rules import rests_on_consent
from zicht.people.models import Account, Organisation


def referrals_of(case: Case) -> QuerySet[Referral]:
    """Give the referrals of a case, newest first."""
    return Referral.objects.filter(case=case).select_related("to_org", "share").order_by("-sent_on", "referral_id")


def find_sent(case: Case, referral_id: UUID) -> Referral | None:
    """Find a referral of a case that the reader was found to see."""
    return referrals_of(case).select_related("case__org", "person").filter(pk=referral_id).first()


# --- received -----------------------------------------------------------------------------------------------------
def received(reader: Account) -> QuerySet[Referral]:
    """Give what was referred to the reader's organisation, as far as its share was not ended.

    Whether the person still agrees is asked by `standing`: an answer can stop counting without an end of the share.
    """
    if not reader.has_perm("care.receive"):
        return Referral.objects.none()
    found = Referral.objects.filter(to_org=reader.org_id, state__in=rules.SEEN_BY_RECEIVER)
    within = Q(share=None, case__org=reader.org_id)
    shared = Q(share__ended_on=None, share__isnull=False)
    return found.filter(within | shared).select_related("case", "person", "share", "to_org")


def standing(referrals: Iterable[Referral]) -> list[Referral]:
    """Keep the referrals whose receiver may see them now: nothing is limited, and consent is there where it must be."""
    every = [referral for referral in referrals if _is_open(referral)]
    need = [referral for referral in every if needs_consent(referral)]
    agreed = {
        to.pk: with_consent([one.person_id for one in need if one.to_org_id == to.pk], "referral", to)
        for to in {one.to_org for one in need}
    }
    return [one for one in every if not needs_consent(one) or one.person_id in agreed[one.to_org_id]]


def _is_open(referral: Referral) -> bool:
    is_shared = referral.share is not None and referral.share.ended_on is None
    is_within = referral.share is None and referral.person.org_id == referral.to_org_id
    is_seen = referral.state in rules.SEEN_BY_RECEIVER and (is_shared or is_within)
    return is_seen and referral.person.restricted_on is None


def needs_consent(referral: Referral) -> bool:
    """Tell whether a referral stands only as long as the person agrees."""
    return referral.share is not None and rests_on_consent(referral.share.basis)


def find_received(reader: Account, referral_id: UUID) -> Referral | None:
    """Find a referral that the reader's organisation received and may see now."""
    return next(iter(standing(received(reader).filter(pk=referral_id))), None)


# --- to whom ------------------------------------------------------------------------------------------------------
def receivers() -> QuerySet[Organisation]:
    """Give the organisations that can answer in this Zicht: somebody signs in there. A news desk gets no referral."""
    found = Organisation.objects.filter(accounts__status="active").exclude(legal_regime="press")
    return found.distinct().order_by("org_name")


def has_answer(person: Person, to: Organisation) -> str:
    """Say what a person last answered to passing on to an organisation; empty when nobody asked."""
    asked = person.consents.filter(purpose="referral", recipient=to, set_aside_on=None)
    return asked.order_by("-asked_on").values_list("answer", flat=True).first() or ""
