"""Workbooks: the sheet with the columns is read, values as people see them, and nothing that would exhaust us."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from tests.reading.tables.reading import read

from zicht.reading import tables


def book(*sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_numbers_dates_and_answers_are_read_as_words() -> None:
    content = book([["a", "b", "c"], [2_020, dt.date(2025, 5, 31), True], [1.5, "", False]])
    assert read(content) == [["a", "b", "c"], ["2020", "2025-05-31", "True"], ["1.5", "", "False"]]


def test_the_sheet_that_has_the_columns_is_found_behind_another() -> None:
    assert read(book([["Read me"], ["first"]], [["a"], ["1"]])) == [["a"], ["1"]]


def test_of_a_formula_the_outcome_is_read_and_nothing_is_worked_out() -> None:
    assert read(book([["a", "b"], ["=1+1", "x"]])) == [["a", "b"], ["", "x"]]


def test_a_sign_that_xml_cannot_hold_is_read_as_excel_writes_it() -> None:
    assert read(book([["a"], ["1_x000D_2"], ["_x005F_x000D_"]])) == [["a"], ["1\r2"], ["_x000D_"]]


def test_a_value_beside_the_columns_is_refused() -> None:
    with pytest.raises(tables.RaggedRow, match="Row 2 has 3 columns, and there are 2"):
        read(book([["a", "b"], ["1", "2", "3"]]))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", " " * 10 * tables.MEGABYTE)
    with pytest.raises(tables.UnpackedTooLarge, match="20 MB"):
        read(out.getvalue())


def test_a_workbook_with_more_shared_texts_than_memory_is_meant_for_is_refused() -> None:
    content = book([["a"], ["1"]])
    with pytest.raises(tables.UnpackedTooLarge):
        read(content, most_in_memory=100)


def test_a_workbook_without_rows_is_empty() -> None:
    with pytest.raises(tables.NoRows):
        read(book([]))
