"""What must hold in the records of care beyond what the words say of each value: no database, no request."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from zicht import words
from zicht.care.plan.rules import IS_OVER
from zicht.care.rules import LONGEST_STAY, MOST_PLACES, provinces
from zicht.cases.rules import terms
from zicht.words import Problem

Values = Mapping[str, object]  # field name of an entity -> value
AGREED = ("together", "agreed", "partly", "declined")  # ways in which a plan was talked over with the person


def broken_constraints(entity: str, values: Values, today: dt.date) -> dict[str, Problem]:
    """Tell for each field of a record which constraint of its entity it breaks; empty when none."""
    return words.check_together(entity, values, today, PAST, CONSTRAINTS)


# Days that are not still to come.
PAST: Mapping[str, tuple[str, ...]] = {
    "referral": ("sent_on", "decided_on", "arrived_on"),
    "stay": ("from_date", "until_date"),
    "waiting_list_entry": ("asked_on", "ended_on"),
    "shelter": ("closed_on",),
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


def _answered(referral: Values) -> Iterator[tuple[str, Problem]]:
    yield from _order("referral", referral, "sent_on", "decided_on")
    yield from _order("referral", referral, "decided_on", "arrived_on")
    if referral.get("state") == "refused" and not terms(referral.get("refusal_reason")):
        yield "refusal_reason", Problem("needed_with", {"other": _label("referral", "state")})


def _stayed(stay: Values) -> Iterator[tuple[str, Problem]]:
    yield from _order("stay", stay, "from_date", "planned_until")
    yield from _order("stay", stay, "from_date", "until_date")
    if stay.get("until_date") and not terms(stay.get("end_reason")):
        yield "end_reason", Problem("needed_with", {"other": _label("stay", "until_date")})
    if terms(stay.get("end_reason")) and not stay.get("until_date"):
        yield "end_reason", Problem("only_with", {"other": _label("stay", "until_date")})


def _sheltered(shelter: Values) -> Iterator[tuple[str, Problem]]:
    for name, most in (("capacity", MOST_PLACES), ("max_stay_days", LONGEST_STAY)):
        value = shelter.get(name)
        if isinstance(value, int) and value > most:
            yield name, Problem("number_too_large")
    region = shelter.get("region")
    # A region is a province and nothing finer: in a text somebody would write where it is.
    if region and region not in provinces():
        yield "region", Problem("not_a_place", {"level": _province()})


def _province() -> words.Label:
    return words.vocabulary().lists["place_level"].codes["province"].label


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
    "referral": (_answered,),
    "stay": (_stayed,),
    "shelter": (_sheltered,),
    "care_plan": (_planned,),
    "support_plan": (_aimed,),
    "task": (_given,),
    "safety_plan": (_kept_safe,),
}
