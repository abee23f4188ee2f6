"""What is counted beside persons and contacts: cases, claims, barrier actions, and policy of municipalities.

Cases and claims are protected as persons are. Actions are agreements between organisations and municipalities are
public bodies: of these every number may be shown.
"""

import json
from collections.abc import Iterable, Sequence

import numpy as np

from zicht import words
from zicht.barriers import counts as of_barriers
from zicht.barriers.rules import PROVINCES
from zicht.evidence import counts as of_evidence
from zicht.figures import extract
from zicht.figures.bits import Coding, Column, tidy
from zicht.figures.extract import Register
from zicht.people.models import Organisation

CASE, CLAIM, ACTION, POLICY = "case", "claim", "barrier_action", "policy"
OPEN = frozenset({ACTION, POLICY})  # nobody is told apart by these
BASIS, ANSWER, BY = "registered_basis", "answer", "org_type"


def read_beside(organisation: Organisation, year: int, *, is_now: bool) -> list[Register]:
    """Read everything beside persons and contacts; `is_now` adds what is known only as it stands now."""
    now = (read_actions(organisation, year), read_policies(organisation, year)) if is_now else ()
    return [read_cases(organisation, year), read_claims(organisation, year), *now]


def read_cases(organisation: Organisation, year: int) -> Register:
    """Read the cases that were opened in a year."""
    rows = extract.read_cases(organisation, year)
    entities = words.vocabulary().entities
    columns = {
        BASIS: _coded(entities["case"].fields[BASIS], [basis for basis, _answers, _by in rows]),
        ANSWER: _coded(entities["consent"].fields[ANSWER], [json.dumps(answers) for _basis, answers, _by in rows]),
        BY: _plain(_codes("org_type"), [by for _basis, _answers, by in rows]),
    }
    return Register(year, len(rows), len(rows), columns, CASE)


def read_claims(organisation: Organisation, year: int) -> Register:
    """Read the claims that were made in a year, by their state now and the kinds of their sources."""
    rows = of_evidence.read_claims(organisation, year)
    kinds = _coded(words.vocabulary().entities["source"].fields["kind"], [json.dumps(kinds) for _state, kinds in rows])
    states = _plain(_codes("claim_state"), [state for state, _kinds in rows])
    return Register(year, len(rows), len(rows), {"claim_state": states, "kind": kinds}, CLAIM)


def read_actions(organisation: Organisation, year: int) -> Register:
    """Read the barrier actions as they stand."""
    rows = of_barriers.read_actions(organisation)
    columns = {
        "process": _plain(tuple(words.vocabulary().processes), [row[0] for row in rows]),
        "step": _plain(step_codes(), [row[1] for row in rows]),
        "action_state": _plain(_codes("action_state"), [row[2] for row in rows]),
    }
    return Register(year, len(rows), len(rows), columns, ACTION)


def read_policies(organisation: Organisation, year: int) -> Register:
    """Read the policy of every municipality, where that of any was looked up."""
    rows = of_barriers.read_policies(organisation)
    state = words.vocabulary().entities["policy"].fields["state"]
    columns = {
        "state": _coded(state, [state for state, _province in rows]),
        "province": _plain(PROVINCES, [province for _state, province in rows]),
    }
    return Register(year, len(rows), len(rows), columns, POLICY)


def step_codes() -> tuple[str, ...]:
    """Give the steps of every barrier model of the words, each once, in their order."""
    steps = [step for process in words.vocabulary().processes.values() for step in process.steps]
    return tuple(dict.fromkeys(steps))


def _codes(list_name: str) -> tuple[str, ...]:
    return tuple(words.vocabulary().lists[list_name].codes)


def _coded(field: words.Field, values: Sequence[object]) -> Column:
    coding = Coding(field)
    return Column(coding.codes, tidy(np.array([coding[value] for value in values], np.uint64)))


def _plain(codes: Sequence[str], values: Iterable[object]) -> Column:
    """Give a column of terms; what an own model of an organisation added to the words is in no row of its own."""
    places = {code: 1 << place for place, code in enumerate(codes)}
    return Column(tuple(codes), np.array([places.get(str(value), 0) for value in values], np.uint64))
