"""What must hold in plans, goals, tasks and what stands beside them, when a task is late, and who may approve.

No database, no request.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht import words
from zicht.cases.rules import walls_of_all_cases, walls_of_own_cases
from zicht.people.rules import AccountLike, is_own_organisation, purposes_of
from zicht.words import Problem

CARE = "care"  # the purpose of those who work in care and shelter
Values = Mapping[str, object]  # field name of an entity -> value
SOON = 7  # days: what is due within a week is told as soon
OVERDUE, TODAY, IS_SOON, LATER, NO_DAY = "overdue", "today", "soon", "later", "no_day"
IS_OVER = ("done", "dropped")  # states of a task in which nothing more is done
ANSWERS = ("approved", "declined")


# --- tasks --------------------------------------------------------------------------------------------------------
def may_follow(state: str, following: str) -> bool:
    """Tell whether a task may go from one state to another (attribute `next` of list task_state)."""
    return following in words.vocabulary().lists["task_state"].codes[state].texts("next")


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


# --- what must hold in a record -----------------------------------------------------------------------------------
def broken_constraints(entity: str, values: Values, today: dt.date) -> dict[str, Problem]:
    """Tell for each field of a record which constraint of its entity it breaks; empty when none."""
    found: dict[str, Problem] = {}
    for name in PAST.get(entity, ()):
        value = values.get(name)
        if value and (problem := words.check_value(entity, name, value, is_new=False, today=today)):
            found[name] = problem
    for constraint in CONSTRAINTS.get(entity, ()):
        found |= {name: problem for name, problem in constraint(values) if name not in found}
    return found


PAST: Mapping[str, tuple[str, ...]] = {
    "care_plan": ("opened_on", "agreed_on", "closed_on"),
    "support_plan": ("actual_end",),
    "task": ("done_on",),
    "safety_plan": ("made_on",),
    "safe_contact": ("checked_on",),
    "case_conference": ("held_on",),
    "approval": ("given_on",),
    "account_version": ("told_on",),
    "attachment": ("added_on",),
}


def _label(entity: str, name: str) -> words.Label:
    return words.vocabulary().entities[entity].fields[name].label


def _order(entity: str, values: Values, first: str, last: str) -> Iterator[tuple[str, Problem]]:
    begin, end = values.get(first), values.get(last)
    if begin and end and str(end) < str(begin):
        yield last, Problem("earlier_than", {"other": _label(entity, first)})


def _together(entity: str, values: Values, one: str, other: str) -> Iterator[tuple[str, Problem]]:
    for name, beside in ((one, other), (other, one)):
        if values.get(beside) and not values.get(name):
            yield name, Problem("needed_with", {"other": _label(entity, beside)})


AGREED = ("together", "agreed", "partly", "declined")


def _planned(plan: Values) -> Iterator[tuple[str, Problem]]:
    yield from _order("care_plan", plan, "opened_on", "review_on")
    yield from _order("care_plan", plan, "opened_on", "closed_on")
    if plan.get("agreement") in AGREED and not plan.get("agreed_on"):
        yield "agreed_on", Problem("needed_with", {"other": _label("care_plan", "agreement")})
    if plan.get("agreed_on") and plan.get("agreement") not in AGREED:
        yield "agreed_on", Problem("only_with", {"other": _label("care_plan", "agreement")})


def _aimed(goal: Values) -> Iterator[tuple[str, Problem]]:
    yield from _together("support_plan", goal, "outcome", "actual_end")


def _given(task: Values) -> Iterator[tuple[str, Problem]]:
    is_over = task.get("state") in IS_OVER
    if is_over and not task.get("done_on"):
        yield "done_on", Problem("needed_with", {"other": _label("task", "state")})
    if task.get("done_on") and not is_over:
        yield "done_on", Problem("only_with", {"other": _label("task", "state")})


def _kept_safe(plan: Values) -> Iterator[tuple[str, Problem]]:
    yield from _order("safety_plan", plan, "made_on", "review_on")


CONSTRAINTS: Mapping[str, tuple[Callable[[Values], Iterator[tuple[str, Problem]]], ...]] = {
    "care_plan": (_planned,),
    "support_plan": (_aimed,),
    "task": (_given,),
    "safety_plan": (_kept_safe,),
}


# --- permissions --------------------------------------------------------------------------------------------------
def _supports(account: AccountLike, record: object = None) -> bool:
    """Let those who work in care support whom their organisation received; whose referral it is the query knows."""
    return account.status == "active" and CARE in purposes_of(account) and is_own_organisation(account, record)


def _has_tasks(account: AccountLike, record: object = None) -> bool:
    """Let whoever may be in the team of a case, or works in care, see what they have to do."""
    walls = walls_of_all_cases(account) | walls_of_own_cases(account)
    return bool(walls) or _supports(account, record)


PERMISSIONS = {"care.support": Predicate(_supports), "care.see_tasks": Predicate(_has_tasks)}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
