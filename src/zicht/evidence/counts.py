"""What figures need of claims: states and kinds of sources, and no key, text or name."""

from typing import Any

from zicht.evidence.models import Claim
from zicht.evidence.statements.claims import standing_of
from zicht.people.models import Organisation


def years_of_claims(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation made claims, the newest first."""
    return [moment.year for moment in _claims(organisation).datetimes("made_at", "year", order="DESC")]


def read_claims(organisation: Organisation, year: int) -> list[tuple[str, list[str]]]:
    """Give of each claim made in a year its state, and the kinds of the sources that speak for or against it."""
    claims = list(_claims(organisation).filter(made_at__year=year))
    standing = standing_of(claims)
    return [(claim.state, sorted({one.source.kind for side in standing[claim.pk] for one in side})) for claim in claims]


def _claims(organisation: Organisation) -> Any:
    # What a news desk keeps is in no figure.
    return Claim.objects.filter(org=organisation).exclude(compartment="press").order_by()
