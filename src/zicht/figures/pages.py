"""Bring together what one figure is on a page: the sentence, the plot, how to read it, and the table."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht.figures.amounts import Amount
from zicht.figures.breakdowns import Breakdown
from zicht.figures.drawing import draw
from zicht.figures.plots import SIZES, describe_plot, short
from zicht.figures.sentences import Said, say

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HEADINGS: "dict[str, str | _StrPromise]" = {
    "year": gettext_lazy("By year"),
    "sex": gettext_lazy("By sex"),
    "age": gettext_lazy("By age"),
    "form": gettext_lazy("By form of exploitation"),
}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class TableRow:
    """Hold one year of the table; `cells` stand in the order of its columns."""

    year: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Hold how to read one sign: `key` in a few words beside the plot, `fact` as a sentence a click away."""

    fact: str
    key: str


@dataclass(frozen=True, slots=True)
class FigureOnPage:
    """Hold one figure in the language of the reader."""

    code: str
    heading: str
    said: Said
    drawings: tuple[tuple[str, SafeString], ...]
    notes: tuple[Note, ...]
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def make_figure(breakdown: Breakdown, country: str, language: str) -> FigureOnPage:
    """Make a figure; `country` is the name that a screen reader hears before the sentence."""
    said = say(breakdown)
    heading = str(HEADINGS[breakdown.code])
    drawings = () if breakdown.is_empty else _drawings(breakdown, f"{country}. {heading}. {said}", language)
    notes = () if breakdown.is_empty else make_notes(breakdown)
    return FigureOnPage(breakdown.code, heading, said, drawings, notes, _columns(breakdown), _rows(breakdown))


def _drawings(breakdown: Breakdown, label: str, language: str) -> tuple[tuple[str, SafeString], ...]:
    names = {size: f"{breakdown.code}-{size.code}" for size in SIZES}
    return tuple(
        (size.code, draw(describe_plot(breakdown, size), name=name, label=label, language=language))
        for size, name in names.items()
    )


def make_notes(breakdown: Breakdown) -> tuple[Note, ...]:
    """Say how to read the plot and the table: only what occurs in them."""
    notes = [_hatched(breakdown), *_censored(breakdown), _intervals(breakdown), _gaps(breakdown), _exceeding(breakdown)]
    return tuple(note for note in notes if note)


def _amounts(breakdown: Breakdown) -> list[Amount]:
    return [amount for series in breakdown.series for amount in series.amounts.values()]


def _hatched(breakdown: Breakdown) -> Note | None:
    if not any(series.is_unknown and series.amounts for series in breakdown.series):
        return None
    fact = _("Hatched: not known or not stated, that is the total less the parts that are stated.")
    return Note(fact, _("Hatched: not known"))


def _censored(breakdown: Breakdown) -> list[Note]:
    bounds = sorted({amount.below for amount in _amounts(breakdown) if amount.below is not None})
    fact = _("<%(bound)s: a count under %(bound)s, which UNODC does not print, because it could point to a person.")
    key = _("<%(bound)s: masked")
    return [Note(fact % {"bound": bound}, key % {"bound": bound}) for bound in bounds]


def _intervals(breakdown: Breakdown) -> Note | None:
    if all(amount.is_exact or amount.below is not None for amount in _amounts(breakdown)):
        return None
    fact = _(
        "Two numbers with a dash, ≤, or a thin line in the plot: a masked count is part of it, "
        "so the number lies between the two."
    )
    return Note(fact, _("Thin line, or ≤: the number lies within it"))


def _gaps(breakdown: Breakdown) -> Note | None:
    if all(set(breakdown.years) <= set(series.amounts) for series in breakdown.series):
        return None
    fact = _("A year left empty in the plot, or a dash in the table: there is no figure for that year.")
    return Note(fact, _("Left empty: no figure"))


def _exceeding(breakdown: Breakdown) -> Note | None:
    if not breakdown.exceeding:
        return None
    sentence = {
        "form": _(
            "In %(years)s the forms add up to more than the total: one person can be counted under more than one form. "
            "How many have no form stated cannot be said then."
        )
    }.get(breakdown.code) or _(
        "In %(years)s the parts and the unknown together are more than the total; they are shown as UNODC gives them."
    )
    years = get_text_list([str(year) for year in breakdown.exceeding], _("and"))
    return Note(sentence % {"years": years}, _("Parts can exceed the total"))


def _columns(breakdown: Breakdown) -> tuple[str, ...]:
    parts = tuple(str(series.in_table) for series in breakdown.series)
    return parts if breakdown.code == "year" else (*parts, _("Total"))


def _rows(breakdown: Breakdown) -> tuple[TableRow, ...]:
    columns = [series.amounts for series in breakdown.series]
    if breakdown.code != "year":
        columns.append(breakdown.total)
    return tuple(
        TableRow(year, tuple(short(amounts[year]) if year in amounts else NOTHING for amounts in columns))
        for year in reversed(breakdown.years)
    )
