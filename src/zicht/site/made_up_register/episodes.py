"""Draw episodes of exploitation, and the coarse places they have."""

import datetime as dt
from uuid import UUID

from zicht import words
from zicht.site.made_up_register import assumed_episodes as assumed
from zicht.site.made_up_register import margins
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.kinds import AGE_AND_MEETING, CHAT_KINDS
from zicht.site.made_up_register.missing import ask, ask_many
from zicht.site.made_up_register.persons import Frame, Traits, Values

LONGEST = 2500  # days
INVESTIGATIVE = ("police", "border_police", "labour_insp")
NOT_APPLICABLE = "not_applicable"


def draw_episodes(chance: Chance, frame: Frame, case_id: UUID, traits: Traits, situation: UUID | None) -> list[Values]:
    """Draw what happened to somebody, once or more often; the first episode is the one shared with others."""
    episodes = [_episode(chance, frame, case_id, traits, situation)]
    while chance.happens(assumed.FURTHER_EPISODE):
        episodes.append(_episode(chance, frame, case_id, traits, None))
    return episodes


def _episode(chance: Chance, frame: Frame, case_id: UUID, traits: Traits, situation: UUID | None) -> Values:
    main = chance.pick(assumed.MAIN_FORMS[frame.kind].counts)
    main = "child_labour" if main == "labour" and traits.is_minor else main
    second = chance.pick({"": 1, **assumed.SECOND_FORM.get(main, {})})
    forms = [main, second] if second else [main]
    return {
        "exploitation_id": chance.key(),
        "person_id": traits.person_id,
        "case_id": case_id,
        "situation_id": situation,
        "forms": forms,
        "main_form": main,
        **_setting(chance, frame, traits, forms),
        **_control(chance, frame),
        **_meeting(chance, frame, traits),
        **_perpetrators(chance, frame),
        **_time(chance, frame),
        **_route(chance, frame, traits),
        **_law(chance, frame, traits),
    }


def _setting(chance: Chance, frame: Frame, traits: Traits, forms: list[str]) -> Values:
    stream = frame.stream
    settings = [NOT_APPLICABLE]
    if "sexual" in forms:
        own = assumed.SETTINGS["minor" if traits.is_minor else "adult"].counts
        settings = ask_many(chance, stream, "settings", chance.some(own))
    industry: str = NOT_APPLICABLE
    if set(forms) & {"labour", "child_labour"}:
        industry = ask(chance, stream, "settings", chance.pick(assumed.INDUSTRIES.counts))
    elif "domestic" in forms:
        industry = "T"
    crimes = [NOT_APPLICABLE]
    if "criminal" in forms:
        crimes = ask_many(chance, stream, "settings", chance.some(assumed.CRIMES.counts))
    return {"sex_settings": settings, "industry": industry, "crime_kinds": crimes}


def _control(chance: Chance, frame: Frame) -> Values:
    stream = frame.stream
    online = chance.some(assumed.EXPLOITED_ONLINE.counts) if chance.happens(0.4) else [NOT_APPLICABLE]
    return {
        "acts": ask_many(chance, stream, "acts", chance.some(assumed.ACTS.counts)),
        "means": ask_many(chance, stream, "means", chance.some(assumed.MEANS[frame.kind].counts)),
        "platform_kinds_exploit": ask_many(chance, stream, "platform_kinds", online),
    }


def _meeting(chance: Chance, frame: Frame, traits: Traits) -> Values:
    channel = ask(chance, frame.stream, "recruitment_channel", _channel(chance, frame.kind, traits))
    platforms = ["not_asked"]
    if channel in assumed.PLATFORMS:
        kinds = chance.some(assumed.PLATFORMS[channel].counts)
        platforms = ask_many(chance, frame.stream, "platform_kinds", kinds)
    elif words.vocabulary().lists["recruitment_channel"].codes.get(channel):
        platforms = [NOT_APPLICABLE]
    interval = "g_none" if frame.kind == "parent" else chance.pick(margins.CHAT_GROOMING.counts)
    return {
        "recruitment_channel": channel,
        "platform_kinds_recruit": platforms,
        "grooming_interval": ask(chance, frame.stream, "grooming_interval", interval),
    }


