"""Give the rows of a table as bars for paper, where a plot is set with the text and needs no picture."""

from django.utils.translation import ngettext

from zicht.figures.register.releases import Cell, ShownBlock
from zicht.figures.sentences import count
from zicht.figures.yearly.texts import BarText
from zicht.people.code_fields import language

KINDS = {"value": "value", "field": "value", "beside": "beside", "missing": "missing"}
HIDDEN = "•"


def bars_of(block: ShownBlock) -> tuple[BarText, ...]:
    """Give the rows of a table over all columns; totals are no bars, and neither is a row with nobody or one hidden."""
    whole = block.cols.places[0] if block.rows.name == "field" else block.whole
    cells = [(row, block.cell(row, whole)) for row in block.rows.places if row.kind in KINDS]
    hidden = sum(cell.value is None for _row, cell in cells)
    longest = max((cell.value or 0 for _row, cell in cells), default=0) or 1
    bars = tuple(
        BarText(row.label.in_language(language()), _value(cell), cell.value / longest, KINDS[row.kind])
        for row, cell in cells
        if cell.value
    )
    return (*bars, BarText(_hidden_rows(hidden), HIDDEN, 0, "hidden")) if hidden else bars


def _hidden_rows(number: int) -> str:
    """Say how many rows are hidden: the table names them, and a row without a bar shows nothing."""
    return ngettext("Hidden: %(rows)s row", "Hidden: %(rows)s rows", number) % {"rows": count(number)}


def _value(cell: Cell) -> str:
    return count(cell.value or 0) + (f" ({cell.share}%)" if cell.share is not None else "")
