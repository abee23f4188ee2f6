"""Every file of a public report tells the same numbers; no text, drawing or paper tells one that the tables hide."""

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.utils import timezone
from tests.cases.cast import Cast
from tests.figures.register.made import YEAR
from tests.figures.yearly.chat_year import store_chat_year

from zicht import words
from zicht.figures.register.enough import LEAST_BASE
from zicht.figures.yearly.making import gather, make_files

Cell = Mapping[str, Any]
HIDDEN = "•"
SECTION = re.compile(
    r'<section class="card report__figure" aria-labelledby="figure-(F\d\d)">(.*?)</section>', re.DOTALL
)
TABLE = re.compile(r'<details class="register-numbers">(.*?)</details>', re.DOTALL)
SAID = re.compile(r'<[^>]*aria-label="([^"]*)"[^>]*>')
# How many rows of a plot are hidden is said: the table under it names each of them.
ROWS = re.compile(
    r"(?:Hidden|Verborgen): \d+ (?:rows?|rij(?:en)?)|\d+ (?:rows? (?:is|are) hidden|rij(?:en)? (?:is|zijn) verborgen)"
)
ALWAYS = {10, LEAST_BASE, 100, YEAR}  # the least count that is shown, the least base of a share, and the year


@pytest.fixture
def files(cast: Cast) -> dict[str, bytes]:
    store_chat_year(cast.case_worker, unknown=20)
    return make_files(gather(cast.analyst.org, YEAR, "public"))


# One package in full: five seconds, most of them for drawing; everything in it is looked at in one go.
@pytest.mark.django_db
def test_no_file_page_drawing_or_paper_tells_a_number_that_the_tables_hide(files: dict[str, bytes]) -> None:
    tables = {table["code"]: table["cells"] for table in json.loads(files["data/tables.json"])["tables"]}
    assert sum(cell["value"] is None for cells in tables.values() for cell in cells) > len(tables)
    book = openpyxl.load_workbook(io.BytesIO(files["data/tables.xlsx"]), read_only=True)
    for code, cells in tables.items():
        rows = list(csv.DictReader(io.StringIO(files[f"data/{code}.csv"].decode())))
        assert [_number(row["value"]) for row in rows] == [cell["value"] for cell in cells]
        assert [row["suppressed"] == "true" for row in rows] == [cell["value"] is None for cell in cells]
        names, *lines = book[code].iter_rows(values_only=True)
        assert [dict(zip(names, line, strict=True))["value"] for line in lines] == [cell["value"] for cell in cells]
        assert all(cell["share"] is None or cell["denominator"] >= LEAST_BASE for cell in cells)
        assert all(cell["share"] is None or None not in (cell["value"], cell["denominator"]) for cell in cells)
    for language in ("nl", "en"):
        look_at_page(files[f"report.{language}.html"].decode(), tables)
        look_at_paper(files[f"report.{language}.pdf"], tables)


def look_at_page(page: str, tables: Mapping[str, list[Cell]]) -> None:
    found = dict(SECTION.findall(page))
    assert found.keys() == tables.keys()
    for code, section in found.items():
        shown = [value for table in TABLE.findall(section) for value in _values(table, tables[code])]
        assert shown == [cell["value"] for cell in tables[code]], code
        assert _told(SAID.sub(r" \1 ", section), tables[code]) <= _known(tables[code]), code


def _values(table: str, cells: list[Cell]) -> list[int | None]:
    """Give the numbers of a table on the page; the share of a row stands last and is no count."""
    has_shares = len(re.findall("<th scope=.col", table)) - 1
    lines = [re.findall(r'<td class="number">(.*?)</td>', row) for row in table.split("<tr")[2:]]
    own = {cell["col"] for cell in cells}
    assert all(len(line) == has_shares for line in lines)
    shares = all(line[-1] == "" or line[-1].endswith("%") for line in lines) and len(own) < has_shares + 1
    return [_number(value) for line in lines for value in (line[:-1] if shares and has_shares > 1 else line)]


def look_at_paper(paper: bytes, tables: Mapping[str, list[Cell]]) -> None:
    document = pypdfium2.PdfDocument(paper)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    codes = "|".join(tables)
    # Each code begins its figure and then, behind all of them, its tables; page numbers stand at the ends of pages.
    parts = re.split(rf"\n(?=(?:{codes}) )", re.sub(r"\S+-public-v1.*?\d+ / \d+", " ", text))
    for part in parts[1:]:
        code = part[:3]
        assert _told(part, [cell for cells in tables.values() for cell in cells]) <= _known(
            [cell for cells in tables.values() for cell in cells]
        ) | {timezone.localdate().year, *range(60)}, code  # the day of the report, page numbers, and articles of laws


def _told(text: str, cells: list[Cell]) -> set[int]:
    """Give the numbers that a text tells, without those that belong to the name of a row, a column or a table."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    plain = ROWS.sub(" ", " ".join(plain.split()))
    for label in _labels(cells):
        plain = plain.replace(label, " ").replace(label[:1].lower() + label[1:], " ")
    # Codes of tables and sources, articles of laws, and days.
    plain = re.sub(r"\b[A-Z]+\d+|\d+ \w+ 20\d\d|\(20\d\d\)|\d+\.\d\.\d|\(\d[^)]*[a-z][^)]*\)", " ", plain)
    known = _known(cells)
    plain = re.sub(r"(\d+)([^()%]*)\((\d+)%\)", lambda found: _without_share(found, known), plain)
    return {int(re.sub("[.,]", "", one)) for one in re.findall(r"\d{1,3}(?:[.,]\d{3})+|\d+", plain)}


def _without_share(found: re.Match[str], known: set[int]) -> str:
    """Leave out a share that anybody can reckon: of a count before it that is shown, in a whole that is shown."""
    before, share = f"{found[1]}{found[2]}", int(found[3])
    counts = known.intersection(map(int, re.findall(r"\d+", before)))
    can_be = any(round(100 * count / whole) == share for count in counts for whole in known if whole >= LEAST_BASE)
    return before if can_be else found[0]


def _labels(cells: list[Cell]) -> list[str]:
    found = {cell[name] for cell in cells for name in ("row_label_nl", "row_label_en", "col_label_nl", "col_label_en")}
    vocabulary = words.vocabulary()
    found |= {text for one in vocabulary.lists.values() for text in (one.label.nl, one.label.en)}
    found |= {text for one in vocabulary.tables.values() for text in (one.label.nl, one.label.en)}
    return sorted((label for label in found if re.search(r"\d", label)), key=len, reverse=True)


def _known(cells: Iterable[Cell]) -> set[int]:
    """Give the numbers that the data files tell of a table, with what its texts say of every table."""
    told = {cell[name] for cell in cells for name in ("value", "share", "denominator") if cell[name] is not None}
    ages = {15, 16, 17, 18}  # "15 or younger" stands in sentences too
    return told | ALWAYS | ages


def _number(text: str) -> int | None:
    return None if text in ("", HIDDEN) else int(re.sub("[.,]", "", text))
