"""What figures need of claims: states and kinds of sources, and no key, text or name."""

from collections import defaultdict
from typing import Any

from zicht.evidence.models import Claim, ClaimPart
from zicht.evidence.rules import STANCES
from zicht.people.models import Organisation


def years_of_claims(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation made claims, the newest first."""
    return [moment.year for moment in _claims(organisation).datetimes("made_at", "year", order="DESC")]


def read_claims(organisation: Organisation, year: int) -> list[tuple[str, list[str]]]:
    """Give of each claim made in a year its state, and the kinds of the sources that speak for or against it."""
    claims = _claims(organisation).filter(made_at__year=year)
    parts = ClaimPart.objects.filter(claim__in=claims).order_by("at", "pk")
    # The last row of a statement counts: one that was set aside says nothing about the claim any more.
    last: dict[tuple[Any, Any], tuple[str, str]] = {}
    for claim, statement, *said in parts.values_list("claim", "statement", "stance", "statement__source__kind"):
        last[claim, statement] = (said[0], said[1])
    kinds: dict[Any, set[str]] = defaultdict(set)
    for (claim, _statement), (stance, kind) in last.items():
        if stance in STANCES:
            kinds[claim].add(kind)
    return [(state, sorted(kinds[key])) for key, state in claims.values_list("pk", "state")]


def _claims(organisation: Organisation) -> Any:
    # What a news desk keeps is in no figure.
    return Claim.objects.filter(org=organisation).exclude(compartment="press").order_by()
