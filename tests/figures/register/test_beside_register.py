"""F19, F22, F23 and F24: cases, actions, policy and claims, each against a slow recount, record by record."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import pytest
from django.db.models import QuerySet
from tests.cases.cast import Cast
from tests.figures.register.made import DAY, YEAR, keyed, store

from zicht import words
from zicht.barriers.models import BarrierAction, BarrierModel, Policy
from zicht.barriers.rules import PROVINCES
from zicht.cases.models import Case, Consent, Person
from zicht.evidence.models import Actor, Claim, ClaimPart, Source, Statement
from zicht.figures.beside_register import read_beside
from zicht.figures.register.counting import Block, count_tables
from zicht.people.models import Account, Organisation

pytestmark = pytest.mark.django_db
MISSING = ("unknown", "not_asked", "declined", "not_applicable", "withheld")
NOON = dt.datetime(YEAR, 6, 1, 12, tzinfo=dt.UTC)
Cell = tuple[str, str, str, str]  # rows, row, columns, column
MANY = 40  # of each; every term of the lists need not occur


@pytest.fixture
def chance() -> Random:
    return Random(9)


def put(of: type[Any], /, **values: Any) -> Any:
    """Store past the checks: whatever is there is counted."""
    record = of(**values)
    QuerySet[Any](of).bulk_create([record])
    return record


def codes(list_name: str) -> list[str]:
    return list(words.vocabulary().lists[list_name].codes)


def cells_of(org: Organisation, code: str) -> Counter[Cell]:
    """Give what the tables say, without the cells in which nobody is."""
    found: Counter[Cell] = Counter()
    blocks: Iterable[Block] = (block for one in read_beside(org, YEAR, is_now=True) for block in count_tables(one))
    for block in (one for one in blocks if one.table.code == code):
        for row, line in zip(block.rows.places, block.counts.tolist(), strict=True):
            for col, number in zip(block.cols.places, line, strict=True):
                found[block.rows.name, row.code, block.cols.name, col.code] += number
    return +found


def places(terms: Iterable[str]) -> set[str]:
    """Say in which rows or columns a record stands that has some terms, or none of them for one reason."""
    found = set(terms) or {"not_asked"}
    known = {"known"} if found - set(MISSING) else set()
    return (found - set(MISSING) or found) | known | {"total"}


def tally(rows: str, stands: Iterable[str], cols: str, at: Iterable[str]) -> Counter[Cell]:
    at = list(at)
    return Counter((rows, row, cols, col) for row in stands for col in at)


# --- cases ------------------------------------------------------------------------------------------------------------
def test_f19_counts_each_case_of_the_year_by_basis_answers_and_who_brought_it(cast: Cast, chance: Random) -> None:
    police = put(Organisation, org_name="Politie", org_type="police", legal_regime="wpg")
    people = [
        {"cases": [_case(chance, police)], "compartment": chance.choice(["help", "help", "press"])} for _ in range(MANY)
    ]
    store(cast.case_worker, keyed([{**one, **_out(chance)} for one in people]))
    for case in Case.objects.filter(org=cast.analyst.org):
        opened = dt.date(chance.choice([YEAR, YEAR, YEAR, YEAR + 1]), 12, 31)
        QuerySet[Case](Case).filter(pk=case.pk).update(opened_on=opened)
    for person in Person.objects.filter(org=cast.analyst.org, cases__isnull=False).distinct():
        for _ in range(chance.randint(0, 2)):
            _ask(chance, person)
    slow = sum(
        (_of_case(case) for case in Case.objects.filter(org=cast.analyst.org) if _is_counted(case)), Counter[Cell]()
    )
    assert cells_of(cast.analyst.org, "F19") == slow
    assert sum(slow["legal_basis", "total", "org_type", by] for by in codes("org_type")) > MANY / 4


def _case(chance: Random, police: Organisation) -> dict[str, Any]:
    basis = chance.choice([*codes("legal_basis")[:4], "", "unknown"])
    return {"registered_basis": basis, "incoming_from": chance.choice([None, police])}


def _out(chance: Random) -> dict[str, Any]:
    return chance.choice([{}, {}, {}, {"restricted_on": DAY}, {"refuses": "no"}])


def _ask(chance: Random, person: Person) -> None:
    put(
        Consent,
        person=person,
        purpose=chance.choice(["registry", "registry_pseudo", "return_contact"]),
        answer=chance.choice(codes("consent_answer")),
        given_by="self",
        asked_on=DAY,
        wording_version="1",
        set_aside_on=chance.choice([None, None, DAY]),
    )


def _is_counted(case: Case) -> bool:
    people = list(case.persons.all())
    said_no = [one for person in people for one in person.consents.all() if one.purpose == "statistics"]
    is_limited = any(person.restricted_on for person in people)
    return case.opened_on.year == YEAR and case.compartment != "press" and not is_limited and not said_no


def _of_case(case: Case) -> Counter[Cell]:
    asked = [one for person in case.persons.all() for one in person.consents.all() if not one.set_aside_on]
    answers = {one.answer for one in asked if one.purpose in ("registry", "registry_pseudo")}
    by = {(case.incoming_from or case.org).org_type, "total"}
    basis = [case.registered_basis] if case.registered_basis else []
    return tally("legal_basis", places(basis), "org_type", by) + tally(
        "consent_answer", places(answers), "org_type", by
    )


# --- barriers ---------------------------------------------------------------------------------------------------------
def test_f22_counts_each_action_at_its_step_and_those_of_own_steps_in_the_total(cast: Cast, chance: Random) -> None:
    org = cast.analyst.org
    model = put(BarrierModel, org=org, process="SEXMIN", number=1, made_on=DAY, content={}, state="draft")
    processes = words.vocabulary().processes
    for number in range(MANY):
        process = chance.choice(list(processes))
        step = chance.choice([*processes[process].steps, "EIGEN"])
        # What another organisation agreed on is none of its own.
        owner = org if number % 4 else put(Organisation, org_name=f"O{number}", org_type="ngo", legal_regime="avg")
        state = chance.choice(codes("action_state"))
        put(BarrierAction, org=owner, model=model, process=process, step=step, barrier="X", lead_org=org, state=state)
    slow: Counter[Cell] = Counter()
    for one in BarrierAction.objects.filter(org=org):
        at = {one.state, "total"}
        steps = {"total"} if one.step == "EIGEN" else {one.step, "total"}
        slow += tally("process", {one.process, "total"}, "action_state", at) + tally("step", steps, "action_state", at)
    assert cells_of(org, "F22") == slow


def test_f23_counts_every_municipality_once_also_those_nobody_looked_up(cast: Cast, chance: Random) -> None:
    org, towns = cast.analyst.org, words.municipalities()
    for code in chance.sample(sorted(towns), MANY):
        put(
            Policy,
            org=org,
            municipality=code,
            state=chance.choice(codes("policy_state")),
            source="Raad",
            checked_on=DAY,
        )
    slow: Counter[Cell] = Counter()
    for code, town in towns.items():
        policy = Policy.objects.filter(org=org, municipality=code).first()
        slow += tally("policy_state", places([policy.state] if policy else []), "province", {town.province, "total"})
    found = cells_of(org, "F23")
    assert found == slow
    # What the provinces have together is what the country has.
    assert sum(found["policy_state", "total", "province", name] for name in PROVINCES) == len(towns)


# --- claims -----------------------------------------------------------------------------------------------------------
def test_f24_counts_each_claim_by_its_state_and_the_sources_that_still_speak_of_it(cast: Cast, chance: Random) -> None:
    writer = cast.analyst
    kinds = chance.sample(codes("source_kind"), 4)
    statements = [_statement(writer, kind) for kind in kinds]
    for _ in range(MANY):
        _claim(chance, writer, statements)
    slow: Counter[Cell] = Counter()
    for claim in Claim.objects.filter(org=writer.org):
        if claim.made_at.year == YEAR and claim.compartment != "press":
            slow += tally("claim_state", {claim.state, "total"}, "source_kind", places(_kinds(claim)))
    assert cells_of(writer.org, "F24") == slow
    assert slow["claim_state", "total", "source_kind", "not_asked"]  # of some every statement was set aside


def _statement(writer: Account, kind: str) -> Statement:
    source = put(
        Source, org=writer.org, compartment="evidence", kind=kind, collected_on=DAY, collected_by=writer, sha256=kind
    )
    actor = put(Actor, org=writer.org, compartment="evidence", kind="body", named_in=source, made_by=writer)
    statement: Statement = put(
        Statement, source=source, subject=actor, closeness="primary", method="human", recorded_by=writer
    )
    return statement


def _claim(chance: Random, writer: Account, statements: Sequence[Statement]) -> None:
    claim = put(
        Claim,
        org=writer.org,
        compartment=chance.choice(["evidence", "evidence", "press"]),
        first=statements[0],
        state=chance.choice(codes("claim_state")),
        made_at=NOON.replace(year=chance.choice([YEAR, YEAR, YEAR - 1])),
    )
    for minute, statement in enumerate(chance.choices(statements, k=3)):
        stance = chance.choice(codes("claim_stance"))
        at = NOON + dt.timedelta(minutes=minute)
        put(ClaimPart, claim=claim, statement=statement, stance=stance, by=writer, at=at)


def _kinds(claim: Claim) -> set[str]:
    now: dict[Any, ClaimPart] = {}
    for part in sorted(claim.parts.all(), key=lambda one: one.at):
        now[part.statement_id] = part
    return {part.statement.source.kind for part in now.values() if part.stance != "set_aside"}
