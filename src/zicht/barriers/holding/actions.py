"""Everything that is written about cases held against the steps: reports that belong to it, decisions, and sums."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht import words
from zicht.barriers.errors import (
    AlreadySummedError,
    DecidedMeanwhileError,
    NotInModelError,
    PeriodNotOverError,
    ReportNotThereError,
)
from zicht.barriers.holding import sums
from zicht.barriers.models import BarrierModel, Finding, Holding, Sum
from zicht.barriers.rules import days_of, is_half_year
from zicht.barriers.saving import authorise, one_at_a_time
from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.cases.models import Case
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.short_codes import is_whole_code, keys_of_code, short_code
from zicht.signals.models import Intake

MOST_REPORTS = 50  # of one situation
COUNTED, HIDDEN = 0.1, 0.95  # shares of the work that are done then; about, for a reader who waits
Tell = Callable[[float], None]  # told the share that is done


@transaction.atomic
def name_report(by: Account, case: Case, model: BarrierModel, code: str) -> Holding:
    """Say that a report is about the same situation, so that its confirmed signals count; the text of it stays there.

    Raises ReportNotThereError for a code that is no report this account may see.
    """
    saving.authorise(by, case)
    keys = keys_of_code(code) if is_whole_code(code) else None
    seen = Intake.objects.visible_to(by).filter(compartment=case.compartment)
    report = seen.filter(pk__range=keys).first() if keys else None
    holding = _holding(by, case, model)
    if report is None or len(holding.reports) >= MOST_REPORTS:
        raise ReportNotThereError
    if str(report.pk) not in holding.reports:
        holding.reports = [*holding.reports, str(report.pk)]
        holding.save()
    record_access(by, "changed", holding.words_entity, holding.pk, compartment=case.compartment)
    return holding


@transaction.atomic
def leave_out_report(by: Account, case: Case, model: BarrierModel, code: str) -> Holding:
    """Say that a report is not about the same situation after all; raises ReportNotThereError for one never named."""
    saving.authorise(by, case)
    holding = _holding(by, case, model)
    left = [key for key in holding.reports if short_code(UUID(key)) != code]
    if left == holding.reports:
        raise ReportNotThereError
    holding.reports = left
    holding.save()
    record_access(by, "changed", holding.words_entity, holding.pk, compartment=case.compartment)
    return holding


@transaction.atomic
def decide(
    by: Account, case: Case, model: BarrierModel, step: str, values: Mapping[str, object], *, seen: str | None = None
) -> Finding:
    """Confirm or reject that a case shows a step, say what stood, and which barrier would have caught it.

    `seen` is the mark of the decision that the page showed, empty where there was none; raises DecidedMeanwhileError.
    """
    saving.authorise(by, case)
    found = model.steps.steps.get(step)
    barrier = str(values.get("barrier_code") or "")
    if found is None or (barrier and barrier not in found.barriers):
        raise NotInModelError
    holding = _holding(by, case, model)
    made = holding.findings.filter(step_code=step).first()
    if seen is not None and seen != (made.mark if made else ""):
        raise DecidedMeanwhileError
    finding = made or Finding(holding=holding, step_code=step)
    saving.fill(finding, {**values, "barrier_code": barrier})
    finding.decided_by, finding.decided_on = by, timezone.localdate()
    finding.save()
    record_access(by, "changed", finding.words_entity, finding.pk, compartment=case.compartment)
    return finding


def make_sums(by: Account, period: str, tell: Tell = lambda share: None) -> list[Sum]:
    """Make the sums of a half-year that is over: once, so that no two versions can be compared; `tell` hears the share.

    Hiding takes a while, so nobody else is kept waiting for it: of two who make the same sums the second is refused at
    the end. Raises PeriodNotOverError and AlreadySummedError.
    """
    models, least = may_make(by, period), least_shown()
    counted = sums.count_cases(by.org, models, period)
    tell(COUNTED)
    shown = {
        "cases": sums.protect_cases(counted, models, least, lambda share: tell(COUNTED + share * (HIDDEN - COUNTED))),
        "signals": {
            **sums.protect_signals(sums.count_signals(by.org, period), models, least),
            **sums.protect_reports(sums.count_reports(by.org, period), least),
        },
    }
    return _store(by, period, least, shown)


def may_make(by: Account, period: str) -> list[BarrierModel]:
    """Give the models whose steps are summed; raises as make_sums does, and NotThereError where no model is in use."""
    authorise(by)
    if not is_half_year(period):
        raise NotThereError
    if days_of(period)[1] >= timezone.localdate():
        raise PeriodNotOverError
    if Sum.objects.filter(org_id=by.org_id, period=period).exists():
        raise AlreadySummedError
    models = list(BarrierModel.objects.visible_to(by).filter(state="published").order_by("process"))
    if not models:
        raise NotThereError
    return models


def least_shown() -> int:
    """Give the least count that partners see (list release_level)."""
    return words.vocabulary().lists["release_level"].codes["partners"].number("min_cell") or 10


# --- parts --------------------------------------------------------------------------------------------------------
def _holding(by: Account, case: Case, model: BarrierModel) -> Holding:
    if model.org_id != case.org_id or model.state == "draft":
        raise NotThereError
    made = {"made_on": timezone.localdate(), "made_by": by}
    found: tuple[Holding, bool] = Holding.objects.select_for_update(of=("self",)).get_or_create(
        case=case, model=model, defaults=made
    )
    return found[0]


@transaction.atomic
def _store(by: Account, period: str, least: int, shown: Mapping[str, Mapping[str, int]]) -> list[Sum]:
    """Store both kinds of sums or none."""
    one_at_a_time(by)
    may_make(by, period)
    made = [Sum(org_id=by.org_id, kind=kind, period=period, counts=dict(counts)) for kind, counts in shown.items()]
    for one in made:
        one.least, one.made_on, one.made_by = least, timezone.localdate(), by
        one.save(force_insert=True)
        record_access(by, "opened", one.words_entity, one.pk)
    return made
