"""Work out the group of a citizenship, which is what may be published of it."""

from collections.abc import Iterable

from zicht import words

REPORTING = "NLD"
# The other member states of the European Union since 1 February 2020: Treaty on European Union, art. 52.
EU = frozenset(
    {
        "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN", "IRL", "ITA",
        "LTU", "LUX", "LVA", "MLT", "POL", "PRT", "ROU", "SVK", "SVN", "SWE",
    }
)  # fmt: skip


def group_of(citizenship: Iterable[str]) -> str:
    """Give the group (list citizenship_group) of somebody's countries, by their codes of three letters.

    Several citizenships count as the nearest of them: the reporting country, then the European Union. Without a known
    country there is no group: empty.
    """
    countries = [code for code in citizenship if code in words.countries()]
    if REPORTING in countries:
        return "nl"
    if any(code in EU for code in countries):
        return "eu"
    return "non_eu" if countries else ""
