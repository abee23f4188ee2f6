"""What a release of before tells, beside the tables that go out now: its counts, and what adds up in it.

A reader who has both takes a count that was hidden before for the same as now. Where the counts of now keep a sum of
the earlier release, the reader is right and the sum is known. Where they do not keep it, something that was hidden has
changed, and nobody here knows what it was: then what that sum hid stays hidden, so that the new release does not tell
the old one.
"""

from collections.abc import Collection

from zicht.stats.disclosure.building import Building, groups_of, key_of
from zicht.stats.disclosure.errors import CorrectionTooSmall, EarlierUnknown
from zicht.stats.disclosure.published import Entry, Place, Published
from zicht.stats.errors import quote


class Release:
    """An earlier release, counts laid beside those of now."""

    def __init__(self, building: Building, number: int, table: Published, least: int) -> None:
        """Take its counts in. Raises CorrectionTooSmall, EarlierUnknown."""
        self.building, self.number, self.table, self.least = building, number, table, least
        self.cells: dict[frozenset[tuple[str, str]], int] = {}
        self.hidden: set[int] = set()
        for entry in table.entries:
            key = key_of(entry.place, building.implied)
            self.cells[key] = self._hidden(entry) if entry.value is None else self._shown(entry, entry.value)

    def _hidden(self, entry: Entry) -> int:
        """Find what it hid in the tables of now: without the true count nobody can say what both tell together."""
        building = self.building
        cell = building.at.get(key_of(entry.place, building.implied))
        if cell is None:
            raise EarlierUnknown(name=quote(self.table.name), row=self.table.line(entry))
        self.hidden.add(cell)
        if entry.most is not None and building.values[cell] <= entry.most:
            building.bound(cell, entry.most)
        return cell

    def _shown(self, entry: Entry, value: int) -> int:
        building = self.building
        key = key_of(entry.place, building.implied)
        cell = building.at.get(key)
        if cell is not None and building.values[cell] != value:
            if abs(building.values[cell] - value) < self.least:
                told = {"name": quote(self.table.name), "row": self.table.line(entry)}
                raise CorrectionTooSmall(**told, least=self.least)
            key |= {("", f"release {self.number}")}  # what it was, beside what it is
            cell = building.at.get(key)
        if cell is None:
            cell = building.new(key, value)
        building.known.add(cell)
        building.censored.discard(cell)
        return cell

    def add_sums(self) -> None:
        """Collect what adds up in it; a total that it does not show is taken from the tables of now."""
        building = self.building
        for dimension, rest, places in groups_of(self.table, building.levels, building.margins):
            self._add_group(rest, places, dimension)
        for _, rest, places in building.without_guesses(self.table):
            self._add_group(rest, places)

    def _add_group(self, rest: Place, places: Collection[Place], dimension: str | None = None) -> None:
        """Add a sum; without a dimension it is guessed at, and there where the counts keep it."""
        building = self.building
        key = key_of(rest, building.implied)
        total = self.cells.get(key, building.at.get(key))
        parts = tuple(sorted({self.cells[key_of(place, building.implied)] for place in places}))
        if total is None:
            building.waiting[key].add(parts)
        elif dimension is None:
            building.add_if_true(total, parts)
        elif total not in parts:
            self._add_sum(total, parts, dimension)

    def _add_sum(self, total: int, parts: tuple[int, ...], dimension: str) -> None:
        building = self.building
        missing = building.values[total] - sum(building.values[part] for part in parts)
        if missing and dimension not in building.several:
            building.forced |= self.hidden.intersection((*parts, total))
        if missing == 0:
            building.sums.add((parts, total))
        elif missing > 0:
            building.limits.add((parts, (total,)))
