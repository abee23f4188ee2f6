"""Set the report on paper: a PDF with tags, in which plots are drawn from the numbers and say in words what they show.

Typst sets it. What is written comes to its template as data and never as markup.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils.translation import gettext as _

from zicht.figures.yearly.texts import Chapter, FigureText, ReportText

TEMPLATE = Path(__file__).parent / "data" / "report.typ"
MOST_COLUMNS = 6  # beside the labels of the rows; wider tables go on below
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tags, a title, a language, and words for every picture


def as_pdf(report: ReportText) -> bytes:
    """Give the report as a PDF."""
    told = _told(report)
    source = json.dumps(told, ensure_ascii=False)
    inputs = {"paper": source}
    content: bytes = typst.compile(TEMPLATE, root=TEMPLATE.parent, sys_inputs=inputs, pdf_standards=STANDARD)
    return content


def _told(report: ReportText) -> dict[str, Any]:
    bare = replace(report, chapters=tuple(_without_drawings(chapter) for chapter in report.chapters))
    told = asdict(bare)
    for chapter in told["chapters"]:
        for figure in chapter["figures"]:
            figure["tables"] = [part for table in figure["tables"] for part in _split(table)]
    return told | {"words": _words()}


def _without_drawings(chapter: Chapter) -> Chapter:
    return replace(chapter, figures=tuple(_bare(figure) for figure in chapter.figures))


def _bare(figure: FigureText) -> FigureText:
    plots = tuple(replace(plot, drawn=None) for plot in figure.plots)
    return replace(figure, plots=plots, trend=replace(figure.trend, drawn=()) if figure.trend else None)


def _split(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Cut a table that is too wide for a page into several, each with the labels of its rows; the share comes last."""
    shares = [row["share"] for row in table["rows"]]
    columns = [*table["columns"], *([_("Share of known")] if any(shares) else [])]
    rows = [
        (row["heading"], [*row["cells"], *([row["share"]] if any(shares) else [])], row["is_apart"])
        for row in table["rows"]
    ]
    starts = range(0, len(columns), MOST_COLUMNS)
    return [
        {
            "heading": table["heading"],
            "corner": table["row_heading"],
            "columns": columns[start : start + MOST_COLUMNS],
            "rows": [
                {"heading": heading, "cells": cells[start : start + MOST_COLUMNS], "is_apart": is_apart}
                for heading, cells, is_apart in rows
            ],
        }
        for start in starts
    ]


def _words() -> dict[str, Any]:
    return {
        "short": _("In short"),
        "contents": _("Contents"),
        "counted": _("Counted:"),
        "bars": _("Bars from zero. Hatched: not known. •: hidden."),
        "years": _("Over the years"),
        "break": _("the series breaks here"),
        "read": _("How to read this"),
        "commitments": _("Commitments and policy questions"),
        "due": _("to be met by"),
        "state": _("State:"),
        "source": _("Source:"),
        "figures": _("Figures:"),
        "hidden": _("What was hidden, and why"),
        "hidden_columns": [_("Table"), _("Numbers"), _("Hidden")],
        "left_out": _("Tables that are not in this report"),
        "method": _("How it was counted"),
        "breaks": _("Breaks in series"),
        "terms": _("Terms"),
        "cite": _("How to cite"),
        "tables": _("All tables"),
        "version": _("Version"),
        "as_of": _("Data as of"),
        "page": _("Page"),
        "data": _("The numbers of every table are in the data files beside this report."),
    }
