"""The only place of this room that reads the database for others."""

import difflib

from django.db.models import QuerySet

from zicht import words
from zicht.figures.breakdowns import WHOLE, Amounts, add_parts
from zicht.figures.cells import BY_FORM, CELL_FIELDS, TOTAL, Cell, indicators
from zicht.figures.errors import NoCountryGiven, NothingImported, UnknownCountry, UnknownIndicator, quote
from zicht.figures.glotip import SOURCE_CODE
from zicht.figures.models import OutsideCell, OutsideEdition
from zicht.people.code_fields import language

VICTIMS = "victims_detected"
MOST_NEAR = 4  # countries that are offered when one is not found


def edition_in_use() -> OutsideEdition | None:
    """Give the edition that was read last, whose cells are shown; None when nothing was imported."""
    return OutsideEdition.objects.filter(source_code=SOURCE_CODE).order_by("-imported_at").first()


def edition_or_refuse() -> OutsideEdition:
    """Give the edition in use; raises NothingImported."""
    edition = edition_in_use()
    if edition is None:
        raise NothingImported
    return edition


def countries_in(edition: OutsideEdition) -> set[str]:
    """Give the codes of the countries of which an edition has anything."""
    return set(OutsideCell.objects.filter(edition=edition).values_list("country", flat=True).distinct())


def countries_with_figures(edition: OutsideEdition, indicator: str = VICTIMS) -> set[str]:
    """Give the countries with something to show: of thirteen UNODC only knows citizenships or places of return."""
    cells = OutsideCell.objects.filter(edition=edition, indicator=indicator, dimension__in=(TOTAL, BY_FORM))
    return set(cells.values_list("country", flat=True).distinct())


def find_country(asked: str, known: set[str]) -> str:
    """Give the code of one of the known countries, asked for in any case; raises UnknownCountry with near ones."""
    if not asked.strip():
        raise NoCountryGiven(near="")
    if asked.upper() in known:
        return asked.upper()
    raise UnknownCountry(country=quote(asked), near=", ".join(near_countries(asked, known)))


def near_countries(asked: str, known: set[str]) -> list[str]:
    """Give known countries, such as "NLD (Netherlands)", whose code or name looks like what was asked."""
    names: dict[str, str] = {}
    for code in sorted(known):
        country = words.countries()[code]
        names |= dict.fromkeys([code, country.alpha_2, country.label.en.upper(), country.label.nl.upper()], code)
    close = difflib.get_close_matches(asked.upper()[:100], names, MOST_NEAR, cutoff=0.6)
    codes = dict.fromkeys(names[name] for name in close)
    return [f"{code} ({words.countries()[code].label.in_language(language())})" for code in codes]


def cells_of(edition: OutsideEdition, country: str) -> list[Cell]:
    """Give every cell of a country, in the order of the file."""
    return _cells(OutsideCell.objects.filter(edition=edition, country=country))


def cells_for_figures(edition: OutsideEdition, country: str) -> list[Cell]:
    """Give the cells that the four figures of a country are made of: no citizenship, no place of return."""
    cells = OutsideCell.objects.filter(edition=edition, country=country, indicator=VICTIMS)
    return _cells(cells.filter(dimension__in=(TOTAL, BY_FORM)))


def refuse_unknown_indicator(indicator: str) -> None:
    """Raise UnknownIndicator for anything but a code of the list outside_indicator that UNODC's file can have."""
    known = list(indicators().values())
    if indicator not in known:
        raise UnknownIndicator(indicator=quote(indicator), known=", ".join(known))


def totals(edition: OutsideEdition, country: str, indicator: str) -> Amounts:
    """Give the total of a country by year, for any of the things UNODC counts."""
    cells = OutsideCell.objects.filter(edition=edition, country=country, indicator=indicator, dimension=TOTAL)
    return add_parts(_cells(cells)).get(WHOLE, {})


def _cells(cells: QuerySet[OutsideCell]) -> list[Cell]:
    return [Cell(*values) for values in cells.order_by("row").values_list(*CELL_FIELDS)]
