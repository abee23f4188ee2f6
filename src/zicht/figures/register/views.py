"""The page of figures of the own register, and its downloads: for whoever may look behind the wall of statistics."""

from django.http import HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from zicht.figures.errors import NobodyRegistered, NoFigures
from zicht.figures.register import exports
from zicht.figures.register.beside import TABLES as BESIDE
from zicht.figures.register.beside import put_beside
from zicht.figures.register.counting import ALL_TABLES, TABLES
from zicht.figures.register.pages import level_choices, make_page, table_choices
from zicht.figures.register.releasing import find_level, find_table, release_year
from zicht.people.guard import StaffRequest, only

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@only("figures.see_register")
@require_safe
@gzip_page  # most of the page are drawings; Django hides the length of what it compresses (BREACH)
def show_register(request: StaffRequest) -> HttpResponse:
    """Show one table of a year at a release level."""
    asked = {name: request.GET.get(name, "") for name in ("year", "level", "table")}
    try:
        code = find_table(asked["table"] or TABLES[0])
        released = release_year(request.user, asked["year"], asked["level"], "seen")
    except NobodyRegistered as error:
        return render(request, "figures/register_empty.html", {"error": error})
    except NoFigures as error:
        return render(request, "figures/register_empty.html", {"error": error, "is_wrong": True}, status=404)
    page = {
        "figure": make_page(released.release, code),
        "release": released.release,
        "register": released.register,
        "beside": put_beside(request.user.org, released) if code in BESIDE else None,
        "is_internal": released.release.least <= 1,
        "years": released.years,
        "levels": level_choices(),
        "tables": table_choices(released.release),
    }
    return render(request, "figures/register.html", page)


@only("figures.see_register")
@require_safe
def download_register(request: StaffRequest, year: str, level: str, ending: str) -> HttpResponse:
    """Give all tables of a year at a release level, or one of them, as a file."""
    table = request.GET.get("table", "")
    try:
        chosen = [find_table(table)] if table else list(ALL_TABLES)
        release = release_year(request.user, year, find_level(level), "exported").release
    except NoFigures as error:
        return HttpResponseNotFound(str(error), content_type="text/plain; charset=utf-8")
    is_csv = ending == "csv"
    body = exports.as_csv(release, chosen) if is_csv else exports.as_json(request.user.org, release, chosen)
    name = exports.file_name(release, table, ending)
    return HttpResponse(
        body, content_type=KINDS[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
