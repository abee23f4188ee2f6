"""Rules for code lists, wordings and mappings: each can fail."""

import pytest
from tests.words.spoiling import Data, Spoil, case, code, code_list, field, step, told

LISTS = [
    case(
        "a code with a space",
        lambda data: code_list(data, "crime_kind")["codes"].append({"code": "car theft", "en": "Cars", "nl": "Auto's"}),
        "codes.yaml: lists.crime_kind.car theft: a code has only letters, digits and underscores",
    ),
    case(
        "retired without use",
        lambda data: code(data, "gender", "nb").update(status="retired"),
        "codes.yaml: lists.gender.nb: is retired without 'use' to say what replaces it",
    ),
    case(
        "a next state that does not exist",
        lambda data: code(data, "case_state", "closed").update(next=["reopened"]),
        "codes.yaml: lists.case_state.closed: next: list case_state has no reopened",
    ),
    case(
        "an age band that does not exist",
        lambda data: code(data, "age_class_3", "a16_17").update(bands=["16_18"]),
        "codes.yaml: lists.age_class_3.a16_17: bands: list age_band has no 16_18",
    ),
    case(
        "a group that does not exist",
        lambda data: code(data, "relation", "friend").update(group="close"),
        "codes.yaml: lists.relation.friend: group close is not in group_std",
    ),
    case(
        "a flag that is a text",
        lambda data: code(data, "age_band", "16_17").update(minor="yes"),
        "codes.yaml: lists.age_band.16_17: minor must be true or false, as in other terms",
    ),
    case(
        "one state to go to, where a list belongs",
        lambda data: code(data, "case_state", "closed").update(next="active"),
        "codes.yaml: lists.case_state.closed: next must be a list, as in other terms",
    ),
    case(
        "a list that nothing uses",
        lambda data: data["codes.yaml"]["lists"].update(
            weather={"en": "Weather", "nl": "Weer", "codes": [{"code": "rain", "en": "Rain", "nl": "Regen"}]}
        ),
        "codes.yaml: lists.weather: is used nowhere",
    ),
    case(
        "a code that is also a missing value",
        lambda data: code_list(data, "gender")["codes"].append({"code": "unknown", "en": "Unknown", "nl": "Onbekend"}),
        "codes.yaml: lists.gender: unknown is also a missing value, and a field of this list is not strict",
    ),
    case(
        "a source that is no standard",
        lambda data: code_list(data, "gender").update(source=["ISO5218"]),
        "codes.yaml: lists.gender: source ISO5218 is not among the standards",
    ),
    case(
        "a role behind a wall that does not exist",
        lambda data: code(data, "staff_role", "reporter").update(compartments=["press", "archive"]),
        "codes.yaml: lists.staff_role.reporter: compartments: list compartment has no archive",
    ),
    case(
        "a role without purposes",
        lambda data: code(data, "staff_role", "analyst").pop("purposes"),
        "codes.yaml: lists.staff_role.analyst: names no purposes",
    ),
    case(
        "a regime without walls",
        lambda data: code(data, "legal_regime", "care").pop("compartments"),
        "codes.yaml: lists.legal_regime.care: names no compartments",
    ),
    case(
        "a wall that no regime has",
        lambda data: code(data, "legal_regime", "press").update(compartments=["public"]),
        "codes.yaml: lists.compartment.press: is named by roles or by legal regimes, and not by both",
    ),
]

WORDINGS = [
    case(
        "stray spaces",
        lambda data: code(data, "gender", "f").update(en="Woman  or girl"),
        "codes.yaml: lists.gender.f: the English label has stray spaces",
    ),
    case(
        "a word that blames",
        lambda data: code(data, "vulnerability", "irregular").update(nl="Illegaal in Nederland"),
        "codes.yaml: lists.vulnerability.irregular: the Dutch label uses a word we do not use: Illegaal",
    ),
    case(
        "an abandoned word",
        lambda data: field(data, "actor", "label").update(nl="Naam van de loverboy"),
        "entities.yaml: entities.actor.label: the Dutch label uses an abandoned word: loverboy",
    ),
    case(
        "a word that blames in a barrier",
        lambda data: step(data, "SEXMIN", "S1")["facilitators"][0].update(en="A pimp"),
        "barriers.yaml: processes.SEXMIN.S1: the English label uses a word we do not use: pimp",
    ),
]

MAPPINGS = [
    case(
        "a value HTCDS does not have",
        lambda data: code(data, "gender", "f").update(std="HTCDS:Female"),
        "codes.yaml: lists.gender.f: prs_Gender of HTCDS has no value Female",
    ),
    case(
        "a list HTCDS does not have",
        lambda data: code(data, "crime_kind", "drugs").update(std="HTCDS:Drugs"),
        "codes.yaml: lists.crime_kind.drugs: HTCDS has no field to map this list to",
    ),
    case(
        "a value its definitions file does not have",
        lambda data: code(data, "means", "belief").update(std="HTCDS:Oath (definitions file)"),
        "codes.yaml: lists.means.belief: the definitions file of HTCDS has no Oath",
    ),
    case(
        "a column CTDC does not have",
        lambda data: code(data, "form", "organ").update(std="CTDC:isOrgan"),
        "codes.yaml: lists.form.organ: CTDC has no column isOrgan",
    ),
    case(
        "a value CTDC does not have",
        lambda data: code(data, "gender", "f").update(ctdc="Female"),
        "codes.yaml: lists.gender.f: CTDC has no value Female",
    ),
    case(
        "a mapping to no standard",
        lambda data: code(data, "gender", "f").update(std="ISO5218:2"),
        "codes.yaml: lists.gender.f: std 'ISO5218:2' names no known standard",
    ),
    case(
        "a group mapped to nothing",
        lambda data: code_list(data, "relation")["group_std"].update(familial="HTCDS:Family"),
        "codes.yaml: lists.relation.group_std: vic_RelationshipToTrafficker of HTCDS has no value Family",
    ),
    case(
        "a field of HTCDS that does not exist",
        lambda data: field(data, "person", "in_school").update(std="HTCDS prs_InSchool"),
        "entities.yaml: entities.person.in_school: HTCDS has no field prs_InSchool",
    ),
    case(
        "a field of CTDC that does not exist",
        lambda data: field(data, "person", "in_school").update(std="CTDC inSchool"),
        "entities.yaml: entities.person.in_school: CTDC has no column inSchool",
    ),
    case(
        "a field of HTCDS that got lost",
        lambda data: field(data, "case", "owner").pop("std"),
        "entities.yaml: htcds_not_taken: HTCDS field cas_CaseOwner is neither mapped nor left out with a reason",
    ),
    case(
        "a field left out that HTCDS does not have",
        lambda data: data["entities.yaml"]["htcds_not_taken"]["fields"].append({"name": "prs_Shoe*", "why": "no need"}),
        "entities.yaml: htcds_not_taken.prs_Shoe*: HTCDS has no such field",
    ),
]


@pytest.mark.parametrize(("spoil", "expected"), [*LISTS, *WORDINGS, *MAPPINGS])
def test_what_is_spoiled_is_told(data: Data, spoil: Spoil, expected: str) -> None:
    spoil(data)
    assert expected in told(data)
