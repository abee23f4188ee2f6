"""What figures need of cases: terms, and no key or text."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zicht.cases.models import Case, Consent, Person
from zicht.people.models import Organisation

NEVER_COUNTED = "press"  # sources of a news desk are protected
REGISTRY = ("registry", "registry_pseudo")  # what consent to registration is asked for
REFUSALS = ("no", "withdrawn")


def years_of_cases(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation opened cases, the newest first."""
    return [day.year for day in _counted(organisation).dates("opened_on", "year", order="DESC")]


def read_cases(organisation: Organisation, year: int) -> list[tuple[str, list[str], str]]:
    """Give of each case opened in a year its basis, the answers about registration, and the type of who brought it."""
    cases = _counted(organisation).filter(opened_on__year=year)
    answers: dict[Any, list[str]] = {}
    asked = Consent.objects.filter(purpose__in=REGISTRY, set_aside_on=None, person__cases__in=cases)
    for key, answer in asked.values_list("person__cases", "answer"):
        answers.setdefault(key, []).append(answer)
    rows = cases.values_list("pk", "registered_basis", "incoming_from__org_type")
    return [(basis, answers.get(key, []), by or organisation.org_type) for key, basis, by in rows]


def _counted(organisation: Organisation) -> QuerySet[Case]:
    """Leave out cases with somebody who said no to use in statistics, or the use of whose data is limited."""
    refused = Consent.objects.filter(purpose="statistics", answer__in=REFUSALS, set_aside_on=None)
    out = Person.objects.filter(Q(restricted_on__isnull=False) | Exists(refused.filter(person=OuterRef("pk"))))
    found: QuerySet[Case] = Case.objects.filter(org=organisation).exclude(compartment=NEVER_COUNTED).order_by()
    return found.exclude(Exists(out.filter(cases=OuterRef("pk"))))
