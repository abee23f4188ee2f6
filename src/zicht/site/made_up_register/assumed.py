"""How often what occurs where no publication says it: all of this was assumed, so that the register looks plausible.

What is published stands in `margins.py`; where a published margin and an assumed one are about the same persons, the
assumed one is fitted to it (`kinds.py`).
"""

from collections.abc import Mapping

from zicht.site.made_up_register.margins import Margin

ASSUMED = "assumed"
CHAT_SHARE = 0.35  # of all persons
DUPLICATE_SHARE = 0.006  # of all persons: registered once before, without anybody noticing

Shares = Mapping[str, float]


def assumed(list_name: str, counts: Shares) -> Margin:
    """Give a margin that nobody published."""
    return Margin(list_name, counts, ASSUMED)


# --- who ----------------------------------------------------------------------------------------------------------
BANDS: Mapping[str, Margin] = {
    "minor": assumed("age_band", {"00_08": 0.03, "09_11": 0.03, "12_15": 0.3, "16_17": 0.58, "minor_nos": 0.06}),
    "adult": assumed(
        "age_band",
        {
            "18_20": 0.12,
            "21_23": 0.13,
            "24_26": 0.12,
            "27_29": 0.12,
            "30_38": 0.25,
            "39_47": 0.14,
            "48_up": 0.07,
            "adult_nos": 0.05,
        },
    ),
    "le15": assumed("age_band", {"00_08": 0.01, "09_11": 0.06, "12_15": 0.93}),
    "a16_17": assumed("age_band", {"16_17": 1}),
    "ge18": assumed("age_band", {"18_20": 0.55, "21_23": 0.25, "24_26": 0.1, "27_29": 0.05, "30_38": 0.05}),
}
CHAT_GENDER = assumed("gender", {"f": 0.92, "m": 0.05, "nb": 0.015, "tf": 0.01, "tm": 0.005})
TRANS = 0.01  # of whom UNODC counts as female or male
CHAT_CITIZENSHIP = assumed("iso3166", {"NLD": 0.86, "MAR": 0.03, "UKR": 0.03, "SYR": 0.03, "POL": 0.03, "TUR": 0.02})
# The split of those who are not Polish, Nigerian or Dutch.
CITIZENSHIP_OTHERS = assumed(
    "iso3166",
    {
        "BGR": 55,
        "ROU": 55,
        "HUN": 45,
        "UKR": 40,
        "UGA": 35,
        "VNM": 30,
        "CHN": 25,
        "SLE": 20,
        "GIN": 20,
        "MAR": 20,
        "SYR": 20,
        "PHL": 18,
        "TUR": 15,
        "BRA": 15,
        "ERI": 15,
        "GMB": 15,
        "IDN": 10,
        "ALB": 10,
        "IND": 10,
        "LVA": 10,
    },
)
IN_THE_EU = frozenset({"BGR", "HUN", "LVA", "POL", "ROU"})
STATELESS = 0.004
LANGUAGES: Mapping[str, str] = {
    "NLD": "nl",
    "POL": "pl",
    "NGA": "en",
    "BGR": "bg",
    "ROU": "ro",
    "HUN": "hu",
    "UKR": "uk",
    "UGA": "en",
    "VNM": "vi",
    "CHN": "zh",
    "SLE": "en",
    "GIN": "fr",
    "MAR": "ar",
    "SYR": "ar",
    "PHL": "fil",
    "TUR": "tr",
    "BRA": "pt",
    "ERI": "ti",
    "GMB": "en",
    "IDN": "id",
    "ALB": "sq",
    "IND": "hi",
    "LVA": "lv",
}
VULNERABILITIES: Mapping[str, Margin] = {
    "minor": assumed(
        "vulnerability",
        {
            "family_problems": 0.45,
            "youth_care": 0.35,
            "prior_abuse": 0.3,
            "no_school": 0.2,
            "runaway": 0.18,
            "mid": 0.15,
            "online_abuse": 0.2,
            "mental": 0.15,
            "displaced": 0.05,
        },
    ),
    "adult": assumed(
        "vulnerability",
        {
            "poverty": 0.4,
            "debt": 0.3,
            "language": 0.35,
            "irregular": 0.25,
            "mental": 0.2,
            "homeless": 0.15,
            "prior_abuse": 0.15,
            "lost_work": 0.1,
            "displaced": 0.12,
            "mid": 0.08,
            "addiction": 0.08,
        },
    ),
}
CHILDREN: Mapping[int, float] = {0: 0.55, 1: 0.2, 2: 0.15, 3: 0.07, 4: 0.03}


