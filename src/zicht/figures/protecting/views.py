"""A page on which tables of any office are made fit to leave it; nothing of them is kept, here or in the log."""

import io
import zipfile
from pathlib import PurePath

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zicht.figures.protecting.forms import ProtectForm
from zicht.people.guard import StaffRequest, only
from zicht.stats.disclosure.errors import TooManyCells
from zicht.stats.disclosure.levels import parse_levels
from zicht.stats.disclosure.protect import SUPPRESS, Asked, Protected, protect_tables
from zicht.stats.disclosure.published import Wording, parse_published
from zicht.stats.disclosure.reckoned import MARK
from zicht.stats.errors import StatsError

SECONDS = 10.0  # that somebody waits for fewer hidden counts; what is found by then is safe
MOST_COUNTS = 1_000  # more take minutes, which is work for the command
PLAIN, OF_BEFORE = Wording(), Wording(is_release=True)


@only("figures.estimate")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def protect(request: StaffRequest) -> HttpResponse:
    """Ask for tables, and show them protected or give them as files."""
    form = ProtectForm(request.POST or None, request.FILES or None)
    found: Protected | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = _protect(form)
        except StatsError as refusal:
            form.add_error(None, _(refusal.sentence) % refusal.values)
    if found and "download" in request.POST:
        return _files(found)
    return render(request, "figures/protecting/protect.html", {"form": form, "result": _told(found) if found else None})


def _protect(form: ProtectForm) -> Protected:
    tables = [parse_published(content, name, PLAIN) for name, content in form.contents()]
    earlier = [parse_published(file.read(), str(file.name), OF_BEFORE) for file in form.cleaned_data["earlier"]]
    counts = sum(len(table.entries) for table in (*tables, *earlier))
    if counts > MOST_COUNTS:
        raise TooManyCells(found=counts, most=MOST_COUNTS)
    sensitive = tuple(name.strip() for name in form.cleaned_data["sensitive"].split(",") if name.strip())
    within = form.cleaned_data["within"]
    above = parse_levels(within.read(), str(within.name)) if within else None
    method, release = form.cleaned_data["method"], form.cleaned_data["release"]
    asked = Asked(method, release, secret=form.secret(), seconds=SECONDS, sensitive=sensitive)
    return protect_tables(tables, asked, earlier, above=above)


def _told(found: Protected) -> dict[str, object]:
    """Give what the page shows: each table with None for a hidden count, and what is to be said beside it."""
    return {
        "tables": [_rows(found, number) for number in range(len(found.tables))],
        "notes": [_(note.sentence) % note.values for note in found.notes],
        "hidden": found.hidden,
        "cells": found.cells,
        "is_hiding": found.asked.method == SUPPRESS,
    }


def _rows(found: Protected, number: int) -> dict[str, object]:
    table, counts = found.tables[number], found.counts[number]
    # Shares and such beside the counts are shown, hidden or reckoned anew as in the file.
    texts = {place: None if text == MARK else text for place, text in found.shown(number).items()}
    shown: dict[tuple[int, int], object] = {**texts, **counts}
    rows = [
        [(column == 0, (row, column) in shown, shown.get((row, column), value)) for column, value in enumerate(values)]
        for row, values in enumerate(table.rows)
        if row
    ]
    numbers = {column for _row, column in shown}
    header = [(column in numbers, name) for column, name in enumerate(table.rows[0])]
    return {"name": table.name, "header": header, "rows": rows}


def _files(found: Protected) -> HttpResponse:
    """Give one table as CSV, several in a ZIP archive under the names they came with."""
    release = found.asked.release
    names = [f"{PurePath(table.name).stem}.{release}.csv" for table in found.tables]
    if len(names) == 1:
        return _attached(found.csv(0).encode(), "text/csv; charset=utf-8", f"protected.{release}.csv")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate(names):
            archive.writestr(name if name not in names[:number] else f"{number + 1}-{name}", found.csv(number))
    return _attached(out.getvalue(), "application/zip", f"protected.{release}.zip")


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
