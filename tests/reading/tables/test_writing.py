"""What is written reads back as it was, and opens in a spreadsheet as text."""

import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.tables.reading import Grid, read

from zicht.reading import tables

# What a record may hold: zicht.words refuses other controls, and lone surrogates.
SIGNS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r", exclude_characters="\ufffe\uffff")
TEXTS = st.text(SIGNS, min_size=1).filter(str.strip) | st.sampled_from(["=1+1", "#REF!", "_x000D_", "a\r\nb", "'=1"])
ROWS = st.lists(st.tuples(TEXTS, TEXTS | st.just("")).map(list), max_size=4)


def as_csv(rows: Grid) -> bytes:
    out = io.StringIO(newline="")
    tables.write_csv(out, ["a", "=b"], rows)
    return out.getvalue().encode()


def as_xlsx(rows: Grid) -> bytes:
    out = io.BytesIO()
    tables.write_xlsx(out, "Zicht", ["a", "=b"], rows)
    return out.getvalue()


@given(ROWS)
def test_a_csv_reads_back_as_it_was_written(rows: Grid) -> None:
    assert read(as_csv(rows)) == [["a", "=b"], *rows]


@given(ROWS)
def test_a_workbook_reads_back_as_it_was_written(rows: Grid) -> None:
    assert read(as_xlsx(rows)) == [["a", "=b"], *rows]


def test_every_cell_of_a_workbook_is_a_text() -> None:
    rows = [["=1+1", "#REF!"], ["@x", "2025"], ["=cmd|' /C calc'!A0", "1e5"]]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert [cell.value for cell in sheet[4]] == ["'=cmd|'' /C calc'!A0".replace("''", "'"), "1e5"]
