"""Put counts of several tables together, each once, and collect what adds up to what."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise
from typing import TypeAlias

from zicht.stats.disclosure.errors import TablesDisagree
from zicht.stats.disclosure.levels import Above
from zicht.stats.disclosure.published import Entry, Place, Published
from zicht.stats.errors import quote
from zicht.stats.results import Caution

SEVERAL = "“%(name)s” adds up to more than its total: taken as several answers a person."
SHORT = "“%(name)s” adds up to less than its total: taken as categories that are not listed."
MOST_GUESSED = 4  # questions of which every choice is tried
Pair = tuple[str, str]
Key = frozenset[Pair]
Implied = Mapping[Pair, Pair]  # of a municipality, its province
Margin = frozenset[str]  # the dimensions by which something is counted
Group: TypeAlias = tuple[str, Place, list[Place]]  # what is added up over, the place of the total, those of the parts
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

    `levels` has for each dimension which category lies in which, `said` the part of it that was not guessed; `alike`
    which category is one with another.
    """

    implied: Implied
    levels: Mapping[str, Above]
    alike: Mapping[Pair, Pair] = field(default_factory=dict)
    margins: frozenset[Margin] = frozenset()
    said: Mapping[str, Above] = field(default_factory=dict)
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
        for _, rest, places in self.without_guesses(table):
            key, parts = key_of(rest, self.implied), self._cells_of(places)
            total = self.at.get(key)
            if total is None:
                self.waiting[key].add(parts)
            else:
                self.add_if_true(total, parts)

    def add_if_true(self, total: int, parts: tuple[int, ...]) -> None:
        """Remember a sum that a reader may guess at, where the true counts keep it."""
        if total not in parts and self.values[total] == sum(self.values[part] for part in parts):
            self.sums.add((parts, total))

    def without_guesses(self, table: Published) -> list[Group]:
        """Give what adds up where a level was guessed and is not there: “Hotel (care)” lies beside “Hotel”."""
        guessed = [name for name in table.dimensions if self.levels.get(name, {}) != self.said.get(name, {})]
        sizes = range(1, len(guessed) + 1) if len(guessed) <= MOST_GUESSED else (1, len(guessed))
        found: list[Group] = []
        for names in (one for size in sizes for one in combinations(guessed, size)):
            levels = {**self.levels, **{name: self.said.get(name, {}) for name in names}}
            found += groups_of(table, {name: above for name, above in levels.items() if above}, self.margins)
        return found

    def groups(self, table: Published) -> list[tuple[str, Key, tuple[int, ...]]]:
        """Give what adds up by its nature: the dimension, the categories of the total, and the parts."""
        return [
            (dimension, key_of(rest, self.implied), self._cells_of(places))
            for dimension, rest, places in groups_of(table, self.levels, self.margins)
        ]

    def cell(self, place: Place) -> int:
        """Give the count of a place of a table."""
        return self.at[key_of(place, self.implied)]

    def _cells_of(self, places: Collection[Place]) -> tuple[int, ...]:
        return tuple(sorted({self.cell(place) for place in places}))

    def add_sum(self, total: int, parts: tuple[int, ...], dimension: str) -> None:
        """Remember what parts and their total tell of each other; the true counts say what it is."""
        if total in parts:
            return
        missing = self.values[total] - sum(self.values[part] for part in parts)
        if missing == 0:
            self.sums.add((parts, total))
        elif missing > 0:
            self.limits.add((parts, (total,)))
            self._note(SHORT, dimension)
        else:
            # Whoever is in the total gave an answer: together they are at least the total.
            self.limits |= {((part,), (total,)) for part in parts if self.values[part] <= self.values[total]}
            self.limits.add(((total,), parts))
            self.several.add(dimension)
            self._note(SEVERAL, dimension)

    def _note(self, sentence: str, dimension: str) -> None:
        note = Caution(sentence, {"name": quote(dimension)})
        self.notes += [note] if note not in self.notes else []

    def add_shared_totals(self) -> None:
        """Add totals that stand nowhere, where two sets of categories add up to them."""
        groups: dict[Key, set[tuple[int, ...]]] = defaultdict(set)
        for key, found in self.waiting.items():
            groups[self._bare(key)] |= found
        for bare, found in groups.items():
            totals = Counter(sum(self.values[part] for part in parts) for parts in found)
            for total in (one for one, times in totals.items() if times > 1):
                cell = self.new(bare | {("", str(total))}, total)
                self.unseen.add(cell)
                self.sums |= {(parts, cell) for parts in found if sum(self.values[part] for part in parts) == total}

    # --- what is the same by another name ------------------------------------------------------------------------
    def add_twins(self) -> None:
        """Take counts for the same that differ only in what says nothing, and in regions that overlap.

        A column that always says 2025 says nothing, nor does a category in which all others lie; and a town in two
        regions is one town. Where the counts are equal too, a reader may take them for the same.
        """
        same: dict[tuple[Key, int], list[int]] = defaultdict(list)
        for loose in (self._loose(), {}):
            same.clear()
            for key, cell in self.at.items():
                dropped = set[str]().union(*(loose.get(lower, set()) for lower, _ in key))
                same[self._bare(pair for pair in key if pair[0] not in dropped), self.values[cell]].append(cell)
            self.sums |= {((one,), other) for cells in same.values() for one, other in pairwise(cells)}
        for key, found in self.waiting.items():
            for parts in found:
                twins = same.get((self._bare(key), sum(self.values[part] for part in parts)), [])
                self.sums |= {(parts, twin) for twin in twins[:1]}

    def plain(self, key: Key) -> Key:
        """Give the categories of a count as any table names it: without what says nothing or follows from others."""
        return self._bare(key - {self.implied[pair] for pair in key if pair in self.implied})

    def _bare(self, key: Iterable[Pair]) -> Key:
        """Give the categories of a count without those that say nothing, each by the name that it is one with."""
        pairs = (self.alike.get(pair, pair) for pair in key)
        return frozenset(pair for pair in pairs if pair[0] not in self._idle and pair not in self._whole)

    @cached_property
    def _whole(self) -> frozenset[Pair]:
        """Give the categories in which all others of their dimension lie."""
        found = {(of, root) for of, above in self.levels.items() for root in set(above.values()) - above.keys()}
        labels = self._labels
        return frozenset(pair for pair in found if len(self.levels[pair[0]]) == len(labels[pair[0]]) - 1)

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        labels: dict[str, set[str]] = defaultdict(set)
        for key in self.at:
            for dimension, label in key:
                labels[dimension].add(label)
        return labels

    @cached_property
    def _idle(self) -> frozenset[str]:
        """Give the dimensions that have one category and so tell nothing."""
        return frozenset(dimension for dimension, found in self._labels.items() if len(found) == 1)

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


