"""Pages and downloads of this room. They are public: UNODC published what is on them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from zicht import words
from zicht.figures import exports, queries
from zicht.figures.breakdowns import make_breakdowns
from zicht.figures.errors import NoFigures, UnknownCountry
from zicht.figures.models import OutsideEdition
from zicht.figures.pages import make_figure
from zicht.people.code_fields import language

FIRST_SHOWN = "NLD"  # where nobody asked for a country


@login_not_required
@require_safe
@gzip_page  # nine tenths of the page are drawings; Django hides the length of what it compresses (BREACH)
def show_page(request: HttpRequest) -> HttpResponse:
    """Show the four figures of a country."""
    edition = queries.edition_in_use()
    sees_register = request.user.has_perm("figures.see_register") if request.user.is_authenticated else False
    if edition is None:
        return render(request, "figures/nothing.html", {"sees_register": sees_register})
    known = queries.countries_with_figures(edition)
    asked = request.GET.get("country") or (FIRST_SHOWN if FIRST_SHOWN in known else min(known, default=FIRST_SHOWN))
    context = {"edition": edition, "country": asked, "countries": _choices(known), "sees_register": sees_register}
    try:
        country = queries.find_country(asked, known)
    except UnknownCountry as error:
        return render(request, "figures/no_country.html", {**context, "error": error}, status=404)
    return render(request, "figures/page.html", {**context, **_figures(edition, country)})


@login_not_required
@require_safe
def download_csv(request: HttpRequest, country: str) -> HttpResponse:
    """Give every cell of a country as .csv."""
    return _download(country, "csv")


@login_not_required
@require_safe
def download_json(request: HttpRequest, country: str) -> HttpResponse:
    """Give every cell of a country as .json."""
    return _download(country, "json")


def _choices(known: set[str]) -> list[tuple[str, str]]:
    return [(code, name) for code, name in words.choices("iso3166", language()) if code in known]


def _figures(edition: OutsideEdition, country: str) -> dict[str, object]:
    name = words.countries()[country].label.in_language(language())
    breakdowns = make_breakdowns(queries.cells_for_figures(edition, country))
    figures = [make_figure(breakdown, name, language()) for breakdown in breakdowns]
    return {"country": country, "country_name": name, "years": breakdowns[0].years, "figures": figures}


def _download(asked: str, ending: str) -> HttpResponse:
    try:
        edition = queries.edition_or_refuse()
        country = queries.find_country(asked, queries.countries_in(edition))
    except NoFigures as error:
        return HttpResponseNotFound(str(error), content_type="text/plain; charset=utf-8")
    cells = queries.cells_of(edition, country)
    body = exports.as_csv(edition, cells) if ending == "csv" else exports.as_json(edition, country, cells)
    kind = {"csv": "text/csv; charset=utf-8", "json": "application/json"}[ending]
    name = exports.file_name(edition, country, ending)
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
