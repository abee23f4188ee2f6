"""Make the four figures of a country out of its cells: by year, by sex, by age, by form. Pure: no database, no page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zicht.figures.amounts import Amount, add_up, exactly
from zicht.figures.cells import ADULT, BY_FORM, CHILD, FEMALE, MALE, OTHER, TOTAL, UNKNOWN, Cell

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Amounts: TypeAlias = Mapping[int, Amount]  # by year; a year without a figure is not there
Place: TypeAlias = tuple[str, str, str, str]  # dimension, category, sex, age

WHOLE: Place = (TOTAL, TOTAL, TOTAL, TOTAL)
NEITHER_KNOWN: Place = (TOTAL, TOTAL, UNKNOWN, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Part:
    """Name one part of a split and the place of its cells."""

    code: str
    label: "str | _StrPromise"
    in_table: "str | _StrPromise"
    place: Place


@dataclass(frozen=True, slots=True)
class Split:
    """Name a way to split the victims. `needed` parts must be there before a share of a year says anything."""

    code: str
    parts: tuple[Part, ...]
    needed: tuple[str, ...] = ()
    stated_unknown: Place | None = None


SEX = Split(
    "sex",
    (
        Part("female", _("Women and girls"), _("Female"), (TOTAL, TOTAL, FEMALE, TOTAL)),
        Part("male", _("Men and boys"), _("Male"), (TOTAL, TOTAL, MALE, TOTAL)),
        Part("other", pgettext_lazy("sex", "Other"), pgettext_lazy("sex", "Other"), (TOTAL, TOTAL, OTHER, TOTAL)),
    ),
    needed=("female", "male"),
    stated_unknown=NEITHER_KNOWN,
)
AGE = Split(
    "age",
    (
        Part("child", _("Children (0–17)"), _("Children"), (TOTAL, TOTAL, TOTAL, CHILD)),
        Part("adult", _("Adults (18 or over)"), _("Adults"), (TOTAL, TOTAL, TOTAL, ADULT)),
    ),
    needed=("child", "adult"),
    stated_unknown=NEITHER_KNOWN,
)
FORM = Split(
    "form",
    (
        Part(
            "sexual",
            _("Sexual exploitation"),
            pgettext_lazy("form", "Sexual"),
            (BY_FORM, "Sexual exploitation", TOTAL, TOTAL),
        ),
        Part("labour", _("Forced labour"), pgettext_lazy("form", "Labour"), (BY_FORM, "Forced labour", TOTAL, TOTAL)),
        Part(
            "other",
            _("Other forms of exploitation"),
            pgettext_lazy("form", "Other"),
            (BY_FORM, "Other forms of exploitation", TOTAL, TOTAL),
        ),
    ),
)
SPLITS = (SEX, AGE, FORM)


@dataclass(frozen=True, slots=True)
class Series:
    """Hold the amounts of one part, or of those of whom the part is not known."""

    code: str
    label: "str | _StrPromise"
    in_table: "str | _StrPromise"
    amounts: Amounts

    @property
    def is_unknown(self) -> bool:
        """Tell whether this is the rest that belongs to no part."""
        return self.code == "unknown"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Hold one figure: its series over the years, the total beside them, and the years in which the parts exceed it.

    `doubtful` are years in which the source's own total is less than the people whose sex or age it states.
    """

    code: str
    years: range
    total: Amounts
    series: tuple[Series, ...]
    exceeding: tuple[int, ...] = ()
    needed: tuple[str, ...] = ()
    doubtful: tuple[int, ...] = ()

    @property
    def parts(self) -> tuple[Series, ...]:
        """Give the series of known parts."""
        return tuple(series for series in self.series if not series.is_unknown)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is not one number to show."""
        return not any(series.amounts for series in self.series)

    def known(self, year: int) -> Amount | None:
        """Add up the parts that are stated for a year."""
        return _sum(year, [part.amounts for part in self.parts])

    def split_years(self) -> list[int]:
        """Give the years of which enough parts are stated to say what share each has."""
        stated = [{part.code for part in self.parts if year in part.amounts} for year in self.years]
        return [year for year, codes in zip(self.years, stated, strict=True) if codes and codes >= set(self.needed)]


def make_breakdowns(cells: Iterable[Cell]) -> list[Breakdown]:
    """Make the four figures of the cells of one country and one indicator; all of them over the same years."""
    amounts = add_parts(cells)
    places = [WHOLE, *(part.place for split in SPLITS for part in split.parts)]
    found = sorted({year for place in places for year in amounts.get(place, {})})
    years = range(found[0], found[-1] + 1) if found else range(0)
    total = amounts.get(WHOLE, {})
    everybody = Series("total", _("Everybody counted"), pgettext_lazy("people", "Counted"), total)
    splits = [_split(split, years, amounts) for split in SPLITS]
    whole = Breakdown("year", years, total, (everybody,), doubtful=_doubtful(splits, total))
    return [whole, *splits]


def add_parts(cells: Iterable[Cell]) -> dict[Place, dict[int, Amount]]:
    """Bring the cells together by place and year; cells of one place and year are parts of one figure and add up."""
    parts: dict[Place, dict[int, list[Amount]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        parts[cell.dimension, cell.category, cell.sex, cell.age][cell.year].append(cell.amount)
    return {
        place: {year: total for year, amounts in sorted(by_year.items()) if (total := add_up(amounts))}
        for place, by_year in parts.items()
    }


def rest_of(total: Amount | None, known: Amount | None, stated: Amount | None) -> Amount | None:
    """Give of how many the part is not known: what the known parts leave of the total.

    `stated` is what the source itself calls unknown. It counts where there is no total, and where it is larger than
    what is left. None when the known parts alone are more than the total: then nothing can be said.
    """
    if total is None:
        return stated
    if known and total.is_surely_less_than(known):
        return stated
    rest = total.less(known or exactly(0))
    return stated if stated and rest.is_surely_less_than(stated) else rest


def _split(split: Split, years: range, amounts: Mapping[Place, Amounts]) -> Breakdown:
    parts = tuple(Series(part.code, part.label, part.in_table, amounts.get(part.place, {})) for part in split.parts)
    total = amounts.get(WHOLE, {})
    stated = amounts.get(split.stated_unknown, {}) if split.stated_unknown else {}
    known = {year: amount for year in years if (amount := _sum(year, [part.amounts for part in parts]))}
    rest = {year: amount for year in years if (amount := rest_of(total.get(year), known.get(year), stated.get(year)))}
    unknown = Series("unknown", _("Not known or not stated"), _("Unknown"), rest)
    # A part that is never stated gets no empty panel; that nothing is known of somebody always gets one.
    shown = tuple(part for part in parts if part.amounts)
    exceeding = tuple(year for year in years if _is_more(_sum(year, [known, stated]), total.get(year)))
    return Breakdown(split.code, years, total, (*shown, unknown), exceeding, split.needed)


def _sum(year: int, several: Iterable[Amounts]) -> Amount | None:
    return add_up([amounts[year] for amounts in several if year in amounts])


def _doubtful(splits: list[Breakdown], total: Amounts) -> tuple[int, ...]:
    """Find totals that cannot be right: forms do not count, since one person can be counted under several."""
    each = [split for split in splits if split.code in (SEX.code, AGE.code)]
    return tuple(year for year in total if any(_is_more(split.known(year), total[year]) for split in each))


def _is_more(together: Amount | None, total: Amount | None) -> bool:
    return together is not None and total is not None and total.is_surely_less_than(together)
