"""Rules for indicators, barriers, tables, figures and municipalities: each can fail."""

import pytest
from tests.words.spoiling import Data, Spoil, barrier, case, indicator, named, step, table, told

from zicht.words.checks.figures import calculate

INDICATORS = [
    case(
        "an indicator on origin",
        lambda data: indicator(data, "DOC03").update(text_en="The person is Nigerian."),
        "indicators.csv: DOC03: speaks of origin or looks, which are never a signal",
    ),
    case(
        "strong context",
        lambda data: indicator(data, "CNV07").update(strength="strong"),
        "indicators.csv: CNV07: a context indicator is never strong",
    ),
    case(
        "a code outside its group",
        lambda data: indicator(data, "FAM01").update(code="HOME1"),
        "indicators.csv: HOME1: the code is not its group and two digits",
    ),
    case(
        "an element of another dimension",
        lambda data: indicator(data, "DOC01").update(palermo_element="purpose"),
        "indicators.csv: DOC01: palermo_element purpose does not belong to dimension coercion_destination",
    ),
    case(
        "an unknown age group",
        lambda data: indicator(data, "DOC01").update(applies_to="children"),
        "indicators.csv: DOC01: applies_to: children is not any, minor or adult",
    ),
    case(
        "an unknown observer",
        lambda data: indicator(data, "DOC01").update(observers="police;neighbour"),
        "indicators.csv: DOC01: observers: list observer has no neighbour",
    ),
    case(
        "an unknown urgency",
        lambda data: indicator(data, "DOC01").update(min_urgency="soon"),
        "indicators.csv: DOC01: min_urgency: list urgency has no soon",
    ),
    case(
        "an unknown source",
        lambda data: indicator(data, "DOC01").update(source_standards="SEED;BLOG"),
        "indicators.csv: DOC01: source BLOG is not among the standards",
    ),
    case(
        "a document that does not exist",
        lambda data: indicator(data, "DOC01").update(seed_refs="seed:007"),
        "indicators.csv: DOC01: seed_refs: seed:007 does not exist",
    ),
    case(
        "a group with two names",
        lambda data: indicator(data, "DOC01").update(group_en="Papers"),
        "indicators.csv: group DOC: has different names",
    ),
]

BARRIERS = [
    case(
        "an unknown partner",
        lambda data: step(data, "SEXMIN", "S1")["partners"].append("army"),
        "barriers.yaml: processes.SEXMIN.S1: list org_type has no army",
    ),
    case(
        "a partner who is not there",
        lambda data: barrier(data, "SEXMIN", "S1", "S1a")["partners"].append("border_police"),
        "barriers.yaml: processes.SEXMIN.S1.S1a: partner border_police is not a partner of step S1",
    ),
    case(
        "a signal that does not exist",
        lambda data: step(data, "SEXMIN", "S1")["signals"].append("XYZ01"),
        "barriers.yaml: processes.SEXMIN.S1: signal XYZ01 does not exist",
    ),
    case(
        "a retired signal",
        lambda data: step(data, "SEXMIN", "S1")["signals"].append("SEX09"),
        "barriers.yaml: processes.SEXMIN.S1: signal SEX09 is retired",
    ),
    case(
        "an unknown form",
        lambda data: data["barriers.yaml"]["processes"]["SEXMIN"]["forms"].append("sport"),
        "barriers.yaml: processes.SEXMIN: list form has no sport",
    ),
    case(
        "a barrier code in two steps",
        lambda data: barrier(data, "SEXMIN", "S2", "S2a").update(code="S1a"),
        "barriers.yaml: S1a: is the code of more than one step or barrier",
    ),
]

FIGURES = [
    case(
        "an unknown unit of a table",
        lambda data: table(data, "F01").update(unit="click"),
        "figures.yaml: tables.F01: unit click is not a counting unit",
    ),
    case(
        "an unknown release level",
        lambda data: table(data, "F01").update(release="press"),
        "figures.yaml: tables.F01: release press is not a release level",
    ),
    case(
        "an unknown column",
        lambda data: table(data, "F01").update(cols=["height"]),
        "figures.yaml: tables.F01: row or column height is not known",
    ),
    case(
        "an attribute no term has",
        lambda data: table(data, "F11").update(rows=["form.uk"]),
        "figures.yaml: tables.F11: row or column form.uk is not known",
    ),
    case(
        "an unknown unit of a figure",
        lambda data: named(data["figures.yaml"]["seed_figures"], "id", "s003_places").update(unit="bed"),
        "figures.yaml: seed_figures.s003_places: unit bed is not known",
    ),
    case(
        "one name for two figures",
        lambda data: data["figures.yaml"]["context_figures"].append(
            {"id": "s003_places", "unit": "place", "what": "places", "value": 7, "source": "nobody"}
        ),
        "figures.yaml: s003_places: is the id of more than one figure",
    ),
    case(
        "a calculation that does not come out",
        lambda data: named(data["figures.yaml"]["derived_examples"], "id", "refugees_women").update(value=1000),
        "figures.yaml: derived_examples.refugees_women: '1137 * 0.85' gives [966.4499999999999], not [1000]",
    ),
    case(
        "a calculation that divides by nothing",
        lambda data: named(data["figures.yaml"]["derived_examples"], "id", "refugees_women").update(formula="1 / 0"),
        "figures.yaml: derived_examples.refugees_women: '1 / 0' cannot be calculated: division by zero",
    ),
    case(
        "a calculation that is a program",
        lambda data: named(data["figures.yaml"]["derived_examples"], "id", "refugees_women").update(
            formula="open('x')"
        ),
        "figures.yaml: derived_examples.refugees_women: 'open('x')' cannot be calculated: only numbers and + - * / are "
        "allowed",
    ),
]

PLACES = [
    case(
        "a search word that finds what is retired",
        lambda data: named(data["search_words.csv"], "word", "loverboy").update(indicators="SEX09"),
        "search_words.csv: loverboy: finds SEX09, which is not offered",
    ),
    case(
        "a search word in capitals",
        lambda data: named(data["search_words.csv"], "word", "loverboy").update(word="Loverboy"),
        "search_words.csv: Loverboy: is not written in small letters",
    ),
    case(
        "a municipality that got lost",
        lambda data: data["municipalities_2025.csv"].pop(),
        "municipalities_2025.csv: has 341 municipalities instead of 342",
    ),
    case(
        "a code of another form",
        lambda data: data["municipalities_2025.csv"][0].update(gm_code="0014"),
        "municipalities_2025.csv: 0014: a code is GM and four digits",
    ),
    case(
        "a thirteenth province",
        lambda data: data["municipalities_2025.csv"][0].update(provincie="Holland"),
        "municipalities_2025.csv: has 13 provinces instead of 12",
    ),
]


@pytest.mark.parametrize(("spoil", "expected"), [*INDICATORS, *BARRIERS, *FIGURES, *PLACES])
def test_what_is_spoiled_is_told(data: Data, spoil: Spoil, expected: str) -> None:
    spoil(data)
    assert expected in told(data)


@pytest.mark.parametrize(
    ("formula", "value"), [("283 - 250", 33), ("50 * 42 / (7 * 365)", 2100 / 2555), (" 1 + 2 * 3", 7)]
)
def test_a_formula_is_worked_out_as_arithmetic(formula: str, value: float) -> None:
    assert calculate(formula) == pytest.approx(value)
