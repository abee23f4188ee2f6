"""Possible earlier reports of the same situation, each with its reasons; a named person decides, nothing is scored.

Compared is only what stands behind one wall of one organisation. Reasons say why a report is shown: the same spot, the
same municipality and form close in time, or the same signals which few reports have. Reports are put in an order of
reasons, so that the ones worth opening come first; no number about a person or a report is made or kept.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from zicht import words
from zicht.people.counting import CountOf
from zicht.people.models import Account, Organisation
from zicht.signals.dimensions import COUNTING
from zicht.signals.intake.queries import by_key
from zicht.signals.models import Intake, ReportLink, Signal

SPOT, TOWN_AND_FORM, RARE_SIGNALS = "same_spot", "same_town_form", "rare_signals"
REASONS = (SPOT, RARE_SIGNALS, TOWN_AND_FORM)  # what tells most stands first
CLOSE = dt.timedelta(days=60)
NEAREST = 300  # reports of a town on either side in time; in the largest towns there are more in two months
# A signal tells little when more of the reports behind a wall have it than one in SHARE, or than RARE; three are few.
SHARE, RARE, ALWAYS_FEW = 20, 50, 3
SHARED = 2  # rare signals that two reports must have in common: one signal never decides
MOST_SHOWN = 10
SAME, DIFFERENT, POSSIBLE = "same", "different", "possible"


@dataclass(frozen=True)
class Earlier:
    """Another report, why it could be about the same situation, and what somebody decided about it."""

    intake: Intake
    reasons: tuple[str, ...]
    link: ReportLink | None

    @property
    def state(self) -> str:
        """Give a code of list report_link_state."""
        return self.link.state if self.link else POSSIBLE


@dataclass(frozen=True)
class Found:
    """All reports that could be about one situation: confirmed, possible, and told apart."""

    same: list[Earlier]
    possible: list[Earlier]
    different: list[Earlier]
    place: int  # of this report among those confirmed, by the day they came in, from 1

    @property
    def size(self) -> int:
        """Give how many reports are confirmed to be about the situation, this one included."""
        return len(self.same) + 1


def find(reader: Account, intake: Intake) -> Found:
    """Find other reports that could be about the same situation, behind the same wall."""
    reasons = suggest(intake)
    links = links_of(intake)
    group = group_of(intake)
    decided = {other for other, link in links.items() if link.state != POSSIBLE} | group
    first = in_order(intake, {key: why for key, why in reasons.items() if key not in decided})[:MOST_SHOWN]
    others = by_key(reader, {*first, *decided})

    def told(keys: Iterable[UUID]) -> list[Earlier]:
        return [Earlier(others[key], reasons.get(key, ()), links.get(key)) for key in keys if key in others]

    same = sorted(told(group), key=lambda one: (one.intake.received_on, one.intake.pk))
    apart = [key for key, link in links.items() if link.state == DIFFERENT and key not in group]
    before = sum((one.intake.received_on, one.intake.pk) < (intake.received_on, intake.pk) for one in same)
    return Found(same, told(first), told(apart), before + 1)


# --- why ------------------------------------------------------------------------------------------------------------
def suggest(intake: Intake) -> dict[UUID, tuple[str, ...]]:
    """Give the reports that could be about the same situation with their reasons, in the order of REASONS."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for reason, keys in ((SPOT, _same_spot(intake)), (TOWN_AND_FORM, _near(intake)), (RARE_SIGNALS, _rare(intake))):
        for key in keys:
            found[key].add(reason)
    found.pop(intake.pk, None)
    return {key: tuple(reason for reason in REASONS if reason in why) for key, why in found.items()}


def in_order(intake: Intake, reasons: Mapping[UUID, tuple[str, ...]]) -> list[UUID]:
    """Put reports in order: by what their strongest reason is, then the number of reasons, then nearness in time."""
    days = dict(Intake.objects.filter(pk__in=_worth(reasons)).values_list("pk", "received_on"))

    def rank(key: UUID) -> tuple[int, int, int, UUID]:
        why = reasons[key]
        return REASONS.index(why[0]), -len(why), abs((days[key] - intake.received_on).days), key

    return sorted(days, key=rank)


def _worth(reasons: Mapping[UUID, tuple[str, ...]]) -> list[UUID]:
    """Leave out what cannot be shown anyway: a town alone is the weakest reason, and many have it."""
    strong = [key for key, why in reasons.items() if why != (TOWN_AND_FORM,)]
    return strong if len(strong) >= MOST_SHOWN else list(reasons)


