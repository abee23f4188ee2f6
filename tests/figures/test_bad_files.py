"""Files that are wrong: each is refused with a sentence that says what and where, and what to do."""

import datetime as dt
import gzip
import os
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from tests.figures.files import (
    COLUMNS,
    as_text,
    line,
    replace_in_sheet,
    write_archive,
    write_bytes,
    write_csv,
    write_xlsx,
)

from zicht.figures import errors, limits
from zicht.figures.glotip import read_file

TEXT = as_text([line("668", 2018), line("1,013", 2020), line("814", 2022)])


def refused(path: Path, error: type[errors.ImportRefused]) -> str:
    with pytest.raises(errors.ImportRefused) as caught:
        read_file(path)
    assert type(caught.value) is error
    return str(caught.value)


# --- wrong file --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"SQLite format 3\x00", "a database"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\xef\xbb\xbf <html>", "a web page"),
        (b'{"year": 2018}', "a JSON file"),
        (b"I\x00s\x00o\x003\x00", "not a text"),
        ("Iso3_code".encode("utf-16"), "a text in UTF-16"),
        (b"BZh91AY", "an archive of another kind"),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, start: bytes, said: str) -> None:
    assert said in refused(write_bytes(tmp_path, start + b"\n" * 100), errors.WrongFileType)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "glotip.xlsx", {"glotip.csv": TEXT.encode()})
    assert "no workbook" in refused(path, errors.WrongFileType)


def test_an_empty_file_has_no_figures(tmp_path: Path) -> None:
    refused(write_bytes(tmp_path, b""), errors.NoRows)


def test_column_names_without_figures_are_refused(tmp_path: Path) -> None:
    refused(write_csv(tmp_path), errors.NoRows)


@pytest.mark.parametrize("name", ["not_there.csv", "bad\0name.csv", "."])
def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    refused(tmp_path / name, errors.NoSuchFile)


def test_an_endless_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    refused(tmp_path / "pipe.csv", errors.NoSuchFile)


# --- wrong encoding ----------------------------------------------------------------------------------------------
def test_the_row_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    text = as_text([line("668"), line("7", Iso3_code="CIV", Country="Côte d’Ivoire")])
    assert "Row 3 " in refused(write_bytes(tmp_path, text.encode("cp1252")), errors.WrongEncoding)


def test_a_zero_byte_further_on_is_refused(tmp_path: Path) -> None:
    lines = [*[line()] * 200, line(Category="To\0tal")]
    assert "Row 202 " in refused(write_bytes(tmp_path, as_text(lines).encode()), errors.WrongEncoding)


# --- half a file -------------------------------------------------------------------------------------------------
def test_text_that_stops_halfway_through_a_row_is_refused_with_the_row(tmp_path: Path) -> None:
    assert "row, 4," in refused(write_bytes(tmp_path, TEXT[:-20].encode()), errors.FileCutOff)


def test_text_without_a_last_line_break_may_have_lost_a_digit_and_is_told_how_to_be_read(tmp_path: Path) -> None:
    said = refused(write_bytes(tmp_path, TEXT[:-1].encode()), errors.FileCutOff)
    assert said.startswith("The last row, 4, is cut off or ends without a line break.")
    assert "add a line break at its end if it is complete" in said


def test_packed_text_that_was_cut_off_is_refused_with_the_row(tmp_path: Path) -> None:
    packed = gzip.compress(as_text([line(str(number)) for number in range(5000)]).encode())
    said = refused(write_bytes(tmp_path, packed[: len(packed) // 2]), errors.FileCutOff)
    assert 1000 < int("".join(filter(str.isdigit, said))) < 5000


def test_packed_text_with_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(TEXT.encode()))
    packed[-6] ^= 0xFF
    refused(write_bytes(tmp_path, bytes(packed)), errors.FileDamaged)


def test_a_workbook_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, line())
    path.write_bytes(path.read_bytes()[:-300])
    refused(path, errors.FileDamaged)


def test_a_sheet_that_stops_halfway_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, line(), line("7", 2021))
    refused(replace_in_sheet(path, b"</sheetData>.*", b""), errors.FileDamaged)


