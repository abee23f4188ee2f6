"""What waits for a colleague: tasks, approvals, and days that come near in their cases."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.care.clocks.pages import NEAR, ClockShown
from zicht.care.clocks.pages import shown as shown_clocks
from zicht.care.clocks.rules import kinds
from zicht.care.plan import rules
from zicht.care.plan.models import Approval, CarePlan, SafetyPlan, Task
from zicht.care.plan.pages import TaskShown, due_now, shown_tasks
from zicht.care.referrals.queries import standing, standing_cases
from zicht.care.rules import MAY_BE_PLACED
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
    own = due.filter(Q(care_plan=None) | Q(care_plan__referral=None), is_mine)
    every = list(own.select_related("care_plan", "person", "decision", "assigned_to")[: MOST + 1])
    if reader.has_perm("care.support"):
        every += _received(due)
    every.sort(key=lambda task: (task.due_on or dt.date.max, str(task.pk)))
    return [_my_task(task) for task in shown_tasks(every[: MOST + 1], reads=True)]


def _received(due: QuerySet[Task]) -> list[Task]:
    """Keep the tasks of plans that rest on a referral, as long as it stands."""
    of_referral = tuple(f"care_plan__referral__{name}" for name in ("share", "person", "to_org"))
    related = (*of_referral, "person", "assigned_to")
    asked = due.filter(care_plan__referral__state__in=MAY_BE_PLACED).select_related(*related)
    tasks = {task: task.care_plan.referral for task in asked if task.care_plan and task.care_plan.referral}
    stand = {one.pk for one in standing(set(tasks.values()))}
    return [task for task, referral in tasks.items() if referral.pk in stand]


def _my_task(task: TaskShown) -> MyTask:
    record = task.record
    person = record.person
    may_move = person is None or person.restricted_on is None
    return MyTask(task, short_code(record.person_id or record.case_id), address_of_task(record), may_move)


def address_of_task(task: Task) -> str:
    """Give the address of the page on which a task stands."""
    if task.care_plan and task.care_plan.referral_id:
        return reverse("care:person", kwargs={"referral_id": task.care_plan.referral_id})
    if task.person_id is None and task.decision is not None:
        return reverse("care:conference", args=[task.case_id, task.decision.conference_id])
    return reverse("care:person", kwargs={"case_id": task.case_id, "person_id": task.person_id})


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
    records = _plans_before(reader, is_mine, list(asked))
    for line in lines:
        record = records.get(line.record_ref)
        if record and last[line.record_ref].pk == line.pk and record.version == line.record_version:
            label = _("Approve: %(what)s") % {"what": label_of("approval_subject", line.subject)}
            yield _waiting(label, record, line.given_on)


def _plans_before(reader: Account, is_mine: Exists, keys: list[UUID]) -> dict[UUID, CarePlan | SafetyPlan]:
    """Give the plans that the reader comes to: in the own cases, or by a referral as long as it stands."""
    of_referral = tuple(f"referral__{name}" for name in ("share", "person", "to_org"))
    asked = CarePlan.objects.filter(pk__in=keys, closed_on=None).annotate(is_mine=is_mine)
    open_plans = list(asked.select_related(*of_referral))
    referrals = [plan.referral for plan in open_plans if plan.referral and plan.referral.state in MAY_BE_PLACED]
    stand = {one.pk for one in standing(referrals)} if reader.has_perm("care.support") else set()
    found: dict[UUID, CarePlan | SafetyPlan] = {
        plan.pk: plan for plan in open_plans if (plan.referral_id in stand if plan.referral_id else plan.is_mine)
    }
    return found | {one.pk: one for one in SafetyPlan.objects.filter(is_mine, pk__in=keys)}


def _reviews(reader: Account, is_mine: Exists) -> Iterator[Waiting]:
    """Give the plans to look at again in open cases; of whom the organisation received, to all who help there."""
    until = timezone.localdate() + dt.timedelta(days=rules.SOON)
    near = CarePlan.objects.filter(closed_on=None, review_on__lte=until).order_by("review_on")
    for plan in near.filter(is_mine, referral=None, case__closed_on=None):
        yield _waiting(_("Support plan"), plan, plan.review_on)
    received = near.filter(org=reader.org_id, referral__state__in=MAY_BE_PLACED)
    if not reader.has_perm("care.support"):
        received = received.none()
    plans = {plan.referral_id: plan for plan in received if plan.referral_id}
    stand = standing_cases(plans)
    for plan in (plan for key, plan in plans.items() if key in stand):
        yield _waiting(_("Support plan"), plan, plan.review_on)
    newer = SafetyPlan.objects.filter(person=OuterRef("person"), version__gt=OuterRef("version"))
    newest = SafetyPlan.objects.filter(~Exists(newer), is_mine, review_on__lte=until, case__closed_on=None)
    for safety in newest.order_by("review_on"):
        yield _waiting(_("Safety plan"), safety, safety.review_on)


def _waiting(label: str, record: CarePlan | SafetyPlan, day: dt.date) -> Waiting:
    address = _address(record.case_id, record.person_id)
    if isinstance(record, CarePlan) and record.referral_id:
        address = reverse("care:person", kwargs={"referral_id": record.referral_id})
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
