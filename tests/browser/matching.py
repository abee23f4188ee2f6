"""Somebody who is registered twice, to look at, and a key for a program."""

from uuid import UUID

from tests.browser.register import CASE, OF_THE_PERSON, PERSON, STATUS
from zicht.cases import actions, queries
from zicht.cases.matching import actions as matching
from zicht.cases.matching.actions import Pair
from zicht.people.api_tokens import make_token
from zicht.people.models import Account

AGAIN, ONCE_MORE = UUID("77777777-7777-4777-8777-777777777777"), UUID("88888888-8888-4888-8888-888888888888")
OF_CASE_WORKERS = (
    "/staff/cases/matches/",
    f"{OF_THE_PERSON}matches/",
    f"{OF_THE_PERSON}matches/{AGAIN}/",
    f"{OF_THE_PERSON}matches/{ONCE_MORE}/",
    "/staff/tokens/",
)
OF_PRIVACY_OFFICERS = ("/staff/tokens/organisation/",)


def make_alike(owner: Account) -> None:
    """Register somebody twice more, once decided and once not, and make a key."""
    case = queries.find_case(owner, CASE)
    assert case is not None
    who = {"age_band": "16_17", "gender": "f", "citizenship_group": "nl", "citizenship": ["NLD", "MAR"]}
    actions.add_person(owner, case, {**STATUS, **who, "in_school": True, "language": "nl"}, person_id=AGAIN)
    actions.add_person(owner, case, {**STATUS, **who, "gender": "nb"}, person_id=ONCE_MORE)
    matching.count_as_one(owner, Pair(PERSON, ONCE_MORE, {}))
    make_token(owner, label="monthly export", scopes=["read_cases", "export_cases"], days=90)
