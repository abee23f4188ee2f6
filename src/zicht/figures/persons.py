"""Which records are one person, and which terms that person has: arrays in, arrays out, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zicht.figures.bits import FIRST_MISSING, Bits, Flags

Ints: TypeAlias = NDArray[np.int64]
NOBODY = -1
TERMS = np.uint64((1 << FIRST_MISSING) - 1)


@dataclass(frozen=True, slots=True)
class Persons:
    """Say of every record which person it belongs to, and of every person the first year and the number of records."""

    number: Ints  # by record; NOBODY for persons who are not counted
    is_main: Flags  # by record: the one that the others are counted as
    first: Ints  # by person
    is_joined: Flags  # by person: there is more than one record, or was

    @property
    def count(self) -> int:
        """Give how many persons there are."""
        return len(self.first)

    def union(self, bits: Bits, records: Ints) -> Bits:
        """Put together the terms of rows that belong to records, by person."""
        found = np.zeros(self.count, np.uint64)
        number = self.number[records]
        is_counted = (records != NOBODY) & (number != NOBODY)
        np.bitwise_or.at(found, number[is_counted], bits[is_counted])
        return found

    def first_known(self, bits: Bits) -> Bits:
        """Give the term of the main record, or else of the next record that has one, by person."""
        found = np.zeros(self.count, np.uint64)
        is_counted = self.number != NOBODY
        main = is_counted & self.is_main
        found[self.number[main]] = bits[main]
        for record in np.flatnonzero(is_counted & ~self.is_main):
            person = self.number[record]
            if not found[person] & TERMS:
                found[person] = bits[record] if bits[record] & TERMS else found[person] | bits[record]
        return found


def join(into: Mapping[int, int], years: Ints, is_out: Flags) -> Persons:
    """Put records together that are one person.

    `into` says which record another one is counted as; chains are followed. A person of whom one record is out is not
    counted at all: the other records would tell the same.
    """
    roots = np.arange(len(years))
    for record in into:
        roots[record] = _root(record, into)
    first, person_out = years.copy(), np.zeros(len(years), bool)
    np.minimum.at(first, roots, years)
    np.logical_or.at(person_out, roots, is_out)
    is_main = roots == np.arange(len(years))
    counted = is_main & ~person_out
    numbers = np.full(len(years), NOBODY)
    numbers[counted] = np.arange(counted.sum())
    joined = np.zeros(len(years), bool)
    joined[[*into, *into.values()]] = True
    return Persons(numbers[roots], is_main, first[counted], joined[counted])


def _root(record: int, into: Mapping[int, int]) -> int:
    seen = {record}
    while record in into and into[record] not in seen:
        record = into[record]
        seen.add(record)
    # In a circle, which should not be there, the first of it stands for all.
    return min(seen) if record in into else record
