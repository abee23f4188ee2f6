"""See where tables mean the same by other names: “Region” and “regio”, “f” and “vrouw”.

Whoever reads two tables knows that the rows of both are the same provinces, whatever the columns are called; and takes
two ways to split people for one where the same numbers stand in both. A likeness that the counts keep may be wrong and
does no harm: a reader is then taken to know more than there is.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from zicht.stats.disclosure.levels import find_levels
from zicht.stats.disclosure.published import Entry, Place, Published, fold

Pair = tuple[str, str]  # dimension and category
LEAST_ALIKE = 2  # categories
LEAST_PROOF = 4  # equal counts, those left out that follow from the others
SAYS_NOTHING = frozenset({"yes", "no", "ja", "nee", "0", "1"})  # answers to any question
MOST_CHANGED = 0.5  # of the counts of an earlier release: it may have been corrected


@dataclass(frozen=True)
class Named:
    """Hold tables in which one thing has one name.

    `called` gives for each dimension, folded, the name it has now; `alike` for each category the one that it is taken
    for although their names have nothing in common.
    """

    tables: tuple[Published, ...]
    earlier: tuple[Published, ...]
    called: Mapping[str, str]
    alike: Mapping[Pair, Pair]


def give_one_name(tables: Sequence[Published], earlier: Sequence[Published] = ()) -> Named:
    """Find what is the same by another name, and call it by the first."""
    given = _spelled_alike([*tables, *earlier])
    called = {fold(name): name for table in given for name in table.dimensions}
    renamed = _same_dimensions(given, len(tables))
    given = [_renamed(table, {name: renamed.get(name, name) for name in table.dimensions}) for table in given]
    called = {name: renamed.get(now, now) for name, now in called.items()}
    return Named(tuple(given[: len(tables)]), tuple(given[len(tables) :]), called, _alike(given))


# --- spelling -----------------------------------------------------------------------------------------------------
def _spelled_alike(tables: Sequence[Published]) -> list[Published]:
    dimensions: dict[str, str] = {}
    labels: dict[Pair, str] = {}
    found = []
    for table in tables:
        names = _first_spelling(table.dimensions, dimensions)
        categories: dict[Pair, str] = {}
        for dimension in table.dimensions:
            here = dict.fromkeys(label for entry in table.entries for of, label in entry.place if of == dimension)
            known = {label: labels.get((names[dimension], fold(label)), label) for label in here}
            # Where one table tells A from a, they are two.
            known = known if len(set(known.values())) == len({fold(label) for label in here}) == len(here) else {}
            categories |= {(dimension, label): name for label, name in known.items()}
            for label in here:
                labels.setdefault((names[dimension], fold(label)), label)
        found.append(_renamed(table, names, categories))
    return found


def _first_spelling(names: Sequence[str], before: dict[str, str]) -> dict[str, str]:
    if len({fold(name) for name in names}) < len(names):
        return {name: name for name in names}
    return {name: before.setdefault(fold(name), name) for name in names}


def _renamed(table: Published, names: Mapping[str, str], labels: Mapping[Pair, str] | None = None) -> Published:
    known = labels or {}

    def place(entry: Entry) -> Place:
        return tuple((names[of], known.get((of, label), label)) for of, label in entry.place)

    entries = tuple(replace(entry, place=place(entry)) for entry in table.entries)
    return replace(table, dimensions=tuple(names[name] for name in table.dimensions), entries=entries)


# --- one dimension by two names -----------------------------------------------------------------------------------
def _same_dimensions(tables: Sequence[Published], fresh: int) -> dict[str, str]:
    """Give for dimensions the earlier one that has the same categories, with the same counts wherever both are."""
    counted = [_Counted(table) for table in tables]
    found: dict[str, str] = {}
    order = list(dict.fromkeys(name for table in tables for name in table.dimensions))
    for first, second in combinations(order, 2):
        if first in found or second in found or any({first, second} <= set(one.dimensions) for one in tables):
            continue
        own, other = (
            [number for number, table in enumerate(tables) if name in table.dimensions] for name in (first, second)
        )
        pairs = [
            pair
            for one, two in product(own, other)
            for pair in _compared(counted[one], first, counted[two], second, lambda label: label)
        ]
        changed = sum(one != two for one, two in pairs)
        # An earlier release may have been corrected since.
        is_old = min(own) >= fresh or min(other) >= fresh
        if pairs and changed <= (MOST_CHANGED * len(pairs) if is_old else 0):
            found[second] = first
    return found


def _compared(
    own: "_Counted", first: str, other: "_Counted", second: str, other_name: Callable[[str], str | None]
) -> list[tuple[int, int]]:
    """Give the counts of two tables for the same answers, where a dimension of one is called otherwise in the other."""
    common = frozenset(own.table.dimensions).intersection(other.table.dimensions)
    here, there = own.by(common | {first}), other.by(common | {second})
    labels = {label for place in here for of, label in place if of == first}
    theirs = {label for place in there for of, label in place if of == second}
    shared = {label for label in labels if other_name(label) in theirs}
    if len(shared) < LEAST_ALIKE or 2 * len(shared) < min(len(labels), len(theirs)) or shared <= SAYS_NOTHING:
        return []
    renamed = {
        frozenset((second, other_name(label) or "") if of == first else (of, label) for of, label in place): count
        for place, count in here.items()
    }
    pairs = [(count, there.get(place)) for place, count in renamed.items()]
    return [(one, two) for one, two in pairs if one is not None and two is not None]


class _Counted:
    """A table that is asked for counts by some of its dimensions, from where they stand or else added up."""

    def __init__(self, table: Published) -> None:
        self.table = table
        self._uppers = {(of, label) for of, above in find_levels([table], {}).items() for label in above.values()}

    def by(self, dimensions: frozenset[str]) -> dict[frozenset[Pair], int | None]:
        """Give the count for each answer to these dimensions, None where a part of it is hidden."""
        entries: dict[frozenset[str], list[Entry]] = defaultdict(list)
        for entry in self.table.entries:
            entries[frozenset(of for of, _ in entry.place)].append(entry)
        own = [names for names in entries if dimensions <= names]
        if not own:
            return {}
        # A count that two columns of totals repeat is one.
        once: dict[frozenset[Pair], int | None] = {}
        for entry in entries[dimensions if dimensions in own else max(own, key=len)]:
            # A region beside its towns would count these twice.
            if not any(pair in self._uppers for pair in entry.place if pair[0] not in dimensions):
                place = frozenset(entry.place)
                once[place] = entry.value if once.get(place) is None else once[place]
        counts: dict[frozenset[Pair], list[int | None]] = defaultdict(list)
        for place, value in once.items():
            counts[frozenset(pair for pair in place if pair[0] in dimensions)].append(value)
        return {place: _sum(found) for place, found in counts.items()}


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


# --- categories by other names ------------------------------------------------------------------------------------
def _alike(tables: Sequence[Published]) -> dict[Pair, Pair]:
    """Pair the categories of two ways to split, without a name in common, that have the same counts throughout."""
    counted = [_Counted(table) for table in tables]
    margins = [(one, name, _margin(one, name)) for one in counted for name in one.table.dimensions]
    found: dict[Pair, Pair] = {}
    for (own, first, one), (other, second, two) in combinations(margins, 2):
        if own is other or set(one) & set(two) or len(one) < LEAST_ALIKE or len(one) != len(two):
            continue
        names = {count: label for label, count in two.items()}
        if len(names) < len(two) or set(names) != set(one.values()) or None in names:
            continue
        same = {label: names[count] for label, count in one.items()}
        pairs = _compared(own, first, other, second, same.get)
        # Whoever splits the same persons has the same sums: so much less do equal counts tell.
        if all(a == b for a, b in pairs) and len(pairs) * (len(one) - 1) >= LEAST_PROOF * len(one):
            found |= {(second, theirs): (first, label) for label, theirs in same.items() if (first, label) not in found}
    return found


def _margin(counted: _Counted, dimension: str) -> dict[str, int | None]:
    """Give the count of each category, without one that is the sum of all others."""
    margin = {label: count for place, count in counted.by(frozenset([dimension])).items() for _, label in place}
    whole = _sum(list(margin.values()))
    return {label: count for label, count in margin.items() if count is None or not whole or 2 * count != whole}