def groups_of(table: Published, levels: Mapping[str, Above], margins: Collection[Margin] = ()) -> list[Group]:
    """Give what adds up in a table: over each dimension, and over several at once where that leads to a margin.

    `margins` are sets of dimensions by which counts stand in some table, or could be compared by two.
    """
    found: list[Group] = []
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
    return found + _over_several(table, levels, margins)


def margins_of(tables: Iterable[Published]) -> frozenset[Margin]:
    """Give the sets of dimensions by which tables count, and those that two of these have in common."""
    own = {margin_of(entry.place) for table in tables for entry in table.entries}
    return frozenset(one & other for one in own for other in own)


def margin_of(place: Place) -> Margin:
    """Give the dimensions by which something is counted."""
    return frozenset(dimension for dimension, _ in place)


def _over_several(table: Published, levels: Mapping[str, Above], margins: Collection[Margin]) -> list[Group]:
    """Add up over two dimensions or more, but for groups of which all totals in between stand in the table."""
    places: dict[Margin, dict[frozenset[Pair], Place]] = defaultdict(dict)
    for entry in table.entries:
        places[margin_of(entry.place)][frozenset(entry.place)] = entry.place
    found: list[Group] = []
    for whole, here in places.items():
        for margin in (one for one in margins if len(one) + 1 < len(whole) and one < whole):
            over = [name for name in table.dimensions if name in whole - margin]
            groups: dict[Place, list[Place]] = defaultdict(list)
            for place in here.values():
                # A province stays where it is counted by place: only over what is added up would it count twice.
                if not _lies_in_another(place, here, levels, over):
                    groups[tuple(pair for pair in place if pair[0] in margin)].append(place)
            between = [] if levels.keys() & over else [one for one in places if margin < one < whole]
            found += [
                (", ".join(over), total, parts)
                for total, parts in groups.items()
                if not any(_all_stand(parts, one, places[one]) for one in between)
            ]
    return found


def _all_stand(parts: Collection[Place], margin: Margin, there: Collection[frozenset[Pair]]) -> bool:
    """Tell whether a total in between stands for each part: then two shorter sums say what the long one does."""
    return all(frozenset(pair for pair in part if pair[0] in margin) in there for part in parts)


def _lies_in_another(
    place: Place, here: Collection[frozenset[Pair]], levels: Mapping[str, Above], over: Collection[str]
) -> bool:
    """Tell whether a place lies in another that is there, by one of the dimensions that are added up over."""
    pairs = frozenset(place)
    for dimension, label in (pair for pair in place if pair[0] in over):
        above = levels.get(dimension, {})
        while label in above:
            label = above[label]
            if frozenset((of, label if of == dimension else name) for of, name in pairs) in here:
                return True
    return False


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
