"""Draw cases: when each was opened, who referred it, how it went on and who works on it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from zicht.site.made_up_register import assumed, margins
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.episodes import INVESTIGATIVE
from zicht.site.made_up_register.kinds import stream_of
from zicht.site.made_up_register.persons import Frame, Traits, Values
from zicht.site.made_up_register.texts import NOTES

# Which organisation stands for a list of possible victims; the chat is a list of its own.
REPORTERS: Mapping[str, str] = {
    "K": "border_police",
    "I": "labour_insp",
    "R": "care_coord",
    "O": "shelter",
    "Z": "youth_care",
}
SHORTEST, LONGEST = 14, 540  # days that a case is open
UNKNOWN_REGISTRATION = 0.1


@dataclass(frozen=True, slots=True)
class Desk:
    """The organisation that keeps the register: its wall, and which roles own cases and read along."""

    org: str
    compartment: str
    owners: Mapping[str, float]
    team: tuple[str, ...] = ()
    chat_share: float = assumed.CHAT_SHARE
    has_partners: bool = True
    asks_consent: bool = True  # under the Wpg nobody is asked


def draw_frame(chance: Chance, kind: str, year: int, today: dt.date, desk: Desk) -> Frame:
    """Draw from when until when a case was open, and who referred it."""
    opened_on = chance.day(dt.date(year, 1, 1), min(dt.date(year, 12, 31), today))
    is_closed = chance.happens(assumed.CLOSED.get(today.year - year, assumed.CLOSED_LONG_AGO))
    first, last = opened_on + dt.timedelta(days=SHORTEST), opened_on + dt.timedelta(days=LONGEST)
    is_closed = is_closed and first <= today
    last_day = chance.day(first, min(last, today)) if is_closed else _last_change(chance, opened_on, today)
    return Frame(kind, opened_on, last_day, not is_closed, desk.org, desk.compartment, _reporter(chance, kind, desk))


def _last_change(chance: Chance, opened_on: dt.date, today: dt.date) -> dt.date:
    """Give a day in the last half year: an open case is being worked on."""
    return chance.day(max(opened_on, today - dt.timedelta(days=180)), today)


def _reporter(chance: Chance, kind: str, desk: Desk) -> str:
    if not desk.has_partners:
        return ""
    if stream_of(kind) == margins.CHAT:
        return "chat_service"
    by = chance.pick(margins.POLICE.counts)
    return by if by == "police" else REPORTERS[chance.pick(margins.OTHER_REPORTERS.counts)]


def write_case(chance: Chance, frame: Frame, case_id: UUID, persons: list[Traits], desk: Desk) -> Values:
    """Draw what was written down about a case."""
    owner = chance.pick(desk.owners)
    others = [role for role in desk.team if role != owner]
    return {
        "case_id": case_id,
        "org_id": desk.org,
        "compartment": desk.compartment,
        "opened_on": frame.opened_on,
        "owner": owner,
        "team": [chance.one_of(others)] if others and chance.happens(assumed.TEAM) else [],
        "persons": [traits.person_id for traits in persons],
        **_state(chance, frame, persons),
        **_incoming(chance, frame),
        **_registration(chance, frame, persons),
        "comments": chance.one_of(NOTES) if chance.happens(assumed.NOTED) else "",
        "changed_on": frame.last_day,
    }


def _state(chance: Chance, frame: Frame, persons: list[Traits]) -> Values:
    if frame.is_open:
        state = "follow_up" if chance.happens(assumed.FOLLOW_UP) else "active"
        return {"state": state, "closed_on": None, "closure_reason": ""}
    reason = chance.pick(assumed.CLOSING.counts)
    if all(traits.status == "not_victim" for traits in persons):
        reason = "not_thb"
    is_referred = reason == "transferred" or (reason == "goals_met" and chance.happens(assumed.REFERRED_ON))
    state = "closed_referred" if is_referred else "closed"
    return {"state": state, "closed_on": frame.last_day, "closure_reason": reason}


def _incoming(chance: Chance, frame: Frame) -> Values:
    is_referred = bool(frame.reporter)
    return {
        "incoming_from": frame.reporter or None,
        "incoming_date": frame.opened_on - dt.timedelta(days=chance.between(0, 10)) if is_referred else None,
        "incoming_reason": chance.pick(assumed.INCOMING.counts) if is_referred else "not_asked",
    }


def _registration(chance: Chance, frame: Frame, persons: list[Traits]) -> Values:
    procedures = ["not_asked"]
    if not chance.happens(assumed.NO_PROCEDURE):
        procedures = chance.some(assumed.PROCEDURES.counts)
        if any(traits.is_minor for traits in persons) and chance.happens(0.5):
            procedures = [*procedures, "child_protection"]
    is_registered, basis = _basis(chance, frame, persons)
    return {"procedures": procedures, "registered_national": is_registered, "registered_basis": basis}


def _basis(chance: Chance, frame: Frame, persons: list[Traits]) -> tuple[bool | None, str]:
    """Investigative bodies must register; of the reports of others a part is."""
    if frame.reporter in INVESTIGATIVE or not frame.reporter:
        return True, "police_duty"
    if chance.happens(UNKNOWN_REGISTRATION):
        return None, ""
    if chance.pick(assumed.CARE_REGISTERS.counts) == "no":
        return False, ""
    if all(traits.is_minor for traits in persons) and chance.happens(0.3):
        return True, "child_report"
    return True, chance.pick(assumed.CARE_BASIS.counts)
