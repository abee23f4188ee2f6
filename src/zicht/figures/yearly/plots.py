"""Describe a series over years as bars from zero, with a dashed line at each break; what is hidden is written."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from zicht.figures.plots import DATA, INK, MUTED, Size, Spec
from zicht.figures.sentences import count
from zicht.figures.yearly.series import Point, Series

HEIGHT = 120  # px
LEAST_TOP = 5  # persons
HEADROOM = 1.15  # of the highest bar, for the number on top of it


def describe_series(series: Series, breaks: Collection[int], size: Size) -> Spec:
    """Give the Vega-Lite specification of a series; `breaks` are the years that begin one."""
    points = [_point(point) for point in series.points]
    top = HEADROOM * max([LEAST_TOP, *(point.total or 0 for point in series.points)])
    years = [str(point.year) for point in series.points]
    across = {"field": "year", "type": "ordinal", "scale": {"domain": years, "paddingInner": 0.35}}
    up = {"type": "quantitative", "axis": None, "scale": {"domain": [0, top], "nice": False}}
    axis = {"title": None, "labelAngle": 0, "ticks": False, "domainColor": MUTED, "labelColor": MUTED}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "width": size.width - 8,
        "height": HEIGHT,
        "data": {"values": points},
        "encoding": {"x": {**across, "axis": {**axis, "labelFontSize": size.font}}},
        "layer": [
            {
                "mark": {"type": "bar", "color": DATA[0]},
                "encoding": {"y": {"field": "total", **up}},
            },
            {
                "mark": {"type": "text", "baseline": "bottom", "dy": -3, "color": INK, "fontSize": size.mark},
                "encoding": {"y": {"field": "total", **up}, "text": {"field": "label"}},
            },
            *([_lines(years, breaks, across)] if breaks else []),
        ],
        "config": {"view": {"stroke": None}},
    }


def _point(point: Point) -> Spec:
    label = count(point.total) if point.total is not None else _("hidden")
    return {"year": str(point.year), "total": point.total or 0, "label": label}


def _lines(years: list[str], breaks: Collection[int], across: Spec) -> Spec:
    """Draw a dashed line between the last year before each break and the first after it."""
    found = [year for year in years[1:] if int(year) in breaks]
    return {
        "data": {"values": [{"year": year} for year in found]},
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK, "strokeWidth": 1.5},
        "encoding": {"x": {**across, "bandPosition": -0.27}},
    }
