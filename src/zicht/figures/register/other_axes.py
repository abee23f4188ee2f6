"""What stands along the tables about cases, claims, barrier actions, policy, and persons before a court."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from zicht import words
from zicht.barriers.rules import PROVINCES
from zicht.figures.beside_register import ANSWER, BASIS, step_codes
from zicht.figures.bits import Column
from zicht.figures.justice.splits import STAGE, UNKNOWN, labels_of
from zicht.figures.register.axes import KNOWN, SPLITS, TOTAL, Axis, People, Place, make_field_axis
from zicht.words import Label

PROCESS, STEP = Label("Process", "Proces"), Label("Step", "Stap")
PROVINCE = Label("Province", "Provincie")
STAGES = Label("Stage before the court", "Stap in de strafrechtketen")
AGE = Label("Age at the act", "Leeftijd ten tijde van het feit")
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


def make_justice_axis(name: str, columns: Mapping[str, Column]) -> Axis:
    """Make the stages before a court that were delivered, which are never added up, or one split of those in them."""
    values = [Place(code, told, "value", People(name, frozenset([code]))) for code, told in labels_of(name).items()]
    if name == STAGE:
        delivered = [place for place in values if place.code in columns[STAGE].codes] or values
        return Axis(name, STAGES, tuple(delivered), name, adds_up=False, has_shares=False, is_single=True)
    known = Place("known", KNOWN, "known", People(name, frozenset(labels_of(name))))
    unknown = Place(UNKNOWN, words.vocabulary().missing_values[UNKNOWN], "missing", People(name, reason=UNKNOWN))
    total = Place("total", TOTAL, "total", None)
    return Axis(name, _label_of_split(name), (*values, known, unknown, total), name, adds_up=True)


def _label_of_split(name: str) -> Label:
    if name == "is_minor":
        return AGE
    list_name, _, attribute = name.partition(".")
    label = words.vocabulary().lists[list_name].label
    return Label(f"{label.en} ({SPLITS[attribute].en})", f"{label.nl} ({SPLITS[attribute].nl})") if attribute else label


def _label_of_step(code: str) -> Label:
    return next(one.steps[code].label for one in words.vocabulary().processes.values() if code in one.steps)


def _plain(name: str, label: Label, terms: Iterable[tuple[str, Label]]) -> Axis:
    values = [Place(code, told, "value", People(name, frozenset([code]))) for code, told in terms]
    # A step of an own model is in the total and in no row, so the rows need not add up to it.
    places = (*values, Place("total", TOTAL, "total", None))
    return Axis(name, label, places, name, adds_up=name not in ("process", "step"), is_single=True)
