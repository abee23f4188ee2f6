"""Describe the rows of a table as bars under their labels, from zero; what is not known is hatched, hidden is said."""

import textwrap
from dataclasses import dataclass

from django.utils.translation import ngettext

from zicht.figures.plots import DATA, DIGIT_WIDTH, HATCHED, INK, LINE, Size, Spec
from zicht.figures.register.axes import Place
from zicht.figures.register.releases import Cell, ShownBlock
from zicht.figures.sentences import count
from zicht.people.code_fields import language

LINE_HEIGHT = 1.35  # of the font
BAR = 10  # px high
GAP = 12  # px between two rows
LEAST_TOP = 5  # persons: some length is needed even where every count is small
LEAST_BAR = 1.5  # px: three persons among a thousand must not look like none
LETTER_WIDTH = 0.85 * DIGIT_WIDTH  # of the font, on average over a line of text


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one row of a plot: its lines of text, and how long its bar is; None draws no bar."""

    lines: tuple[str, ...]
    value: int | None
    colour: str


def describe_rows(block: ShownBlock, size: Size) -> Spec:
    """Give the Vega-Lite specification of the rows of a table, over all columns."""
    bars = _bars(block, size)
    top = max([LEAST_TOP, *(bar.value or 0 for bar in bars)])
    texts, shapes, height = _places(bars, size, top)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": {"left": 0, "right": 2, "top": 0, "bottom": 2},
        "width": size.width - 4,
        "height": height,
        "layer": [_rectangles(shapes, top, height), _texts(texts, size, height), _zero(height)],
        "config": {"view": {"stroke": None}},
    }


def _bars(block: ShownBlock, size: Size) -> list[Bar]:
    whole = block.cols.places[0] if block.rows.name == "field" else block.whole
    cells = [(row, block.cell(row, whole)) for row in block.rows.places]
    values = [(row, cell) for row, cell in cells if row.kind in ("value", "beside", "field")]
    drawn = [Bar(_wrap(_label(row, cell), size), cell.value, _colour(row)) for row, cell in values if cell.value]
    missing = [(row, cell) for row, cell in cells if row.kind == "missing"]
    known = [_missing(row, cell, size) for row, cell in missing if cell.value is not None]
    hidden = sum(cell.value is None for _row, cell in [*values, *missing])
    return drawn + _left_out(values, hidden, size) + known


def _colour(row: Place) -> str:
    return DATA[1] if row.kind == "beside" else DATA[0]


def _label(row: Place, cell: Cell) -> str:
    label = row.label.in_language(language())
    share = f" ({cell.share}%)" if cell.share is not None else ""
    return f"{label}: {count(cell.value or 0)}{share}"


def _left_out(values: list[tuple[Place, Cell]], hidden: int, size: Size) -> list[Bar]:
    """Say how many rows have no bar: a table says which."""
    nobody = sum(cell.value == 0 for _row, cell in values)
    said = [
        ngettext("%(n)s row is hidden", "%(n)s rows are hidden", hidden) % {"n": hidden} if hidden else "",
        ngettext("%(n)s row is zero", "%(n)s rows are zero", nobody) % {"n": nobody} if nobody else "",
    ]
    return [Bar(_wrap(text, size), None, "") for text in said if text]


def _missing(row: Place, cell: Cell, size: Size) -> Bar:
    label = row.label.in_language(language())
    return Bar(_wrap(f"{label}: {count(cell.value or 0)}", size), cell.value or None, HATCHED)


def _wrap(text: str, size: Size) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, int(size.width / (size.font * LETTER_WIDTH))))


def _places(bars: list[Bar], size: Size, top: int) -> tuple[list[Spec], list[Spec], float]:
    """Put each row under the one before; labels of several lines make a row higher. All in px from the top."""
    texts: list[Spec] = []
    shapes: list[Spec] = []
    line = size.font * LINE_HEIGHT
    least = LEAST_BAR * top / size.width
    y = 0.0
    for bar in bars:
        for text in bar.lines:
            texts.append({"text": text, "y": round(y + line / 2, 1)})
            y += line
        if bar.value is not None:
            shape = {"from": 0, "to": max(bar.value, least), "y": round(y + 1, 1), "y2": round(y + 1 + BAR, 1)}
            shapes.append({**shape, "colour": bar.colour})
            y += BAR + 1
        y += GAP
    return texts, shapes, max(round(y - GAP + 2), 1)


def _down(height: float) -> Spec:
    return {"type": "quantitative", "axis": None, "scale": {"domain": [height, 0], "nice": False}}


def _rectangles(shapes: list[Spec], top: int, height: float) -> Spec:
    along = {"type": "quantitative", "axis": None, "scale": {"domain": [0, top], "nice": False}}
    return {
        "data": {"values": shapes},
        "mark": {"type": "rect"},
        "encoding": {
            "x": {"field": "from", **along},
            "x2": {"field": "to"},
            "y": {"field": "y", **_down(height)},
            "y2": {"field": "y2"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def _texts(texts: list[Spec], size: Size, height: float) -> Spec:
    return {
        "data": {"values": texts},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "x": 0, "color": INK, "fontSize": size.font},
        "encoding": {"y": {"field": "y", **_down(height)}, "text": {"field": "text"}},
    }


def _zero(height: float) -> Spec:
    """Draw the line that bars begin at."""
    return {
        "data": {"values": [{"top": 0, "bottom": height}]},
        "mark": {"type": "rule", "x": 0, "color": LINE},
        "encoding": {"y": {"field": "top", **_down(height)}, "y2": {"field": "bottom"}},
    }
