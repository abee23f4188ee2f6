"""Made-up contacts of the help desk in the demo: nobody in them exists, and their shares are those of a publication.

Numbers of a year and shares that are known come from CKM; the others are assumed so that every page has something to
show: contacts that came back, tests, misuse, and other questions than trafficking.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils import timezone

from zicht.contact.records.models import Contact
from zicht.people.models import Account
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.margins import CHAT_AGE

SEED = "zicht demo contacts"
YEARS_BEFORE = 6  # beside the present one, as in the made-up register
# CKM, yearly analysis of Chat met Fier, 2020: unique visitors about trafficking, of whom said so of themselves, and the
# share that told it for the first time.
VISITORS, SELF, FIRST = 283, 250, 0.65
# Assumed from here on.
CAME_BACK, OTHER_QUESTIONS = 0.12, 0.2  # contacts for each visitor about trafficking
UNCOUNTED: Mapping[str, float] = {"silent": 0.5, "abusive": 0.3, "test": 0.2}
UNCOUNTED_SHARE = 0.15
OTHERS: Mapping[str, float] = {
    "bystander_friend": 4,
    "bystander_family": 4,
    "professional": 3,
    "bystander_public": 1,
    "unknown": 2,
}
AGES: Mapping[str, Mapping[str, float]] = {
    "le15": {"12_15": 9, "09_11": 1},
    "a16_17": {"16_17": 1},
    "ge18": {"18_20": 5, "21_23": 3, "24_26": 2, "27_29": 1, "30_38": 1, "adult_nos": 1},
}
TOLD: Mapping[str, float] = {"told_private": 0.5, "told_helper": 0.35, "told_police": 0.15}
TIMING: Mapping[str, float] = {"ongoing": 0.55, "ended_lt1y": 0.2, "ended_ge1y": 0.15, "imminent": 0.1}
URGENCY: Mapping[str, float] = {"u1_now": 0.03, "u2_today": 0.17, "u3_week": 0.4, "u4_info": 0.4}
OUTCOME: Mapping[str, float] = {
    "listened": 4,
    "return_agreed": 2,
    "referred": 2,
    "broken_off": 1.5,
    "case_opened": 0.4,
    "emergency": 0.1,
}
CHANNEL: Mapping[str, float] = {"chat": 0.85, "phone": 0.1, "message_app": 0.05}
LANGUAGE: Mapping[str, float] = {"nl": 0.85, "en": 0.08, "ar": 0.03, "pl": 0.02, "not_asked": 0.02}
HOURS: Mapping[int, float] = {hour: 3 if hour >= 19 else 1 for hour in range(13, 23)}
NOT_LEARNED: Mapping[str, float] = {"unknown": 0.4, "not_asked": 0.5, "declined": 0.1}
NOT_LEARNED_SHARE = 0.12
Values = dict[str, object]


def make_contacts(staff: list[Account], today: dt.date) -> None:
    """Store made-up contacts of an organisation, unless it has any; past the checks, which a test makes."""
    if Contact.objects.filter(org=staff[0].org).exists():
        return
    chance = Chance(SEED)
    records = []
    for values in draw(chance, today):
        worker = chance.one_of(staff)
        key = chance.key()
        records.append(Contact(contact_id=key, org=worker.org, compartment="help", worker=worker, **values))
    QuerySet[Contact](Contact).bulk_create(records)


def draw(chance: Chance, today: dt.date) -> Iterator[Values]:
    """Draw the contacts of the years before and of this one up to today."""
    for year in range(today.year - YEARS_BEFORE, today.year + 1):
        first, last = dt.date(year, 1, 1), min(dt.date(year, 12, 31), today - dt.timedelta(days=1))
        part = max((last - first).days + 1, 0) / 365
        for place in range(round(VISITORS * part)):
            yield _about_trafficking(chance, _when(chance, first, last), is_self=place < round(SELF * part))
        for _ in range(round(VISITORS * part * CAME_BACK)):
            again = _about_trafficking(chance, _when(chance, first, last), is_self=chance.happens(SELF / VISITORS))
            yield {**again, "repeat_visitor": True}
        for _ in range(round(VISITORS * part * OTHER_QUESTIONS)):
            yield _other_question(chance, _when(chance, first, last))
        for _ in range(round(VISITORS * part * UNCOUNTED_SHARE)):
            yield _uncounted(chance, _when(chance, first, last))


def _about_trafficking(chance: Chance, when: dt.datetime, *, is_self: bool) -> Values:
    told = "first" if chance.happens(FIRST) else chance.pick(TOLD)
    return {
        **_frame(chance, when),
        "kind": "help_request" if is_self else chance.pick({"report": 2, "help_request": 2, "professional_consult": 1}),
        "role": "self_victim" if is_self else chance.pick(OTHERS),
        "about_thb": True,
        "repeat_visitor": False,
        "age_band": _or_not(chance, chance.pick(AGES[chance.pick(CHAT_AGE.counts)])),
        "disclosure_stage": _or_not(chance, told),
        "timing": _or_not(chance, chance.pick(TIMING)),
        "urgency": chance.pick(URGENCY),
        "outcome": chance.pick(OUTCOME),
    }


def _other_question(chance: Chance, when: dt.datetime) -> Values:
    role = chance.pick({"unknown": 3, "bystander_public": 1, "professional": 1})
    about = {"kind": "information", "role": role, "about_thb": False, "urgency": "u4_info"}
    return {**_frame(chance, when), **about, "outcome": chance.pick({"listened": 1, "closed_no_action": 2})}


def _uncounted(chance: Chance, when: dt.datetime) -> Values:
    about = {"kind": chance.pick(UNCOUNTED), "role": "unknown", "about_thb": False, "urgency": "u4_info"}
    return {**_frame(chance, when), **about, "outcome": "closed_no_action"}


def _frame(chance: Chance, when: dt.datetime) -> Values:
    return {"received_at": when, "channel": chance.pick(CHANNEL), "language": chance.pick(LANGUAGE)}


def _when(chance: Chance, first: dt.date, last: dt.date) -> dt.datetime:
    hour = dt.time(chance.pick(HOURS))
    return timezone.make_aware(dt.datetime.combine(chance.day(first, last), hour))


def _or_not(chance: Chance, term: str) -> str:
    return chance.pick(NOT_LEARNED) if chance.happens(NOT_LEARNED_SHARE) else term
