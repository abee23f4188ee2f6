"""What waits for a colleague: tasks, approvals, and days that come near in their cases."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.care.clocks.pages import NEAR, ClockShown
from zicht.care.clocks.pages import shown as shown_clocks
from zicht.care.clocks.rules import kinds
from zicht.care.plan import rules
from zicht.care.plan.doors import ways_to_received
from zicht.care.plan.models import Approval, CarePlan, SafetyPlan, Task
from zicht.care.plan.pages import TaskShown, due_now, shown_tasks
from zicht.cases.models import Case, LegalClock
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.short_codes import short_code

MOST = 100  # tasks of one colleague on the page, those due first in front


@dataclass(frozen=True)
class MyTask:
    """A task with whom it is about, and where that stands."""

    shown: TaskShown
    code: str
    address: str
    may_move: bool


@dataclass(frozen=True)
class Group:
    """Tasks that are equally near."""

    label: str
    tasks: list[MyTask]


@dataclass(frozen=True)
class Waiting:
    """Something else that waits: an approval, or a plan to look at again."""

    label: str
    code: str
    day: dt.date | None
    address: str


@dataclass(frozen=True)
class MinePage:
    """All that waits for a colleague."""

    groups: list[Group]
    is_more: bool  # than the tasks that are shown
    approvals: list[Waiting]
    reviews: list[Waiting]
    clocks: list[tuple[ClockShown, str, str]]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        return not (self.groups or self.approvals or self.reviews or self.clocks)


def page_of_mine(reader: Account) -> MinePage:
    """Read what waits for a colleague, behind the same doors as the pages it leads to."""
    # Asked of each record that is near: gathering all cases of a colleague takes longer the larger the register is.
    is_mine = Exists(Case.objects.visible_to(reader).with_team_member(reader).filter(pk=OuterRef("case_id")))
    tasks = _my_tasks(reader, is_mine)
    return MinePage(
        groups=_grouped(tasks[:MOST]),
        is_more=len(tasks) > MOST,
        approvals=list(_approvals(reader, is_mine)),
        reviews=list(_reviews(reader, is_mine)),
        clocks=list(_clocks(is_mine)),
    )


# --- tasks --------------------------------------------------------------------------------------------------------
def _my_tasks(reader: Account, is_mine: Exists) -> list[MyTask]:
    """Give the tasks that are due first, and one more than is shown where there are more."""
    found = Task.objects.filter(assigned_to=reader, done_on=None, assigned_org=reader.org_id)
    due = found.order_by(F("due_on").asc(nulls_last=True), "task_id")
    due = due.select_related("care_plan", "person", "decision", "assigned_to")
    # In an own case also those of a plan from before it went over to here.
    own = list(due.filter(is_mine)[: MOST + 1])
    within = Q(case__org=reader.org_id, care_plan__isnull=False)
    planned = due.filter(Q(care_plan__referral__isnull=False) | within, ~is_mine)
    received = list(planned) if reader.has_perm("care.support") else []
    ways = ways_to_received(reader, (task.person_id for task in received if task.person_id))
    led = {task.pk: ways[task.person_id] for task in received if task.person_id and task.person_id in ways}
    every = own + [task for task in received if task.pk in led]
    first = sorted(every, key=lambda task: (task.due_on or dt.date.max, str(task.pk)))[: MOST + 1]
    return [_my_task(task, led.get(task.record.pk)) for task in shown_tasks(first, reads=True)]


def _my_task(task: TaskShown, way: UUID | None) -> MyTask:
    record = task.record
    person = record.person
    may_move = person is None or person.restricted_on is None
    return MyTask(task, short_code(record.person_id or record.case_id), _address_of_task(record, way), may_move)


def _address_of_task(task: Task, way: UUID | None) -> str:
    """Give the address of the page on which a task stands; `way` is the referral that leads there, if one does."""
    if way:
        return reverse("care:person", kwargs={"referral_id": way})
    if task.person_id is None and task.decision is not None:
        return reverse("care:conference", args=[task.case_id, task.decision.conference_id])
    return _address(task.case_id, task.person_id)


def _grouped(tasks: Iterable[MyTask]) -> list[Group]:
    labels = {
        rules.OVERDUE: _("Too late"),
        rules.TODAY: _("Today"),
        rules.IS_SOON: _("Within a week"),
        rules.LATER: _("Later"),
        rules.NO_DAY: _("Without a day"),
    }
    by_due: dict[str, list[MyTask]] = {}
    for task in tasks:
        by_due.setdefault(due_now(task.shown.record.due_on), []).append(task)
    return [Group(label, by_due[due]) for due, label in labels.items() if due in by_due]


# --- the rest -----------------------------------------------------------------------------------------------------
def _approvals(reader: Account, is_mine: Exists) -> Iterator[Waiting]:
    """Give what was asked of the reader and answered by nobody since; a version that is over asks nothing any more."""
    lines = Approval.objects.filter(asked_of=reader, state="asked", org=reader.org_id).order_by("given_on")
    asked = {line.record_ref: line for line in lines}
    last = {line.record_ref: line for line in Approval.objects.filter(record_ref__in=asked).order_by("number")}
    ways = ways_to_received(reader, CarePlan.objects.filter(pk__in=asked).values_list("person_id", flat=True))
    records = _plans_before(reader, is_mine, ways, list(asked))
    for line in lines:
        if line.record_ref not in records:
            continue
        record, way = records[line.record_ref]
        if last[line.record_ref].pk == line.pk and record.version == line.record_version:
            label = _("Approve: %(what)s") % {"what": label_of("approval_subject", line.subject)}
            yield _waiting(label, record, line.given_on, way)


def _plans_before(
    reader: Account, is_mine: Exists, ways: Mapping[UUID, UUID], keys: list[UUID]
) -> dict[UUID, tuple[CarePlan | SafetyPlan, UUID | None]]:
    """Give the plans that the reader comes to: in the own cases, or by the referral beside it, as long as it stands."""
    asked = CarePlan.objects.filter(pk__in=keys, org=reader.org_id, closed_on=None)
    found: dict[UUID, tuple[CarePlan | SafetyPlan, UUID | None]] = {
        plan.pk: (plan, ways[plan.person_id])
        for plan in asked.filter(Q(referral__isnull=False) | Q(case__org=reader.org_id), ~is_mine)
        if plan.person_id in ways
    }
    found |= {plan.pk: (plan, None) for plan in asked.filter(is_mine)}
    return found | {one.pk: (one, None) for one in SafetyPlan.objects.filter(is_mine, pk__in=keys)}


def _reviews(reader: Account, is_mine: Exists) -> Iterator[Waiting]:
    """Give the plans to look at again in open cases; of whom the organisation received, to all who help there."""
    until = timezone.localdate() + dt.timedelta(days=rules.SOON)
    near = CarePlan.objects.filter(org=reader.org_id, closed_on=None, review_on__lte=until).order_by("review_on")
    for plan in near.filter(is_mine, case__closed_on=None):
        yield _waiting(_("Support plan"), plan, plan.review_on, None)
    received = list(near.filter(~is_mine, referral__isnull=False))
    ways = ways_to_received(reader, (plan.person_id for plan in received))
    for plan in [plan for plan in received if plan.person_id in ways][:MOST]:
        yield _waiting(_("Support plan"), plan, plan.review_on, ways[plan.person_id])
    newer = SafetyPlan.objects.filter(person=OuterRef("person"), version__gt=OuterRef("version"))
    newest = SafetyPlan.objects.filter(~Exists(newer), is_mine, review_on__lte=until, case__closed_on=None)
    for safety in newest.order_by("review_on"):
        yield _waiting(_("Safety plan"), safety, safety.review_on, None)


def _waiting(label: str, record: CarePlan | SafetyPlan, day: dt.date, way: UUID | None) -> Waiting:
    own = _address(record.case_id, record.person_id)
    address = reverse("care:person", kwargs={"referral_id": way}) if way else own
    return Waiting(label, short_code(record.person_id), day, address)


def _clocks(is_mine: Exists) -> Iterator[tuple[ClockShown, str, str]]:
    until = timezone.now() + dt.timedelta(days=NEAR)
    near = LegalClock.objects.filter(is_mine, kind__in=kinds(), state="running", ends_at__lte=until)
    for clock in shown_clocks(near.exclude(person=None)):
        record = clock.record
        if record.case_id and record.person_id:
            yield clock, short_code(record.person_id), _address(record.case_id, record.person_id)


def _address(case_id: object, person_id: object) -> str:
    return reverse("care:person", kwargs={"case_id": case_id, "person_id": person_id})
