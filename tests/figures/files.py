"""Small files in the form in which UNODC publishes its figures."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl

COLUMNS = [
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex", "Age", "Year",
    "txtVALUE",
]  # fmt: skip
BOTH_CONSTANT = {"Unit of measurement": "Counts", "Source": "GLOTIP"}
EMPTY = dict.fromkeys(BOTH_CONSTANT, "")
DUTCH = {
    "Iso3_code": "NLD",
    "Country": "Netherlands (Kingdom of the)",
    "Region": "Europe",
    "Subregion": "Western Europe",
    "Indicator": "Detected trafficking victims",
    "Dimension": "Total",
    "Category": "Total",
    "Sex": "Total",
    "Age": "Total",
    "Year": "2020",
    "txtVALUE": "1,013",
}
FORM = {"Dimension": "by form of exploitation"}
Line = dict[str, str]


def line(value: str = "1,013", year: int = 2020, **other: str) -> Line:
    """Give a row of the Dutch total, but for what is said otherwise."""
    return {**DUTCH, "Year": str(year), "txtVALUE": value, **other}


def as_text(lines: Iterable[Line], columns: list[str] = COLUMNS) -> str:
    """Write rows as comma separated values."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def write_csv(folder: Path, *lines: Line, name: str = "glotip_2025-04-14.csv", columns: list[str] = COLUMNS) -> Path:
    """Make a .csv."""
    return write_bytes(folder, as_text(lines, columns).encode(), name)


def write_gz(folder: Path, *lines: Line, name: str = "glotip_2025-04-14.csv.gz") -> Path:
    """Make a .csv.gz."""
    return write_bytes(folder, gzip.compress(as_text(lines).encode()), name)


def write_bytes(folder: Path, content: bytes, name: str = "glotip_2025-04-14.csv") -> Path:
    """Make a file of any content."""
    path = folder / name
    path.write_bytes(content)
    return path


def write_xlsx(folder: Path, *lines: Line, above: tuple[str, ...] = ("UNODC", "14/04/2025")) -> Path:
    """Make a workbook as UNODC does: lines above the column names, two constant columns, years as numbers."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for text in above:
        sheet.append([text])
    columns = [*COLUMNS[:-1], "Unit of measurement", "txtVALUE", "Source"]
    sheet.append(columns)
    for values in ({**given, **(BOTH_CONSTANT if any(given.values()) else EMPTY)} for given in lines):
        row: list[str | int | None] = [values[name] or None for name in columns]
        row[columns.index("Year")] = int(values["Year"]) if values["Year"].isdigit() else values["Year"]
        sheet.append(row)
    path = folder / "data_glotip.xlsx"
    book.save(path)
    return replace_in_sheet(path, rb'<dimension ref="[^"]*"', b'<dimension ref="A1"')


def replace_in_sheet(path: Path, old: bytes, new: bytes) -> Path:
    """Change the XML of the first sheet: UNODC's says that it is one cell large."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = re.sub(old, new, parts["xl/worksheets/sheet1.xml"])
    return write_archive(path, parts)


def write_archive(path: Path, parts: dict[str, bytes]) -> Path:
    """Make an archive of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
