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
    """Say of every record which person it belongs to; records of one person have the same number."""

    number: Ints  # by record; NOBODY for records that are not counted here
    mains: Ints  # the record that each person is counted as
    others: Ints  # the records that are counted as one of those, in the order in which they are asked

    @property
    def count(self) -> int:
        """Give how many persons there are."""
        return len(self.mains)

    def union(self, bits: Bits, records: Ints) -> Bits:
        """Put together the terms of rows that belong to records, by person."""
        found = np.zeros(self.count, np.uint64)
        number = self.number[records]
        is_counted = (records != NOBODY) & (number != NOBODY)
        np.bitwise_or.at(found, number[is_counted], bits[is_counted])
        return found

    def first_known(self, bits: Bits) -> Bits:
        """Give the term of the main record, or else of the next record that has one, by person."""
        found = bits[self.mains]
        for record in self.others:
            person = self.number[record]
            if not found[person] & TERMS:
                found[person] = bits[record] if bits[record] & TERMS else found[person] | bits[record]
        return found


def join(into: Mapping[int, int], is_out: Flags) -> Persons:
    """Put records together that are one person.

    `into` says as which record another one is counted, or NOBODY where that one is not counted here; its order is that
    in which they are asked. A person of whom one record is out is not counted: the other records would tell the same.
    """
    roots = np.arange(len(is_out))
    for record, root in into.items():
        roots[record] = root
    here = roots != NOBODY
    person_out = np.zeros(len(is_out), bool)
    np.logical_or.at(person_out, roots[here], is_out[here])
    mains = np.flatnonzero((roots == np.arange(len(is_out))) & ~person_out)
    of_root = np.full(len(is_out) + 1, NOBODY)  # the last one is where NOBODY points
    of_root[mains] = np.arange(len(mains))
    number = of_root[roots]
    others = [record for record in into if number[record] != NOBODY]
    return Persons(number, mains, np.array(others, np.int64))
