"""Put counts of several tables together, each once, and collect what adds up to what."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from zicht.stats.disclosure.errors import TablesDisagree
from zicht.stats.disclosure.levels import Above
from zicht.stats.disclosure.published import Entry, Place, Published
from zicht.stats.errors import quote
from zicht.stats.results import Caution

SEVERAL = "“%(name)s” adds up to more than its total: taken as several answers a person."
Pair = tuple[str, str]
Key = frozenset[Pair]
Implied = Mapping[Pair, Pair]  # of a municipality, its province
Sides = tuple[tuple[int, ...], tuple[int, ...]]  # the first, added, are at most the second, added


def key_of(place: Iterable[Pair], implied: Implied) -> Key:
    """Give by which categories a count is known: its own, and those that they lie in."""
    found, todo = set[Pair](), list(place)
    while todo:
        pair = todo.pop()
        if pair not in found:
            found.add(pair)
            todo += [implied[pair]] if pair in implied else []
    return frozenset(found)


@dataclass
class Building:
    """Collect counts, by their categories, and what a reader knows of them.

    `levels` has for each dimension which category lies in which.
    """

    implied: Implied
    levels: Mapping[str, Above]
    at: dict[Key, int] = field(default_factory=dict)
    values: list[int] = field(default_factory=list)
    first: dict[Key, tuple[Published, Entry]] = field(default_factory=dict)
    cells: dict[tuple[int, int, int], int] = field(default_factory=dict)
    sums: set[tuple[tuple[int, ...], int]] = field(default_factory=set)  # parts and their total
    limits: set[Sides] = field(default_factory=set)
    waiting: dict[Key, set[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(set))
    unseen: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    forced: set[int] = field(default_factory=set)
    censored: set[int] = field(default_factory=set)
    spans: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)  # dimensions in which a person gives several answers
    notes: list[Caution] = field(default_factory=list)

    # --- the same count in several tables ----------------------------------------------------------------------------
    def place(self, number: int, table: Published, entry: Entry) -> None:
        """Take in a count. Raises TablesDisagree."""
        key = key_of(entry.place, self.implied)
        cell = self.at.get(key)
        if cell is None:
            cell = self.new(key, entry.value or 0)
            self.first[key] = (table, entry)
            if entry.value is None:
                self.censored.add(cell)
        elif entry.value is not None and cell in self.censored:
            self.values[cell] = entry.value
            self.censored.discard(cell)
        elif entry.value is not None and self.values[cell] != entry.value:
            other, there = self.first[key]
            told = {"name": quote(table.name), "row": table.line(entry)}
            raise TablesDisagree(**told, other=quote(other.name), other_row=other.line(there))
        if entry.most is not None:
            self.bound(cell, entry.most)
        self.cells[number, entry.row, entry.column] = cell

    def new(self, key: Key, value: int) -> int:
        """Take in a count that was not there."""
        self.at[key] = len(self.values)
        self.values.append(value)
        return self.at[key]

    def bound(self, cell: int, most: int) -> None:
        """Remember that a reader was told how much a hidden count is at most."""
        low, high = self.spans.get(cell, (0, None))
        self.spans[cell] = (low, most if high is None else min(high, most))

    # --- what adds up --------------------------------------------------------------------------------------------
    def add_sums(self, table: Published) -> None:
        """Collect what adds up in a table, dimension by dimension."""
        for dimension, key, parts in self.groups(table):
            total = self.at.get(key)
            if total is None:
                self.waiting[key].add(parts)
            else:
                self.add_sum(total, parts, dimension)

    def groups(self, table: Published) -> list[tuple[str, Key, tuple[int, ...]]]:
        """Give what adds up by its nature: the dimension, the categories of the total, and the parts."""
        return [
            (dimension, key_of(rest, self.implied), self._cells_of(places))
            for dimension, rest, places in groups_of(table, self.levels)
        ]

    def _cells_of(self, places: Collection[Place]) -> tuple[int, ...]:
        return tuple(sorted({self.at[key_of(place, self.implied)] for place in places}))

    def add_sum(self, total: int, parts: tuple[int, ...], dimension: str) -> None:
        """Remember what parts and their total tell of each other; the true counts say what it is."""
        if total in parts:
            return
        missing = self.values[total] - sum(self.values[part] for part in parts)
        if missing == 0:
            self.sums.add((parts, total))
        elif missing > 0:
            self.limits.add((parts, (total,)))
        else:
            # Whoever is in the total gave an answer: together they are at least the total.
            self.limits |= {((part,), (total,)) for part in parts if self.values[part] <= self.values[total]}
            self.limits.add(((total,), parts))
            self.several.add(dimension)
            note = Caution(SEVERAL, {"name": quote(dimension)})
            self.notes += [note] if note not in self.notes else []

    def add_shared_totals(self) -> None:
        """Add totals that stand nowhere, where two sets of categories add up to them."""
        for key, found in self.waiting.items():
            totals = Counter(sum(self.values[part] for part in parts) for parts in found)
            for total in (one for one, times in totals.items() if times > 1):
                cell = self.new(key | {("", str(total))}, total)
                self.unseen.add(cell)
                self.sums |= {(parts, cell) for parts in found if sum(self.values[part] for part in parts) == total}

    # --- what is the same by another name ------------------------------------------------------------------------
    def add_twins(self) -> None:
        """Take counts for the same that differ only in what says nothing, and in regions that overlap.

        A column that always says 2025 says nothing; and a town in two regions is one town. Where the counts are equal
        too, a reader may take them for the same.
        """
        idle = self._idle()
        same: dict[tuple[Key, int], list[int]] = defaultdict(list)
        for loose in (self._loose(), {}):
            same.clear()
            for key, cell in self.at.items():
                dropped = idle.union(*(loose.get(lower, set()) for lower, _ in key))
                same[frozenset(pair for pair in key if pair[0] not in dropped), self.values[cell]].append(cell)
            self.sums |= {((one,), other) for cells in same.values() for one, other in pairwise(cells)}
        for key, found in self.waiting.items():
            shorter = frozenset(pair for pair in key if pair[0] not in idle)
            for parts in found:
                twins = same.get((shorter, sum(self.values[part] for part in parts)), [])
                self.sums |= {(parts, twin) for twin in twins[:1]}

    def _idle(self) -> set[str]:
        """Give the dimensions that have one category and so tell nothing."""
        labels: dict[str, set[str]] = defaultdict(set)
        for key in self.at:
            for dimension, label in key:
                labels[dimension].add(label)
        return {dimension for dimension, found in labels.items() if len(found) == 1}

    def _loose(self) -> Mapping[str, set[str]]:
        """Give of dimensions those in which their categories lie, some in several with one count: towns in regions."""
        found: dict[tuple[str, str], dict[str, dict[Key, dict[str, int]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(dict))
        )
        for key, cell in self.at.items():
            for lower, label in key:
                for upper, above in key:
                    if upper != lower:
                        found[lower, upper][label][key - {(upper, above)}][above] = self.values[cell]
        loose: dict[str, set[str]] = defaultdict(set)
        for (lower, upper), labels in found.items():
            uppers = [set[str]().union(*counts.values()) for counts in labels.values()]
            agree = all(len(set(counts.values())) == 1 for rests in labels.values() for counts in rests.values())
            if agree and min(map(len, uppers)) == 1 < max(map(len, uppers)):
                loose[lower].add(upper)
        return loose


def groups_of(table: Published, levels: Mapping[str, Above]) -> list[tuple[str, Place, list[Place]]]:
    """Give for each dimension and other answers the places that add up, and the place of their total."""
    found: list[tuple[str, Place, list[Place]]] = []
    for dimension in table.dimensions:
        above = levels.get(dimension, {})
        groups: dict[Place, dict[str, Place]] = defaultdict(dict)
        for entry in table.entries:
            label = next((name for of, name in entry.place if of == dimension), None)
            if label is not None:
                rest = tuple(pair for pair in entry.place if pair[0] != dimension)
                groups[rest][label] = entry.place
        for rest, places in groups.items():
            found += [(dimension, total, parts) for total, parts in _by_level(dimension, rest, places, above)]
    return found


def _by_level(
    dimension: str, rest: Place, places: Mapping[str, Place], above: Above
) -> Iterable[tuple[Place, list[Place]]]:
    """Split categories into those that lie in each other one, and those that lie in none that is listed."""
    parts: dict[str | None, list[Place]] = defaultdict(list)
    for label, place in places.items():
        upper = above.get(label)
        while upper is not None and upper not in places and upper in above:
            upper = above[upper]
        parts[upper if upper in places else None].append(place)
    for upper, found in parts.items():
        yield (rest if upper is None else (*rest, (dimension, upper)), found)
