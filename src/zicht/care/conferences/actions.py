"""Write down a case conference, its decisions, which become tasks, and who of those present approved them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zicht.care.conferences.errors import AlreadyAnsweredError, AlreadyApprovedError, NotPresentError
from zicht.care.errors import NoConsentError, NotALegalBasisError
from zicht.care.plan.doors import pass_into_case
from zicht.care.plan.errors import NotAColleagueError
from zicht.care.plan.events import remember
from zicht.care.plan.models import Approval, Conference, Decision, Task
from zicht.care.plan.tasks import step_task
from zicht.cases import queries as cases
from zicht.cases import saving, sharing
from zicht.cases.errors import NotThereError, RestrictedError
from zicht.cases.models import Case, Person
from zicht.cases.rights.consent.queries import has_consent, same_person
from zicht.cases.rules import NOT_A_BASIS, is_article_9_alone, rests_on_consent
from zicht.cases.sharing import Ground
from zicht.people.models import Account, Organisation
from zicht.people.sealed import make_key

Values = Mapping[str, object]  # field name of the entity -> value
WHAT = "case conference"  # what a share says went along
TASK_OF: Mapping[str, str] = {"legal": "legal", "protect": "safety", "shelter": "referral"}  # decision -> kind of task
ANSWERS = {"approved": "approval_given", "declined": "approval_declined"}  # state -> step


@dataclass(frozen=True, slots=True)
class Held:
    """Say of a conference who took part, and why the others needed to know of whom it was."""

    present: tuple[UUID, ...]
    necessity: str = ""


@transaction.atomic
def write_conference(
    by: Account, case: Case, values: Values, held: Held, *, conference_id: UUID | None = None
) -> Conference:
    """Write down a conference; where the person was named, each organisation present gets a line in the log of shares.

    Raises NotALegalBasisError without a basis, NoConsentError where it rests on a consent that is not there,
    RestrictedError where somebody's data may not be used, NotThereError for a news desk that is not its own. The same
    `conference_id` twice is the same one once.
    """
    case = pass_into_case(by, case)
    if conference_id and (made := Conference.objects.filter(pk=conference_id, case=case).first()):
        return made
    conference = Conference(case=case, written_by=by)
    if conference_id:
        conference.conference_id = conference_id
    saving.fill(conference, values)
    conference.refuse_if_wrong()
    named = {*held.present, conference.chair_org_id}
    present = list(may_be_present(case.org_id).filter(pk__in=named).order_by("org_name"))
    if len(present) < len(named):
        raise NotThereError
    _refuse_without_ground(conference)
    remember(by, "conference_held", case, None, conference.pk)
    make_key(conference)
    conference.save(force_insert=True)
    conference.participants.set(present)
    if not conference.without_identity:
        _share(by, conference, [one for one in present if one.pk != case.org_id], held.necessity)
    saving.log(by, "opened", conference, case.compartment)
    return conference


def may_be_present(own: UUID) -> QuerySet[Organisation]:
    """Give the organisations that may take part in a conference of one: no news desk, unless the case is its own."""
    return Organisation.objects.filter(~Q(legal_regime="press") | Q(pk=own))


def _refuse_without_ground(conference: Conference) -> None:
    basis = conference.basis
    if not basis or NOT_A_BASIS & set(basis) or is_article_9_alone(basis):
        raise NotALegalBasisError


def _share(by: Account, conference: Conference, others: Iterable[Organisation], necessity: str) -> None:
    receivers = list(others)
    if receivers and not necessity.strip():
        raise NotALegalBasisError
    ground = Ground(tuple(conference.basis), necessity, conference.person_informed)
    for person in Person.objects.filter(cases=conference.case).select_for_update(of=("self",)).order_by("pk"):
        if receivers and person.restricted_on:
            raise RestrictedError
        for to in receivers:
            _share_with(by, person, to, ground)


def _share_with(by: Account, person: Person, to: Organisation, ground: Ground) -> None:
    consent = None
    if rests_on_consent(ground.basis):
        if not has_consent(person, "referral", to):
            raise NoConsentError
        consent = sharing.yes_to(Person.objects.filter(pk__in=same_person([person.pk])[person.pk]), to)
    # What was said at a table is said: the share ends on the day it was made.
    sharing.end_share(by, sharing.share(by, person, to, WHAT, ground, consent))


@transaction.atomic
def add_decision(
    by: Account, case: Case, conference_id: UUID, values: Values, *, decision_id: UUID | None = None
) -> Decision:
    """Write down a decision; one that the own organisation carries out becomes a task of the colleague who does it.

    Raises AlreadyApprovedError when somebody answered already, NotPresentError for an organisation that was not there.
    """
    case = pass_into_case(by, case)
    conference = _find(case, conference_id)
    if decision_id and (made := conference.decided.filter(pk=decision_id).first()):
        return made
    if answers_of(conference):
        raise AlreadyApprovedError
    decision = Decision(conference=conference, number=conference.decided.count() + 1)
    if decision_id:
        decision.decision_id = decision_id
    saving.fill(decision, values)
    decision.refuse_if_wrong()
    if not conference.participants.filter(pk=str(decision.by_org_id)).exists():
        raise NotPresentError
    make_key(decision)
    what = str(values.get("what") or "")
    decision.save(force_insert=True)
    if str(decision.by_org_id) == str(case.org_id):
        _give(by, case, decision, what)
    saving.log(by, "opened", decision, case.compartment)
    return decision


def _give(by: Account, case: Case, decision: Decision, what: str) -> None:
    """Give the task of a decision; it is about the person where the case is about one."""
    owner = Account.objects.filter(pk=str(decision.owner_id), org=case.org_id).first()
    if owner is None or not cases.may_read_text(owner, case):
        raise NotAColleagueError
    persons = list(case.persons.all()[:2])
    person = persons[0] if len(persons) == 1 else None
    task = Task(
        kind=TASK_OF.get(decision.kind, "other"),
        case=case,
        person=person,
        decision=decision,
        what=what,
        assigned_org_id=case.org_id,
        assigned_to=owner,
        due_on=decision.due_on,
    )
    if person is not None:
        Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    remember(by, "task_added", case, person, task.pk)
    saving.create(by, task, case.compartment)


@transaction.atomic
def move_task(by: Account, case: Case, conference_id: UUID, task_id: UUID, state: str) -> Task:
    """Let a task that is about nobody in particular be begun, put back, done or dropped."""
    case = pass_into_case(by, case)
    found = Task.objects.filter(decision__conference=_find(case, conference_id), case=case, person=None)
    task = found.filter(pk=task_id).first()
    if task is None:
        raise NotThereError
    return step_task(by, task, state)


@transaction.atomic
def answer(by: Account, case: Case, conference_id: UUID, org_id: UUID, state: str, reason: str = "") -> Approval:
    """Write down whether an organisation that was there approves what was decided, or why not."""
    case = pass_into_case(by, case)
    conference = _find(case, conference_id)
    if state not in ANSWERS:
        raise NotThereError
    if not conference.participants.filter(pk=org_id).exists():
        raise NotPresentError
    before = answers_of(conference)
    if any(line.org_id == org_id for line in before):
        raise AlreadyAnsweredError
    line = Approval(
        case=case,
        subject="conference",
        record_ref=conference.pk,
        record_version=conference.decided.count() or 1,
        number=len(before) + 1,
        org_id=org_id,
        state=state,
        by=by,
        given_on=timezone.localdate(),
        reason=reason,
    )
    line.refuse_if_wrong()
    make_key(line)
    line.save(force_insert=True)
    remember(by, ANSWERS[state], case, None, conference.pk)
    saving.log(by, "opened", line, case.compartment)
    return line


def answers_of(conference: Conference) -> list[Approval]:
    """Give what the organisations present answered."""
    return list(Approval.objects.filter(record_ref=conference.pk).select_related("org").order_by("number"))


def _find(case: Case, conference_id: UUID) -> Conference:
    found = Conference.objects.filter(pk=conference_id, case=case).first()
    if found is None:
        raise NotThereError
    return found
