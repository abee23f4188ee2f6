"""Terms of many persons as bits: one number for each person and field, in it one bit for each term.

A union of records is then a bitwise or, and a hundred thousand persons with forty fields fit in 32 MB.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zicht import words

Bits: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]

# What is said in place of a term, the most telling first: of a person with several episodes the first of these counts.
MISSING = ("declined", "unknown", "withheld", "not_applicable", "not_asked")
FIRST_MISSING = 64 - len(MISSING)  # terms have the bits below
KNOWN = "known"  # the only term of a field of which tables tell no more than whether it is filled in
MOST_KEPT = 50_000  # texts of several terms that are remembered, about 10 MB


@dataclass(frozen=True, slots=True)
class Column:
    """Hold one field of all persons: no name, no order that means anything, only terms."""

    codes: tuple[str, ...]
    bits: Bits

    def having(self, codes: Iterable[str]) -> Flags:
        """Tell who has any of these terms; where terms are not told apart, who has any at all."""
        chosen = codes if self.codes != (KNOWN,) else self.codes
        flags: Flags = (self.bits & mask_of(self.codes, chosen)) != 0
        return flags

    def missing(self, kind: str) -> Flags:
        """Tell of whom nothing is known for this reason."""
        flags: Flags = (self.bits & np.uint64(1 << FIRST_MISSING + MISSING.index(kind))) != 0
        return flags

    def known(self) -> Flags:
        """Tell of whom at least one term is known."""
        return self.having(self.codes)


def mask_of(codes: tuple[str, ...], chosen: Iterable[str]) -> np.uint64:
    """Give the bits of the chosen terms."""
    return np.uint64(sum(1 << codes.index(code) for code in set(chosen)))


class Coding(dict[object, int]):
    """Turn a value as the database has it into bits; every distinct value is worked out once."""

    def __init__(self, field: words.Field) -> None:
        super().__init__()
        self.codes = codes_of(field)
        self._places = {code: 1 << place for place, code in enumerate(self.codes)}
        self._places |= {kind: 1 << FIRST_MISSING + place for place, kind in enumerate(MISSING)}
        self._else = self._places[KNOWN if self.codes == (KNOWN,) else "unknown"]
        self._is_answer = field.type == "bool"

    def __missing__(self, value: object) -> int:
        if len(self) > MOST_KEPT:
            self.clear()
        found = self[value] = self._bits(value)
        return found

    def _bits(self, value: object) -> int:
        bits = 0
        if self._is_answer and value is not None:
            value = bool(value)  # SQLite gives 0 and 1
        for term in _terms(value):
            bits |= self._places.get(term, self._else)
        return bits or self._places["not_asked"]


def codes_of(field: words.Field) -> tuple[str, ...]:
    """Give the terms of a field that tables tell apart.

    Countries, languages and numbers are only known or not. A term for imports alone, such as "not specified or
    unknown", says that it is not known.
    """
    if field.type == "bool":
        return ("yes", "no")
    if field.list_name == "none":
        return field.values
    code_list = words.vocabulary().lists.get(field.list_name)
    codes = tuple(code.code for code in code_list.codes.values() if not code.import_only) if code_list else ()
    return codes if 0 < len(codes) <= FIRST_MISSING else (KNOWN,)


def _terms(value: object) -> list[str]:
    """Read what SQLite and PostgreSQL give for a term, several terms, yes or no, or a number."""
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(item) for item in value if item]
    if isinstance(value, str) and value.startswith("["):
        return _terms(json.loads(value))
    return [str(value)]


def of_reasons(packed: NDArray[np.int64], place: int) -> Bits:
    """Read, out of one number a row, of one field whether it is known: octal digits, 0 known or 1 + the reason."""
    each = np.array([1, *(1 << FIRST_MISSING + reason for reason in range(len(MISSING))), 0, 0], np.uint64)
    found: Bits = each[(packed >> 3 * place) & 7]
    return found


def tidy(bits: Bits) -> Bits:
    """Let a term go before every reason for having none, and keep one reason where there is no term."""
    terms = bits & np.uint64((1 << FIRST_MISSING) - 1)
    reasons = bits >> np.uint64(FIRST_MISSING)
    first = reasons & (~reasons + np.uint64(1))  # the lowest bit that is set
    first[first == 0] = 1 << MISSING.index("not_asked")
    return np.where(terms != 0, terms, first << np.uint64(FIRST_MISSING))


def coded_column(field: words.Field, values: Iterable[object]) -> Column:
    """Give a column of what a field of the words holds: terms, or why there is none."""
    coding = Coding(field)
    return Column(coding.codes, tidy(np.array([coding[value] for value in values], np.uint64)))


def plain_column(codes: Iterable[str], values: Iterable[object], *, has_others: bool = False) -> Column:
    """Give a column of which each record has one term; with `has_others`, one that is none of these has no term."""
    told = tuple(codes)
    places = {code: 1 << place for place, code in enumerate(told)}
    find = (lambda value: places.get(value, 0)) if has_others else places.__getitem__
    return Column(told, np.array([find(str(value)) for value in values], np.uint64))
