"""Files that are right, in every form UNODC's file comes in."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from tests.figures.files import COLUMNS, as_text, line, write_bytes, write_csv, write_gz, write_xlsx

from zicht.figures.cells import Cell
from zicht.figures.glotip import read_file

LINES = [line("<5", 2018, Sex="Other"), line("1,222", 2011), line("668", 2018)]


def without_row(cells: list[Cell]) -> list[tuple[object, ...]]:
    return [(cell.country, cell.indicator, cell.sex, cell.year, cell.value, cell.below) for cell in cells]


def test_csv_gz_and_xlsx_say_the_same(tmp_path: Path) -> None:
    readings = [read_file(write(tmp_path, *LINES)) for write in (write_csv, write_gz, write_xlsx)]
    first = without_row(readings[0].cells)
    assert first == [
        ("NLD", "victims_detected", "Other", 2018, None, 5),
        ("NLD", "victims_detected", "Total", 2011, 1222, None),
        ("NLD", "victims_detected", "Total", 2018, 668, None),
    ]
    assert [without_row(reading.cells) for reading in readings] == [first] * 3
    assert {reading.dated for reading in readings} == {dt.date(2025, 4, 14)}


def test_rows_are_numbered_as_a_reader_of_the_file_sees_them(tmp_path: Path) -> None:
    assert [cell.row for cell in read_file(write_csv(tmp_path, *LINES)).cells] == [2, 3, 4]
    assert [cell.row for cell in read_file(write_xlsx(tmp_path, *LINES)).cells] == [4, 5, 6]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeff" + as_text(LINES).replace("\n", "\r\n")
    assert len(read_file(write_bytes(tmp_path, text.encode())).cells) == 3


def test_the_name_of_a_file_does_not_decide_what_it_is(tmp_path: Path) -> None:
    path = write_gz(tmp_path, *LINES, name="glotip_2025-04-14.csv")
    assert len(read_file(path).cells) == 3


@pytest.mark.parametrize("column", ["VALUE", "txtVALUE"])
def test_both_names_of_the_value_column_are_known(tmp_path: Path, column: str) -> None:
    lines = [{**given, column: given["txtVALUE"]} for given in LINES]
    path = write_csv(tmp_path, *lines, columns=[*COLUMNS[:-1], column])
    assert len(read_file(path).cells) == 3


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    path = write_csv(tmp_path, *LINES, columns=COLUMNS[::-1])
    assert without_row(read_file(path).cells)[1] == ("NLD", "victims_detected", "Total", 2011, 1222, None)


def test_rows_of_a_place_without_a_code_are_left_out_and_counted(tmp_path: Path) -> None:
    reading = read_file(write_csv(tmp_path, *LINES, *[line(Iso3_code="", Country="Sark")] * 26))
    assert len(reading.cells) == 3
    assert reading.left_out == Counter({"Sark": 26})


def test_empty_rows_at_the_end_of_a_sheet_are_passed_over(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, *LINES, dict.fromkeys(COLUMNS, ""), dict.fromkeys(COLUMNS, ""))
    assert len(read_file(path).cells) == 3


def test_rows_that_differ_only_in_their_value_are_all_kept(tmp_path: Path) -> None:
    cells = read_file(write_csv(tmp_path, line("<5", Sex="Other"), line("11", Sex="Other"))).cells
    assert [(cell.row, cell.value, cell.below) for cell in cells] == [(2, None, 5), (3, 11, None)]


def test_an_empty_category_is_read_as_it_is(tmp_path: Path) -> None:
    cell = read_file(write_csv(tmp_path, line(Dimension="by country of repatriation", Category=""))).cells[0]
    assert cell.category == ""


def test_a_file_without_a_date_is_read_and_has_none(tmp_path: Path) -> None:
    assert read_file(write_csv(tmp_path, *LINES, name="figures.csv")).dated is None


def test_somebody_who_waits_is_told_how_far_it_is(tmp_path: Path) -> None:
    told: list[int] = []
    read_file(write_csv(tmp_path, *[line()] * 4500), told.append)
    assert told == [2000, 4000]
