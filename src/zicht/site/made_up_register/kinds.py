"""Kinds of cases, how often each comes, and the tables of two traits in which the published margins hold.

A case is of one kind, since its persons share what happened. Published are shares of persons; cases of a kind with many
persons are therefore drawn less often.
"""

from collections.abc import Mapping

from zicht.site.made_up_register import assumed, margins
from zicht.site.made_up_register.fitting import Table, fit, shares

CHAT_KINDS = ("parent", "nobody")  # whether a (step)parent is among the alleged perpetrators
REGISTERED_KINDS = ("sexual", "labour", "other")  # form, as UNODC groups it

# Assumed: a parent is involved more often the younger somebody is, and minors meet on social media more often.
AGE_AND_PARENT: Table = fit(
    {
        "le15": {"parent": 2.2, "nobody": 1},
        "a16_17": {"parent": 1, "nobody": 1},
        "ge18": {"parent": 0.7, "nobody": 1},
    },
    margins.CHAT_AGE.counts,
    margins.CHAT_PARENT.counts,
)
# Of those whose parents are not involved: they alone can have met the exploiter on social media.
AGE_AND_MEETING: Table = fit(
    {
        "le15": {"social_media": 1.4, "others": 1},
        "a16_17": {"social_media": 1.6, "others": 1},
        "ge18": {"social_media": 0.8, "others": 1},
    },
    {age: line["nobody"] for age, line in AGE_AND_PARENT.items()},
    {
        "social_media": margins.CHAT_SOCIAL_MEDIA.counts["social_media"],
        "others": margins.CHAT_SOCIAL_MEDIA.counts["others"] - margins.CHAT_PARENT.counts["parent"],
    },
)


def pooled_forms(years: Mapping[int, float]) -> dict[str, float]:
    """Give the shares of the forms in all years together; `years` holds how many persons each year has."""
    whole = sum(years.values())
    by_year = [(count / whole, shares(margins.forms_of(year))) for year, count in years.items()]
    return {form: sum(part * forms[form] for part, forms in by_year) for form in REGISTERED_KINDS}


FORM_AND_CITIZENSHIP: Table = fit(
    {
        "sexual": {"POL": 0.3, "NGA": 2, "NLD": 2, "others": 1},
        "labour": {"POL": 3, "NGA": 0.8, "NLD": 0.2, "others": 1},
        "other": {"POL": 0.5, "NGA": 0.5, "NLD": 3, "others": 1},
    },
    pooled_forms(margins.YEARS),
    shares(margins.CITIZENSHIP_LARGEST.counts),
)


def stream_of(kind: str) -> str:
    """Give the stream a kind of case belongs to."""
    return margins.CHAT if kind in CHAT_KINDS else margins.REGISTERED


def persons_by_kind(year: int, chat_share: float) -> dict[str, float]:
    """Give the share of the persons of a year that is in cases of each kind."""
    registered = shares(margins.forms_of(year))
    return {
        **{kind: chat_share * margins.CHAT_PARENT.counts[kind] for kind in CHAT_KINDS},
        **{kind: (1 - chat_share) * registered[kind] for kind in REGISTERED_KINDS},
    }


def cases_by_kind(year: int, chat_share: float) -> dict[str, float]:
    """Give how often a case of each kind is opened in a year, up to one factor."""
    persons = persons_by_kind(year, chat_share)
    return {kind: share / _mean_size(kind) for kind, share in persons.items()}


def _mean_size(kind: str) -> float:
    return sum(size * share for size, share in shares_of_size(kind).items())


def shares_of_size(kind: str) -> dict[int, float]:
    """Give the share of the cases of a kind with each number of persons."""
    sizes = assumed.SIZES[kind]
    return {size: share / sum(sizes.values()) for size, share in sizes.items()}
