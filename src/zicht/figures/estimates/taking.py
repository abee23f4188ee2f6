"""Take an estimate into the reports on a year, as its release allows: of the lists themselves nothing comes along."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from zicht.figures.errors import NotForAccount
from zicht.figures.estimates.working import INTERNAL, Order, combinations_of
from zicht.figures.models import Estimate
from zicht.figures.rules import PURPOSE, WALL
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.stats.release import FEWEST, PARTNERS
from zicht.stats.results import Json
from zicht.stats.tables import OverlapTable


@dataclass(frozen=True, slots=True)
class Taken:
    """Hold what somebody says of an estimate when it is taken: the year, who is estimated, and among how many."""

    year: int
    population: str
    residents: int | None = None
    residents_source: str = ""


@transaction.atomic
def take(by: Account, taken: Taken, order: Order, found: dict[str, Any], table: OverlapTable) -> Estimate:
    """Store what the reports on a year may say; what was taken before stays, and the newest counts.

    Raises NotForAccount.
    """
    if not by.has_perm("figures.make_report"):
        raise NotForAccount
    told = {**found, "combinations": combinations_to_show(order.release, table), "answers": dict(order.answers)}
    estimate = Estimate(
        org=by.org,
        by=by,
        year=taken.year,
        release_level=order.release,
        population=taken.population,
        result=told,
        residents=taken.residents,
        residents_source=taken.residents_source,
    )
    estimate.save(force_insert=True)
    record_access(by, "opened", "estimate", estimate.pk, purpose=PURPOSE, compartment=WALL)
    return estimate


def combinations_to_show(release: str, table: OverlapTable) -> list[Json]:
    """Give the overlaps inside the organisation, and to partners only where none of them is small.

    Hidden overlaps could be worked out beside an estimate: each way to fill them in gives a total of its own, and the
    right one is the total that is published.
    """
    if release == INTERNAL:
        return combinations_of(table)
    possible = 2 ** len(table.lists) - 1
    found = combinations_of(table)
    is_safe = len(found) == possible and int(table.counts[table.counts > 0].min()) >= FEWEST[PARTNERS]
    return found if release == PARTNERS and is_safe else []
