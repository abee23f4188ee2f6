"""A made-up year of a help chat with the margins once published (words: seed_figures s004); nobody in it exists."""

import datetime as dt
from itertools import chain, repeat
from typing import Any

from django.db.models import QuerySet
from tests.figures.register.made import YEAR, keyed, store

from zicht.contact.records.models import Contact
from zicht.people.models import Account

VISITORS, SELF, FIRST, MINOR, YOUNGEST, PARENT = 283, 250, 163, 148, 50, 36
MET_KNOWN, MET_SOCIAL = 122, 61
MIDDLE = dt.datetime(YEAR, 6, 1, 12, tzinfo=dt.UTC)
USUAL: dict[str, Any] = {
    "received_at": MIDDLE,
    "channel": "chat",
    "kind": "help_request",
    "about_thb": True,
    "urgency": "u3_week",
    "outcome": "listened",
    "compartment": "help",
}


def bands() -> list[str]:
    """Give the age band of each victim: 50 of 15 or younger, 98 of 16 or 17, and 102 who are older."""
    return [*repeat("12_15", YOUNGEST), *repeat("16_17", MINOR - YOUNGEST), *repeat("18_20", SELF - MINOR)]


def store_chat_year(worker: Account, unknown: int = 0) -> None:
    """Store the contacts of the year, and the victims of them as persons of the register.

    `unknown`: so many more of each, of whom nothing is known, and contacts of visitors who came back.
    """
    told = chain(repeat("first", FIRST), repeat("told_private"))
    selves: list[dict[str, Any]] = [
        {"role": "self_victim", "age_band": band, "disclosure_stage": stage, "timing": "ongoing"}
        for band, stage in zip(bands(), told, strict=False)
    ]
    others: list[dict[str, Any]] = [
        {"role": "bystander_friend", "timing": "unknown", "disclosure_stage": "unknown"}
    ] * (VISITORS - SELF)
    silent: list[dict[str, Any]] = [{"role": "self_victim"}, {"role": "self_victim", "repeat_visitor": True}] * unknown
    records = [Contact(org=worker.org, worker=worker, **{**USUAL, **one}) for one in [*selves, *others, *silent]]
    QuerySet[Contact](Contact).bulk_create(records)
    store(worker, keyed([*map(person, range(SELF), bands()), *repeat({}, unknown)]))


def person(number: int, band: str) -> dict[str, Any]:
    """Give one victim as the register has it."""
    met = "social_media" if number < MET_SOCIAL else "school" if number < MET_KNOWN else "unknown"
    relation = "parent" if number % 7 == 1 and number // 7 < PARENT else "partner"
    return {"age_band": band, "episodes": [{"relations": [relation], "recruitment_channel": met}]}
