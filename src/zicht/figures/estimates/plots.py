"""Describe two plots: the totals of all methods with their bounds, and how the lists overlap (after UpSet)."""

from collections.abc import Mapping, Sequence
from typing import Any

from zicht.figures.estimates.sentences import name_of, whole
from zicht.figures.plots import DATA, INK, LINE, MUTED, Size, Spec

ROW = 38  # px: a line of text and the interval under it
TEXT_AT, LINE_AT = 9, 25  # px from the top of a row
DOT = 14  # px from one list to the next
MOST_ROWS = 16  # combinations that are drawn; the table has all of them
ROOM = 52  # px right of the longest bar, for its number


def describe_intervals(results: Sequence[Mapping[str, Any]], size: Size) -> Spec:
    """Draw a dot for each total and a line from its lower to its upper bound, on one scale from zero."""
    rows = [result for result in results if result["total"]]
    top = 1.02 * max(max(filter(None, (row["total"], row["upper"]))) for row in rows)
    values = [
        {
            "text": f"{name_of(row['method'])}: {whole(row['total'])} ({whole(row['lower'])} – {whole(row['upper'])})",
            "total": row["total"],
            "lower": row["lower"] or row["total"],
            "upper": row["upper"] or row["total"],
            "text_y": place * ROW + TEXT_AT,
            "y": place * ROW + LINE_AT,
        }
        for place, row in enumerate(rows)
    ]
    height = ROW * len(rows)
    along = {"type": "quantitative", "scale": {"domain": [0, top], "nice": False}, "axis": _axis(size), "title": None}
    seen = [{"observed": rows[0]["observed"]}] if rows[0]["observed"] else []
    line, dot, down = {"type": "rule", "color": DATA[0], "strokeWidth": 2}, _dot(60), _down("y", height)
    return {
        **_frame(size, height),
        "layer": [
            _layer(seen, {"type": "rule", "color": MUTED, "strokeDash": [3, 3]}, x={"field": "observed", **along}),
            _layer(values, line, x={"field": "lower", **along}, x2={"field": "upper"}, y=down),
            _layer(values, {**dot, "color": DATA[0]}, x={"field": "total", **along}, y=down),
            _layer(values, _text(size), y=_down("text_y", height), text={"field": "text"}),
        ],
    }


def describe_overlaps(combinations: Sequence[Mapping[str, Any]], lists: Sequence[str], size: Size) -> Spec:
    """Draw a row for each combination: which lists, as dots in one order, and how many persons, as a bar."""
    rows = combinations[:MOST_ROWS]
    top = max(row["count"] for row in rows)
    left = DOT * len(lists) + 8
    reach = (size.width - left - ROOM) / top
    texts, dots, bars = [], [], []
    for place, row in enumerate(rows):
        y = place * ROW + LINE_AT
        texts.append({"text": f"{' + '.join(row['lists'])}: {whole(row['count'])}", "y": place * ROW + TEXT_AT})
        bars.append({"from": left, "to": left + max(1.5, row["count"] * reach), "y": y - 5, "y2": y + 5})
        dots += [
            {"x": DOT * list_place + 6, "y": y, "colour": DATA[0] if name in row["lists"] else LINE}
            for list_place, name in enumerate(lists)
        ]
    height = ROW * len(rows)
    along = {"type": "quantitative", "axis": None, "scale": {"domain": [0, size.width - 4], "nice": False}}
    bar, down = {"type": "rect", "color": DATA[0]}, _down("y", height)
    coloured = {"field": "colour", "type": "nominal", "scale": None}
    return {
        **_frame(size, height),
        "layer": [
            _layer(bars, bar, x={"field": "from", **along}, x2={"field": "to"}, y=down, y2={"field": "y2"}),
            _layer(dots, _dot(50), x={"field": "x", **along}, y=down, color=coloured),
            _layer(texts, _text(size), y=down, text={"field": "text"}),
        ],
    }


def _layer(values: Sequence[Mapping[str, Any]], mark: Spec, **encoding: Spec) -> Spec:
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _dot(size: int) -> Spec:
    return {"type": "point", "filled": True, "size": size, "opacity": 1}


def _frame(size: Size, height: float) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": {"left": 2, "right": 2, "top": 0, "bottom": 2},
        "width": size.width - 4,
        "height": height,
        "config": {"view": {"stroke": None}},
    }


def _axis(size: Size) -> Spec:
    return {
        "format": ",d",
        "tickCount": 3,
        "labelColor": MUTED,
        "labelFontSize": size.font,
        "domainColor": LINE,
        "tickColor": LINE,
        "gridColor": LINE,
        "labelFlush": True,
    }


def _down(name: str, height: float) -> Spec:
    return {"field": name, "type": "quantitative", "axis": None, "scale": {"domain": [height, 0], "nice": False}}


def _text(size: Size) -> Spec:
    return {"type": "text", "align": "left", "baseline": "middle", "x": 0, "color": INK, "fontSize": size.font}