def test_a_quotation_mark_that_is_not_closed_is_refused(tmp_path: Path) -> None:
    text = TEXT.replace("2020,", '"2020,', 1)
    assert "quotation mark" in refused(write_bytes(tmp_path, text.encode()), errors.QuoteNotClosed)


# --- too much ----------------------------------------------------------------------------------------------------
def test_half_a_gigabyte_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line())
    os.truncate(path, 500 * limits.MEGABYTE)
    start = time.perf_counter()
    assert "500 MB" in refused(path, errors.FileTooLarge)
    assert time.perf_counter() - start < 1


def test_a_small_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 1 * limits.MEGABYTE)
    packed = gzip.compress(as_text([line()] * 20_000).encode())
    assert len(packed) < 20_000
    refused(write_bytes(tmp_path, packed), errors.UnpackedTooLarge)


def test_a_workbook_made_to_exhaust_memory_is_refused_at_once(tmp_path: Path) -> None:
    parts = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (30 * limits.MEGABYTE)}
    path = write_archive(tmp_path / "bomb.xlsx", parts)
    start = time.perf_counter()
    refused(path, errors.UnpackedTooLarge)
    assert time.perf_counter() - start < 1


def test_a_workbook_with_endless_parts_is_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{number}.png": b"" for number in range(limits.MOST_PARTS)}
    refused(write_archive(tmp_path / "parts.xlsx", {"xl/workbook.xml": b"", **parts}), errors.UnpackedTooLarge)


def test_a_workbook_whose_texts_do_not_fit_in_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_xlsx(tmp_path, line())
    monkeypatch.setattr(limits, "MOST_IN_MEMORY", 100)
    refused(path, errors.UnpackedTooLarge)


def test_a_sheet_with_entities_that_grow_is_refused(tmp_path: Path) -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    start = f'<!DOCTYPE x [<!ENTITY e0 "ha">{grow}]><worksheet '.encode()
    path = replace_in_sheet(write_xlsx(tmp_path, line()), b"<worksheet ", start)
    refused(replace_in_sheet(path, b"</sheetData>", b"<row><c><v>&e9;</v></c></row></sheetData>"), errors.FileDamaged)


def test_more_rows_than_any_edition_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    refused(write_csv(tmp_path, *[line()] * 4), errors.TooManyRows)


def test_one_line_without_end_is_refused(tmp_path: Path) -> None:
    refused(write_bytes(tmp_path, TEXT.encode() + b"x" * limits.MEGABYTE), errors.LineTooLong)


# --- small files made to exhaust memory ---------------------------------------------------------------------------
# Numbers that hardly repeat, so that how tightly a file is packed does not give it away.
SOME = [number * 2_654_435_761 % 2**32 for number in range(20_000)]
START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


def text_of_one_row() -> Iterator[bytes]:
    """Open and close quotation marks so that no line ends outside them."""
    yield TEXT.encode() + b'"'
    for _ in range(150):
        yield b'\n",' + b"12," * 20_000 + b'"'
    yield b'"\n'


def many(form: bytes, times: int = 40) -> Callable[[], Iterator[bytes]]:
    return lambda: (b"".join(form % number for number in SOME) for _ in range(times))


def in_row(parts: Callable[[], Iterator[bytes]]) -> Callable[[], Iterator[bytes]]:
    return lambda: (part for group in ([b'<row r="1">'], parts(), [b"</row>"]) for part in group)


def write_book(path: Path, name: str, content: Iterable[bytes], start: bytes = START, end: bytes = END) -> Path:
    """Make a workbook of which one part is another."""
    whole = write_xlsx(path.parent, line())
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for part in source.namelist():
            if part != name:
                out.writestr(part, source.read(part))
        with out.open(name, "w") as file:
            for piece in (start, *content, end):
                file.write(piece)
    return path


