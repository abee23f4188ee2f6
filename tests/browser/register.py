"""A register to look at: two cases with identifiers that every run gives them, so that their pages have addresses."""

import datetime as dt
from uuid import UUID

from zicht.cases import actions, page_actions
from zicht.people.models import Account

CASE, OTHER_CASE = UUID("11111111-1111-4111-8111-111111111111"), UUID("22222222-2222-4222-8222-222222222222")
PERSON, SIBLING = UUID("33333333-3333-4333-8333-333333333333"), UUID("44444444-4444-4444-8444-444444444444")
EPISODE, PLACE = UUID("55555555-5555-4555-8555-555555555555"), UUID("66666666-6666-4666-8666-666666666666")
OF_THE_CASE = f"/staff/cases/{CASE}/"
OF_THE_PERSON = f"{OF_THE_CASE}persons/{PERSON}/"
OF_THE_EPISODE = f"{OF_THE_CASE}episodes/{EPISODE}/"
DAY = dt.date(2026, 3, 2)
STATUS = {"status": "possible", "status_by": "ngo", "status_date": DAY}


def make_register(owner: Account) -> None:
    """Open a case about two people of one household, with what is usually known, and one that is closed."""
    case = actions.open_case(owner, {"opened_on": DAY, "incoming_reason": "safety"}, case_id=CASE)
    who = {"age_band": "16_17", "gender": "f", "citizenship_group": "nl", "citizenship": ["NLD", "MAR"]}
    person = actions.add_person(owner, case, {**STATUS, **who}, person_id=PERSON)
    sibling = actions.add_person(owner, case, {**STATUS, "age_band": "12_15"}, person_id=SIBLING)
    page_actions.put_in_household(owner, case, sibling, person, version=1)
    what = {
        "forms": ["sexual", "criminal"],
        "main_form": "sexual",
        "means": ["threat_images", "debt"],
        "relations": ["partner"],
    }
    episode = actions.add_episode(owner, case, person, {**what, "start_month": "2025-05"}, episode_id=EPISODE)
    where = {"event_kind": "exploitation", "level": "municipality", "place_code": "GM0363", "period": "2025-06"}
    actions.add_place(owner, case, episode, where, place_id=PLACE)
    reason = {"made_on": DAY, "conclusion": "possible", "reason": "Three strong signals in two talks."}
    actions.assess(owner, case, person, reason)
    page_actions.add_note(owner, case, "Called back on Monday. Wants to think about a complaint.")
    closed = actions.open_case(owner, {"opened_on": dt.date(2025, 11, 20)}, case_id=OTHER_CASE)
    closing = {"state": "closed", "closed_on": dt.date(2026, 1, 9), "closure_reason": "goals_met"}
    actions.close_case(owner, closed, closing, version=1)
