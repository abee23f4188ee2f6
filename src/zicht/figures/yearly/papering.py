"""Give the rows of a table as bars for paper, where a plot is set with the text and needs no picture."""

from zicht.figures.register.releases import Cell, ShownBlock
from zicht.figures.sentences import count
from zicht.figures.yearly.texts import BarText
from zicht.people.code_fields import language

KINDS = {"value": "value", "field": "value", "beside": "beside", "missing": "missing"}
HIDDEN = "•"


def bars_of(block: ShownBlock) -> tuple[BarText, ...]:
    """Give the rows of a table over all columns; totals are no bars, and neither is a row with nobody."""
    whole = block.cols.places[0] if block.rows.name == "field" else block.whole
    cells = [(row, block.cell(row, whole)) for row in block.rows.places if row.kind in KINDS]
    longest = max((cell.value or 0 for _row, cell in cells), default=0) or 1
    return tuple(
        BarText(
            row.label.in_language(language()),
            _value(cell),
            (cell.value or 0) / longest,
            KINDS[row.kind] if cell.value is not None else "hidden",
        )
        for row, cell in cells
        if cell.value != 0
    )


def _value(cell: Cell) -> str:
    if cell.value is None:
        return HIDDEN
    return count(cell.value) + (f" ({cell.share}%)" if cell.share is not None else "")