# --- cases --------------------------------------------------------------------------------------------------------
# How many persons are in a case, by its kind.
SIZES: Mapping[str, Mapping[int, float]] = {
    "parent": {1: 0.8, 2: 0.15, 3: 0.05},
    "nobody": {1: 0.97, 2: 0.03},
    "sexual": {1: 0.86, 2: 0.09, 3: 0.03, 4: 0.02},
    "labour": {1: 0.6, 2: 0.12, 3: 0.1, 4: 0.06, 5: 0.05, 6: 0.04, 7: 0.03},
    "other": {1: 0.85, 2: 0.1, 3: 0.05},
}
STATUS: Mapping[str, Margin] = {
    "chat": assumed("victim_status", {"possible": 0.95, "not_victim": 0.03, "identified": 0.02}),
    "registered": assumed("victim_status", {"possible": 0.72, "identified": 0.24, "not_victim": 0.04}),
}
STATUS_BY: Mapping[str, Margin] = {
    "possible": assumed("decision_body", {"ngo": 0.6, "police": 0.25, "self": 0.15}),
    "identified": assumed("decision_body", {"police": 0.6, "gov": 0.2, "court": 0.2}),
    "not_victim": assumed("decision_body", {"ngo": 0.7, "police": 0.3}),
}
CLOSED: Mapping[int, float] = {0: 0.0, 1: 0.7}  # of the cases of this year and the year before; of older ones:
CLOSED_LONG_AGO = 0.97
FOLLOW_UP = 0.25  # of the open cases
CLOSING = assumed(
    "closure_reason",
    {"goals_met": 0.42, "transferred": 0.22, "lost": 0.15, "help_declined": 0.13, "moved": 0.07, "died": 0.01},
)
REFERRED_ON = 0.3  # of the closed cases; closed_referred
INCOMING = assumed(
    "referral_reason", {"more_services": 0.45, "shelter": 0.2, "safety": 0.2, "registration": 0.1, "move": 0.05}
)
PROCEDURES = assumed(
    "procedure",
    {"intake_talk": 0.4, "complaint": 0.25, "reflection": 0.25, "b8_permit": 0.12, "compensation": 0.08},
)
NO_PROCEDURE = 0.45
# After care bodies read the privacy law as "only with consent" (list legal_basis), about 150 of 550 were left a year.
CARE_REGISTERS = Margin("", {"yes": 150, "no": 550 - 150}, "ajnjeugdartsen.nl: reports by non-investigative bodies")
CARE_BASIS = assumed("legal_basis", {"a6_consent": 0.7, "a6_public": 0.15, "a6_legit": 0.15})
TEAM = 0.2  # of the cases: somebody beside the owner reads the texts
NOTED = 0.4  # of the cases hold a note


# --- consent and assessment ---------------------------------------------------------------------------------------
CONSENTS: Mapping[str, tuple[float, Margin]] = {  # purpose -> share that was asked, and what was answered
    purpose: (asked, assumed("consent_answer", answers))
    for purpose, asked, answers in (
        ("care", 0.9, {"yes": 0.93, "no": 0.03, "not_able": 0.03, "withdrawn": 0.01}),
        ("registry_pseudo", 0.5, {"yes": 0.7, "no": 0.26, "withdrawn": 0.04}),
        ("statistics", 0.4, {"yes": 0.8, "no": 0.2}),
        ("referral", 0.25, {"yes": 0.85, "no": 0.15}),
        ("police", 0.2, {"yes": 0.4, "no": 0.6}),
    )
}
GIVERS = assumed("consent_giver", {"parent": 0.65, "guardian": 0.35})  # where a child cannot decide alone
ASSESSED = 0.55
