"""What is read about referrals: those of a case, those an organisation received, and what goes along while it may."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F, Q, QuerySet

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
# Where a receiver may see a referral, but for the person's consent: a share that was not ended, or none within one
# organisation, and nobody the use of whose data is limited.
OPEN = Q(state__in=rules.SEEN_BY_RECEIVER, person__restricted_on=None) & (
    Q(share__isnull=False, share__ended_on=None) | Q(share=None, person__org_id=F("to_org_id"))
)


def received(reader: Account) -> QuerySet[Referral]:
    """Give what was referred to the reader's organisation, as far as its share was not ended.

    Whether the person still agrees is asked by `standing`: an answer can stop counting without an end of the share.
    """
    if not reader.has_perm("care.receive"):
        return Referral.objects.none()
    found = Referral.objects.filter(OPEN, to_org=reader.org_id)
    return found.select_related("case__org", "person", "share", "to_org", "from_org")


def standing(referrals: Iterable[Referral]) -> list[Referral]:
    """Keep the referrals whose receiver may see them now: nothing is limited, and consent is there where it must be."""
    every = list(referrals)
    shown = standing_cases(one.pk for one in every)
    return [one for one in every if one.pk in shown]


def standing_cases(keys: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Give of some referrals those whose receiver may see them now, with their cases, in a fixed number of queries."""
    some = list(keys)
    found = Referral.objects.filter(OPEN, pk__in=some) if some else Referral.objects.none()
    rows = list(found.values_list("pk", "case_id", "person_id", "to_org_id", "share__basis"))
    need = [(person, to) for _key, _case, person, to, basis in rows if rests_on_consent(basis or ())]
    agreed = {
        to.pk: with_consent([person for person, asked in need if asked == to.pk], "referral", to)
        for to in Organisation.objects.filter(pk__in={to for _person, to in need})
    }
    return {
        key: case for key, case, person, to, basis in rows if not rests_on_consent(basis or ()) or person in agreed[to]
    }


def find_received(reader: Account, referral_id: UUID) -> Referral | None:
    """Find a referral that the reader's organisation received and may see now."""
    return next(iter(standing(received(reader).filter(pk=referral_id))), None)


# --- to whom ------------------------------------------------------------------------------------------------------
def receivers() -> QuerySet[Organisation]:
    """Give the organisations that can answer in this Zicht: somebody signs in there. A news desk gets no referral."""
    found = Organisation.objects.filter(accounts__status="active").exclude(legal_regime="press")
    return found.distinct().order_by("org_name")


def partners() -> QuerySet[Organisation]:
    """Give the organisations outside this Zicht: nobody signs in there, so what goes along goes in a dossier."""
    inside = Organisation.objects.filter(accounts__status="active")
    return Organisation.objects.exclude(pk__in=inside).exclude(legal_regime="press").order_by("org_name")


def is_inside(organisation: Organisation) -> bool:
    """Tell whether an organisation answers in this Zicht itself."""
    return organisation.accounts.filter(status="active").exists()


def is_to_be_recalled(referral: Referral) -> bool:
    """Tell whether a partner outside still has a dossier of something that it may not see any more."""
    made = referral.events.filter(step="dossier").order_by("number").last()
    recalled = referral.events.filter(step="recalled").order_by("number").last()
    is_there = made is not None and (recalled is None or recalled.number < made.number)
    return is_there and not standing([referral])


def has_answer(person: Person, to: Organisation) -> str:
    """Say what a person last answered to passing on to an organisation; empty when nobody asked."""
    asked = person.consents.filter(purpose="referral", recipient=to, set_aside_on=None)
    return asked.order_by("-asked_on").values_list("answer", flat=True).first() or ""
