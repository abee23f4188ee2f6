"""How tasks follow each other, when one is late, who may approve, and who supports: no database, no request."""

import datetime as dt

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht import words
from zicht.care.rules import works_in_care
from zicht.cases.rules import walls_of_all_cases, walls_of_own_cases
from zicht.people.rules import AccountLike, is_own_organisation

SOON = 7  # days: what is due within a week is told as soon
OVERDUE, TODAY, IS_SOON, LATER, NO_DAY = "overdue", "today", "soon", "later", "no_day"
IS_OVER = ("done", "dropped")  # states of a task in which nothing more is done


# --- tasks --------------------------------------------------------------------------------------------------------
def may_follow(state: str, following: str) -> bool:
    """Tell whether a task may go from one state to another (attribute `next` of list task_state)."""
    return following in words.vocabulary().lists["task_state"].codes[state].texts("next")


def is_state(state: str) -> bool:
    """Tell whether it is a state of a task."""
    return state in words.vocabulary().lists["task_state"].codes


def steps_after(state: str) -> tuple[str, ...]:
    """Give the states a task may go to from here."""
    return words.vocabulary().lists["task_state"].codes[state].texts("next")


def due_state(due_on: dt.date | None, now: dt.datetime, zone: dt.tzinfo) -> str:
    """Tell how near the day of a task is: a day is over at midnight where the organisation is, not in UTC."""
    if due_on is None:
        return NO_DAY
    days = (due_on - now.astimezone(zone).date()).days
    return OVERDUE if days < 0 else TODAY if days == 0 else IS_SOON if days <= SOON else LATER


# --- approvals ----------------------------------------------------------------------------------------------------
def may_answer(asked_by: object, answers: object) -> bool:
    """Tell whether somebody may answer what was asked: never who asked it."""
    return asked_by != answers


# --- permissions --------------------------------------------------------------------------------------------------
def _supports(account: AccountLike, record: object = None) -> bool:
    """Let those who work in care support whom their organisation received; whose referral it is the query knows."""
    return works_in_care(account) and is_own_organisation(account, record)


def _has_tasks(account: AccountLike, record: object = None) -> bool:
    """Let whoever may be in the team of a case, or works in care, see what they have to do."""
    walls = walls_of_all_cases(account) | walls_of_own_cases(account)
    return bool(walls) or _supports(account, record)


PERMISSIONS = {"care.support": Predicate(_supports), "care.see_tasks": Predicate(_has_tasks)}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
