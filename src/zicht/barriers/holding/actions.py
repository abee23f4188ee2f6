"""Everything that is written about cases held against the steps: reports that belong to it, decisions, and sums."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from zicht import words
from zicht.barriers.errors import AlreadySummedError, NotInModelError, PeriodNotOverError, ReportNotThereError
from zicht.barriers.holding import sums
from zicht.barriers.models import BarrierModel, Finding, Holding, Sum
from zicht.barriers.rules import days_of
from zicht.barriers.saving import authorise
from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.cases.models import Case
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation
from zicht.people.short_codes import is_whole_code, keys_of_code
from zicht.signals.models import Intake

MOST_REPORTS = 50  # of one situation


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
def decide(by: Account, case: Case, model: BarrierModel, step: str, values: Mapping[str, object]) -> Finding:
    """Confirm or reject that a case shows a step, say what stood, and which barrier would have caught it."""
    saving.authorise(by, case)
    found = model.steps.steps.get(step)
    barrier = str(values.get("barrier_code") or "")
    if found is None or (barrier and barrier not in found.barriers):
        raise NotInModelError
    holding = _holding(by, case, model)
    finding = holding.findings.filter(step_code=step).first() or Finding(holding=holding, step_code=step)
    saving.fill(finding, {**values, "barrier_code": barrier})
    finding.decided_by, finding.decided_on = by, timezone.localdate()
    finding.save()
    record_access(by, "changed", finding.words_entity, finding.pk, compartment=case.compartment)
    return finding


@transaction.atomic
def make_sums(by: Account, period: str) -> list[Sum]:
    """Make the sums of a half-year that is over: once, so that no two versions can be compared.

    Raises PeriodNotOverError and AlreadySummedError.
    """
    authorise(by)
    if days_of(period)[1] >= timezone.localdate():
        raise PeriodNotOverError
    # no_key: the log refers to the organisation.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=by.org_id)
    if Sum.objects.filter(org=organisation, period=period).exists():
        raise AlreadySummedError
    models = list(BarrierModel.objects.visible_to(by).filter(state="published").order_by("process"))
    if not models:
        raise NotThereError
    least = least_shown()
    counted = sums.count_cases(organisation, models, period)
    shown = {
        "cases": sums.protect_cases(counted, models, least),
        "signals": {
            **sums.protect_signals(sums.count_signals(organisation, period), models, least),
            **sums.protect_reports(sums.count_reports(organisation, period), least),
        },
    }
    return [_store(by, kind, period, least, counts) for kind, counts in shown.items()]


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


def _store(by: Account, kind: str, period: str, least: int, counts: Mapping[str, int]) -> Sum:
    made = Sum(org_id=by.org_id, kind=kind, period=period, least=least, counts=dict(counts))
    made.made_on, made.made_by = timezone.localdate(), by
    made.save(force_insert=True)
    record_access(by, "opened", made.words_entity, made.pk)
    return made