def _behind(intake: Intake) -> Q:
    return Q(org_id=intake.org_id, compartment=intake.compartment)


def _same_spot(intake: Intake) -> set[UUID]:
    """Compare marks made with one key: of the same year, of the year before, and of the year after."""
    pairs = (
        ("spot_mark", intake.spot_mark),
        ("spot_mark", intake.spot_mark_before),
        ("spot_mark_before", intake.spot_mark),
    )
    found: set[UUID] = set()
    for column, mark in pairs:
        if mark:
            some = Intake.objects.filter(_behind(intake), **{column: mark}).order_by("-received_on")
            found |= set(some.values_list("pk", flat=True)[:NEAREST])
    return found


def _near(intake: Intake) -> set[UUID]:
    """Give reports of the same municipality with a form in common, not longer ago or later than CLOSE."""
    forms = _terms(intake.forms)
    if not intake.place_code or not forms:
        return set()
    town = Intake.objects.filter(_behind(intake), place_code=intake.place_code)
    day = intake.received_on
    before = town.filter(received_on__lte=day, received_on__gte=day - CLOSE).order_by("-received_on", "pk")
    after = town.filter(received_on__gt=day, received_on__lte=day + CLOSE).order_by("received_on", "pk")
    rows = [row for some in (before, after) for row in some.values_list("pk", "forms")[:NEAREST]]
    return {key for key, theirs in rows if forms & _terms(theirs)}


def _rare(intake: Intake) -> set[UUID]:
    """Give reports with at least SHARED signals in common that few reports have behind this wall."""
    own = Signal.objects.filter(intake=intake, state__in=COUNTING).values_list("indicator", flat=True)
    rare = _few(intake, sorted(own))
    if len(rare) < SHARED:
        return set()
    others = _signals(intake).filter(indicator__in=rare).values_list("intake_id", "indicator")
    shared: dict[UUID, int] = defaultdict(int)
    for key, _indicator in others:
        shared[key] += 1
    return {key for key, count in shared.items() if count >= SHARED}


def _few(intake: Intake, indicators: list[str]) -> list[str]:
    """Give which of some indicators few reports have; one query, which stops counting where more tells nothing."""
    if not indicators:
        return []
    reports = Intake.objects.filter(_behind(intake)).values("pk")[: RARE * SHARE]
    each = [CountOf(_signals(intake).filter(indicator=code).values("pk")[: RARE + 1]) for code in indicators]
    size, *found = Organisation.objects.filter(pk=intake.org_id).values_list(CountOf(reports), *each).get()
    return [code for code, count in zip(indicators, found, strict=True) if count <= most_of_few(size)]


def most_of_few(size: int) -> int:
    """Give how many reports may have a signal that is still rare among `size` of them."""
    return min(max(size // SHARE, ALWAYS_FEW), RARE)


def _signals(intake: Intake) -> Any:
    return Signal.objects.filter(behind=intake.behind, state__in=COUNTING)


def _terms(value: object) -> frozenset[str]:
    missing = words.vocabulary().missing_values
    return frozenset(item for item in value if item not in missing) if isinstance(value, list) else frozenset()


# --- what was decided -----------------------------------------------------------------------------------------------
def links_of(intake: Intake) -> dict[UUID, ReportLink]:
    """Give what was decided about a report and others, by the other."""
    both = ReportLink.objects.filter(Q(intake_a=intake) | Q(intake_b=intake)).select_related("decided_by")
    return {link.intake_b_id if link.intake_a_id == intake.pk else link.intake_a_id: link for link in both}


def group_of(intake: Intake) -> set[UUID]:
    """Give the other reports that decisions connect with this one, directly or through others."""
    seen, ahead = {intake.pk}, {intake.pk}
    while ahead:
        links = ReportLink.objects.filter(Q(intake_a__in=ahead) | Q(intake_b__in=ahead), state=SAME)
        ends = {end for pair in links.values_list("intake_a_id", "intake_b_id") for end in pair}
        ahead = ends - seen
        seen |= ends
    return seen - {intake.pk}


def is_apart(one: Intake, other: Intake) -> bool:
    """Tell whether two reports stand behind different walls, which nothing connects."""
    return (one.org_id, one.compartment) != (other.org_id, other.compartment) or one.pk == other.pk
