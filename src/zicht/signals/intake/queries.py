"""Everything that is read from intake, behind the walls of whoever reads."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from zicht import words
from zicht.people.counting import CountOf
from zicht.people.models import Account, Organisation
from zicht.signals import rules
from zicht.signals.models import Intake, IntakeStep, Meldcode, PoliceDistrict, Signal

ON_A_PAGE = 50
MOST_COUNTED = 100  # beyond this a list says "more than"; counting on would cost more the longer the queue is
MOST_ALERTS = 20  # of a kind: who has more has no use for a longer list
OPEN, CLOSED = rules.OPEN, rules.CLOSED
MINE, NOBODY = "mine", "nobody"
OWN_AREA = "own"
EPOCH, MICROSECOND = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.timedelta(microseconds=1)
# What a row of a list shows; the other columns are not read for it.
OF_A_ROW = (
    *("received_on", "due_at", "source", "urgency", "forms", "place_code", "police_unit", "district", "state"),
    *("outcome", "sorts_at", "compartment", "handler__shown_as", "handler__login"),
)
ORDER = ("sorts_at", "intake_id")
PLAIN = ("urgency", "source", "police_unit", "place_code", "state")  # narrowed by their value as it is


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; `further` is where the next page begins."""

    rows: list[Intake]
    count: int
    is_more: bool
    further: str


@dataclass(frozen=True)
class Alerts:
    """What somebody on duty must see first; nothing is in two of the lists."""

    danger: list[Intake]
    late: list[Intake]
    soon: list[Intake]


@dataclass(frozen=True)
class AlertCounts:
    """How many of each there are, at most as many as are shown."""

    danger: int
    late: int
    soon: int

    @property
    def any(self) -> bool:
        """Tell whether there is anything."""
        return self.danger + self.late + self.soon > 0


# --- one ------------------------------------------------------------------------------------------------------------
def find(reader: Account, intake_id: UUID) -> Intake | None:
    """Find what came in, when the reader may weigh it."""
    seen = Intake.objects.visible_to(reader).select_related("handler", "decided_by")
    found: Intake | None = seen.filter(pk=intake_id).first()
    return found


def signals_of(intake: Intake) -> list[Signal]:
    """Give the signals of a report in the order of the catalogue."""
    order = {code: place for place, code in enumerate(words.vocabulary().indicators)}
    found = Signal.objects.filter(intake=intake).select_related("reviewer")
    return sorted(found, key=lambda signal: order.get(signal.indicator, len(order)))


def steps_of(intake: Intake) -> QuerySet[IntakeStep]:
    """Give what was done with a report, the newest first."""
    found: QuerySet[IntakeStep] = IntakeStep.objects.filter(intake=intake).select_related("made_by")
    return found.order_by("-made_at", "-pk")


def meldcode_of(intake: Intake) -> Meldcode | None:
    """Give the steps of the reporting code of a report, if anybody began them."""
    found: Meldcode | None = Meldcode.objects.filter(intake=intake).select_related("decided_by").first()
    return found


def colleagues(reader: Account, wall: str) -> list[Account]:
    """Give the active accounts of the reader's organisation that weigh behind a wall."""
    accounts = Account.objects.filter(org_id=reader.org_id, status="active").select_related("org")
    each = accounts.prefetch_related("grants").order_by("shown_as", "login")
    return [one for one in each if wall in rules.walls_of(one)]


# --- districts ------------------------------------------------------------------------------------------------------
def district_of(org_id: UUID, place: str) -> str:
    """Give the police district of a municipality in the table of an organisation; empty where it has none."""
    found = PoliceDistrict.objects.filter(org_id=org_id, place_code=place).values_list("district", flat=True).first()
    return found or ""


def districts(org_id: UUID) -> dict[str, str]:
    """Give the whole table of an organisation: the district of each municipality."""
    return dict(PoliceDistrict.objects.filter(org_id=org_id).values_list("place_code", "district"))


# --- the queue ------------------------------------------------------------------------------------------------------
def list_queue(reader: Account, wanted: Mapping[str, Any], begin: str = "") -> QueuePage:
    """Give a page of what the reader may weigh, narrowed to what is wanted.

    What is open stands by its term, so that what is late comes first and what has none comes last; what is closed
    stands newest first (rules.sorts_at). `begin` is the end of the page before.
    """
    found = narrow(Intake.objects.visible_to(reader), reader, wanted)
    onward = _after(found, begin) if begin else found
    # One search for both: as many keys as are counted, and the first of them make the page.
    keys = list(onward.order_by(*ORDER).values_list("pk", flat=True)[: MOST_COUNTED + 1])
    counted = found.order_by()[: MOST_COUNTED + 1].values("pk").count() if begin else len(keys)
    page = Intake.objects.filter(pk__in=keys[:ON_A_PAGE]).select_related("handler").only(*OF_A_ROW).order_by(*ORDER)
    rows = list(page)
    further = _position(rows[-1]) if len(keys) > ON_A_PAGE else ""
    return QueuePage(rows, min(counted, MOST_COUNTED), counted > MOST_COUNTED, further)