def _channel(chance: Chance, kind: str, traits: Traits) -> str:
    if kind != "nobody":
        return chance.pick(assumed.CHANNELS[kind].counts)
    met = chance.pick(AGE_AND_MEETING[traits.age_class])
    others = assumed.CHANNELS["minor" if traits.is_minor else "adult"].counts
    return met if met == "social_media" else chance.pick(others)


def _perpetrators(chance: Chance, frame: Frame) -> Values:
    stream = frame.stream
    relations = chance.some(assumed.RELATIONS[frame.kind].counts)
    if frame.kind == "parent" and not {"parent", "step_parent"} & set(relations):
        relations = ["parent", *relations]
    return {
        "relations": ask_many(chance, stream, "relations", relations),
        "perpetrator_count": ask(chance, stream, "perpetrator_count", chance.pick(assumed.PERPETRATORS)),
        "perpetrator_age_band": ask(
            chance, stream, "perpetrator_age_band", chance.pick(assumed.PERPETRATOR_AGE.counts)
        ),
    }


def _time(chance: Chance, frame: Frame) -> Values:
    group = frame.kind if frame.kind in CHAT_KINDS else "registered"
    duration = ask(chance, frame.stream, "duration_band", chance.pick(assumed.DURATIONS[group].counts))
    end = frame.opened_on - dt.timedelta(days=chance.between(0, 120))
    start = end - dt.timedelta(days=_days_of(chance, duration))
    is_going_on = frame.is_open and chance.happens(assumed.GOING_ON)
    is_known = chance.happens(0.7)
    return {
        "duration_band": duration,
        "start_month": f"{start:%Y-%m}" if is_known else "",
        "end_month": f"{end:%Y-%m}" if is_known and not is_going_on else "",
    }


def _days_of(chance: Chance, duration: str) -> int:
    bands = list(words.vocabulary().lists["duration_band"].codes.values())
    limits = {band.code: band.number("max_days") or LONGEST for band in bands}
    if duration not in limits:
        return chance.between(0, LONGEST)
    before = [limit for code, limit in limits.items() if limit < limits[duration]]
    return chance.between(max(before, default=0) + 1, limits[duration])


def _route(chance: Chance, frame: Frame, traits: Traits) -> Values:
    route = "domestic" if traits.country == "NLD" else "cross"
    return {
        "route_kind": ask(chance, frame.stream, "route_kind", route),
        "country_exploitation": "NLD" if chance.happens(0.95) else traits.country,
    }


def _law(chance: Chance, frame: Frame, traits: Traits) -> Values:
    if frame.reporter not in INVESTIGATIVE or not chance.happens(assumed.LAW_CODED):
        return {"offence_subs": ["not_asked"], "law_version": ""}
    return {"offence_subs": ["sub2" if traits.is_minor else "sub1", "sub6"], "law_version": assumed.LAW_VERSION}


# --- places -------------------------------------------------------------------------------------------------------
def draw_places(chance: Chance, episode: Values, traits: Traits) -> list[Values]:
    """Draw where something of an episode took place."""
    kinds = [kind for kind, share in assumed.PLACES.items() if chance.happens(share)]
    if traits.country == "NLD":
        kinds = [kind for kind in kinds if kind != "transit"]
    return [_place(chance, episode, kind, traits) for kind in kinds]


def _place(chance: Chance, episode: Values, kind: str, traits: Traits) -> Values:
    is_abroad = traits.country != "NLD" and (kind == "transit" or (kind == "recruitment" and chance.happens(0.7)))
    level, code = ("country", traits.country) if is_abroad else _place_here(chance)
    month = episode["start_month"] if kind in ("recruitment", "transit") else episode["end_month"]
    return {
        "place_event_id": chance.key(),
        "exploitation_id": episode["exploitation_id"],
        "event_kind": kind,
        "level": level,
        "place_code": code,
        "period": month,
    }


def _place_here(chance: Chance) -> tuple[str, str]:
    municipality = chance.one_of(list(words.municipalities().values()))
    level = chance.pick(assumed.LEVELS.counts)
    return level, municipality.code if level == "municipality" else municipality.province
