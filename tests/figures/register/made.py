"""Small registers, stored past the forms: what a person is in a few words; everything that is not said is usual."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import numpy as np
from django.db.models import QuerySet

from zicht import words
from zicht.cases.models import Case, Consent, Exploitation, Person
from zicht.figures.bits import Coding, Column, tidy
from zicht.figures.extract import PERSON, REGISTERED, REPORTED_BY, STAGE, Register, fields_of, stages_of
from zicht.people.models import Account, Organisation

DAY = dt.date(2026, 3, 2)
YEAR = 2025
Made = Mapping[str, Any]


def organisation(name: str = "Huis") -> Account:
    """Store an organisation and somebody who owns its cases."""
    org = Organisation(org_name=name, org_type="coordination", legal_regime="avg")
    org.save()
    account = Account(org=org, login=name.lower(), shown_as=name, status="active", created_on=DAY)
    account.save()
    return account


def store(owner: Account, people: Sequence[Made]) -> list[Person]:
    """Store persons with their episodes and cases.

    Beside fields of a person: `episodes` and `cases` are fields of each, `into` the number of the person it is counted
    as, `refuses` the answer about statistics.
    """
    for made in people:
        _store(owner, made)
    for made in people:
        if made.get("into") is not None:
            QuerySet[Person](Person).filter(pk=made["key"]).update(merged_into=people[made["into"]]["key"])
    return list(Person.objects.filter(org=owner.org))


def _store(owner: Account, made: Made) -> Person:
    own = {name: value for name, value in made.items() if name not in ("episodes", "cases", "into", "refuses", "key")}
    usual = {"status": "possible", "status_by": "ngo", "compartment": "help", "first_registered": YEAR}
    person = Person(org=owner.org, **{"person_id": made["key"], "status_date": DAY, "changed_on": DAY, **usual, **own})
    _save(Person, person)
    for episode in made.get("episodes", ()):
        _save(Exploitation, Exploitation(person=person, **episode))
    for values in made.get("cases", ()):
        case = Case(org=owner.org, compartment=person.compartment, owner=owner, opened_on=DAY, changed_on=DAY, **values)
        _save(Case, case)
        Case.persons.through.objects.create(case_id=case.pk, person_id=person.pk)
    for answer in [made["refuses"]] if made.get("refuses") else []:
        said = {"purpose": "statistics", "answer": answer, "given_by": "self", "asked_on": DAY, "wording_version": "1"}
        _save(Consent, Consent(person=person, **said))
    return person


def _save(model: type[Any], record: Any) -> None:
    """Store past the checks: these tests are about counting whatever is there."""
    QuerySet[Any](model).bulk_create([record])


def keyed(people: Sequence[Made]) -> list[Made]:
    """Give every person a key."""
    return [{"key": uuid4(), **made} for made in people]


def register_of(people: Sequence[Made], year: int = YEAR) -> Register:
    """Make what the door would give, of persons with one episode each, without a database."""
    fields = fields_of("person") | fields_of("exploitation")
    fields[REGISTERED] = words.vocabulary().entities["case"].fields[REGISTERED]
    fields[REPORTED_BY] = words.vocabulary().entities["organisation"].fields[REPORTED_BY]
    columns = {
        name: _column(field, [made.get(name, _usual(name)) for made in people]) for name, field in fields.items()
    }
    columns[STAGE] = _stages([made.get(STAGE, "case_opened") for made in people])
    return Register(year, len(people), len(people), columns)


def _stages(values: list[object]) -> Column:
    codes = stages_of(PERSON)
    bits = [1 << codes.index(str(value)) if value else 0 for value in values]
    return Column(codes, np.array(bits, np.uint64))


def _usual(name: str) -> object:
    return {"status": "possible", REGISTERED: True, REPORTED_BY: "police"}.get(name)


def _column(field: words.Field, values: list[object]) -> Column:
    coding = Coding(field)
    bits = [coding[str(value).replace("'", '"') if isinstance(value, list) else value] for value in values]
    return Column(coding.codes, tidy(np.array(bits, np.uint64)))