def narrow(found: Any, reader: Account, wanted: Mapping[str, Any]) -> Any:
    """Keep what is wanted; without a state, what is open."""
    found = found.filter(shelf=CLOSED if wanted.get("state") == CLOSED else OPEN)
    same = {name: wanted[name] for name in PLAIN if wanted.get(name) and wanted[name] not in (OPEN, CLOSED)}
    found = found.filter(**same)
    if wanted.get("area") == OWN_AREA:
        found = found.filter(own_area(reader.org))
    if wanted.get("handler"):
        found = found.filter(handler={MINE: reader, NOBODY: None}.get(wanted["handler"], wanted["handler"]))
    return found.filter(sorts_at__lte=timezone.now()) if wanted.get("late") else found


def own_area(organisation: Organisation) -> Q:
    """Give what lies in the working area of an organisation; everything, where it has none or it is the country."""
    level, code = organisation.region, organisation.area_code
    if level == "municipality":
        return Q(place_code=code)
    if level == "region":
        return Q(police_unit=code)
    if level == "district":
        return Q(district=code)
    if level == "province":
        return Q(place_code__in=[town for town, place in words.municipalities().items() if place.province == code])
    return Q()


def has_area(organisation: Organisation) -> bool:
    """Tell whether an organisation works in a part of the country that intake can be narrowed to."""
    return bool(own_area(organisation))


def _position(last: Intake) -> str:
    """Write where a page ends: the microsecond by which its last stands there, and its key."""
    return f"{(last.sorts_at - EPOCH) // MICROSECOND:018d}{last.pk.hex}"


def read_position(begin: str) -> tuple[dt.datetime, UUID]:
    """Read where a page ends; raise ValueError or OverflowError for what is none."""
    return EPOCH + int(begin[:18]) * MICROSECOND, UUID(begin[18:])


def _after(found: Any, begin: str) -> Any:
    moment, key = read_position(begin)
    # The same once more, as a bound: without it a database reads through all pages before this one.
    return found.filter(Q(sorts_at__gte=moment), Q(sorts_at__gt=moment) | Q(sorts_at=moment, pk__gt=key))


# --- alerts ---------------------------------------------------------------------------------------------------------
def alerts_for(reader: Account) -> Alerts:
    """Give what somebody on duty must see first: immediate danger that nobody took on, what is late, what soon will be.

    Every colleague who weighs sees the first two; of what is due within the hour, only what nobody else works on.
    """
    danger, late, soon = _urgent(reader)
    return Alerts(*(list(some.select_related("handler")[:MOST_ALERTS]) for some in (danger, late, soon)))


def count_alerts(reader: Account) -> AlertCounts:
    """Count the same with one query, each up to as many as are shown."""
    counts = [CountOf(some.order_by().values("pk")[:MOST_ALERTS]) for some in _urgent(reader)]
    return AlertCounts(*Organisation.objects.filter(pk=reader.org_id).values_list(*counts).get())


def alerts_seen(some: Iterable[Intake]) -> dict[tuple[UUID, str], list[IntakeStep]]:
    """Give who acknowledged which alert of some reports, the first of them first."""
    steps = IntakeStep.objects.filter(intake__in=[one.pk for one in some], deed="alert_seen")
    found: dict[tuple[UUID, str], list[IntakeStep]] = {}
    for step in steps.select_related("made_by").order_by("made_at", "pk"):
        found.setdefault((step.intake_id, step.detail_code), []).append(step)
    return found


def _urgent(reader: Account) -> tuple[Any, Any, Any]:
    now = timezone.now()
    queue = Intake.objects.visible_to(reader).filter(shelf=OPEN).order_by("sorts_at", "pk")
    danger = Q(urgency="u1_now", state="new")
    free = Q(handler=None) | Q(handler=reader)
    late = queue.filter(sorts_at__lte=now).exclude(danger)
    soon = queue.filter(free, sorts_at__gt=now, sorts_at__lte=now + rules.SOON).exclude(danger)
    return queue.filter(danger), late, soon


def by_key(reader: Account, keys: Iterable[UUID]) -> dict[UUID, Intake]:
    """Give what the reader may weigh among keys.

    The walls are asked afterwards: asked together, SQLite goes through everything behind them.
    """
    walls = rules.walls_of(reader)
    found = Intake.objects.filter(pk__in=list(keys))
    return {one.pk: one for one in found if one.org_id == reader.org_id and one.compartment in walls}


def means_of(indicator: str) -> tuple[str, ...]:
    """Give the means that an indicator points to (column suggests_means of the catalogue)."""
    found = words.vocabulary().indicators.get(indicator)
    return found.suggests_means if found else ()
