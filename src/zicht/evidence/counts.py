"""What figures need of claims: states and kinds of sources, and no key, text or name."""

from collections import defaultdict
from typing import Any

from zicht.evidence.models import Claim, ClaimPart
from zicht.people.models import Organisation


def years_of_claims(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation made claims, the newest first."""
    return [moment.year for moment in _claims(organisation).datetimes("made_at", "year", order="DESC")]


def read_claims(organisation: Organisation, year: int) -> list[tuple[str, list[str]]]:
    """Give of each claim made in a year its state, and the kinds of the sources that were put in it."""
    claims = _claims(organisation).filter(made_at__year=year)
    kinds: dict[Any, set[str]] = defaultdict(set)
    for claim, kind in ClaimPart.objects.filter(claim__in=claims).values_list("claim", "statement__source__kind"):
        kinds[claim].add(kind)
    return [(state, sorted(kinds[key])) for key, state in claims.values_list("pk", "state")]


def _claims(organisation: Organisation) -> Any:
    # What a news desk keeps is in no figure.
    return Claim.objects.filter(org=organisation).exclude(compartment="press").order_by()
