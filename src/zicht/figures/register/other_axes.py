"""What stands along the tables about cases, claims, barrier actions and policy."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from zicht import words
from zicht.barriers.rules import PROVINCES
from zicht.figures.beside_register import ANSWER, BASIS, step_codes
from zicht.figures.register.axes import TOTAL, Axis, People, Place, make_field_axis
from zicht.words import Label

PROCESS, STEP = Label("Process", "Proces"), Label("Step", "Stap")
PROVINCE = Label("Province", "Provincie")
# Which field of which entity a table means by a list.
FIELDS: Mapping[str, tuple[str, str]] = {
    "legal_basis": ("case", BASIS),
    "consent_answer": ("consent", ANSWER),
    "source_kind": ("source", "kind"),
    "policy_state": ("policy", "state"),
}
SEVERAL = frozenset({"consent_answer", "source_kind"})  # a case has several answers, a claim several sources


def make_other_axis(name: str) -> Axis:
    """Make an axis by the name that a standard table gives it."""
    if name in FIELDS:
        entity, field = FIELDS[name]
        axis = make_field_axis(name, words.vocabulary().entities[entity].fields[field])
        return replace(axis, adds_up=name not in SEVERAL)
    if name == "process":
        processes = words.vocabulary().processes
        return _plain(name, PROCESS, ((code, process.label) for code, process in processes.items()))
    if name == "step":
        return _plain(name, STEP, ((code, _label_of_step(code)) for code in step_codes()))
    if name == "province":
        return _plain(name, PROVINCE, ((name, Label(name, name)) for name in PROVINCES))
    code_list = words.vocabulary().lists[name]
    return _plain(name, code_list.label, ((code, term.label) for code, term in code_list.codes.items()))


def _label_of_step(code: str) -> Label:
    return next(one.steps[code].label for one in words.vocabulary().processes.values() if code in one.steps)


def _plain(name: str, label: Label, terms: Iterable[tuple[str, Label]]) -> Axis:
    values = [Place(code, told, "value", People(name, frozenset([code]))) for code, told in terms]
    # A step of an own model is in the total and in no row, so the rows need not add up to it.
    return Axis(name, label, (*values, Place("total", TOTAL, "total", None)), name, name not in ("process", "step"))
