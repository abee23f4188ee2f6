"""Write the tables of a release as files that other programs read: one row a cell, with what is needed to cite it."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from zicht import words
from zicht.figures.came_in import RETURNED
from zicht.figures.extract import CONTACT, PERSON, stages_of
from zicht.figures.register.axes import Place
from zicht.figures.register.releases import Release, ShownBlock, ShownTable
from zicht.people.code_fields import language
from zicht.people.models import Organisation
from zicht.reading.tables import guard

# Named after the fields of the entity `figure`; a cell is its row and column.
COLUMNS = (
    "table_code",
    "year",
    "release_level",
    "rows",
    "row",
    "row_label",
    "cols",
    "col",
    "col_label",
    "unit",
    "value",
    "denominator",
    "share",
    "suppressed",
    "data_cutoff",
    "definition_version",
)

# What columns of contacts, and stages of persons, count where it is not what the rest of the table counts.
UNITS = {CONTACT: CONTACT, RETURNED: CONTACT}


def as_csv(release: Release, chosen: Iterable[str]) -> str:
    """Give the cells of the chosen tables as comma separated values with column names, as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for code in chosen:
        for row in _cells(release, release.tables[code]):
            writer.writerow({name: guard(value) if isinstance(value, str) else value for name, value in row.items()})
    return out.getvalue()


def as_json(organisation: Organisation, release: Release, chosen: Iterable[str]) -> str:
    """Give the chosen tables with their definitions as one JSON object."""
    told = {
        "organisation": str(organisation),
        "year": release.year,
        "release_level": release.level,
        "least_shown": release.least,
        "data_cutoff": release.cutoff.isoformat(),
        "definition_version": release.version,
        "rules": dict(words.vocabulary().table_rules),
        "tables": [_table(release, release.tables[code]) for code in chosen],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def file_name(release: Release, table: str, ending: str) -> str:
    """Name a download so that it still says what it is among other downloads."""
    which = table or "tables"
    return f"zicht-{which.lower()}-{release.year}-{release.level}-{release.cutoff:%Y-%m-%d}.{ending}"


def _table(release: Release, table: ShownTable) -> dict[str, object]:
    kept = ("rows", "row", "cols", "col", "unit", "value", "denominator", "share", "suppressed")
    return {
        "code": table.table.code,
        "label": table.table.label.in_language(language()),
        "unit": table.table.unit,
        "universe": table.table.universe,
        "total": table.total,
        "cells": [{name: row[name] for name in kept} for row in _cells(release, table)],
    }


def _unit(table: ShownTable, block: ShownBlock, col: Place) -> str:
    if block.rows.places[0].code in stages_of(PERSON):
        return PERSON
    return UNITS.get(col.code, table.table.unit)


def _cells(release: Release, table: ShownTable) -> Iterator[dict[str, object]]:
    for block in table.blocks:
        for row, line in zip(block.rows.places, block.cells, strict=True):
            for col, cell in zip(block.cols.places, line, strict=True):
                yield {
                    "table_code": table.table.code,
                    "year": release.year,
                    "release_level": release.level,
                    "rows": block.rows.name,
                    "row": row.code,
                    "row_label": row.label.in_language(language()),
                    "cols": block.cols.name,
                    "col": col.code,
                    "col_label": col.label.in_language(language()),
                    "unit": _unit(table, block, col),
                    "value": cell.value,
                    "denominator": cell.base,
                    "share": cell.share,
                    "suppressed": cell.value is None,
                    "data_cutoff": release.cutoff.isoformat(),
                    "definition_version": release.version,
                }
