"""An attacker with every file of a report, and of the version before, works out nothing that is hidden."""

import json
from functools import lru_cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.register.made import DAY, register_of
from tests.figures.yearly.attacker import Attacker

from zicht.figures.register.enough import with_enough
from zicht.figures.register.releases import Release, make_release
from zicht.figures.yearly.cells import named_cells, read_values
from zicht.figures.yearly.chapters import tables_at
from zicht.figures.yearly.data_files import KEPT, write_data
from zicht.figures.yearly.writing import Material
from zicht.people.models import Organisation

LEAST = {"public": 10, "partners": 5}
TRIED = 6  # hidden numbers of each report; each takes two linear programs
TERMS: dict[str, list[Any]] = {
    "age_band": ["12_15"] * 4 + ["16_17"] * 6 + ["18_20"] * 8 + ["21_25", "minor_nos", "unknown", "not_asked"],
    "gender": ["f"] * 9 + ["m"] * 5 + ["nb", "unknown"],
    "status": ["possible"] * 5 + ["identified"] * 3 + ["not_victim"],
    "citizenship_group": ["nl"] * 6 + ["eu", "non_eu", "unknown"],
    "registered_national": [True, True, False],
    "relations": [["parent"]] + [["partner"]] * 5 + [["partner", "friend"], ["unknown"]],
    "forms": [["sexual"]] * 5 + [["labour", "criminal"], ["sexual", "criminal"], ["not_asked"]],
    "means": [["threat_images"]] * 3 + [["debt", "violence"], ["declined"]],
    "recruitment_channel": ["social_media"] * 3 + ["school", "unknown"],
    "duration_band": ["lt_1m", "y1_2", "unknown"],
}


def people_of(chance: Random, many: int) -> list[dict[str, Any]]:
    return [{name: chance.choice(terms) for name, terms in TERMS.items()} for _ in range(many)]


def report_of(people: list[dict[str, Any]], level: str, before: Any = None) -> tuple[Release, Any]:
    """Make the numbers of a report, and read them back from its file as anybody can."""
    release = with_enough(
        make_release(register_of(people), level, DAY, before=read_values(before) if before else None, is_narrow=None)
    )
    material = Material(Organisation(org_name="Huis"), release, (), 1)
    kept = json.loads(write_data(material, sorted(tables_at(release)))[KEPT])
    return release, kept


def exact_numbers(people: list[dict[str, Any]]) -> Any:
    """Give what only the organisation knows, in the form of the file."""
    tables: dict[str, Any] = {}
    for one in named_cells(make_release(register_of(people), "internal", DAY)):
        code, rows, row, cols, col = one.name
        told = tables.setdefault(code, {"code": code, "universe": one.table.table.universe, "cells": []})
        told["cells"].append({"rows": rows, "row": row, "cols": cols, "col": col, "value": one.cell.value})
    return {"tables": list(tables.values())}


def sample(chance: Random, attacker: Attacker) -> list[int]:
    return chance.sample(sorted(attacker.hidden), min(TRIED, len(attacker.hidden)))


# Each example solves a dozen linear programs over some hundred numbers, after one of the product itself: a second.
@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**6), st.integers(40, 400), st.sampled_from(["public", "partners"]))
def test_no_hidden_number_of_a_report_is_pinned_by_all_tables_together(seed: int, many: int, level: str) -> None:
    chance = Random(seed)
    people = people_of(chance, many)
    _release, kept = report_of(people, level)
    exact = Attacker()
    exact.read(exact_numbers(people))
    attacker = Attacker()
    attacker.read(kept)
    assert all(value >= LEAST[level] for value in attacker.told.values())
    for place in sample(chance, attacker):
        low, high = attacker.bounds({place: 1.0})
        true = exact.told.get(exact.places.get((0, attacker.hidden[place]), -1))
        assert high - low >= 1 - 1e-6, attacker.hidden[place]
        if true is not None:
            assert low - 1e-6 <= true <= high + 1e-6  # the attacker reckons right
            if true < LEAST[level]:
                assert low < 1e-6, attacker.hidden[place]
                assert high > LEAST[level] - 1 - 1e-6, attacker.hidden[place]


@lru_cache(maxsize=4)
def published(seed: int) -> tuple[list[dict[str, Any]], Any]:
    """Give people and the report on them, which is corrected several times."""
    people = people_of(Random(seed), 60 + 25 * seed)
    return people, report_of(people, "public")[1]


# Twenty-four corrections: of each of four reports six, with few or many who came in later or were recorded otherwise.
@pytest.mark.parametrize("correction", range(6))
@pytest.mark.parametrize("report", range(4))
def test_a_correction_beside_the_version_before_tells_no_number_and_no_change_by_few(
    report: int, correction: int
) -> None:
    people, before = published(report)
    chance = Random(100 * report + correction)
    added = chance.choice([1, 2, 5, 12, 40])
    mended = [*people[added // 4 :], *people_of(chance, added + added // 4)]
    _release, after = report_of(mended, "public", before)
    attacker = Attacker()
    attacker.read(before, 0)
    attacker.read(after, 1)
    for place in sample(chance, attacker):
        low, high = attacker.bounds({place: 1.0})
        assert high - low >= 1 - 1e-6, attacker.hidden[place]
    pairs = [
        (attacker.places[0, who], place)
        for (version, who), place in attacker.places.items()
        if version and (0, who) in attacker.places
    ]
    changes = [
        attacker.told[new] - attacker.told[old] for old, new in pairs if old in attacker.told and new in attacker.told
    ]
    assert all(change == 0 or abs(change) >= LEAST["public"] for change in changes)
    unknown = [(old, new) for old, new in pairs if old not in attacker.told or new not in attacker.told]
    for old, new in chance.sample(unknown, min(TRIED, len(unknown))):
        low, high = attacker.bounds({new: 1.0, old: -1.0})
        is_told = high - low < 1 - 1e-6
        assert not (is_told and 0 < round(abs(low)) < LEAST["public"]), (low, high)


def test_the_attacker_finds_what_is_left_of_a_sum() -> None:
    cells = [("f", 40), ("m", None), ("known", 43), ("unknown", None), ("total", 60)]
    usual = {"rows": "gender", "cols": "victim_status", "col": "total"}
    kept = {
        "tables": [{"code": "F03", "universe": "all", "cells": [{**usual, "row": r, "value": v} for r, v in cells]}]
    }
    attacker = Attacker()
    attacker.read(kept)
    told = {
        dict(who)["gender"]: [round(end) for end in attacker.bounds({place: 1.0})]
        for place, (_universe, who) in attacker.hidden.items()
    }
    assert told == {"m": [3, 3], "unknown": [17, 17]}
