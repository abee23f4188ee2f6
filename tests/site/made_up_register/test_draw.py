"""The made-up register has the margins it states, the same ones on every machine, and holds nobody."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from math import sqrt

import pytest

from zicht import words
from zicht.cases import rules
from zicht.site.made_up_register import assumed, assumed_episodes, desks, margins, texts
from zicht.site.made_up_register.draw import DrawnCase, draw, persons_by_year
from zicht.site.made_up_register.kinds import CHAT_KINDS, pooled_forms
from zicht.site.made_up_register.persons import Values
from zicht.words.checks.labels import BANNED

TODAY = dt.date(2026, 3, 2)
PERSONS = 6_000
ERRORS = 4  # standard errors: one in 16,000 margins lies further off by chance
DESIGN = 2.5  # persons of one case have much in common, which makes a sample worth less (Kish 1965, design effect)
Told = Iterable[str]


@lru_cache(maxsize=1)
def drawn() -> tuple[DrawnCase, ...]:
    return tuple(draw("tests", PERSONS, TODAY, desks.HELP))


def fingerprint(seed: str, persons: int = 150) -> str:
    register = [
        [item.case, item.persons, item.episodes, item.places, item.consents, item.assessments]
        for item in draw(seed, persons, TODAY, desks.HELP)
    ]
    return hashlib.sha256(json.dumps(register, default=str, sort_keys=True).encode()).hexdigest()


def every_record() -> Iterable[tuple[str, Values]]:
    for item in drawn():
        yield "case", item.case
        for entity, records in (
            ("person", item.persons),
            ("exploitation", item.episodes),
            ("place_event", item.places),
            ("consent", item.consents),
            ("assessment", item.assessments),
        ):
            for record in records:
                yield entity, record


# --- chance -------------------------------------------------------------------------------------------------------
def test_the_same_seed_gives_the_same_register_and_another_seed_another() -> None:
    assert fingerprint("one") == fingerprint("one") != fingerprint("another")


def test_the_register_does_not_depend_on_the_process_that_draws_it() -> None:
    program = f"from {__name__} import fingerprint; print(fingerprint('one'))"
    for hash_seed in ("1", "2"):
        surroundings = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": ".", "TZ": "Asia/Seoul", "LC_ALL": "C"}
        done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True)
        assert done.stdout.strip() == fingerprint("one"), done.stderr


def test_two_organisations_share_no_record() -> None:
    keys = [{item.case["case_id"] for item in draw("one", 20, TODAY, desk)} for desk in (desks.HELP, desks.POLICE)]
    assert keys[0].isdisjoint(keys[1])


# --- records ------------------------------------------------------------------------------------------------------
def test_every_record_is_what_the_words_and_the_rules_allow() -> None:
    for entity, record in every_record():
        assert words.check_record(entity, record) == {}, entity
        assert rules.broken_constraints(entity, record, TODAY) == {}, entity


def test_there_is_no_free_text_but_what_says_that_it_is_made_up() -> None:
    free = {"comments", "why_able", "reason", "dimension_results"}
    codes = {"place_code", "wording_version", "law_version"}
    for entity, record in every_record():
        fields = words.vocabulary().entities[entity].fields
        told = {name for name in record if name in fields and fields[name].type == "text"}
        assert told <= free | codes
        assert {str(record[name]) for name in told & free} <= texts.EVERY | {""}
    assert all(text.startswith("Verzonnen") and not BANNED.search(text) for text in texts.EVERY)


def test_nobody_stands_in_two_places_at_once() -> None:
    keys = [str(record[f"{entity}_id"]) for entity, record in every_record()]
    assert len(keys) == len(set(keys))


def test_every_person_is_in_a_case_and_every_episode_has_its_person() -> None:
    for item in drawn():
        keys = [person["person_id"] for person in item.persons]
        assert item.case["persons"] == keys
        assert {episode["person_id"] for episode in item.episodes} == set(keys)


def test_no_parent_or_guardian_answers_where_a_parent_is_suspected() -> None:
    for item in drawn():
        suspected = {episode["person_id"] for episode in item.episodes if rules.parent_perpetrator(episode)}
        answered = {answer["person_id"] for answer in item.consents if answer["given_by"] != "self"}
        assert suspected.isdisjoint(answered)


def test_cases_of_this_year_are_open_and_old_ones_are_mostly_closed() -> None:
    states = {year: [is_open(item) for item in drawn() if opened(item) == year] for year in (2020, 2025, 2026)}
    assert all(states[2026])
    assert 0.2 < sum(states[2025]) / len(states[2025]) < 0.5
    assert sum(states[2020]) / len(states[2020]) < 0.06


def is_open(item: DrawnCase) -> bool:
    return rules.is_open(str(item.case["state"]))


def opened(item: DrawnCase) -> int:
    return dt.date.fromisoformat(str(item.case["opened_on"])).year


def test_some_persons_were_registered_once_before_and_look_alike() -> None:
    keys: dict[str, list[Values]] = {}
    for person in chain.from_iterable(item.persons for item in drawn()):
        if person["match_key"]:
            keys.setdefault(str(person["match_key"]), []).append(person)
    twice = [some for some in keys.values() if len(some) > 1]
    assert len(twice) >= 3
    assert all(one["citizenship"] == other["citizenship"] for one, other, *_ in twice)


def test_siblings_share_a_household_and_a_case() -> None:
    households = [{person["household_key"] for person in item.persons} for item in drawn() if len(item.persons) > 1]
    assert any(None not in keys and len(keys) == 1 for keys in households)
    alone = [item.persons[0]["household_key"] for item in drawn() if len(item.persons) == 1]
    assert set(alone) == {None}


def test_not_asked_not_known_and_not_told_all_occur() -> None:
    for name in ("age_band", "citizenship_group", "vulnerabilities"):
        told = [person[name] for item in drawn() for person in item.persons]
        flat = {str(value) for values in told for value in (values if isinstance(values, list) else [values])}
        assert {"not_asked", "unknown", "declined"} <= flat, name


# --- margins ------------------------------------------------------------------------------------------------------
def persons_of(kinds: Iterable[str]) -> list[Values]:
    return [person for item in drawn() if item.kind in kinds for person in item.persons]


def first_episodes(kinds: Iterable[str]) -> list[Values]:
    found: dict[object, Values] = {}
    for item in drawn():
        for episode in item.episodes if item.kind in kinds else ():
            found.setdefault(episode["person_id"], episode)
    return list(found.values())


def one_of(records: Iterable[Values], name: str) -> list[str]:
    return [str(record[name]) for record in records if rules.terms(record[name])]


def age_classes(kinds: Iterable[str]) -> list[str]:
    return [age for person in persons_of(kinds) if (age := rules.age_class_3(person))]


def parents() -> list[str]:
    known = [rules.parent_perpetrator(episode) for episode in first_episodes(CHAT_KINDS)]
    return ["parent" if involved else "nobody" for involved in known if involved is not None]


def long_where_parents() -> list[str]:
    episodes = [item for item in first_episodes(CHAT_KINDS) if rules.parent_perpetrator(item)]
    return ["d_gt2y" if term == "d_gt2y" else "others" for term in one_of(episodes, "duration_band")]


def social_media() -> list[str]:
    met = one_of(first_episodes(CHAT_KINDS), "recruitment_channel")
    return [term if term == "social_media" else "others" for term in met]


def images() -> list[str]:
    known = [rules.image_threat(episode) for episode in first_episodes(CHAT_KINDS)]
    return ["threat_images" if threat else "others" for threat in known if threat is not None]


def grooming() -> list[str]:
    return [term for term in one_of(first_episodes(("nobody",)), "grooming_interval") if term != "g_none"]


def kinds_of(year: int) -> list[str]:
    return [item.kind for item in drawn() if opened(item) == year and item.kind not in CHAT_KINDS for _ in item.persons]


def sex_and_age(kind: str) -> list[str]:
    sexes = {"f": "f", "tf": "f", "m": "m", "tm": "m"}
    known = [(sexes.get(str(person["gender"])), rules.is_minor(person)) for person in persons_of((kind,))]
    return [f"{sex} {'minor' if minor else 'adult'}" for sex, minor in known if sex and minor is not None]


def citizenships() -> list[str]:
    found = [rules.terms(person["citizenship"]) for person in persons_of(("sexual", "labour", "other"))]
    largest = margins.CITIZENSHIP_LARGEST.counts
    return [terms[0] if terms[0] in largest else "others" for terms in found if terms]


def reporters() -> list[str]:
    found = [str(item.case["incoming_from"]) for item in drawn() if item.kind not in CHAT_KINDS]
    return [org if org == "police" else "others" for org in found]


def registrations_by_care() -> list[str]:
    care = ("care_coord", "shelter", "youth_care", "chat_service")
    told = [item.case["registered_national"] for item in drawn() if item.case["incoming_from"] in care]
    return ["yes" if value else "no" for value in told if value is not None]


MARGINS: dict[str, tuple[Callable[[], Told], dict[str, float]]] = {
    "age in the chat": (lambda: age_classes(CHAT_KINDS), dict(margins.CHAT_AGE.counts)),
    "parents in the chat": (parents, dict(margins.CHAT_PARENT.counts)),
    "long where parents are involved": (long_where_parents, dict(margins.CHAT_PARENT_LONG.counts)),
    "met on social media": (social_media, dict(margins.CHAT_SOCIAL_MEDIA.counts)),
    "threat with images": (images, {"threat_images": 0.25, "others": 0.75}),
    "grooming": (grooming, dict(margins.CHAT_GROOMING.counts)),
    "forms in 2020": (lambda: kinds_of(2020), dict(margins.FORMS[2020].counts)),
    "forms in 2021": (lambda: kinds_of(2021), dict(margins.FORMS[2021].counts)),
    "forms in 2025, as in 2022": (lambda: kinds_of(2025), dict(margins.FORMS[2022].counts)),
    "sex and age, sexual": (lambda: sex_and_age("sexual"), dict(margins.SEX_AND_AGE["sexual"].counts)),
    "sex and age, labour": (lambda: sex_and_age("labour"), dict(margins.SEX_AND_AGE["labour"].counts)),
    "sex and age, other": (lambda: sex_and_age("other"), dict(margins.SEX_AND_AGE["other"].counts)),
    "citizenship": (citizenships, dict(margins.CITIZENSHIP_LARGEST.counts)),
    "reports by the police": (reporters, dict(margins.POLICE.counts)),
    "registration by care bodies": (registrations_by_care, dict(assumed.CARE_REGISTERS.counts)),
}


@pytest.mark.parametrize("name", MARGINS)
def test_the_margins_lie_within_sampling_error_of_the_stated_ones(name: str) -> None:
    told, stated = MARGINS[name]
    found, whole = list(told()), sum(stated.values())
    for term, count in stated.items():
        share, seen = count / whole, found.count(term) / len(found)
        error = sqrt(share * (1 - share) / len(found) * DESIGN)
        assert abs(seen - share) <= ERRORS * error, f"{term}: {seen:.3f} of {len(found)}, stated {share:.3f}"


def test_as_many_persons_are_registered_each_year_as_the_publications_share_out() -> None:
    years = persons_by_year(PERSONS, TODAY)
    registered = [int(str(person["first_registered"])) for item in drawn() for person in item.persons]
    assert {year: registered.count(year) for year in years} == years
    assert sum(years.values()) == PERSONS
    assert years[2020] / years[2021] == pytest.approx(1013 / 791, rel=0.01)


def test_whoever_met_the_exploiter_online_is_younger() -> None:
    by_meeting: dict[bool, list[bool]] = {True: [], False: []}
    for item in drawn():
        people = {person["person_id"]: person for person in item.persons}
        for episode in item.episodes:
            online, minor = rules.met_online(episode), rules.is_minor(people[episode["person_id"]])
            if online is not None and minor is not None:
                by_meeting[online].append(minor)
    shares = {online: sum(minors) / len(minors) for online, minors in by_meeting.items()}
    assert shares[True] > shares[False] + 0.1


def test_forms_of_all_years_together_are_a_whole() -> None:
    assert sum(pooled_forms(margins.YEARS).values()) == pytest.approx(1)


# --- sources ------------------------------------------------------------------------------------------------------
def every_margin() -> Iterable[margins.Margin]:
    for module in (margins, assumed, assumed_episodes):
        for value in vars(module).values():
            for item in value.values() if isinstance(value, dict) else [value]:
                for part in item if isinstance(item, tuple) else [item]:
                    if isinstance(part, margins.Margin):
                        yield part


def test_every_margin_names_its_source_and_terms_of_its_list() -> None:
    found = list(every_margin())
    assert len(found) > 50
    for margin in found:
        assert len(margin.source) > 10 or margin.source == assumed.ASSUMED
        if margin.list_name in ("", "iso3166"):
            continue
        terms = words.vocabulary().lists[margin.list_name].codes
        assert set(margin.counts) - {"others"} <= set(terms), margin
