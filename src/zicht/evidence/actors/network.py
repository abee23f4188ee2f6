"""Lay out who is linked to whom in rows, so that lines run down, and draw it as a picture.

The place of each actor follows from the links alone, so that the same statements give the same picture.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min
from django.urls import reverse

from zicht.evidence.actors.judging import same_as
from zicht.evidence.actors.shown import shown_names
from zicht.evidence.models import Statement
from zicht.evidence.sources.queries import statements_seen
from zicht.people.code_fields import label_of
from zicht.people.models import Account

MOST_ACTORS = 500
MOST_LINES = 2_000
MOST_LABELLED = 200  # lines that have their words beside them: those of more lie over each other
ACROSS = 250.0  # units of the picture between two names beside each other
DOWN = 110.0
ASIDE, ABOVE = 120.0, 44.0  # free beside and above the outermost points, for their names
IN_A_ROW = 5  # names beside each other on one level, before the next row of it begins
BOW = 140.0  # how far a line that passes a row keeps to the right, so that it runs through no name there
LONGEST_NAME = 34  # characters that fit above a point
Links = dict[tuple[UUID, UUID], Counter[str]]  # from one to another, how often each kind of link is said


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in the picture."""

    key: UUID
    name: str
    x: float
    y: float

    @property
    def at(self) -> str:
        """Give where it is drawn, in the words of SVG."""
        return f"translate({self.x:.1f} {self.y:.1f})"

    @property
    def short(self) -> str:
        """Give the name as far as it fits."""
        return self.name if len(self.name) <= LONGEST_NAME else f"{self.name[: LONGEST_NAME - 1]}…"


@dataclass(frozen=True, slots=True)
class Line:
    """A link from one actor to another, with how many statements say it, and the address of these."""

    address: str
    subject_name: str
    object_name: str
    label: str
    count: int
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def way(self) -> str:
        """Give the way from one end to the other, in the words of SVG; past a row it bows."""
        bend = f"Q{self.bend[0]:.1f} {self.bend[1]:.1f} " if self.passes_a_row else "L"
        return f"M{self.x1:.1f} {self.y1:.1f}{bend}{self.x2:.1f} {self.y2:.1f}"

    @property
    def passes_a_row(self) -> bool:
        """Answer whether a row of names lies between its ends."""
        return abs(self.y2 - self.y1) > DOWN

    @property
    def bend(self) -> tuple[float, float]:
        """Give the point that a bowed line is drawn towards."""
        return max(self.x1, self.x2) + BOW, (self.y1 + self.y2) / 2

    @property
    def middle(self) -> tuple[float, float]:
        """Give where its words stand."""
        if self.passes_a_row:
            return (self.x1 + 2 * self.bend[0] + self.x2) / 4, self.bend[1]
        return (self.x1 * 0.45 + self.x2 * 0.55, self.y1 * 0.45 + self.y2 * 0.55)


@dataclass(frozen=True)
class Network:
    """Everything that is drawn, and how large the picture is."""

    nodes: list[Node]
    lines: list[Line]
    width: float
    height: float
    left_out: int
    lines_left_out: int

    @property
    def is_labelled(self) -> bool:
        """Tell whether there is room for the words beside the lines."""
        return len(self.lines) <= MOST_LABELLED


def network_of(account: Account) -> Network:
    """Draw the links in statements that an account may see; of many actors those with most links."""
    links = _links(account)
    kept = _busiest(links)
    among = {pair: kinds for pair, kinds in links.items() if pair[0] in kept and pair[1] in kept}
    most = set(sorted(among, key=lambda pair: -among[pair].total())[:MOST_LINES])
    everybody = {key for pair in links for key in pair}
    left_out = (len(everybody) - len(kept), len(among) - len(most))
    return _draw({pair: among[pair] for pair in among if pair in most}, kept, shown_names(account, kept), left_out)


def _links(account: Account) -> Links:
    """Count by link what is said of it; the links and what is said in the order in which it was first recorded."""
    said = statements_seen(account).filter(object__isnull=False, polarity="affirmed")
    kinds = said.values_list("subject_id", "object_id", "predicate")
    rows = list(
        kinds.annotate(count=Count("pk"), first=Min("recorded_at")).order_by(
            "first", "subject_id", "object_id", "predicate"
        )
    )
    same = same_as(key for subject, whom, *_rest in rows for key in (subject, whom))
    links: Links = defaultdict(Counter)
    for subject, whom, kind, count, _first in rows:
        if same[subject] != same[whom]:
            links[same[subject], same[whom]][kind] += count
    return links


