"""How often what occurs according to real publications; each margin names its source.

The made-up register mixes two streams. `registered` looks like the national registration (CoMensha, UNODC): mostly
adults, sexual and labour exploitation. `chat` looks like the visitors of a help chat (CKM): mostly minors, one form.
"""

from collections.abc import Mapping
from dataclasses import dataclass

REGISTERED, CHAT = "registered", "chat"


@dataclass(frozen=True, slots=True)
class Margin:
    """Counts or shares of the terms of a list, and who published them."""

    list_name: str
    counts: Mapping[str, float]
    source: str


UNODC = "UNODC, Global Report on Trafficking in Persons data, edition of 2025-04-14, Netherlands"
CKM = "CKM, yearly analysis of Chat met Fier, visitors in 2020"

# Newly registered possible victims by year.
YEARS: Mapping[int, int] = {2020: 1013, 2021: 791, 2022: 814, 2023: 868, 2024: 944}
YEARS_SOURCE = (
    "CoMensha: 2020 and 2021 volkskrant.nl 10-2022, 2022 dutchrapporteur.nl 18-10-2023, "
    "2023 and 2024 dutchrapporteur.nl 16-10-2025 (944, 76 more than the year before)"
)


# --- registered -------------------------------------------------------------------------------------------------
# "other" holds what UNODC publishes as other forms; for 2020 that is "<5", taken as 2.
FORMS: Mapping[int, Margin] = {
    2020: Margin("", {"sexual": 436, "labour": 449, "other": 2}, UNODC),
    2021: Margin("", {"sexual": 386, "labour": 326, "other": 61}, UNODC),
    2022: Margin("", {"sexual": 379, "labour": 348, "other": 87}, UNODC),
}
# By form, 2021 and 2022 together; a cell of "<5" is what is left of the total of its row, or 2 where that is "<5" too.
SEX_AND_AGE: Mapping[str, Margin] = {
    "sexual": Margin("", {"f minor": 47 + 42, "f adult": 272 + 263, "m minor": 3 + 1, "m adult": 20 + 43}, UNODC),
    "labour": Margin("", {"f minor": 2 + 2, "f adult": 105 + 118, "m minor": 2 + 2, "m adult": 190 + 212}, UNODC),
    "other": Margin("", {"f minor": 11 + 7, "f adult": 45 + 31, "m minor": 3 + 12, "m adult": 40 + 37}, UNODC),
}
CITIZENSHIP_LARGEST = Margin(
    "iso3166",
    {"POL": 190, "NGA": 185, "NLD": 155, "others": 1013 - 190 - 185 - 155},
    "CoMensha, Het beeld van 2020 (publicaties.comensha.nl)",
)
POLICE = Margin(
    "org_type",
    {"police": 490 + 310, "others": 1013 + 791 - 490 - 310},
    "volkskrant.nl 10-2022: reports by the national police in 2020 and 2021",
)
# Who else reports: persons on one list only, out of the published table of six lists.
OTHER_REPORTERS = Margin(
    "list_group",
    {"K": 1299, "I": 352, "R": 650, "O": 403, "Z": 632},
    "Dutch lists of possible victims 2010-2015 (nationaalrapporteur.nl 2017; R package SparseMSE)",
)


# --- chat -------------------------------------------------------------------------------------------------------
CHAT_AGE = Margin("age_class_3", {"le15": 0.20, "a16_17": 0.40, "ge18": 0.40}, CKM)
CHAT_PARENT = Margin("", {"parent": 1 / 7, "nobody": 6 / 7}, CKM)
# The source says "more than half" of those whose (step)parent is involved.
CHAT_PARENT_LONG = Margin("duration_band", {"d_gt2y": 0.55, "others": 0.45}, CKM)
CHAT_SOCIAL_MEDIA = Margin("recruitment_channel", {"social_media": 0.5, "others": 0.5}, CKM)
CHAT_IMAGES = Margin("means", {"threat_images": 0.25}, CKM)
# Under a week, and under a month, in 25 case files; where the exploiter is not family.
CHAT_GROOMING = Margin(
    "grooming_interval",
    {"g_same_day": 0.15, "g_days": 0.35, "g_weeks": 0.25, "g_months": 0.15, "g_longer": 0.10},
    "CKM in nrc.nl 02-03-2021: half within a week, three quarters within a month; the split inside each is assumed",
)


def persons_of(year: int) -> int:
    """Give how many were registered in a year; before and after the published years as in the nearest one (assumed)."""
    return YEARS[min(max(year, min(YEARS)), max(YEARS))]


def forms_of(year: int) -> Mapping[str, float]:
    """Give the forms of a year; before and after the published years as in the nearest one (assumed)."""
    return FORMS[min(max(year, min(FORMS)), max(FORMS))].counts
