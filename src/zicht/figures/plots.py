"""Describe a figure as a Vega-Lite plot: one panel a series, bars from zero, all panels on one scale.

Panels under each other rather than bars on top of each other: a censored count has no height that could be stacked,
and a reader needs no colours to tell the series apart. No figure for a year is a gap; zero and censored are written.
"""

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from zicht.figures.amounts import Amount
from zicht.figures.breakdowns import Breakdown, Series
from zicht.figures.sentences import count

Spec: TypeAlias = dict[str, Any]

# Stand-ins, which drawing.py replaces by the colours of the page, so that a plot follows the dark scheme.
INK, MUTED, LINE = "#000001", "#000002", "#000003"
DATA = ("#000011", "#000012", "#000013", "#000014")
HATCHED = "#000020"
AXIS_WIDTH = 50  # px, for numbers of five digits with a separator
YEAR_WIDTH = 32  # px, for a year and some room beside it
DIGIT_WIDTH = 0.65  # of the font, in the widest of the fonts a page may have
MOST_STEPS = 3  # on the axis of a panel
LEAST_TOP = 5  # persons: some height is needed even where every count is `<5`
LEAST_BAR = 1.5  # px: three persons among a thousand must not look like no figure
LONGEST_MARK = 3  # characters
LEAST_GAP = 2  # px between two marks


@dataclass(frozen=True, slots=True)
class Size:
    """Say how large a plot is drawn; in a page it grows and shrinks with its place, but a tenth or two only."""

    code: str
    width: int  # px
    font: int  # px
    mark: int  # px, the font of what is written instead of a bar
    panel: int  # px high, where there are several
    only: int  # px high, where there is one

    @property
    def inner(self) -> int:
        """Give the width of a panel in px, without its axis."""
        return self.width - AXIS_WIDTH - 4


NARROW = Size("narrow", 288, 12, 11, 52, 150)  # what a card leaves on a screen of 360 px
WIDE = Size("wide", 520, 12, 12, 60, 190)  # what the widest table leaves of a card on a screen of 1280 px
SIZES = (NARROW, WIDE)


def describe_plot(breakdown: Breakdown, size: Size) -> Spec:
    """Give the Vega-Lite specification of a figure."""
    titles = [_title(series, size) for series in breakdown.series]
    height = size.only if len(titles) == 1 else size.panel
    ticks = make_ticks(breakdown)
    colours = [HATCHED if series.is_unknown else DATA[place] for place, series in enumerate(breakdown.series)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": {"left": 0, "right": 2, "top": 0, "bottom": 2},
        "data": {"values": _points(breakdown, titles, ticks[-1] / height)},
        "facet": {"row": {"field": "series", "type": "nominal", "sort": titles, "title": None}},
        "spacing": 18,
        "spec": {
            "width": size.inner,
            "height": height,
            "encoding": {"x": _years_axis(breakdown.years, size)},
            "layer": _layers(titles, colours, ticks) + _marks(breakdown.years, ticks, size),
        },
        "config": _config(size),
    }


def make_ticks(breakdown: Breakdown) -> list[int]:
    """Give the numbers on the axis, from zero in at most three equal steps to just over the largest of all series."""
    highest = max((amount.high for series in breakdown.series for amount in series.amounts.values()), default=0)
    top = max(highest, LEAST_TOP)
    sizes = (round(step * 10**power) for power in range(10) for step in (1, 2, 2.5, 5) if step != 2.5 or power > 0)
    size = next(size for size in sizes if size * MOST_STEPS >= top)
    return list(range(0, top + size, size))


def _points(breakdown: Breakdown, titles: list[str], pixel: float) -> list[Spec]:
    """List what is drawn; `pixel` is how many persons one pixel of height stands for."""
    points = []
    for series, title in zip(breakdown.series, titles, strict=True):
        # Without any figure there still is a panel that says so.
        nothing = [] if series.amounts else [{"series": title, "year": str(breakdown.years[-1])}]
        drawn = [_point(year, amount, LEAST_BAR * pixel) for year, amount in series.amounts.items()]
        points += [{"series": title, **point} for point in drawn] + nothing
    return points


def _title(series: Series, size: Size) -> str:
    label = series.in_table if size is NARROW else series.label
    if not series.amounts:
        return _("%(series)s: no figures") % {"series": label}
    last = max(series.amounts)
    shown = short(series.amounts[last])
    return _("%(series)s: %(amount)s in %(year)s") % {"series": label, "amount": shown, "year": last}


