"""How much two records look like one person, and who is counted as one with whom: no database, no request.

Each field of two records agrees, differs or is not known. What agrees speaks for one person by as many bits as such an
agreement is rare between two persons; what differs speaks against it: Fellegi and Sunter, "A theory for record
linkage", Journal of the American Statistical Association 64 (1969) 1183-1210, sections 2 and 3.3. A score is about a
pair of records. It says nothing about a person, and no page shows it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from zicht import words

AGREE, DIFFER, UNKNOWN = "agree", "differ", "unknown"
OLDEST = 120  # years, where a band has no upper end
# Of different persons, one in a million pairs has the same agreed parts in its key. Assumed: no source measures it.
KEY_BITS = 20.0
# Brothers and sisters share a household, victims of one place a situation: that makes them alike, not one person.
MARK_BITS = 3.0
# One point is a fifth of a bit; at 50 a pair is as likely as not to be one person, when one other record is theirs.
MIDDLE, POINTS_A_BIT = 50, 5
LIKELY, POSSIBLE = 65, 35  # points: odds of 8 to 1 and of 1 to 8
MOST_ALIKE = 0.99  # chance of agreeing: where nearly all records say the same, a difference is still one
FEWEST_KNOWN = 3  # fields that both records must have filled in before anything is said about them


@dataclass(frozen=True, slots=True)
class Compared:
    """A field that is compared.

    `same` is how often two records of one person agree in it, where both know it: assumed, since nobody published it
    for registers like this one. Fields of one `bundle` go together (language with citizenship): only the one that says
    most counts, or one coincidence would be counted twice. A `mark` is shared by a group of people.
    """

    entity: str
    name: str
    same: float
    bundle: str
    mark: bool = False


FIELDS: Mapping[str, Compared] = {
    item.name: item
    for item in (
        Compared("person", "match_key", 0.90, "key"),
        Compared("person", "gender", 0.97, "gender"),
        Compared("person", "age_band", 0.90, "age"),
        Compared("person", "citizenship", 0.95, "origin"),
        Compared("person", "citizenship_group", 0.97, "origin"),
        Compared("person", "language", 0.93, "origin"),
        Compared("exploitation", "forms", 0.80, "forms"),
        Compared("exploitation", "country_exploitation", 0.90, "country"),
        Compared("exploitation", "start_month", 0.50, "month"),
        Compared("exploitation", "recruitment_channel", 0.70, "met"),
        Compared("person", "household_key", 0.60, "marks", mark=True),
        Compared("exploitation", "situation_id", 0.50, "marks", mark=True),
    )
}
BUNDLES = tuple(dict.fromkeys(item.bundle for item in FIELDS.values()))
# What everybody has and what says of itself that it is rarely there is not told as "not known".
RARELY_FILLED = frozenset({"match_key", "household_key", "situation_id"})


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared of one record: the terms of each field that is known, and the year of registration."""

    key: UUID
    year: int
    terms: Mapping[str, frozenset[str]]

    @property
    def age(self) -> tuple[str, int]:
        """Give age band and year, which say something only together."""
        return next(iter(self.terms["age_band"])), self.year


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two records have in common, by the names of the fields."""

    agree: tuple[str, ...]
    differ: tuple[str, ...]
    unknown: tuple[str, ...]
    score: int
    state: str  # a code of match_state that software may write; empty when there is nothing to suggest

    @property
    def reasons(self) -> str:
        """Write the names of the fields as a match keeps them; no value of a record stands there."""
        parts = ((AGREE, self.agree), (DIFFER, self.differ), (UNKNOWN, self.unknown))
        return "; ".join(f"{how}: {', '.join(names)}" for how, names in parts if names)


def read_reasons(text: str) -> dict[str, tuple[str, ...]]:
    """Give the names of the fields that agree, differ and are not known, from what a match keeps."""
    parts = (part.partition(": ") for part in text.split("; ") if part)
    return {how: tuple(names.split(", ")) for how, _, names in parts}


# --- how rare something is ------------------------------------------------------------------------------------------
@dataclass
class Frequencies:
    """How often each term stands in a field of a register, counted in the newest of its records.

    `size` is the number of records that anybody could be found among.
    """

    size: int
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    ages: Counter[tuple[str, int]] = field(default_factory=Counter)
    # What was worked out already: thousands of pairs ask the same.
    _fitting: dict[tuple[str, int], float] = field(default_factory=dict)
    _agreeing: dict[tuple[str, str], float] = field(default_factory=dict)
    _differing: dict[str, float] = field(default_factory=dict)
    _coincidence: dict[str, float] = field(default_factory=dict)

    def agreeing(self, item: Compared, term: str) -> float:
        """Give the bits for one person when two records have a term in common: log2(same / share of the term)."""
        place = (item.name, term)
        if place not in self._agreeing:
            chance = math.exp2(-KEY_BITS) if item.name == "match_key" else self.share(item.name, term)
            bits = math.log2(item.same / chance)
            self._agreeing[place] = min(bits, MARK_BITS) if item.mark else bits
        return self._agreeing[place]

    def differing(self, item: Compared) -> float:
        """Give the bits, below zero, when two records have nothing in common: log2((1 - same) / (1 - chance))."""
        if item.name not in self._differing:
            chance = min(self.coincidence(item.name), MOST_ALIKE)
            self._differing[item.name] = math.log2((1 - item.same) / (1 - chance))
        return self._differing[item.name]

    def share(self, name: str, term: str) -> float:
        """Give the share of records with a term; one that was never met is rare and not impossible (Laplace)."""
        counted = self.counts.get(name, Counter[str]())
        return (counted[term] + 1) / (counted.total() + 2)

    def coincidence(self, name: str) -> float:
        """Give the chance that two records agree in a field, whatever their value: the sum of squared shares."""
        if name not in self._coincidence:
            self._coincidence[name] = self._mean_fitting() if name == "age_band" else self._sum_of_squares(name)
        return self._coincidence[name]

    def _sum_of_squares(self, name: str) -> float:
        counted = self.counts.get(name, Counter[str]())
        total = counted.total()
        return (sum(count * count for count in counted.values()) + 1) / (total * total + 2)

    def work_out(self) -> None:
        """Work out once what every comparison asks for."""
        for name in FIELDS:
            self.coincidence(name)

    def fitting(self, age: tuple[str, int]) -> float:
        """Give the share of records whose age band fits an age band in a year."""
        if age not in self._fitting:
            fit = sum(count for other, count in self.ages.items() if is_age_consistent(age, other))
            self._fitting[age] = (fit + 1) / (self.ages.total() + 2)
        return self._fitting[age]

    def _mean_fitting(self) -> float:
        total = self.ages.total()
        return sum(count * self.fitting(age) for age, count in self.ages.items()) / total if total else 0.5


def count(records: Iterable[Record], size: int) -> Frequencies:
    """Count the terms of records."""
    found = Frequencies(size, {name: Counter() for name in FIELDS})
    for record in records:
        for name, terms in record.terms.items():
            found.counts[name].update(terms)
        if "age_band" in record.terms:
            found.ages[record.age] += 1
    return found


@cache
@cache
def ages_of(band: str) -> tuple[int, int]:
    """Give the lowest and highest age of a band, in years."""
    code = words.vocabulary().lists["age_band"].codes[band]
    lowest, highest = code.number("min"), code.number("max")
    if lowest is None:
        return (0, 17) if code.is_marked("minor") else (18, OLDEST)
    return lowest, OLDEST if highest is None else highest


def is_age_consistent(one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Tell whether one person can be in one age band in one year and in another band in another year."""
    low, high = ages_of(one[0])
    lowest, highest = ages_of(other[0])
    later = other[1] - one[1]
    # Within a year a birthday may lie before or after either registration.
    return lowest <= high + later + 1 and low + later - 1 <= highest


