"""Turn a row of UNODC's file into a cell, or say which of its words or numbers is wrong."""

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.figures.amounts import Amount, exactly, fewer_than, read_count
from zicht.figures.errors import Problem, quote
from zicht.figures.header import AGE, CATEGORY, COUNTRY, COUNTRY_CODE, DIMENSION, INDICATOR, SEX, YEAR, Header

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TOTAL = "Total"
BY_FORM = "by form of exploitation"
DIMENSIONS = (TOTAL, BY_FORM, "by citizenship", "by country of repatriation")
FEMALE, MALE, OTHER, UNKNOWN = "Female", "Male", "Other", "Unknown"
SEXES = (TOTAL, FEMALE, MALE, OTHER, UNKNOWN)
CHILD, ADULT = "0 to 17 years", "18 years or over"
AGES = (TOTAL, CHILD, ADULT, UNKNOWN)
# UNODC has rows for Sark, which ISO 3166 gives no code; there is no country to show them under.
PLACES_WITHOUT_CODE = frozenset({"Sark"})
FIRST_YEAR = 1990  # long before the first year in any of UNODC's files
MOST_IN_CATEGORY = 200  # characters; the longest in UNODC's file of 2025 has 63
MOST_PROBLEMS_SHOWN = 20

UNKNOWN_WORDS = {
    COUNTRY_CODE: _("“%(value)s” is not a country code of three letters that ISO 3166 knows."),
    INDICATOR: _("“%(value)s” is not one of the things UNODC counts in this file."),
    DIMENSION: _("“%(value)s” is not a way in which UNODC splits these figures."),
    SEX: _("“%(value)s” is not a word UNODC uses for sex."),
    AGE: _("“%(value)s” is not a word UNODC uses for age."),
}
WRONG_YEAR = _("“%(value)s” is not a year between %(first)s and %(last)s.")
WRONG_COUNT = _("“%(value)s” is not a count; UNODC writes 668, 1,222 or <5.")
WRONG_WIDTH = _("it has %(found)s columns, and there are %(expected)s column names.")
WRONG_CATEGORY = _("the text is longer than %(most)s characters or has characters that cannot be shown.")


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one row of the file; exactly one of `value` and `below` is there. `below` 5 is UNODC's `<5`."""

    row: int
    country: str
    indicator: str
    dimension: str
    category: str
    sex: str
    age: str
    year: int
    value: int | None
    below: int | None

    @property
    def amount(self) -> Amount:
        """Give the count as an interval."""
        return fewer_than(self.below) if self.below is not None else exactly(self.value or 0)


CELL_FIELDS = tuple(field.name for field in fields(Cell))


def indicators() -> dict[str, str]:
    """Give the code of every indicator by the words UNODC uses for it."""
    terms = words.vocabulary().lists["outside_indicator"].codes
    return {term.text("glotip"): code for code, term in terms.items() if term.text("glotip")}


class CellReader:
    """Read rows one by one and remember what is wrong; every distinct word is looked up in the vocabulary once."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._terms = {
            COUNTRY_CODE: {code: code for code in words.countries()},
            INDICATOR: indicators(),
            DIMENSION: {word: word for word in DIMENSIONS},
            SEX: {word: word for word in SEXES},
            AGE: {word: word for word in AGES},
        }
        self._years = {str(year): year for year in range(FIRST_YEAR, timezone.localdate().year + 1)}
        self._categories: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.left_out: Counter[str] = Counter()

    def read(self, row: int, values: list[str]) -> Cell | None:
        """Give the cell of a row; None for an empty row, a place without a code, and a row with a problem."""
        if not any(values):
            return None
        if len(values) != self._header.width:
            self._refuse(row, "", WRONG_WIDTH, found=len(values), expected=self._header.width)
            return None
        texts = {name: values[place] for name, place in self._header.places.items()}
        if not texts[COUNTRY_CODE] and texts[COUNTRY] in PLACES_WITHOUT_CODE:
            self.left_out[texts[COUNTRY]] += 1
            return None
        return self._cell(row, texts)

    def _cell(self, row: int, texts: dict[str, str]) -> Cell | None:
        problems_before = self.problem_count
        found = {column: self._term(row, column, texts[column]) for column in self._terms}
        category = self._category(row, texts[CATEGORY])
        year = self._year(row, texts[YEAR])
        amount = self._amount(row, texts[self._header.value_column])
        if self.problem_count > problems_before:
            return None
        split = found[DIMENSION], category, found[SEX], found[AGE]
        return Cell(row, found[COUNTRY_CODE], found[INDICATOR], *split, year, amount.value, amount.below)

    def _term(self, row: int, column: str, text: str) -> str:
        term = self._terms[column].get(text)
        if term is None:
            self._refuse(row, column, UNKNOWN_WORDS[column], value=quote(text))
        return term or ""

    def _category(self, row: int, text: str) -> str:
        if text not in self._categories:
            if len(text) > MOST_IN_CATEGORY or words.check_value("outside_cell", "category", text):
                self._refuse(row, CATEGORY, WRONG_CATEGORY, most=MOST_IN_CATEGORY)
                return ""
            self._categories[text] = text
        return self._categories[text]

    def _year(self, row: int, text: str) -> int:
        year = self._years.get(text)
        if year is None:
            self._refuse(row, YEAR, WRONG_YEAR, value=quote(text), first=FIRST_YEAR, last=max(self._years.values()))
        return year or 0

    def _amount(self, row: int, text: str) -> Amount:
        amount = read_count(text)
        if amount is None:
            self._refuse(row, self._header.value_column, WRONG_COUNT, value=quote(text))
        return amount or exactly(0)

    def _refuse(self, row: int, column: str, sentence: "str | _StrPromise", **values: object) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS_SHOWN:
            self.problems.append(Problem(row, column, sentence, values))
