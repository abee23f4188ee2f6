"""Write the cells of a country as files that other programs read: every row as UNODC has it, nothing added up."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict

from zicht.figures.cells import Cell
from zicht.figures.models import OutsideEdition
from zicht.reading.tables import guard

COLUMNS = ("country", "indicator", "dimension", "category", "sex", "age", "year", "value", "below", "row", "source")


def as_csv(edition: OutsideEdition, cells: Iterable[Cell]) -> str:
    """Give the cells as comma separated values with column names, as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for cell in cells:
        values = asdict(cell) | {"source": f"UNODC {edition}"}
        writer.writerow({name: _harmless(value) for name, value in values.items()})
    return out.getvalue()


def as_json(edition: OutsideEdition, country: str, cells: Iterable[Cell]) -> str:
    """Give the cells with their source as one JSON object."""
    rows = [{name: value for name, value in asdict(cell).items() if name != "country"} for cell in cells]
    source = {
        "citation": edition.citation,
        "dated": edition.dated.isoformat() if edition.dated else None,
        "file_sha256": edition.file_hash,
        "rows_of_all_countries": edition.rows,
    }
    return json.dumps({"country": country, "source": source, "cells": rows}, ensure_ascii=False, indent=1)


def file_name(edition: OutsideEdition, country: str, ending: str) -> str:
    """Name a download so that it still says what it is among other downloads."""
    dated = f"-{edition.dated:%Y-%m-%d}" if edition.dated else ""
    return f"unodc-{edition.source_code.lower()}-{country}{dated}.{ending}"


def _harmless(value: object) -> object:
    return guard(value) if isinstance(value, str) else value
