"""Draw what persons answered when they were asked for consent, and what staff concluded."""

import datetime as dt
from uuid import UUID

from zicht.site.made_up_register import assumed
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.persons import Frame, Traits, Values
from zicht.site.made_up_register.texts import REASONS, SIGNALS, WHY_ABLE, WORDING

UNDER_16 = ("00_08", "09_11", "12_15", "minor_nos")
OWN_HELP = ("care",)
# To whom something goes, by purpose: the type of the organisation.
RECIPIENTS = {"registry_pseudo": "coordination", "referral": "shelter", "police": "police"}


def draw_consents(chance: Chance, frame: Frame, traits: Traits, *, is_parent_suspected: bool) -> list[Values]:
    """Draw for which purposes somebody was asked, and what was answered by whom."""
    purposes = [purpose for purpose, (asked, _) in assumed.CONSENTS.items() if chance.happens(asked)]
    if is_parent_suspected and traits.band in UNDER_16:  # nobody else may answer, and the child only about its own help
        purposes = [purpose for purpose in purposes if purpose in OWN_HELP]
    return [_consent(chance, frame, traits, purpose) for purpose in purposes]


def _consent(chance: Chance, frame: Frame, traits: Traits, purpose: str) -> Values:
    answer = chance.pick(assumed.CONSENTS[purpose][1].counts)
    giver = "self"
    if traits.band in UNDER_16 and purpose not in OWN_HELP:  # UAVG art. 5
        giver = chance.pick(assumed.GIVERS.counts)
    asked_on = chance.day(frame.opened_on, min(frame.last_day, frame.opened_on + dt.timedelta(days=30)))
    withdrawn = chance.day(asked_on, frame.last_day) if answer == "withdrawn" else None
    return {
        "consent_id": chance.key(),
        "person_id": traits.person_id,
        "contact_id": None,
        "source_id": None,
        "purpose": purpose,
        "recipient": RECIPIENTS.get(purpose),
        "answer": answer,
        "given_by": giver,
        "why_able": chance.one_of(WHY_ABLE) if traits.is_minor or giver != "self" else "",
        "asked_on": asked_on,
        "wording_version": WORDING,
        "withdrawn_on": withdrawn,
        "withdrawn_by": giver if withdrawn else "",
        "allowed_by": None,
        "set_aside_on": None,
    }


def draw_assessment(chance: Chance, frame: Frame, case_id: UUID, traits: Traits, staff: str) -> list[Values]:
    """Draw whether somebody wrote down a conclusion about a person."""
    if not chance.happens(assumed.ASSESSED):
        return []
    return [
        {
            "assessment_id": chance.key(),
            "case_id": case_id,
            "person_id": traits.person_id,
            "made_on": chance.day(frame.opened_on, frame.last_day),
            "dimension_results": chance.one_of(SIGNALS),
            "conclusion": traits.status,
            "decided_by": staff,
            "reason": chance.one_of(REASONS[traits.status]),
        }
    ]
