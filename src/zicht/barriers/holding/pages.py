"""What the page of a case shows: for each process the steps it shows, what stood there, and what a person decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from zicht.barriers.holding.reading import done_by, facts_of
from zicht.barriers.holding.rules import Facts, Shown, hold, is_about, reading_of
from zicht.barriers.models import BarrierAction, BarrierModel, Finding, Holding
from zicht.barriers.processes.pages import signal_names
from zicht.cases.models import Case
from zicht.people.code_fields import label_of, language
from zicht.people.models import Account
from zicht.people.short_codes import short_code
from zicht.people.wording import place_in_words
from zicht.signals.models import Intake
from zicht.words import Step


@dataclass(frozen=True)
class StepOfCase:
    """A step that a case shows, as a suggestion or as a person decided."""

    step: Step
    name: str
    signals: list[tuple[str, str]]
    means: list[str]
    standing: str
    standing_name: str
    action: BarrierAction | None
    barriers: list[tuple[str, str]]
    finding: Finding | None

    @property
    def chosen(self) -> str:
        """Give the barrier that was chosen, else that of the action that stood, else the first of the step."""
        if self.finding and self.finding.barrier_code:
            return str(self.finding.barrier_code)
        return str(self.action.barrier) if self.action else self.barriers[0][0] if self.barriers else ""

    @property
    def caught_by(self) -> str:
        """Give the barrier of which a person said that it would have caught this; empty where none was chosen."""
        code = str(self.finding.barrier_code) if self.finding else ""
        return dict(self.barriers).get(code, code)


@dataclass(frozen=True)
class ProcessOfCase:
    """One process that a case is about."""

    model: BarrierModel
    name: str
    steps: list[StepOfCase]
    reports: list[str]

    @property
    def waiting(self) -> int:
        """Give how many steps nobody decided about."""
        return sum(one.finding is None for one in self.steps)


@dataclass(frozen=True)
class CasePage:
    """A case held against the processes that it is about."""

    place: str
    facts: Facts
    processes: list[ProcessOfCase]


def page_of_case(reader: Account, case: Case) -> CasePage:
    """Hold a case against the versions that are in use, and those that somebody decided under."""
    facts = facts_of(Case.objects.filter(pk=case.pk))[case.pk]
    holdings = {one.model_id: one for one in Holding.objects.visible_to(reader).filter(case=case)}
    models = BarrierModel.objects.filter(org_id=case.org_id).exclude(state="draft").order_by("process", "-number")
    chosen = [one for one in models if one.state == "published" or one.pk in holdings]
    shown = [one for one in chosen if is_about(one.steps, facts)]
    return CasePage(
        place_in_words(facts.place),
        facts,
        [_process(reader, case, model, facts, holdings.get(model.pk)) for model in shown],
    )


def _process(reader: Account, case: Case, model: BarrierModel, facts: Facts, holding: Holding | None) -> ProcessOfCase:
    process, told = model.steps, language()
    found = hold(reading_of(process), facts, done_by(case.org, model.process))
    suggested = {one.step: one for one in found}
    findings = (
        {one.step_code: one for one in holding.findings.select_related("decided_by", "action")} if holding else {}
    )
    keys = [one.action.key for one in found if one.action]
    actions = BarrierAction.objects.select_related("lead_org").in_bulk([key for key in keys if isinstance(key, UUID)])
    steps = [
        _step(process.steps[code], suggested.get(code), findings.get(code), actions)
        for code in process.steps
        if code in suggested or code in findings
    ]
    return ProcessOfCase(model, process.label.in_language(told), steps, list(_reports(reader, holding)))


def _step(step: Step, shown: Shown | None, finding: Finding | None, actions: dict[UUID, BarrierAction]) -> StepOfCase:
    told = language()
    standing = finding.standing if finding else shown.standing if shown else "nothing"
    key = shown.action.key if shown and shown.action else None
    action = finding.action if finding and finding.action else actions.get(key) if isinstance(key, UUID) else None
    return StepOfCase(
        step=step,
        name=step.label.in_language(told),
        signals=[(code, signal_names(told).get(code, code)) for code in (shown.signals if shown else ())],
        means=[label_of("means", code) for code in (shown.means if shown else ())],
        standing=standing,
        standing_name=label_of("barrier_standing", standing),
        action=action,
        barriers=[(code, f"{code} {one.label.in_language(told)}") for code, one in step.barriers.items()],
        finding=finding,
    )


def _reports(reader: Account, holding: Holding | None) -> Iterator[str]:
    """Give the codes of the reports that the reader may see."""
    if holding:
        seen = Intake.objects.visible_to(reader).filter(pk__in=holding.reports)
        yield from (short_code(key) for key in seen.values_list("pk", flat=True))
