"""Write the years of a table: a sentence, a table with what each year's report told, and a plot with its breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zicht.figures.drawing import draw
from zicht.figures.plots import SIZES
from zicht.figures.register.pages import HIDDEN
from zicht.figures.sentences import count
from zicht.figures.yearly.breaks import Break, breaks_inside, say_breaks
from zicht.figures.yearly.plots import describe_series
from zicht.figures.yearly.series import Point, Series, counted_row
from zicht.figures.yearly.texts import BarText, TrendText
from zicht.people.code_fields import language


def write_trend(series: Series, breaks: Sequence[Break], *, is_drawn: bool) -> TrendText:
    """Write a series of at least two years; its plot is left away where another table has the same.

    Years before the first whose number is shown are left out: whether anything was recorded then is not told.
    """
    series = replace(series, points=tuple(dropwhile(lambda point: point.total is None, series.points)))
    shown = (series.points[0].year, series.points[-1].year)
    inside = breaks_inside(breaks, series.code, *shown)
    said = _say(series, inside)
    years = {one.year for one in inside}
    return TrendText(
        said=said,
        columns=tuple(_columns(series)),
        rows=tuple(_row(series, point) for point in series.points),
        bars=_bars(series, years) if is_drawn else (),
        breaks=tuple(f"{one.year}: {one.text}" for one in inside),
        break_years=tuple(str(year) for year in sorted(years)),
        drawn=tuple(_draw(series, years, said)) if is_drawn else (),
    )


def _draw(series: Series, breaks: set[int], said: str) -> Iterator[tuple[str, SafeString]]:
    for size in SIZES:
        name = f"{series.code}-trend-{size.code}"
        yield size.code, draw(describe_series(series, breaks, size), name=name, label=said, language=language())


def _say(series: Series, breaks: Sequence[Break]) -> str:
    before, now = series.points[-2], series.points[-1]
    return " ".join([_change(before, now), *say_breaks(breaks, before.year)])


def _change(before: Point, now: Point) -> str:
    values = {"year": before.year, "this_year": now.year}
    if before.total is None or now.total is None:
        return _("How it changed from %(year)s to %(this_year)s is not shown.") % values
    told = {**values, "difference": count(abs(now.total - before.total)), "before": count(before.total)}
    if now.total == before.total:
        return _("As many as in %(year)s: %(before)s.") % told
    sentence = (
        _("%(difference)s more than in %(year)s, when there were %(before)s.")
        if now.total > before.total
        else _("%(difference)s fewer than in %(year)s, when there were %(before)s.")
    )
    return sentence % told


def _columns(series: Series) -> list[str]:
    counted = counted_row(series.block)
    number = _("Number") if counted.kind == "total" else counted.label.in_language(language())
    columns = [_("Year"), number]
    if series.row:
        label = next(place.label for place in series.block.rows.places if place.code == series.row)
        rows = series.block.rows.label.in_language(language())
        named = (
            f"{rows} {label.in_language(language())}"
            if rows.endswith("?")
            else f"{rows}: {label.in_language(language())}"
        )
        columns += [named, _("Of those known"), _("Share of known")]
    return [*columns, _("Told by")]


def _row(series: Series, point: Point) -> tuple[str, ...]:
    told = [str(point.year), _shown(point.total)]
    if series.row:
        share = f"{point.share}%" if point.share is not None else ""
        told += [_shown(point.part), _shown(point.base), share]
    return (*told, point.report or _("this report"))


def _shown(value: int | None) -> str:
    return HIDDEN if value is None else count(value)


def _bars(series: Series, breaks: set[int]) -> tuple[BarText, ...]:
    highest = max((point.total or 0 for point in series.points), default=0) or 1
    return tuple(
        BarText(
            str(point.year),
            _shown(point.total),
            (point.total or 0) / highest,
            "break" if point.year in breaks else "value",
        )
        for point in series.points
    )