def short(amount: Amount) -> str:
    """Write an amount as it stands in a table or a plot."""
    if amount.is_exact:
        return count(amount.low)
    return f"<{count(amount.below)}" if amount.below is not None else f"{count(amount.low)}–{count(amount.high)}"


def _point(year: int, amount: Amount, least: float) -> Spec:
    bar = max(amount.low, least) if amount.low else 0
    return {"year": str(year), "bar": bar, "low": amount.low, "high": amount.high, "mark": _mark(amount), "zero": 0}


def _mark(amount: Amount) -> str:
    """Write what has no bar: zero, a censored count, and an interval from zero when there is room for it."""
    if amount.low > 0:
        return ""
    mark = short(amount) if amount.is_exact or amount.below is not None else f"≤{amount.high}"
    return mark if len(mark) <= LONGEST_MARK else ""


def _layers(titles: list[str], colours: list[str], ticks: list[int]) -> list[Spec]:
    amount = _scale(ticks)
    colour = {"field": "series", "type": "nominal", "legend": None, "scale": {"domain": titles, "range": colours}}
    return [
        {
            "transform": [{"filter": "datum.bar > 0"}],
            "mark": {"type": "bar", "width": {"band": 0.72}},
            "encoding": {
                "y": {"field": "bar", "axis": _amounts_axis(ticks), **amount},
                "y2": {"field": "zero"},
                "color": colour,
            },
        },
        {
            "transform": [{"filter": "datum.low < datum.high"}],
            "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
            "encoding": {"y": {"field": "low", **amount}, "y2": {"field": "high"}},
        },
    ]


def _scale(ticks: list[int]) -> Spec:
    return {"type": "quantitative", "scale": {"domain": [ticks[0], ticks[-1]], "nice": False}}


def _marks(years: range, ticks: list[int], size: Size) -> list[Spec]:
    """Write what has no bar; a mark that is wider than its year stands upright."""
    widest = int((size.inner / len(years) - LEAST_GAP) / (size.mark * DIGIT_WIDTH))  # in characters
    lying: Spec = {"baseline": "bottom", "dy": -3}
    upright: Spec = {"angle": 270, "align": "left", "baseline": "middle", "dx": 3}
    return [
        {
            "transform": [{"filter": f"datum.mark && length(datum.mark) {which} {widest}"}],
            "mark": {"type": "text", "color": INK, **place},
            "encoding": {"y": {"field": "high", **_scale(ticks)}, "text": {"field": "mark"}},
        }
        for place, which in ((lying, "<="), (upright, ">"))
    ]


def _amounts_axis(ticks: list[int]) -> Spec:
    line = {"condition": {"test": "datum.value === 0", "value": MUTED}, "value": LINE}
    extent = {"minExtent": AXIS_WIDTH, "maxExtent": AXIS_WIDTH}
    return {
        "title": None,
        "values": ticks,
        "tickCount": len(ticks),
        "format": ",d",
        "gridColor": line,
        "labelOverlap": False,
        **extent,
    }


def _years_axis(years: range, size: Size) -> Spec:
    step = math.ceil(len(years) * YEAR_WIDTH / size.inner) or 1
    # Counted back from the last year, which everybody looks for.
    labelled = [str(year) for year in years[::-1][::step]]
    return {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": [str(year) for year in years], "paddingInner": 0, "paddingOuter": 0.1},
        "axis": {"title": None, "labelAngle": 0, "values": labelled, "labelOverlap": False},
    }


def _config(size: Size) -> Spec:
    # Without a limit no label is measured to see whether it must be cut short, which took a third of the time.
    text = {"labelColor": MUTED, "labelFontSize": size.font, "labelLimit": 0}
    header = {"labelAnchor": "start", "labelOrient": "top", "labelAngle": 0, "labelFontWeight": "bold"}
    return {
        "view": {"stroke": None},
        "axis": {**text, "ticks": False},
        "axisX": {"domain": False, "grid": False, "labelPadding": 6},
        "axisY": {"domain": False, "labelPadding": 6},
        "header": {**header, "labelPadding": 4, "labelColor": INK, "labelFontSize": size.font + 1, "labelLimit": 0},
        "text": {"fontSize": size.mark},
    }