def _busiest(links: Iterable[tuple[UUID, UUID]]) -> dict[UUID, int]:
    degrees = Counter(key for pair in links for key in pair)
    most = sorted(degrees, key=lambda key: (-degrees[key], key.hex))[:MOST_ACTORS]
    return {key: degrees[key] for key in most}


def _draw(links: Links, kept: Collection[UUID], names: dict[UUID, str], left_out: tuple[int, int]) -> Network:
    places = place(kept, links)
    nodes = [Node(key, names.get(key, ""), *places[key]) for key in kept]
    lines = [_line(pair, kinds, places, names) for pair, kinds in links.items()]
    width = max((x for x, _y in places.values()), default=0) + ASIDE
    height = max((y for _x, y in places.values()), default=0) + ABOVE
    return Network(nodes, lines, width, height, *left_out)


def _line(
    pair: tuple[UUID, UUID], kinds: Counter[str], places: dict[UUID, tuple[float, float]], names: dict[UUID, str]
) -> Line:
    label = ", ".join(label_of("link_kind", kind) for kind in kinds if kind)
    address = reverse("evidence:line", args=pair)
    one, other = (names.get(key, "") for key in pair)
    return Line(address, one, other, label, kinds.total(), *places[pair[0]], *places[pair[1]])


def place(kept: Collection[UUID], links: Iterable[tuple[UUID, UUID]]) -> dict[UUID, tuple[float, float]]:
    """Give each actor a place: below whoever points to it, so that lines run down; circles are cut where they close."""
    below: dict[UUID, list[UUID]] = defaultdict(list)
    for subject, whom in links:
        below[subject].append(whom)
    levels = _levels(kept, below)
    rows: dict[int, list[UUID]] = defaultdict(list)
    for key in kept:
        rows[levels[key]].append(key)
    return _rows(rows)


def _levels(kept: Collection[UUID], below: dict[UUID, list[UUID]]) -> dict[UUID, int]:
    """Give the length of the longest way down to each, once every circle is cut."""
    pointed_at = {other for others in below.values() for other in others}
    first = [key for key in kept if key not in pointed_at]
    ordered, closing = _walk([*first, *kept], below)
    levels = dict.fromkeys(ordered, 0)
    for key in ordered:
        for other in below[key]:
            if (key, other) not in closing:
                levels[other] = max(levels[other], levels[key] + 1)
    return levels


def _walk(starts: Iterable[UUID], below: dict[UUID, list[UUID]]) -> tuple[list[UUID], set[tuple[UUID, UUID]]]:
    """Give everybody after whoever points to them, and the links that close a circle (depth first)."""
    done: dict[UUID, None] = {}
    closing: set[tuple[UUID, UUID]] = set()
    for start in starts:
        path = {} if start in done else {start: iter(below[start])}
        while path:
            at, others = next(reversed(path.items()))
            other = next(others, None)
            if other is None:
                done[at] = None
                del path[at]
            elif other in path:
                closing.add((at, other))
            elif other not in done:
                path[other] = iter(below[other])
    return list(reversed(done)), closing


def _rows(rows: dict[int, list[UUID]]) -> dict[UUID, tuple[float, float]]:
    places: dict[UUID, tuple[float, float]] = {}
    in_a_row = max(IN_A_ROW, math.ceil(math.sqrt(sum(map(len, rows.values())))))
    widest = min(in_a_row, max(map(len, rows.values()), default=1))
    y = ABOVE
    for level in sorted(rows):
        for start in range(0, len(rows[level]), in_a_row):
            row = rows[level][start : start + in_a_row]
            indent = (widest - len(row)) * ACROSS / 2 + (ACROSS / 5 if level % 2 else 0)
            for at, key in enumerate(row):
                places[key] = (ASIDE + indent + at * ACROSS, y)
            y += DOWN
    return places


def statements_between(account: Account, subject: UUID, whom: UUID) -> list[Statement]:
    """Give the statements of a line, also those of actors judged the same."""
    found = statements_seen(account).filter(object__isnull=False).select_related("source", "subject", "object")
    pairs = list(found.values_list("subject_id", "object_id"))
    same = same_as([subject, whom, *(key for pair in pairs for key in pair)])
    wanted = (
        {key for key, top in same.items() if top == same[subject]},
        {k for k, top in same.items() if top == same[whom]},
    )
    rows = found.filter(subject__in=wanted[0], object__in=wanted[1])
    return list(rows.prefetch_related("anchors__next_ones", "chain__claimant").order_by("recorded_at"))
