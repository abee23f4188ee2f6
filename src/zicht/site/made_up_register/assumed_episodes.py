"""What was assumed about episodes: what was done, how, by whom, for how long and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from zicht.site.made_up_register.assumed import Shares, assumed
from zicht.site.made_up_register.margins import CHAT_IMAGES, CHAT_PARENT_LONG, Margin

FURTHER_EPISODE = 0.1  # of the persons; a third one as rarely again
GOING_ON = 0.15  # of the episodes of a case that is not closed
SHARED_SITUATION = 0.8  # of the cases with several persons

MAIN_FORMS: Mapping[str, Margin] = {
    "parent": assumed("form", {"sexual": 0.9, "criminal": 0.07, "domestic": 0.03}),
    "nobody": assumed("form", {"sexual": 0.95, "criminal": 0.05}),
    "sexual": assumed("form", {"sexual": 1}),
    "labour": assumed("form", {"labour": 0.9, "domestic": 0.1}),
    "other": assumed("form", {"criminal": 0.72, "other": 0.11, "marriage": 0.08, "begging": 0.08, "organ": 0.01}),
}
SECOND_FORM: Mapping[str, Shares] = {"sexual": {"criminal": 0.05, "domestic": 0.02}, "criminal": {"sexual": 0.05}}
ACTS = assumed(
    "act", {"recruit": 0.75, "control": 0.4, "harbour": 0.35, "transport": 0.3, "receive": 0.15, "transfer": 0.1}
)
_IMAGES = CHAT_IMAGES.counts["threat_images"]
MEANS: Mapping[str, Margin] = {
    "parent": assumed(
        "means",
        {"authority": 0.8, "psychological": 0.5, "violence": 0.4, "isolation": 0.2, "threat_images": _IMAGES},
    ),
    "nobody": assumed(
        "means",
        {
            "psychological": 0.5,
            "deception": 0.35,
            "violence": 0.3,
            "threat_harm": 0.3,
            "threat_images": _IMAGES,
            "threat_shame": 0.25,
            "sexual_violence": 0.2,
            "takes_earnings": 0.2,
            "substances": 0.15,
        },
    ),
    "sexual": assumed(
        "means",
        {
            "deception": 0.45,
            "psychological": 0.4,
            "vulnerability": 0.4,
            "violence": 0.35,
            "threat_harm": 0.35,
            "takes_earnings": 0.35,
            "debt": 0.25,
            "confinement": 0.15,
            "threat_family": 0.15,
            "documents": 0.12,
            "threat_images": 0.12,
            "belief": 0.08,
        },
    ),
    "labour": assumed(
        "means",
        {
            "deception": 0.6,
            "hours": 0.55,
            "vulnerability": 0.45,
            "takes_earnings": 0.35,
            "authority": 0.35,
            "debt": 0.3,
            "documents": 0.3,
            "fraud": 0.2,
            "no_money": 0.2,
            "necessities": 0.2,
            "threat_law": 0.2,
        },
    ),
    "other": assumed(
        "means", {"threat_harm": 0.5, "violence": 0.35, "debt": 0.3, "psychological": 0.3, "deception": 0.3}
    ),
}
RELATIONS: Mapping[str, Margin] = {
    "parent": assumed("relation", {"parent": 0.65, "step_parent": 0.4, "other_family": 0.1}),
    "nobody": assumed(
        "relation",
        {"partner": 0.35, "online_only": 0.3, "friend": 0.15, "acquaintance": 0.15, "peer": 0.12, "stranger": 0.1},
    ),
    "sexual": assumed(
        "relation",
        {"partner": 0.3, "recruiter": 0.25, "acquaintance": 0.2, "friend": 0.1, "stranger": 0.1, "parent": 0.03},
    ),
    "labour": assumed("relation", {"employer": 0.7, "recruiter": 0.4, "landlord": 0.25, "acquaintance": 0.1}),
    "other": assumed(
        "relation", {"acquaintance": 0.3, "peer": 0.25, "friend": 0.25, "stranger": 0.15, "other_family": 0.1}
    ),
}
# How they met; in the chat those who did not meet on social media. Minors meet online more often than adults.
CHANNELS: Mapping[str, Margin] = {
    "parent": assumed("recruitment_channel", {"at_home": 0.9, "family": 0.1}),
    "minor": assumed(
        "recruitment_channel",
        {"messaging": 0.3, "gaming": 0.12, "friends": 0.25, "school": 0.13, "street": 0.1, "institution": 0.1},
    ),
    "adult": assumed(
        "recruitment_channel",
        {"dating": 0.25, "messaging": 0.15, "friends": 0.35, "street": 0.12, "business": 0.08, "online_ad": 0.05},
    ),
    "sexual": assumed(
        "recruitment_channel",
        {"friends": 0.25, "social_media": 0.2, "smuggler": 0.15, "family": 0.1, "dating": 0.1, "online_ad": 0.2},
    ),
    "labour": assumed(
        "recruitment_channel",
        {"agency": 0.3, "friends": 0.25, "online_ad": 0.2, "family": 0.1, "work": 0.1, "social_media": 0.05},
    ),
    "other": assumed("recruitment_channel", {"friends": 0.35, "social_media": 0.25, "street": 0.25, "school": 0.15}),
}
PLATFORMS: Mapping[str, Margin] = {
    "social_media": assumed("platform_kind", {"photo_app": 0.7, "social": 0.4, "messenger": 0.2}),
    "messaging": assumed("platform_kind", {"messenger": 0.8, "photo_app": 0.4}),
    "dating": assumed("platform_kind", {"dating": 0.95}),
    "gaming": assumed("platform_kind", {"game": 0.95, "messenger": 0.3}),
    "online_ad": assumed("platform_kind", {"jobs": 0.7, "ads": 0.3}),
}
EXPLOITED_ONLINE = assumed("platform_kind", {"ads": 0.5, "payment": 0.25, "live": 0.15, "photo_app": 0.2})
SETTINGS: Mapping[str, Margin] = {
    "minor": assumed("sex_setting", {"hotel": 0.4, "home": 0.25, "images": 0.35, "webcam": 0.2, "street": 0.12}),
    "adult": assumed(
        "sex_setting", {"home": 0.35, "hotel": 0.35, "escort": 0.25, "licensed": 0.15, "massage": 0.08, "webcam": 0.1}
    ),
}
INDUSTRIES = assumed("industry", {"A": 0.25, "N": 0.22, "I": 0.2, "F": 0.13, "C": 0.1, "G": 0.06, "H": 0.04})
CRIMES = assumed(
    "crime_kind", {"drugs": 0.4, "money_mule": 0.25, "theft": 0.25, "fraud": 0.12, "violence": 0.1, "burglary": 0.08}
)
PERPETRATORS: Shares = {"1": 0.5, "2_5": 0.42, "6_up": 0.08}
PERPETRATOR_AGE = assumed(
    "age_band", {"16_17": 0.08, "18_20": 0.2, "21_23": 0.22, "24_26": 0.15, "30_38": 0.2, "39_47": 0.1, "48_up": 0.05}
)
_LONG = CHAT_PARENT_LONG.counts
_REST = {"d_lt1w": 0.02, "d_1w_1m": 0.05, "d_1_3m": 0.1, "d_3_6m": 0.18, "d_6_12m": 0.25, "d_1_2y": 0.4}
DURATIONS: Mapping[str, Margin] = {
    # Published for those over two years; what is shorter is assumed.
    "parent": assumed(
        "duration_band",
        {"d_gt2y": _LONG["d_gt2y"], **{band: share * _LONG["others"] for band, share in _REST.items()}},
    ),
    "nobody": assumed(
        "duration_band",
        {
            "d_lt1w": 0.1,
            "d_1w_1m": 0.18,
            "d_1_3m": 0.25,
            "d_3_6m": 0.19,
            "d_6_12m": 0.15,
            "d_1_2y": 0.08,
            "d_gt2y": 0.05,
        },
    ),
    "registered": assumed(
        "duration_band",
        {
            "d_lt1w": 0.04,
            "d_1w_1m": 0.1,
            "d_1_3m": 0.2,
            "d_3_6m": 0.22,
            "d_6_12m": 0.2,
            "d_1_2y": 0.14,
            "d_gt2y": 0.1,
        },
    ),
}
LAW_VERSION = "art. 273f Sr, before bill 36547"
LAW_CODED = 0.25
PLACES: Mapping[str, float] = {"recruitment": 0.4, "transit": 0.08, "exploitation": 0.85, "escape": 0.12}
LEVELS = assumed("place_level", {"municipality": 0.5, "province": 0.5})


# --- what is missing ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Missing:
    """Shares of a field without an answer: not asked, asked and not known, not told."""

    not_asked: float
    unknown: float
    declined: float


CHAT_MISSING: Mapping[str, Missing] = {
    # In a chat much is not asked, and the visitor chooses what to tell.
    "age_band": Missing(0.06, 0.0, 0.05),
    "age_start_band": Missing(0.35, 0.05, 0.05),
    "gender": Missing(0.05, 0.0, 0.02),
    "citizenship": Missing(0.5, 0.03, 0.05),
    "language": Missing(0.3, 0.0, 0.0),
    "vulnerabilities": Missing(0.3, 0.08, 0.07),
    "acts": Missing(0.25, 0.1, 0.05),
    "means": Missing(0.08, 0.04, 0.06),
    "relations": Missing(0.05, 0.04, 0.1),
    "recruitment_channel": Missing(0.12, 0.06, 0.08),
    "platform_kinds": Missing(0.3, 0.1, 0.05),
    "settings": Missing(0.2, 0.05, 0.1),
    "perpetrator_count": Missing(0.3, 0.1, 0.05),
    "perpetrator_age_band": Missing(0.4, 0.2, 0.05),
    "duration_band": Missing(0.12, 0.08, 0.05),
    "grooming_interval": Missing(0.25, 0.1, 0.05),
    "route_kind": Missing(0.3, 0.05, 0.0),
}
REGISTERED_MISSING: Mapping[str, Missing] = {
    # Who reports fills in a form; what it does not ask is often not known.
    "age_band": Missing(0.01, 0.03, 0.0),
    "age_start_band": Missing(0.3, 0.2, 0.01),
    "gender": Missing(0.0, 0.01, 0.0),
    "citizenship": Missing(0.01, 0.04, 0.0),
    "language": Missing(0.15, 0.05, 0.0),
    "vulnerabilities": Missing(0.2, 0.2, 0.02),
    "acts": Missing(0.05, 0.1, 0.0),
    "means": Missing(0.08, 0.12, 0.03),
    "relations": Missing(0.1, 0.15, 0.03),
    "recruitment_channel": Missing(0.15, 0.22, 0.03),
    "platform_kinds": Missing(0.3, 0.25, 0.0),
    "settings": Missing(0.1, 0.1, 0.03),
    "perpetrator_count": Missing(0.1, 0.2, 0.0),
    "perpetrator_age_band": Missing(0.25, 0.35, 0.0),
    "duration_band": Missing(0.1, 0.2, 0.02),
    "grooming_interval": Missing(0.4, 0.25, 0.02),
    "route_kind": Missing(0.02, 0.06, 0.0),
}
