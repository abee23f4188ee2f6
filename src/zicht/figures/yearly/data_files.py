"""Write the cells of a report for other programs: CSV by table, one workbook, JSON, and a Frictionless description.

The description follows the Data Package standard, version 1 (specs.frictionlessdata.io), profile tabular-data-package.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from zicht import words
from zicht.figures.register.exports import UNITS
from zicht.figures.register.releases import Release
from zicht.figures.yearly.cells import Named, named_cells
from zicht.figures.yearly.estimates import write_cells
from zicht.figures.yearly.series import make_series, told_by
from zicht.figures.yearly.writing import Material
from zicht.reading.tables import guard

WORKBOOK, KEPT, DESCRIPTION = "data/tables.xlsx", "data/tables.json", "data/datapackage.json"
# Name, type in the description, and what it is.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("table_code", "string", "code of the standard table"),
    ("year", "integer", "year that is counted"),
    ("release_level", "string", "who may see it (list release_level)"),
    ("rows", "string", "what stands along the rows"),
    ("row", "string", "code of the row"),
    ("row_label_nl", "string", "the row in Dutch"),
    ("row_label_en", "string", "the row in English"),
    ("cols", "string", "what stands along the columns"),
    ("col", "string", "code of the column"),
    ("col_label_nl", "string", "the column in Dutch"),
    ("col_label_en", "string", "the column in English"),
    ("unit", "string", "what is counted (list counting_unit)"),
    ("value", "integer", "the count; empty where it is hidden"),
    ("denominator", "integer", "those of whom it is known; empty where no share is taken"),
    ("share", "integer", "value as a whole percentage of denominator; empty where it rests on too few"),
    ("suppressed", "boolean", "whether the count is hidden"),
    ("data_cutoff", "date", "the day on which it was counted"),
    ("definition_version", "string", "version of the vocabulary"),
    ("report", "string", "identifier of this version of the report"),
)
NAMES = tuple(name for name, _kind, _what in COLUMNS)
BOOK_NAME = 31  # characters of the name of a sheet, which Excel sets


def write_data(material: Material, codes: Sequence[str]) -> dict[str, bytes]:
    """Give every data file by name; `codes` are the tables that the report shows."""
    rows: dict[str, list[dict[str, Any]]] = {code: [] for code in codes}
    for one in named_cells(material.release):
        if one.name[0] in rows:
            rows[one.name[0]].append(_row(material, one))
    for code, cells in write_cells(material.estimate).items():
        rows[code] = [
            {name: (cell | _around(material, code, cell["value"])).get(name) for name in NAMES} for cell in cells
        ]
    rows = {code: rows[code] for code in sorted(rows)}
    files = {f"data/{code}.csv": _csv(lines) for code, lines in rows.items()}
    files[WORKBOOK] = _workbook(rows)
    files[KEPT] = _json(material, rows)
    return files | {DESCRIPTION: _describe(material, list(rows), files)}


def _row(material: Material, one: Named) -> dict[str, Any]:
    told = _around(material, one.name[0], one.cell.value) | {
        "rows": one.rows.name,
        "row": one.row.code,
        "row_label_nl": one.row.label.nl,
        "row_label_en": one.row.label.en,
        "cols": one.cols.name,
        "col": one.col.code,
        "col_label_nl": one.col.label.nl,
        "col_label_en": one.col.label.en,
        "unit": UNITS.get(one.col.code, one.table.table.unit),
        "value": one.cell.value,
        "denominator": one.cell.base,
        "share": one.cell.share,
    }
    return {name: told[name] for name in NAMES}


def _around(material: Material, code: str, value: int | None) -> dict[str, Any]:
    """Give what stands beside every cell of a table."""
    release = material.release
    return {
        "table_code": code,
        "year": release.year,
        "release_level": release.level,
        "suppressed": value is None,
        "data_cutoff": release.cutoff.isoformat(),
        "definition_version": release.version,
        "report": material.identifier,
    }


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, NAMES, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        values = {name: guard(value) if isinstance(value, str) else value for name, value in row.items()}
        writer.writerow(values | {"suppressed": str(row["suppressed"]).lower()})
    return out.getvalue().encode()


def _workbook(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> bytes:
    book = Workbook(write_only=True)
    for code, lines in rows.items():
        sheet = book.create_sheet(code[:BOOK_NAME])
        sheet.append(NAMES)
        for row in lines:
            sheet.append([guard(value) if isinstance(value, str) else value for value in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _json(material: Material, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> bytes:
    release = material.release
    per_cell = NAMES[NAMES.index("rows") : NAMES.index("data_cutoff")]
    told = {
        "report": material.identifier,
        "organisation": str(material.organisation),
        "year": release.year,
        "release_level": release.level,
        "least_shown": release.least,
        "data_cutoff": release.cutoff.isoformat(),
        "definition_version": release.version,
        "earlier": _earlier(material),
        "tables": [
            {
                **_about(code, release),
                "cells": [{name: row[name] for name in per_cell} for row in lines],
            }
            for code, lines in rows.items()
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _about(code: str, release: Release) -> dict[str, Any]:
    table = words.vocabulary().tables[code]
    shown = release.tables.get(code)
    return {
        "code": code,
        "label_nl": table.label.nl,
        "label_en": table.label.en,
        "unit": table.unit,
        "universe": table.universe,
        "total": shown.total if shown else None,
    }


def _earlier(material: Material) -> dict[str, list[list[Any]]]:
    """Give what the series tell of the years before, a row for each number: its name and its value."""
    release = material.release
    told = told_by(make_series(release, material.earlier), release)
    return {str(year): [[*name, value] for name, value in values.items()] for year, values in sorted(told.items())}


def _describe(material: Material, codes: Sequence[str], files: Mapping[str, bytes]) -> bytes:
    release = material.release
    told = {
        "profile": "tabular-data-package",
        "name": material.identifier,
        "id": material.identifier,
        "title": f"Human trafficking in sight: figures of {release.year}, {material.organisation}",
        "version": str(material.version),
        "created": f"{release.cutoff.isoformat()}T00:00:00Z",
        "contributors": [{"title": str(material.organisation), "role": "publisher"}],
        "resources": [_resource(code, len(files[f"data/{code}.csv"])) for code in codes],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(code: str, size: int) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": code.lower(),
        "path": f"{code}.csv",
        "title": words.vocabulary().tables[code].label.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [{"name": name, "type": kind, "description": what} for name, kind, what in COLUMNS],
            "missingValues": [""],
            "primaryKey": ["rows", "row", "cols", "col"],
        },
    }
