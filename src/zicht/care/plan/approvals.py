"""Ask a colleague to approve a version of a plan, and answer: two lines that stay."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.care.plan.doors import Door, open_plan_of, pass_through
from zicht.care.plan.errors import NoPlanError, NotAColleagueError, NothingAskedError, OwnApprovalError
from zicht.care.plan.events import remember
from zicht.care.plan.models import Approval, CarePlan, SafetyPlan
from zicht.care.plan.rules import may_answer
from zicht.care.plan.tasks import comes_through
from zicht.cases import saving
from zicht.people.models import Account
from zicht.people.sealed import make_key


@dataclass(frozen=True, slots=True)
class Version:
    """What is approved: a record as it is at a version."""

    subject: str
    record: UUID
    number: int


STEPS = {"approved": "approval_given", "declined": "approval_declined"}


def version_of(door: Door, subject: str) -> Version:
    """Give what can be approved of a person now; raises NoPlanError where there is none."""
    plan: CarePlan | SafetyPlan | None = open_plan_of(door)
    if subject == "safety_plan":
        plan = SafetyPlan.objects.filter(person=door.person, case=door.case).order_by("-version").first()
    if plan is None:
        raise NoPlanError
    return Version(subject, plan.pk, plan.version)


@transaction.atomic
def ask_approval(by: Account, door: Door, subject: str, colleague: UUID) -> Approval:
    """Ask somebody else who comes to the person to approve it as it is now."""
    door = pass_through(by, door)
    version = version_of(door, subject)
    asked = Account.objects.filter(pk=colleague, org=door.org_id).first()
    if asked is None or not comes_through(asked, door):
        raise NotAColleagueError
    if not may_answer(by.pk, asked.pk):
        raise OwnApprovalError
    return _add(by, door, version, "asked", "approval_asked", asked=asked)


@transaction.atomic
def answer_approval(by: Account, door: Door, subject: str, state: str, reason: str = "") -> Approval:
    """Approve or not; raises OwnApprovalError for who asked, NothingAskedError where nothing of this version waits."""
    door = pass_through(by, door)
    version = version_of(door, subject)
    last = last_line(version)
    if last is None or last.state != "asked" or state not in STEPS:
        raise NothingAskedError
    if not may_answer(last.by_id, by.pk):
        raise OwnApprovalError
    return _add(by, door, version, state, STEPS[state], reason=reason)


def last_line(version: Version) -> Approval | None:
    """Give the newest line about a version."""
    lines = Approval.objects.filter(record_ref=version.record, record_version=version.number)
    return max(lines, key=lambda line: line.number, default=None)


def _add(
    by: Account, door: Door, version: Version, state: str, step: str, *, asked: Account | None = None, reason: str = ""
) -> Approval:
    line = Approval(
        case=door.case,
        subject=version.subject,
        record_ref=version.record,
        record_version=version.number,
        number=Approval.objects.filter(record_ref=version.record).count() + 1,
        org_id=door.org_id,
        asked_of=asked,
        state=state,
        by=by,
        given_on=timezone.localdate(),
        reason=reason,
    )
    line.refuse_if_wrong()
    make_key(line)
    line.save(force_insert=True)
    remember(by, step, door.case, door.person, version.record)
    saving.log(by, "opened", line, door.case.compartment)
    return line
