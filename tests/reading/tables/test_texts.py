"""Separated values: every usual form is read, and what is wrong is named by its row, in two languages."""

import pytest
from tests.reading.tables.reading import Grid, read

from zicht.reading import tables

ROWS = [["a", "b"], ["één", "twee"], ["drie; vier", '"vijf"']]


def refused(content: bytes, error: type[tables.TableError], encoding: str = tables.UTF_8) -> tables.TableError:
    with pytest.raises(tables.TableError) as caught:
        read(content, encoding)
    assert type(caught.value) is error
    return caught.value


# --- what is read ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_separator_is_found_out(separator: str, end: str, encoding: str) -> None:
    lines = [separator.join(["a", "b"]), separator.join(["één", '"tw""ee"'])]
    text = "".join(line + end for line in lines)
    assert read(text.encode(encoding)) == [["a", "b"], ["één", 'tw"ee']]


def test_one_column_needs_no_separator() -> None:
    assert read(b"a\n1\n2\n") == [["a"], ["1"], ["2"]]


def test_empty_rows_are_passed_over_and_empty_columns_at_the_end_too() -> None:
    assert read(b"\na,b,,\n\n1,2,,\n,,,\n3,4,,\n") == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_separator_and_a_line_end_within_quotation_marks_are_text() -> None:
    assert read(b'a,b\n"1,\n2",3\n') == [["a", "b"], ["1,\n2", "3"]]


def test_a_file_in_windows_1252_is_read_when_somebody_says_so() -> None:
    assert read("a;b\n“één”;€\n".encode("cp1252"), encoding=tables.WINDOWS_1252) == [["a", "b"], ["“één”", "€"]]


# --- what is refused ---------------------------------------------------------------------------------------------
def test_a_row_in_another_encoding_is_named() -> None:
    error = refused(b"a,b\n1,2\n" + "é,3\n".encode("cp1252"), tables.WrongEncoding)
    assert "Row 3 is not in UTF-8" in str(error)
    assert "Rij 3 staat niet in UTF-8" in error.in_language("nl")


def test_two_encodings_in_one_file_are_named_by_both_rows() -> None:
    error = refused("a,b\né,2\n".encode() + b"1,2\n" + "é,3\n".encode("cp1252"), tables.MixedEncodings)
    assert str(error).startswith("Row 2 is in UTF-8 and row 4 is not")


def test_two_encodings_are_also_found_when_somebody_says_windows_1252() -> None:
    content = "a,b\né,2\n".encode("cp1252") + "é,3\n".encode()
    error = refused(content, tables.MixedEncodings, encoding=tables.WINDOWS_1252)
    assert str(error).startswith("Row 3 is in UTF-8 and row 2 is not")


@pytest.mark.parametrize("content", ["a,b\né,2\n".encode(), "a,b\né,2\n".encode("utf-8-sig"), b"a,b\n\x81,2\n"])
def test_what_is_no_windows_1252_is_not_read_as_if_it_were(content: bytes) -> None:
    refused(content, tables.NotWindows1252, encoding=tables.WINDOWS_1252)


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", tables.NoRows, "empty"),
        (b"\n\n", tables.NoRows, "empty"),
        (b"x,y\n1,2\n", tables.NoColumns, "no column names"),
        (b"a,b\n1,2\n3", tables.FileCutOff, "row, 3,"),
        (b"a,b\n1,2\n3\n", tables.RaggedRow, "Row 3 has 1 columns, and there are 2"),
        (b"a,b\n1,2,3\n", tables.RaggedRow, "Row 2 has 3 columns, and there are 2"),
        (b"a,b,a\n1,2,3\n", tables.ColumnTwice, "Columns A and C"),
        (b"a,,b\n1,2,3\n", tables.ColumnWithoutName, "Column B"),
        (b'a,b\n1,"2\n3,4\n', tables.QuoteNotClosed, "quotation mark"),
        (b'a,b\n1,"2"x\n', tables.QuoteNotClosed, "Row 2"),
        (b"a,b\n" + b" " * 5_000 + b"1,2\0\n", tables.NoText, "Row 2"),
        (b"a;b,c\n1;2,3\n", tables.UnclearSeparator, "not clear"),
        (b"a\n" + b"1\n" * 1_001, tables.TooManyRows, "more than 1,000 rows"),
        (b",".join(b"abcdefghijklmnopqrstuvwxyz"[i : i + 1] for i in range(26)) + b"\n", tables.TooManyColumns, "19"),
        (b"a\n" + b"1" * 70_000 + b"\n", tables.LineTooLong, "Row 2"),
        (b'a\n"' + b"1\n" * 40_000 + b'"\n', tables.RowTooLong, "begins on line 2"),
        (b"%PDF-1.7\n", tables.WrongFileType, "a PDF"),
    ],
)
def test_what_is_wrong_is_named(content: bytes, error: type[tables.TableError], said: str) -> None:
    assert said in str(refused(content, error))


def test_a_separator_that_is_said_is_not_found_out() -> None:
    assert read(b"a;b,c\n1;2,3\n", separator=";") == [["a", "b,c"], ["1", "2,3"]]


def test_numbers_in_a_dutch_sentence_are_written_as_dutch_ones() -> None:
    error = refused(b"a\n" + b"1\n" * 1_001, tables.TooManyRows)
    assert error.in_language("nl-NL").startswith("Het bestand heeft meer dan 1.000 rijen.")


def test_a_sentence_does_not_repeat_what_a_cell_holds() -> None:
    grid: Grid = [["Jansen", "06 12345678"]]
    error = refused(b"a,b,c\n" + ",".join(grid[0]).encode() + b"\n", tables.RaggedRow)
    assert "Jansen" not in str(error)


def every_error() -> list[type[tables.TableError]]:
    return [kind for kind in vars(tables).values() if isinstance(kind, type) and issubclass(kind, tables.TableError)]


@pytest.mark.parametrize("error", [kind for kind in every_error() if kind is not tables.TableError])
def test_every_error_has_a_sentence_with_the_same_values_in_both_languages(error: type[tables.TableError]) -> None:
    names = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (error.sentence.en, error.sentence.nl)]
    assert names[0] == names[1]
    assert error.sentence.en.endswith(".")
    assert error.sentence.nl.endswith(".")
    assert error.sentence.en != error.sentence.nl
