"""What is counted beside persons and contacts: cases, claims, barrier actions, and policy of municipalities.

Cases and claims are protected as persons are. Actions are agreements between organisations and municipalities are
public bodies: of these every number may be shown.
"""

import json

from zicht import words
from zicht.barriers import counts as of_barriers
from zicht.barriers.rules import PROVINCES
from zicht.evidence import counts as of_evidence
from zicht.figures import extract
from zicht.figures.bits import coded_column, plain_column
from zicht.figures.extract import Register, codes_in
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
    answers = [json.dumps(given) for _basis, given, _by in rows]
    columns = {
        BASIS: coded_column(entities["case"].fields[BASIS], [basis for basis, _answers, _by in rows]),
        ANSWER: coded_column(entities["consent"].fields[ANSWER], answers),
        BY: plain_column(codes_in("org_type"), [by for _basis, _answers, by in rows]),
    }
    return Register(year, len(rows), len(rows), columns, CASE)


def read_claims(organisation: Organisation, year: int) -> Register:
    """Read the claims that were made in a year, by their state now and the kinds of their sources."""
    rows = of_evidence.read_claims(organisation, year)
    kinds = coded_column(
        words.vocabulary().entities["source"].fields["kind"], [json.dumps(kinds) for _state, kinds in rows]
    )
    states = plain_column(codes_in("claim_state"), [state for state, _kinds in rows])
    return Register(year, len(rows), len(rows), {"claim_state": states, "kind": kinds}, CLAIM)


def read_actions(organisation: Organisation, year: int) -> Register:
    """Read the barrier actions as they stand."""
    rows = of_barriers.read_actions(organisation)
    columns = {
        # What an own model of an organisation added to the words is in no row of its own.
        "process": plain_column(words.vocabulary().processes, [row[0] for row in rows], has_others=True),
        "step": plain_column(step_codes(), [row[1] for row in rows], has_others=True),
        "action_state": plain_column(codes_in("action_state"), [row[2] for row in rows]),
    }
    return Register(year, len(rows), len(rows), columns, ACTION)


def read_policies(organisation: Organisation, year: int) -> Register:
    """Read the policy of every municipality, where that of any was looked up."""
    rows = of_barriers.read_policies(organisation)
    state = words.vocabulary().entities["policy"].fields["state"]
    columns = {
        "state": coded_column(state, [state for state, _province in rows]),
        "province": plain_column(PROVINCES, [province for _state, province in rows], has_others=True),
    }
    return Register(year, len(rows), len(rows), columns, POLICY)


def step_codes() -> tuple[str, ...]:
    """Give the steps of every barrier model of the words, each once, in their order."""
    steps = [step for process in words.vocabulary().processes.values() for step in process.steps]
    return tuple(dict.fromkeys(steps))
