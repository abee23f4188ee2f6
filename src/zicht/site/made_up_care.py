"""A made-up crisis shelter for the demo: seven places without an address, who stays, who waits, and three years before.

What runs now is made by the same actions as real referrals and stays, so each has its steps. The years before are
drawn: at most 42 days, about fifty people a year (numbers of a shelter for minors), and refused where it was full.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import count

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zicht.care.models import Referral, Shelter, Stay
from zicht.care.referrals import actions as referrals
from zicht.care.referrals.actions import Terms
from zicht.care.shelter import actions
from zicht.cases.models import Case, Person
from zicht.cases.sharing import Ground
from zicht.people.models import Account
from zicht.site.made_up_register.chance import Chance

SEED = "zicht demo care"
PLACES: dict[str, object] = {
    "place_kind": "crisis_minor",
    "capacity": 7,
    "max_stay_days": 42,
    "accepts_age_bands": ["12_15", "16_17"],
    "region": "Flevoland",
}
WISH: dict[str, object] = {"reason": "shelter", "support": ["shelter"], "place_kind": "crisis_minor"}
TERMS = Terms(
    ground=Ground(("a6_vital", "a9_vital"), "Verzonnen voorbeeld: vannacht is er een veilige plek nodig.", True)
)
# How many days the present stays last already; one should have left.
STAYED = (44, 39, 31, 12, 3)
URGENCIES = ("u1_now", "u2_today", "u2_today", "u3_week")
A_YEAR, LONGEST, YEARS = 50, 42, 3
ENDS = {"moved_on": 5.0, "home": 2.0, "max_term": 2.0, "left": 1.0, "missing": 0.4, "transfer": 0.4}


@transaction.atomic
def make_care(worker: Account, keeper: Account, host: Account) -> None:
    """Make a shelter with its years before and what runs now, unless there is one."""
    if Shelter.objects.exists():
        return
    chance, shelter = Chance(SEED), actions.open_shelter(keeper, PLACES)
    before, now = list(_minors(worker, closed=True)), iter(list(_minors(worker, closed=False)))
    _make_years_before(chance, shelter, before)
    for days in STAYED:
        _make_stay(worker, host, shelter, next(now), days)
    _refer(worker, host, next(now), "u2_today", shelter)
    for urgency in URGENCIES[:3]:
        referral = _refer(worker, host, next(now), urgency)
        actions.put_on_list(host, referral, {"place_kind": "crisis_minor", "urgency": urgency})
    for urgency in URGENCIES[1:3]:
        _send(worker, keeper, next(now), urgency)
    refused = _send(worker, keeper, next(now), "u3_week")
    referrals.refuse(host, refused, "care_need")


def _minors(worker: Account, *, closed: bool) -> Iterator[tuple[Case, Person]]:
    """Give minors of the made-up register with a case, each once."""
    fit = {"age_band__in": ["12_15", "16_17"], "restricted_on": None, "merged_into": None}
    persons = Person.objects.filter(org=worker.org, cases__closed_on__isnull=not closed, **fit)
    for person in persons.order_by("-first_registered", "pk").distinct()[: A_YEAR * YEARS + 20]:
        case = person.cases.filter(closed_on__isnull=not closed).order_by("pk").first()
        if case is not None:
            yield case, person


# --- now ----------------------------------------------------------------------------------------------------------
def _send(worker: Account, keeper: Account, who: tuple[Case, Person], urgency: str) -> Referral:
    case, person = who
    proposed = referrals.propose(worker, case, person, keeper.org, {**WISH, "urgency": urgency})
    return referrals.send(worker, case, proposed, TERMS)


def _refer(
    worker: Account, host: Account, who: tuple[Case, Person], urgency: str, shelter: Shelter | None = None
) -> Referral:
    referral = referrals.accept(host, _send(worker, host, who, urgency))
    if shelter is not None:
        actions.hold_place(host, referral, shelter, 24)
    return referral


def _make_stay(worker: Account, host: Account, shelter: Shelter, who: tuple[Case, Person], days: int) -> None:
    stay = actions.begin_stay(host, _refer(worker, host, who, "u1_now", shelter))
    began = timezone.localdate() - dt.timedelta(days=days)
    # Put in the past by hand: whoever looks at the demo should not find that everybody came today.
    until = began + dt.timedelta(days=LONGEST)
    Stay.objects.filter(pk=stay.pk).update(from_date=began, planned_until=until)
    told = {"sent_on": began - dt.timedelta(days=1), "decided_on": began, "arrived_on": began}
    Referral.objects.filter(pk=stay.referral_id).update(**told)


# --- before -------------------------------------------------------------------------------------------------------
def _make_years_before(chance: Chance, shelter: Shelter, people: list[tuple[Case, Person]]) -> None:
    """Let people come at random, stay at most six weeks, and find it full where it is."""
    today = timezone.localdate()
    asked, stays, places = [], [], [today - dt.timedelta(days=365 * YEARS)] * int(shelter.capacity)
    # Nobody of these years is there any more when the first of those who stay now came.
    last = today - dt.timedelta(days=max(STAYED) + LONGEST)
    day = places[0]
    for number in count():
        day += dt.timedelta(days=chance.between(0, 2 * 365 // A_YEAR))
        if day >= last or number >= len(people):
            break
        case, person = people[number]
        free = min(range(len(places)), key=places.__getitem__)
        is_full = places[free] > day
        referral = _past_referral(chance, shelter, case, person, day, is_full)
        asked.append(referral)
        if not is_full:
            until = day + dt.timedelta(days=chance.between(10, LONGEST))
            places[free] = until
            stays.append(_past_stay(chance, shelter, referral, until))
    QuerySet[Referral](Referral).bulk_create(asked)
    QuerySet[Stay](Stay).bulk_create(stays)


def _past_referral(
    chance: Chance, shelter: Shelter, case: Case, person: Person, day: dt.date, is_full: bool
) -> Referral:
    answered = {"refusal_reason": "full"} if is_full else {"arrived_on": day}
    return Referral(
        case=case,
        person=person,
        from_org=case.org,
        to_org=shelter.org,
        **WISH,
        urgency="u2_today",
        state="refused" if is_full else "arrived",
        sent_on=day - dt.timedelta(days=chance.between(0, 3)),
        decided_on=day,
        **answered,
    )


def _past_stay(chance: Chance, shelter: Shelter, referral: Referral, until: dt.date) -> Stay:
    day = referral.arrived_on or until
    return Stay(
        shelter=shelter,
        person=referral.person,
        referral=referral,
        from_date=day,
        planned_until=day + dt.timedelta(days=LONGEST),
        until_date=until,
        end_reason=chance.pick(ENDS),
    )
