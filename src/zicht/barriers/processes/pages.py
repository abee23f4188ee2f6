"""What the pages of a model show: the chain as a picture and as text, and who does what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from zicht import words
from zicht.barriers import rules
from zicht.barriers.drawing.chain import AGREED, NOTHING, STANDS, Chain, Mark, StepToDraw, draw_chain
from zicht.barriers.models import BarrierAction, BarrierModel
from zicht.barriers.processes.content import barriers_of
from zicht.barriers.processes.queries import Version
from zicht.barriers.processes.rules import who_does_what
from zicht.people.code_fields import label_of, language
from zicht.people.models import Account
from zicht.words import Barrier, Process, Step


@dataclass(frozen=True)
class BarrierShown:
    """A barrier in the language of the reader, with what is done about it."""

    code: str
    name: str
    kind: str
    partners: str
    measure: str
    look: str
    actions: tuple[BarrierAction, ...]


@dataclass(frozen=True)
class StepShown:
    """A step in the language of the reader."""

    code: str
    name: str
    partners: list[str]
    facilitators: list[str]
    opportunities: list[str]
    signals: list[tuple[str, str]]
    barriers: list[BarrierShown]


@dataclass(frozen=True)
class ProcessPage:
    """A process as a picture and as text that says the same."""

    name: str
    note: str
    forms: str
    chain: Chain
    steps: list[StepShown]
    standing: int
    nothing: int


@dataclass(frozen=True)
class CellShown:
    """A cell of the matrix: whether the partner sees the step, and the barriers it holds there."""

    sees: bool
    barriers: tuple[tuple[str, str, str], ...]  # code, look, and name with what is done, as a reader is told


@dataclass(frozen=True)
class Matrix:
    """Who does what: a column for each step, a row for each partner; and what each barrier is, with its look."""

    steps: list[tuple[str, str]]
    rows: list[tuple[str, list[CellShown]]]
    barriers: list[tuple[str, str, str]]


def page_of(reader: Account, version: Version) -> ProcessPage:
    """Read what is done about each barrier, and show the process."""
    process, done = version.process, actions_by_barrier(reader, version.process.name)
    steps = [_step(step, done) for step in process.steps.values()]
    looks = [barrier.look for step in steps for barrier in step.barriers]
    return ProcessPage(
        name=process.label.in_language(language()),
        note=process.note,
        forms=", ".join(label_of("form", form) for form in process.forms),
        chain=chain_of(steps),
        steps=steps,
        standing=looks.count(STANDS),
        nothing=looks.count(NOTHING),
    )


def matrix_of(process: Process, done: Mapping[str, list[BarrierAction]]) -> Matrix:
    """Show who does what."""
    told = language()
    looks = {STANDS: _("is done"), AGREED: _("proposed or agreed"), NOTHING: _("nothing is done")}
    names, barriers = {}, []
    for code, (_step_of, barrier) in barriers_of(process).items():
        look, name = look_of(done.get(code, ())), barrier.label.in_language(told)
        names[code] = (look, f"{name}: {looks[look]}")
        barriers.append((code, look, name))
    rows = []
    for row in who_does_what(process):
        cells = [CellShown(one.sees, tuple((b.code, *names[b.code]) for b in one.barriers)) for one in row.cells]
        rows.append((label_of("org_type", row.partner), cells))
    return Matrix([(step.code, step.label.in_language(told)) for step in process.steps.values()], rows, barriers)


def actions_by_barrier(reader: Account, process: str) -> dict[str, list[BarrierAction]]:
    """Give what is done, by code of a barrier; under whichever version it was agreed."""
    found: dict[str, list[BarrierAction]] = defaultdict(list)
    actions = BarrierAction.objects.visible_to(reader).filter(process=process).select_related("lead_org")
    for action in actions.exclude(state="dropped").order_by("due_on", "action_id"):
        found[action.barrier].append(action)
    return found


def look_of(actions: Iterable[BarrierAction]) -> str:
    """Tell whether a barrier stands, is agreed, or nothing is done."""
    states = {action.state for action in actions}
    return STANDS if states & set(rules.STOOD_STATES) else AGREED if states else NOTHING


def chain_of(steps: Iterable[StepShown]) -> Chain:
    """Draw the chain."""
    return draw_chain(
        [StepToDraw(one.code, one.name, tuple(Mark(b.code, b.look) for b in one.barriers)) for one in steps]
    )


def name_of_process(code: str, models: Mapping[str, BarrierModel] | None = None) -> str:
    """Give the name of a process; of one's own, from a version of it."""
    if models and code in models:
        return models[code].steps.label.in_language(language())
    worked = words.vocabulary().processes.get(code)
    return worked.label.in_language(language()) if worked else code


@lru_cache(maxsize=4)
def signal_names(language_code: str) -> Mapping[str, str]:
    """Give the wording of each indicator."""
    return {code: one.label.in_language(language_code) for code, one in words.vocabulary().indicators.items()}


def _step(step: Step, done: Mapping[str, list[BarrierAction]]) -> StepShown:
    told = language()
    return StepShown(
        code=step.code,
        name=step.label.in_language(told),
        partners=[label_of("org_type", one) for one in step.partners],
        facilitators=[one.in_language(told) for one in step.facilitators],
        opportunities=[one.in_language(told) for one in step.opportunities],
        signals=[(code, signal_names(told).get(code, code)) for code in step.signals],
        barriers=[_barrier(one, done.get(one.code, [])) for one in step.barriers.values()],
    )


def _barrier(barrier: Barrier, actions: list[BarrierAction]) -> BarrierShown:
    return BarrierShown(
        code=barrier.code,
        name=barrier.label.in_language(language()),
        kind=label_of("barrier_kind", barrier.kind),
        partners=", ".join(label_of("org_type", one) for one in barrier.partners),
        measure=barrier.measure.in_language(language()),
        look=look_of(actions),
        actions=tuple(actions),
    )
