"""A made-up crisis shelter for the demo: seven places without an address, who stays, who waits, and three years before.

What happens today is done by the actions of the product. What happened before is drawn, and written down with every
step that led to it, as the actions would have: at most 42 days, about fifty people a year (numbers of a shelter for
minors), and refused where it was full.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import count

from django.db import transaction
from django.utils import timezone

from zicht.care.models import Referral, Shelter, Stay
from zicht.care.referrals import actions as referrals
from zicht.care.referrals.actions import Terms
from zicht.care.shelter import actions
from zicht.care.transfers import actions as transfers
from zicht.cases.models import Case, Person
from zicht.cases.sharing import Ground
from zicht.people.models import Account, Organisation
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_stays import LONGEST, Past

SEED = "zicht demo care"
PLACES: dict[str, object] = {
    "place_kind": "crisis_minor",
    "capacity": 7,
    "max_stay_days": LONGEST,
    "accepts_age_bands": ["12_15", "16_17"],
    "region": "Flevoland",
}
WISH: dict[str, object] = {"reason": "shelter", "support": ["shelter"], "place_kind": "crisis_minor"}
GROUND = Ground(("a6_vital", "a9_vital"), "Verzonnen voorbeeld: vannacht is er een veilige plek nodig.", True)
GOES_OVER = Ground(("a6_vital", "a9_vital"), "Verzonnen voorbeeld: de opvang begeleidt haar verder.", True)
# How many days the present stays last already; the first is longer than the longest, the second should have left.
STAYED = (47, 44, 31, 12, 3)
# How many days ago others came and left, and how.
LEFT = ((51, 9, "moved_on"), (40, 18, "home"))
# How urgent, and for how many days those who wait do so already.
WAITED = (("u1_now", 1), ("u2_today", 4), ("u2_today", 2))
URGENCIES = ("u2_today", "u2_today", "u3_week")
A_YEAR, YEARS = 50, 3
ENDS = {"moved_on": 5.0, "home": 2.0, "max_term": 2.0, "left": 1.0, "missing": 0.4, "transfer": 0.4}

Who = tuple[Case, Person]


@transaction.atomic
def make_care(worker: Account, keeper: Account, host: Account) -> None:
    """Make a shelter with its years before and what runs now, unless there is one."""
    if Shelter.objects.exists():
        return
    shelter = actions.open_shelter(keeper, PLACES)
    before, now = list(_minors(worker, closed=True)), iter(list(_minors(worker, closed=False)))
    past = Past(worker, host, shelter, {**WISH, "urgency": "u2_today"})
    _draw_years_before(Chance(SEED), past, before)
    today = timezone.localdate()
    stays = [_let_stay(past, next(now), today - dt.timedelta(days=days)) for days in STAYED]
    for came, left, reason in LEFT:
        past.end(_let_stay(past, next(now), today - dt.timedelta(days=came)), today - dt.timedelta(days=left), reason)
    for urgency, days in WAITED:
        _let_wait(past, next(now), urgency, today - dt.timedelta(days=days))
    past.write()
    actions.extend_stay(host, stays[0], today + dt.timedelta(days=9), "De vervolgplek is pas volgende week vrij.")
    actions.hold_place(host, referrals.accept(host, _send(worker, keeper.org, next(now), "u2_today")), shelter, 24)
    *_wait_for_an_answer, refused = [_send(worker, keeper.org, next(now), urgency) for urgency in URGENCIES]
    referrals.refuse(host, refused, "care_need")
    _make_transfers(worker, keeper, stays[2].referral, [next(now) for _ in range(3)])


def _minors(worker: Account, *, closed: bool) -> Iterator[Who]:
    """Give minors of the made-up register with a case, each once."""
    fit = {"age_band__in": ["12_15", "16_17"], "restricted_on": None, "merged_into": None}
    persons = Person.objects.filter(org=worker.org, cases__closed_on__isnull=not closed, **fit)
    for person in persons.order_by("-first_registered", "pk").distinct()[: A_YEAR * YEARS + 20]:
        case = person.cases.filter(closed_on__isnull=not closed).order_by("pk").first()
        if case is not None:
            yield case, person


# --- now ----------------------------------------------------------------------------------------------------------
def _send(worker: Account, to: Organisation, who: Who, urgency: str) -> Referral:
    case, person = who
    proposed = referrals.propose(worker, case, person, to, {**WISH, "urgency": urgency})
    return referrals.send(worker, case, proposed, Terms(ground=GROUND))


def _make_transfers(worker: Account, keeper: Account, stays: Referral, offered: list[Who]) -> None:
    """Let the shelter ask for the case of somebody who stays there, and the other side offer three; one goes over."""
    transfers.ask_for_case(keeper, stays)
    asked = [transfers.offer_case(worker, case, keeper.org, GOES_OVER) for case, _person in offered]
    transfers.take_case(keeper, asked[0])
    transfers.refuse_case(keeper, asked[1])


# --- before -------------------------------------------------------------------------------------------------------
def _let_stay(past: Past, who: Who, day: dt.date) -> Stay:
    referral = past.send(who, day - dt.timedelta(days=1), ground=GROUND)
    past.accept(referral, day)
    return past.begin(referral, day)


def _let_wait(past: Past, who: Who, urgency: str, day: dt.date) -> None:
    referral = past.send(who, day, ground=GROUND, urgency=urgency)
    past.accept(referral, day)
    past.wait(referral, day)


def _draw_years_before(chance: Chance, past: Past, people: list[Who]) -> None:
    """Let people come at random, stay at most six weeks, and find it full where it is."""
    today = timezone.localdate()
    places = [today - dt.timedelta(days=365 * YEARS)] * int(past.shelter.capacity)
    # Nobody of these years is there any more when the first of those came who stay now or left lately.
    last = today - dt.timedelta(days=max(*STAYED, *(came for came, _left, _reason in LEFT)) + LONGEST)
    day = places[0]
    for number in count():
        day += dt.timedelta(days=chance.between(0, 2 * 365 // A_YEAR))
        if day >= last or number >= len(people):
            return
        free = min(range(len(places)), key=places.__getitem__)
        referral = past.send(people[number], day - dt.timedelta(days=chance.between(0, 3)))
        if places[free] > day:
            past.refuse(referral, day, "full")
            continue
        past.accept(referral, day)
        places[free] = day + dt.timedelta(days=chance.between(10, LONGEST))
        past.end(past.begin(referral, day), places[free], chance.pick(ENDS))
