"""Read the table in some bytes, as every test here does."""

import io
from dataclasses import replace

from zicht.reading import tables

BOUNDS = tables.Limits(
    most_on_disk=5 * tables.MEGABYTE,
    most_unpacked=20 * tables.MEGABYTE,
    most_in_memory=tables.MEGABYTE,
    most_in_line=64 * 1024,
    most_rows=1_000,
    most_columns=20,
)
Grid = list[list[str]]


def read(content: bytes, encoding: str = tables.UTF_8, separator: str = "", **bounds: int) -> Grid:
    """Give the column names and the rows of a file that has a column `a`."""
    form = tables.TextForm(encoding, separator)
    table = tables.read_table(io.BytesIO(content), replace(BOUNDS, **bounds), form, lambda name: name == "a")
    return [list(table.columns), *(values for _row, values in table.rows)]
