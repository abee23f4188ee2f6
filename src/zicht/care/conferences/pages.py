"""Bring together what is shown of case conferences."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from zicht.care.conferences.actions import answers_of
from zicht.care.plan.doors import Door
from zicht.care.plan.models import Approval, Conference, Decision, Task
from zicht.care.plan.pages import LOOKS, due_now
from zicht.care.plan.rules import IS_OVER
from zicht.cases import queries as cases
from zicht.cases.models import Case
from zicht.people.models import Account, Organisation
from zicht.people.sealed import reveal, reveal_each
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words

ANSWER_LOOKS: Mapping[str, str] = {"approved": "tag tag--ok", "declined": "tag tag--stop"}


@dataclass(frozen=True)
class ConferenceRow:
    """A conference on the page of a person."""

    record: Conference
    day: dt.date
    present: str
    decisions: int


@dataclass(frozen=True)
class DecisionShown:
    """A decision, with what became of it."""

    record: Decision
    domain: str
    kind: str
    what: str
    who: str
    state: str
    look: str


@dataclass(frozen=True)
class AnswerShown:
    """What an organisation that was there answered, or that it did not yet."""

    organisation: Organisation
    state: str
    look: str
    day: dt.date | None
    reason: str


@dataclass(frozen=True)
class ConferencePage:
    """A conference; the texts are empty for whoever is not in the team."""

    record: Conference
    code: str
    roles: str
    basis: str
    talked_over: str
    decisions: list[DecisionShown]
    answers: list[AnswerShown]
    may_write: bool
    may_add: bool


def conferences_of(door: Door) -> list[ConferenceRow]:
    """Give the conferences of the case of a person, the newest first."""
    if not door.is_own:
        return []
    found = Conference.objects.filter(case=door.case).prefetch_related("participants", "decided").order_by("-held_on")
    return [
        ConferenceRow(one, one.held_on, ", ".join(sorted(map(str, one.participants.all()))), len(one.decided.all()))
        for one in found
    ]


def page_of_conference(reader: Account, case: Case, conference: Conference) -> ConferencePage:
    """Read a conference with its decisions and answers."""
    reads = cases.may_read_text(reader, case)
    decided = list(conference.decided.select_related("by_org", "owner", "conference").order_by("number"))
    texts = reveal_each(decided, "what") if reads else {}
    tasks = {one.decision_id: one for one in Task.objects.filter(decision__in=decided)}
    answers = answers_of(conference)
    return ConferencePage(
        record=conference,
        code=short_code(case.pk),
        roles=in_words("case_conference", "roles", conference.roles),
        basis=in_words("case_conference", "basis", conference.basis),
        talked_over=reveal(conference, "decisions") if reads else "",
        decisions=[_decision(one, texts.get(one.pk, ""), tasks.get(one.pk)) for one in decided],
        answers=_answers(conference, answers, reads=reads),
        may_write=reads,
        may_add=reads and not answers,
    )


def _decision(decision: Decision, what: str, task: Task | None) -> DecisionShown:
    is_over = task is not None and task.state in IS_OVER
    return DecisionShown(
        record=decision,
        domain=in_words("decision", "domain", decision.domain),
        kind=in_words("decision", "kind", decision.kind),
        what=what,
        who=str(decision.owner or decision.by_org),
        state=in_words("task", "state", task.state) if task else "",
        look="" if is_over else LOOKS.get(due_now(decision.due_on), ""),
    )


def _answers(conference: Conference, lines: list[Approval], *, reads: bool) -> list[AnswerShown]:
    by_org: dict[UUID, Approval] = {line.org_id: line for line in lines}
    reasons = reveal_each(lines, "reason") if reads else {}
    shown = []
    for organisation in conference.participants.order_by("org_name"):
        line = by_org.get(organisation.pk)
        state = in_words("approval", "state", line.state) if line else ""
        look = ANSWER_LOOKS[line.state] if line else ""
        reason = reasons.get(line.pk, "") if line else ""
        shown.append(AnswerShown(organisation, state, look, line.given_on if line else None, reason))
    return shown