def refused_in_little_memory(path: Path, error: type[errors.ImportRefused]) -> str:
    assert path.stat().st_size < 15 * limits.MEGABYTE
    tracemalloc.start()
    try:
        said = refused(path, error)
        assert tracemalloc.get_traced_memory()[1] < 100 * limits.MEGABYTE
    finally:
        tracemalloc.stop()
    return said


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_one_row_over_very_many_lines_is_refused_in_little_memory(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = write_bytes(tmp_path, pack(b"".join(text_of_one_row())))
    assert "The row that begins on line 5 " in refused_in_little_memory(path, errors.RowTooLong)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (in_row(many(b"<c><v>%d</v></c>")), errors.LineTooLong),
        (in_row(many(b"<row><v>%d</v></row>")), errors.ColumnsNotFound),
        (many(b'<row r="1"><c><v>%d</v></c></row>'), errors.FileDamaged),
        (many(b"<v>%d</v>", 3), errors.ColumnsNotFound),
        (many(b"<n%d/>"), errors.WrongFileType),
        (many(b"<n>%d"), errors.WrongFileType),
        (many(b"%d"), errors.WrongFileType),
    ],
    ids=["cells", "rows in a row", "one row again and again", "no rows", "names", "depth", "text"],
)
def test_a_sheet_made_to_exhaust_memory_is_refused_in_little_memory(
    tmp_path: Path, content: Callable[[], Iterator[bytes]], error: type[errors.ImportRefused]
) -> None:
    refused_in_little_memory(write_book(tmp_path / "row.xlsx", "xl/worksheets/sheet1.xml", content()), error)


def test_a_wide_row_further_down_is_refused_by_its_number(tmp_path: Path) -> None:
    wide = b"<row>" + b"<c><v>1</v></c>" * 10_000 + b"</row></sheetData>"
    path = replace_in_sheet(write_xlsx(tmp_path, line()), b"</sheetData>", wide)
    assert "Row 5 " in refused(path, errors.LineTooLong)


def test_styles_made_to_exhaust_memory_are_refused_in_little_memory(tmp_path: Path) -> None:
    styles = many(b'<xf numFmtId="%d"/>')()
    path = write_book(tmp_path / "styles.xlsx", "xl/styles.xml", styles, b"<s><cellXfs>", b"</cellXfs></s>")
    refused_in_little_memory(path, errors.UnpackedTooLarge)


def test_an_archive_with_a_list_of_very_many_parts_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, line())
    raw = path.read_bytes()
    place = raw.rindex(b"PK\x05\x06") + 12
    path.write_bytes(raw[:place] + (13 * limits.MEGABYTE).to_bytes(4, "little") + raw[place + 4 :])
    refused(path, errors.UnpackedTooLarge)


def test_line_ends_inside_quotation_marks_are_read(tmp_path: Path) -> None:
    lines = [line(Country="Netherlands\n(Kingdom\nof the)")] * 3_000
    assert len(read_file(write_csv(tmp_path, *lines)).cells) == 3_000


def test_a_date_kept_as_a_number_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, line())
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"] = dt.date(2025, 4, 14)
    book.save(path)
    assert read_file(path).dated == dt.date(2025, 4, 14)


