"""Made-up people whose case the organisation opened itself this year, so that the way from contact to care can be seen.

Nearly every case of the made-up register came from another organisation, as in the publications it follows, and table
F18 counts only those that did not. These few dozen are opened, referred, answered and closed by the same actions as
real ones.
"""

import datetime as dt
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from zicht.care.dossiers import actions as dossiers
from zicht.care.models import Referral
from zicht.care.referrals import actions as referrals
from zicht.care.referrals.actions import Terms
from zicht.cases import actions as cases
from zicht.cases.models import Case, Person
from zicht.cases.rights.consent.actions import record_consent
from zicht.cases.sharing import Ground
from zicht.people.models import Account, Organisation
from zicht.site.made_up_register.chance import Chance

SEED = "zicht demo way"
# How many come to each stage. Each is ten or more below the one before, so that a public table hides none of them.
OPENED, REFERRED, ARRIVED, MET = 64, 47, 33, 18
DAYS = 14  # for which the one dossier that was made can be opened
REFUSED = 5  # of those who were referred and did not arrive
AGES = {"18_20": 3.0, "21_23": 4.0, "24_26": 3.0, "27_29": 3.0, "30_38": 3.0}
GENDERS = {"f": 6.0, "m": 3.0}
CITIZENS = {"nl": 2.0, "eu": 2.0, "non_eu": 3.0}
WISHES: tuple[dict[str, object], ...] = (
    {"reason": "more_services", "support": ["social"]},
    {"reason": "shelter", "support": ["shelter"], "urgency": "u3_week"},
    {"reason": "more_services", "support": ["trauma"]},
)
AGREED = Terms(
    ground=Ground(("a6_consent", "a9_explicit"), "Verzonnen voorbeeld: hulp die hier niet wordt gegeven.", True)
)


@transaction.atomic
def make_way(worker: Account, partners: list[Organisation]) -> None:
    """Open the cases and go with each as far as it comes, unless there are any; three partners answer by telephone."""
    if Referral.objects.filter(from_org=worker.org_id, to_org__in=partners).exists():
        return
    chance, today = Chance(SEED), timezone.localdate()
    wished = cycle(zip(WISHES, partners, strict=True))
    for number in range(OPENED):
        case, person = _open(chance, worker, today)
        if number < REFERRED:
            wish, partner = next(wished)
            _refer(worker, case, person, partner, wish, number)
        if number < MET:
            values = {"state": "closed", "closed_on": today, "closure_reason": "goals_met"}
            cases.close_case(worker, case, values, version=Case.objects.get(pk=case.pk).version)


def _open(chance: Chance, worker: Account, today: dt.date) -> tuple[Case, Person]:
    values: dict[str, object] = {
        "age_band": chance.pick(AGES),
        "gender": chance.pick(GENDERS),
        "citizenship_group": chance.pick(CITIZENS),
        "status": "possible",
        "status_by": "ngo",
        "status_date": today,
        "first_registered": today.year,
    }
    case = cases.open_case(worker, {})
    return case, cases.add_person(worker, case, values)


def _refer(
    worker: Account, case: Case, person: Person, partner: Organisation, wish: dict[str, object], number: int
) -> None:
    """Refer somebody who agreed to a partner outside Zicht, and note what it answered by telephone."""
    said: dict[str, object] = {
        "purpose": "referral",
        "recipient": partner.pk,
        "answer": "yes",
        "given_by": "self",
        "asked_on": timezone.localdate(),
        "wording_version": "2026-1",
    }
    record_consent(worker, case, person, said)
    referral = referrals.send(worker, case, referrals.propose(worker, case, person, partner, wish), AGREED)
    if number < ARRIVED:
        for answer in ("accepted", "arrived"):
            referrals.note_answer(worker, case, referral, answer)
    elif number < ARRIVED + REFUSED:
        referrals.note_answer(worker, case, referral, "refused", "full")
    elif number == REFERRED - 1:
        dossiers.make_dossier(worker, case, referral, DAYS)
