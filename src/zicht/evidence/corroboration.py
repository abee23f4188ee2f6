"""Count from how many independent roots a claim comes, as a range from what is certain to what is possible.

Two newspapers that quote one report are one root. A group that is not named and was heard through one report is one
root. That nothing is known about independence is not independence: such a root counts as possible and not as certain.
No database, no request. The reasoning is laid down in docs/methods/corroboration.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

# Codes of list source_link.
WITNESSED = frozenset({"lived", "saw", "worked"})
FIRST_HAND = WITNESSED | {"derived"}
MOST_EXACT = 18  # roots for which the certain count is tried in every way; above that a lower bound is given

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody in the chain of who says it; `who` is empty for a person or group without a name."""

    who: str = ""
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it bears on a claim: in which source, how close to the fact, and the chain from the first on."""

    source: str
    closeness: str
    chain: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Root:
    """Where a statement comes from in the end: one of `places`; nothing known when that is empty.

    `is_open`: people who are not named stand behind it, so a witness elsewhere may be one of them. `is_witness`: it is
    one person. `sources` are those it was read in.
    """

    places: frozenset[str]
    is_open: bool = False
    is_witness: bool = False
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Range:
    """How many independent roots there are: at least `certain`, at most `possible`."""

    certain: int
    possible: int


Derived = Mapping[str, Iterable[str]]  # source -> the sources it rests on
Judged = Mapping[Pair, str]  # two sources -> code of list independence


def count_roots(said: Iterable[Said], derived: Derived | None = None, judged: Judged | None = None) -> Range:
    """Count the independent roots of statements that say the same."""
    found = list(dict.fromkeys(roots_of(said, derived or {}, judged or {})))
    known = _together(root for root in found if root.places)
    unknown = len({root.sources for root in found if not root.places})
    possible = _most_different(known) + unknown
    certain = _fewest_apart(known, judged or {})
    return Range(max(certain, min(1, possible)), possible)


def roots_of(said: Iterable[Said], derived: Derived, judged: Judged) -> list[Root]:
    """Give the root of each statement."""
    return [_root(one, derived, _one_root(judged)) for one in said]


def _root(said: Said, derived: Derived, same: Mapping[str, str]) -> Root:
    """Follow who says it; where that names nobody, follow what the source rests on."""
    sources = frozenset({said.source})
    first = next(iter(said.chain), None)
    named = next((link.who for link in said.chain if link.who), "")
    if said.source in same:
        return Root(frozenset({f"source {same[said.source]}"}), False, False, sources)
    if first and named:
        is_open = not first.who
        return Root(frozenset({f"actor {named}"}), is_open, first.is_person and not is_open, sources)
    ends = _ends(said.source, derived)
    is_own = ends == {said.source}
    if is_own and first is None and said.closeness not in FIRST_HAND:
        return Root(frozenset(), False, False, sources)
    is_witness = is_own and first is None and said.closeness in WITNESSED
    places = frozenset(f"source {same.get(end, end)}" for end in ends)
    return Root(places, first is not None, is_witness, sources)


def _ends(source: str, derived: Derived) -> set[str]:
    """Give the sources that a source rests on in the end: itself when it rests on none; a circle where it began."""
    ends: set[str] = set()
    waiting, seen = [source], {source}
    while waiting:
        at = waiting.pop()
        below = [one for one in derived.get(at, ()) if one not in seen]
        if not below:
            ends.add(at)
        seen.update(below)
        waiting += below
    return ends


def _one_root(judged: Judged) -> dict[str, str]:
    """Give for sources that somebody judged to be one root the same name."""
    names: dict[str, str] = {}

    def find(one: str) -> str:
        while names.get(one, one) != one:
            one = names[one]
        return one

    for pair, verdict in judged.items():
        if verdict == "dependent":
            one, other = sorted(find(source) for source in pair)
            names[other] = one
    return {one: find(one) for one in names}


def _together(roots: Iterable[Root]) -> list[Root]:
    """Put statements from the same places together: what one of them says of who is behind it holds for all."""
    merged: dict[frozenset[str], Root] = {}
    for root in roots:
        before = merged.get(root.places, Root(root.places))
        is_open, is_witness = before.is_open or root.is_open, before.is_witness or root.is_witness
        merged[root.places] = Root(root.places, is_open, is_witness, before.sources | root.sources)
    return list(merged.values())


# --- counting -----------------------------------------------------------------------------------------------------
def _most_different(roots: Sequence[Root]) -> int:
    """Give the most places that the statements can come from, one each (a matching; Berge 1957)."""
    taken: dict[str, int] = {}

    def find_place(number: int, tried: set[str]) -> bool:
        for place in roots[number].places - tried:
            tried.add(place)
            if place not in taken or find_place(taken[place], tried):
                taken[place] = number
                return True
        return False

    return sum(find_place(number, set()) for number in range(len(roots)))


def _fewest_apart(roots: Sequence[Root], judged: Judged) -> int:
    """Give the largest number of roots of which no two can be one; each larger set holds two that can."""
    different = list(dict.fromkeys(roots))
    pairs = combinations(range(len(different)), 2)
    clashes = {frozenset({a, b}) for a, b in pairs if _may_be_one(different[a], different[b], judged)}
    if len(different) > MOST_EXACT:
        return len(_greedy(range(len(different)), clashes))
    return _largest(tuple(range(len(different))), clashes)


def _may_be_one(one: Root, other: Root, judged: Judged) -> bool:
    if one.places & other.places:
        return True
    is_judged = all(judged.get(frozenset({a, b})) == "independent" for a in one.sources for b in other.sources)
    may_hide = (one.is_open and (other.is_witness or other.is_open)) or (other.is_open and one.is_witness)
    return may_hide and not is_judged


def _largest(left: tuple[int, ...], clashes: set[frozenset[int]]) -> int:
    if not left:
        return 0
    first, rest = left[0], left[1:]
    apart = tuple(other for other in rest if frozenset({first, other}) not in clashes)
    with_it = 1 + _largest(apart, clashes)
    return with_it if len(apart) == len(rest) else max(with_it, _largest(rest, clashes))


def _greedy(numbers: Iterable[int], clashes: set[frozenset[int]]) -> list[int]:
    chosen: list[int] = []
    for number in numbers:
        if all(frozenset({number, other}) not in clashes for other in chosen):
            chosen.append(number)
    return chosen


# --- what follows -------------------------------------------------------------------------------------------------
def state_of(supporting: Range, has_contradiction: bool) -> str:
    """Give the state of a claim (list claim_state)."""
    if has_contradiction:
        return "disputed"
    if not supporting.possible:
        return "withdrawn"
    return "corroborated" if supporting.certain > 1 else "single"
