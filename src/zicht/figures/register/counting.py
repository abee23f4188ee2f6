"""Count the persons of a year in the rows and columns of the standard tables. Pure: arrays in, counts out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zicht import words
from zicht.figures import beside_register as beside
from zicht.figures import came_in, extract
from zicht.figures.bits import Column, Flags, codes_of
from zicht.figures.extract import Register
from zicht.figures.justice.keeping import JUSTICE
from zicht.figures.register.axes import (
    KNOWN,
    SHOWN_MISSING,
    TOTAL,
    Axis,
    People,
    Place,
    fields,
    make_axis,
    make_care_axis,
    make_report_axis,
    make_stages,
)
from zicht.figures.register.other_axes import make_justice_axis, make_other_axis
from zicht.words import Label

# Tables about persons of the register, and those about contacts, of whom the register holds nothing.
TABLES = ("F03", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F12", "F25")
CONTACT_TABLES = ("F01", "F02", "F04")
FUNNEL = "F18"  # of visitors first, then of persons: two parts of one table
OF_KIND: Mapping[str, tuple[str, ...]] = {
    extract.PERSON: (*TABLES, FUNNEL),
    extract.CONTACT: (*CONTACT_TABLES, FUNNEL),
    extract.REFERRAL: ("F16",),
    extract.STAY: ("F17",),
    extract.REPORT: ("F14",),
    extract.SIGNAL: ("F15",),
    beside.CASE: ("F19",),
    beside.CLAIM: ("F24",),
    beside.ACTION: ("F22",),
    beside.POLICY: ("F23",),
    JUSTICE: ("F13",),
}
OF_CARE = (extract.REFERRAL, extract.STAY)
OF_REPORTS = (extract.REPORT, extract.SIGNAL)
OTHERS = (beside.CASE, beside.CLAIM, beside.ACTION, beside.POLICY)
ALL_TABLES = tuple(sorted({code for codes in OF_KIND.values() for code in codes}))
VISITORS = frozenset([People(came_in.UNIT, frozenset([came_in.VISITOR]))])
SELF = frozenset([People("role", frozenset(["self_victim"]))])
ABOUT_THB = "contact.about_thb and kind counted"
OPENED_HERE = "not referred in"
FIELD = Label("Field", "Veld")
AT_ONCE = 100_000  # persons
DATA_QUALITY = "field"

Counts: TypeAlias = NDArray[np.int64]
Group: TypeAlias = frozenset[People]  # who is all of these; everybody when empty


@dataclass(frozen=True, slots=True)
class Universe:
    """Name the people a table is about, by the word of the standard tables."""

    code: str
    flags: Callable[[Register], Flags]
    within: str = ""  # the universe that all of its people are in too
    of_victims: bool = False
    counts: str = extract.PERSON
    # These of the universe around it: their numbers are those that a table about that universe has too.
    only: Group = frozenset()


def _everybody(register: Register) -> Flags:
    return np.ones(register.persons, bool)


def _victims(register: Register) -> Flags:
    return register.columns["status"].having(extract.COUNTED_STATUS)


def _registered(register: Register) -> Flags:
    return _victims(register) & register.columns[extract.REGISTERED].having(["yes"])


def _opened_here(register: Register) -> Flags:
    return register.columns[extract.STAGE].known()


def _about_trafficking(register: Register) -> Flags:
    return register.columns["about_thb"].having(["yes"])


def _not_family(register: Register) -> Flags:
    terms = words.vocabulary().lists["relation"].codes.values()
    return ~register.columns["relations"].having(term.code for term in terms if term.text("group") == "familial")


UNIVERSES: Mapping[str, Universe] = {
    universe.code: universe
    for universe in (
        Universe("all", _everybody),
        Universe("possible and identified", _victims, within="all", of_victims=True),
        Universe("registered_national", _registered, within="possible and identified", of_victims=True),
        Universe("not family", _not_family, within="all"),
        Universe(OPENED_HERE, _opened_here, within="all"),
        Universe(ABOUT_THB, _about_trafficking, counts=extract.CONTACT),
        Universe(extract.REFERRAL, _everybody, counts=extract.REFERRAL),
        Universe(extract.STAY, _everybody, counts=extract.STAY),
        Universe(extract.REPORT, _everybody, counts=extract.REPORT),
        Universe(extract.SIGNAL, _everybody, counts=extract.SIGNAL),
        *(Universe(code, _everybody, counts=code) for code in (*OTHERS, JUSTICE)),
        Universe("role self_victim", _about_trafficking, ABOUT_THB, counts=extract.CONTACT, only=VISITORS | SELF),
    )
}


@dataclass(frozen=True)
class Block:
    """Hold the counts of one pair of rows and columns of a table."""

    table: words.Table
    universe: str
    rows: Axis
    cols: Axis
    counts: Counts
    only: Group = frozenset()  # everybody in the table is all of these

    @property
    def wholes(self) -> tuple[Group, ...]:
        """Say whom the table as a whole is about; of contacts that is visitors too, of a court those of each stage."""
        if not self.rows.has_shares:
            return tuple(frozenset([place.people]) for place in self.rows.places if place.people)
        return (self.only, VISITORS) if self.cols.name == came_in.UNIT else (self.only,)

    @cached_property
    def groups(self) -> tuple[tuple[Group, ...], ...]:
        """Say who is counted in each cell."""
        return tuple(tuple(_group(row, col) | self.only for col in self.cols.places) for row in self.rows.places)


def _group(row: Place, col: Place) -> Group:
    if row.kind == "field" and row.people:  # of each field the columns say whether it is known
        return frozenset() if col.kind == "total" else frozenset([_asked(row.people, col)])
    return frozenset(place.people for place in (row, col) if place.people)


def _asked(people: People, col: Place) -> People:
    return people if col.kind == "known" else People(people.field, reason=col.code)


def count_tables(register: Register) -> list[Block]:
    """Count all tables of a year, some persons at a time: who is in a row takes four bytes a person and row."""
    tables = [words.vocabulary().tables[code] for code in OF_KIND[register.counts]]
    found: list[Block] = []
    for part in _parts(register):
        counter = Counter(part)
        counted = [block for table in tables for block in counter.blocks(table)]
        found = (
            [replace(one, counts=one.counts + more.counts) for one, more in zip(found, counted, strict=True)]
            if found
            else counted
        )
    return found


def _parts(register: Register) -> Iterator[Register]:
    for start in range(0, max(register.persons, 1), AT_ONCE):
        count = min(AT_ONCE, register.persons - start)
        columns = {
            name: Column(column.codes, column.bits[start : start + count]) for name, column in register.columns.items()
        }
        yield replace(register, persons=count, columns=columns)


class Counter:
    """Count the people of one year; who is in a row is worked out once for all tables."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._among: dict[People, NDArray[np.float32]] = {}
        of_kind = [universe for universe in UNIVERSES.values() if universe.counts == register.counts]
        self._universes = {universe.code: universe.flags(register) for universe in of_kind}

    def blocks(self, table: words.Table) -> list[Block]:
        """Count every pair of rows and columns of a table."""
        if table.code == FUNNEL:
            return [self._funnel(table)]
        universe = UNIVERSES[table.universe]
        if table.rows == (DATA_QUALITY,):
            return [self._block(table, _all_fields(), _answers())]
        if universe.code == ABOUT_THB:  # one year on a page: its row stands as columns, contacts beside visitors
            return [self._block(table, make_axis(table.cols[0], 0), make_axis(came_in.UNIT, 0))]
        axes = {name: self._axis(name, universe) for name in table.rows + table.cols}
        return [self._block(table, axes[row], axes[col]) for row in table.rows for col in table.cols]

    def _funnel(self, table: words.Table) -> Block:
        of_persons = self._register.counts == extract.PERSON
        rows = make_stages(extract.PERSON if of_persons else came_in.VISITOR)
        year = make_axis(table.cols[0], self._register.year)
        return self._block(table, rows, year, OPENED_HERE if of_persons else table.universe)

    def _axis(self, name: str, universe: Universe) -> Axis:
        if universe.counts in OF_CARE:
            return make_care_axis(name)
        if universe.counts in OF_REPORTS:
            return make_report_axis(name, self._register.columns)
        if universe.counts in OTHERS:
            return make_other_axis(name)
        if universe.counts == JUSTICE:
            return make_justice_axis(name, self._register.columns)
        return make_axis(name, self._register.year, of_victims=universe.of_victims)

    def count(self, universe: str, group: Group) -> int:
        """Count who is in every one of some groups."""
        found = self._universes[universe].copy()
        for people in group:
            found &= people.among(self._register.columns)
        return int(found.sum())

    def _block(self, table: words.Table, rows: Axis, cols: Axis, about: str = "") -> Block:
        if rows.name == DATA_QUALITY:
            counts = [[self.count(table.universe, _group(row, col)) for col in cols.places] for row in rows.places]
            return Block(table, table.universe, rows, cols, np.array(counts))
        # A product of matrices of 0 and 1; sums in single precision are exact up to sixteen million persons.
        universe = UNIVERSES[about or table.universe]
        inside = self._universes[universe.code].astype(np.float32)
        for people in universe.only:
            inside = inside * self._flags(people)
        product = (self._members(rows) * inside) @ self._members(cols).T
        known_as = universe.within if universe.only else universe.code
        return Block(table, known_as, rows, cols, np.rint(product).astype(np.int64), universe.only)

    def _members(self, axis: Axis) -> NDArray[np.float32]:
        return np.stack([self._flags(place.people) for place in axis.places])

    def _flags(self, people: People | None) -> NDArray[np.float32]:
        if people is None:
            return np.ones(self._register.persons, np.float32)
        if people not in self._among:
            self._among[people] = people.among(self._register.columns).astype(np.float32)
        return self._among[people]


def fields_told_apart() -> frozenset[str]:
    """Name the fields whose terms stand in a table, or decide who is in one."""
    tables = [words.vocabulary().tables[code] for code in TABLES]
    names = {name for table in tables for name in table.rows + table.cols if name != DATA_QUALITY}
    counted = {make_axis(name, 0).field for name in names - {"known", *SHOWN_MISSING}}
    return frozenset(counted | {"status", "relations"})


# --- how well fields are filled in ------------------------------------------------------------------------------------
def _all_fields() -> Axis:
    asked = [field for field in fields().values() if field.name != extract.REPORTED_BY]
    places = [
        Place(field.name, field.label, "field", People(field.name, frozenset(codes_of(field)))) for field in asked
    ]
    return Axis(DATA_QUALITY, FIELD, tuple(places), "", False)


def _answers() -> Axis:
    missing = words.vocabulary().missing_values
    reasons = [Place(kind, missing[kind], "missing", None) for kind in SHOWN_MISSING]
    places = (Place("known", KNOWN, "known", None), *reasons, Place("total", TOTAL, "total", None))
    return Axis("answer", FIELD, places, "", False)
