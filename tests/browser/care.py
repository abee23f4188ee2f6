"""A shelter to look at within the helpline: one person stays there, another was referred and is not placed yet."""

import datetime as dt
from uuid import UUID

from tests.browser.register import CASE, PERSON, SIBLING
from zicht.care.models import Stay
from zicht.care.referrals import actions as referrals
from zicht.care.referrals.actions import Terms
from zicht.care.shelter import actions
from zicht.cases.models import Case, Person
from zicht.people.models import Account

SHELTER, STAY = UUID("91111111-1111-4111-8111-111111111111"), UUID("92222222-2222-4222-8222-222222222222")
REFERRAL, OTHER = UUID("93333333-3333-4333-8333-333333333333"), UUID("94444444-4444-4444-8444-444444444444")
OF_THE_CASE, OF_THE_REFERRAL = f"/staff/care/cases/{CASE}/", f"/staff/care/referrals/{OTHER}/"
OF_THE_STAY, BOARD = f"/staff/shelter/stays/{STAY}/", "/staff/shelter/"
OF_CASE_WORKERS = (
    OF_THE_CASE,
    f"{OF_THE_CASE}persons/{PERSON}/refer/",
    f"{OF_THE_CASE}referrals/{OTHER}/send/",
    "/staff/care/",
    OF_THE_REFERRAL,
    f"{OF_THE_REFERRAL}refuse/",
    f"{OF_THE_REFERRAL}hold/",
    f"{OF_THE_REFERRAL}wait/",
    BOARD,
    f"{BOARD}add/",
    f"{BOARD}forecast/",
    f"{BOARD}{SHELTER}/change/",
    OF_THE_STAY,
    f"{OF_THE_STAY}extend/",
    f"{OF_THE_STAY}end/",
)
WISH: dict[str, object] = {
    "reason": "shelter",
    "support": ["shelter"],
    "place_kind": "crisis_minor",
    "urgency": "u1_now",
}


def make_care(worker: Account) -> None:
    """Let one person of the case stay in a shelter, and the other wait to be placed."""
    places: dict[str, object] = {"place_kind": "crisis_minor", "capacity": 7, "max_stay_days": 42}
    house = actions.open_shelter(worker, places, shelter_id=SHELTER)
    case = Case.objects.get(pk=CASE)
    for key, person in ((REFERRAL, PERSON), (OTHER, SIBLING)):
        who = Person.objects.get(pk=person)
        proposed = referrals.propose(worker, case, who, worker.org, WISH, referral_id=key)
        sent = referrals.send(worker, case, proposed, Terms())
        if key == REFERRAL:
            actions.hold_place(worker, referrals.accept(worker, sent), house, 24)
            stay = actions.begin_stay(worker, sent)
            Stay.objects.filter(pk=stay.pk).update(stay_id=STAY, planned_until=stay.from_date + dt.timedelta(days=3))
        else:
            actions.put_on_list(worker, sent, {"place_kind": "crisis_minor", "urgency": "u2_today"})