def test_texts_that_cells_share_are_read_without_how_they_sound(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, line())
    path = replace_in_sheet(path, rb'<c r="A4".*?</c>', b'<c r="A4" t="s"><v>1</v></c>')
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relation = (
        b'<Relationship Id="texts" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation)
    texts = b"<si><t>x</t></si><si><r><t>BG</t></r><r><t>R</t></r><rPh><t>b</t></rPh></si>"
    parts["xl/sharedStrings.xml"] = b'<x:sst xmlns:x="y">' + texts + b"</x:sst>"
    assert read_file(write_archive(path, parts)).cells[0].country == "BGR"


# --- another sheet's columns -------------------------------------------------------------------------------------
def test_columns_of_another_sheet_are_named(tmp_path: Path) -> None:
    columns = [name for name in COLUMNS if name not in ("Sex", "Age")] + ["Offence"]
    said = refused(write_csv(tmp_path, {**line(), "Offence": "x"}, columns=columns), errors.WrongColumns)
    assert "Row 1 " in said
    assert "Missing: Sex, Age." in said
    assert "not known: Offence." in said


def test_a_file_without_any_of_the_columns_is_refused_without_showing_what_is_in_it(tmp_path: Path) -> None:
    said = refused(write_bytes(tmp_path, b"name,born\nNoor Voorbeeld,2004\n" * 20), errors.ColumnsNotFound)
    assert "Noor" not in said
    assert "Iso3_code" in said


def test_columns_separated_by_semicolons_are_refused_with_a_hint(tmp_path: Path) -> None:
    text = TEXT.replace('"1,013"', "1013").replace(",", ";")
    assert "separated by commas" in refused(write_bytes(tmp_path, text.encode()), errors.ColumnsNotFound)


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    text = TEXT.replace("Region", "Year", 1)
    assert "the column Year" in refused(write_bytes(tmp_path, text.encode()), errors.ColumnTwice)


def test_the_sheet_that_has_the_columns_is_found_among_others(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, line())
    book = openpyxl.load_workbook(path)
    book.create_sheet("Read me", 0).append(["About these figures"])
    book.save(path)
    assert len(read_file(path).cells) == 1


def test_figures_of_another_data_set_with_the_same_columns_are_refused_by_their_words(tmp_path: Path) -> None:
    said = refused(write_csv(tmp_path, line(Indicator="Victims of intentional homicide")), errors.WrongCells)
    assert "Row 2, column Indicator: “Victims of intentional homicide”" in said


# --- wrong cells -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("Iso3_code", "NL"), ("Iso3_code", "XYZ"), ("Iso3_code", ""), ("Indicator", "detected trafficking victims"),
        ("Dimension", "by weekday"), ("Sex", "female"), ("Age", "18+"), ("Year", "20x0"), ("Year", "1066"),
        ("Year", "2999"), ("Year", ""), ("txtVALUE", "many"), ("txtVALUE", ""), ("txtVALUE", "1.222"),
        ("txtVALUE", "-3"), ("Category", "a\u202eb"), ("Category", "x" * 201),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_row_and_column(tmp_path: Path, column: str, wrong: str) -> None:
    path = write_csv(tmp_path, line(), {**line(), column: wrong}, line())
    assert f"Row 3, column {column}:" in refused(path, errors.WrongCells)


def test_a_number_with_an_unquoted_comma_shifts_its_row_and_is_refused(tmp_path: Path) -> None:
    text = TEXT.replace('"1,013"', "1,013")
    said = refused(write_bytes(tmp_path, text.encode()), errors.WrongCells)
    assert "Row 3: it has 12 columns, and there are 11 column names." in said


def test_twenty_mistakes_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    said = refused(write_csv(tmp_path, *[line("?")] * 1_234), errors.WrongCells).splitlines()
    assert said[0] == "The file has 1,234 mistakes. Nothing was imported."
    assert len(said) == 22
    assert said[-1] == "… and 1,214 more."


def test_every_mistake_of_a_row_is_shown(tmp_path: Path) -> None:
    said = refused(write_csv(tmp_path, line("?", Sex="F", Year="x")), errors.WrongCells)
    assert [f"column {name}" in said for name in ("Sex", "Year", "txtVALUE")] == [True] * 3


def test_a_wrong_value_is_shown_short_and_without_control_characters(tmp_path: Path) -> None:
    said = refused(write_csv(tmp_path, line("\x1b[2J" + "9" * 300)), errors.WrongCells)
    assert "\x1b" not in said
    assert len(said) < 250


def test_the_sentences_are_dutch_for_dutch_readers(tmp_path: Path) -> None:
    with translation.override("nl"):
        said = refused(write_csv(tmp_path, *[line("?")] * 1_234), errors.WrongCells).splitlines()
    assert said[0] == "Het bestand heeft 1.234 fouten. Er is niets ingelezen."
    assert said[1].startswith("Rij 2, kolom txtVALUE: ")
    assert said[1].endswith(" is geen aantal; UNODC schrijft 668, 1,222 of <5.")


def test_sizes_in_an_archive_are_an_upper_bound(tmp_path: Path) -> None:
    """What refuse_bomb relies on: zipfile does not unpack more of a part than the archive says."""
    path = write_archive(tmp_path / "lie.zip", {"part": b"0" * 1_000_000})
    raw = path.read_bytes().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(raw)
    with zipfile.ZipFile(path) as archive, pytest.raises(zipfile.BadZipFile):
        archive.read("part")