# --- comparing ------------------------------------------------------------------------------------------------------
def compare(one: Record, other: Record, frequencies: Frequencies) -> Comparison:
    """Compare two records field by field, and say what software may say about the pair."""
    told: dict[str, list[str]] = {AGREE: [], DIFFER: [], UNKNOWN: []}
    most, least = dict.fromkeys(BUNDLES, 0.0), dict.fromkeys(BUNDLES, 0.0)
    for name, item in FIELDS.items():
        how, bits = _weigh(name, item, one, other, frequencies)
        told[how].append(name)
        most[item.bundle], least[item.bundle] = max(most[item.bundle], bits), min(least[item.bundle], bits)
    bits = sum(most.values()) + sum(least.values()) - math.log2(max(frequencies.size, 2))
    score = min(max(round(MIDDLE + POINTS_A_BIT * bits), 0), 100)
    unknown = tuple(name for name in told[UNKNOWN] if name not in RARELY_FILLED)
    return Comparison(tuple(told[AGREE]), tuple(told[DIFFER]), unknown, score, _state(score, told))


def _weigh(name: str, item: Compared, one: Record, other: Record, frequencies: Frequencies) -> tuple[str, float]:
    """Tell whether two records agree in a field, and give the bits that this speaks for one person."""
    mine, theirs = one.terms.get(name), other.terms.get(name)
    if not mine or not theirs:
        return UNKNOWN, 0.0
    if name == "age_band":
        fits = is_age_consistent(one.age, other.age)
        chance = max(frequencies.fitting(one.age), frequencies.fitting(other.age))
        return (AGREE, math.log2(item.same / chance)) if fits else (DIFFER, frequencies.differing(item))
    common = mine & theirs
    if not common:
        return DIFFER, frequencies.differing(item)
    return AGREE, max(frequencies.agreeing(item, term) for term in common)


def _state(score: int, told: Mapping[str, list[str]]) -> str:
    known = sum(not FIELDS[name].mark for name in (*told[AGREE], *told[DIFFER]))
    if known < FEWEST_KNOWN and "match_key" not in told[AGREE]:
        return "unmatchable" if told[AGREE] else ""
    return state_of(score)


def state_of(score: int) -> str:
    """Give the state that software writes for a score; empty when there is nothing to suggest."""
    return "likely" if score >= LIKELY else "possible" if score >= POSSIBLE else ""


# --- counting as one ------------------------------------------------------------------------------------------------
def groups(records: Iterable[UUID], same: Iterable[tuple[UUID, UUID]]) -> list[frozenset[UUID]]:
    """Divide records into groups that are one person: everything that decisions connect, directly or through others."""
    near: dict[UUID, set[UUID]] = {record: set() for record in records}
    for one, other in same:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found, seen = [], set[UUID]()
    for record in near:
        if record not in seen:
            group = frozenset(_reached(record, near))
            seen |= group
            found.append(group)
    return found


def _reached(start: UUID, near: Mapping[UUID, set[UUID]]) -> Iterator[UUID]:
    seen, ahead = {start}, [start]
    while ahead:
        yield (record := ahead.pop())
        ahead += near[record] - seen
        seen |= near[record]


def root_of(years: Mapping[UUID, int]) -> UUID:
    """Give the record that is counted for a group: the one registered first, then the lowest identifier."""
    return min(years, key=lambda record: (years[record], record))
