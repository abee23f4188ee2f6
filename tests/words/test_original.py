"""Our vocabulary against the one it was taken from: every term, field and indicator is there and keeps its meaning."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from zicht import words

# What a later version may word better; everything else says what a term means.
MAY_CHANGE = frozenset({"note"})


@pytest.fixture(scope="module")
def original(shared: Path) -> Path:
    """Give the folder with the first vocabulary."""
    return shared / "vocabulary"


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def ours(name: str) -> Any:
    return read(Path(words.__file__).parent / "data" / name)


def changed(before: dict[str, Any], now: dict[str, Any]) -> set[str]:
    return {key for key in before if key not in MAY_CHANGE and before[key] != now.get(key)}


def by(key: str, items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item[key]: item for item in items}


def test_every_term_keeps_its_meaning(original: Path) -> None:
    now = ours("codes.yaml")
    before = read(original / "codes.yaml")
    assert before["missing_values"] == now["missing_values"]
    assert not changed(before["standards"], now["standards"])
    for name, code_list in before["lists"].items():
        assert changed(code_list, now["lists"][name]) <= {"codes"}, name
        codes = by("code", now["lists"][name]["codes"])
        for code in code_list["codes"]:
            assert not changed(code, codes[code["code"]]), f"{name}.{code['code']}"


# Who does a task is a relation now, so that only staff can stand there; who took part stands in rows of its own.
TOLD_OTHERWISE = {("task", "assigned_to"): {"type", "ref"}, ("case_conference", "participants"): {"req"}}


def test_every_field_keeps_its_meaning(original: Path) -> None:
    now = ours("entities.yaml")
    before = read(original / "entities.yaml")
    for name, entity in before["entities"].items():
        assert changed(entity, now["entities"][name]) <= {"fields", "constraints"}, name
        assert set(entity.get("constraints", ())) <= set(now["entities"][name].get("constraints", ())), name
        fields = by("name", now["entities"][name]["fields"])
        for field in entity["fields"]:
            allowed = TOLD_OTHERWISE.get((name, field["name"]), set())
            assert changed(field, fields[field["name"]]) <= allowed, f"{name}.{field['name']}"
    for name, kind in before["sensitivity"].items():
        assert not changed(kind, now["sensitivity"][name])
    for key in ("publication", "principles", "htcds_not_taken"):
        assert before[key] == now[key]


def test_barriers_are_the_same_and_are_measured_in_dutch_too(original: Path) -> None:
    now = ours("barriers.yaml")
    for process in now["processes"].values():
        for barrier in (barrier for step in process["steps"] for barrier in step["barriers"]):
            assert barrier.pop("measure_nl")
    assert changed(read(original / "barriers.yaml"), now) == {"version"}


def test_figures_are_the_same_but_for_columns_that_a_table_has_more(original: Path) -> None:
    before, now = read(original / "figures.yaml"), ours("figures.yaml")
    assert changed(before, now) <= {"version", "tables"}
    tables = by("code", now["tables"])
    for table in before["tables"]:
        assert changed(table, tables[table["code"]]) <= {"cols"}, table["code"]
        assert set(table["cols"]) <= set(tables[table["code"]]["cols"])


def test_every_indicator_is_the_same(original: Path) -> None:
    with (original / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["code"] for row in rows] == list(words.vocabulary().indicators)
    for row in rows:
        indicator = words.vocabulary().indicators[row["code"]]
        assert (indicator.label.en, indicator.label.nl) == (row["text_en"], row["text_nl"])
        assert (indicator.strength, indicator.min_urgency) == (row["strength"], row["min_urgency"])
        assert indicator.is_active == (row["status"] == "active")


def test_the_municipalities_are_the_same(shared: Path) -> None:
    with (shared / "data" / "gemeenten" / "gemeenten_2025.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["gm_code"], row["gemeente"], row["provincie"]) for row in csv.DictReader(file)}
    assert rows == {(m.code, m.name, m.province) for m in words.municipalities().values()}
