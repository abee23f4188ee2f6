"""Tools to spoil one thing in a sound vocabulary, and to hear what the checks tell about it."""

from collections.abc import Callable
from typing import Any

import pytest

from zicht.words.build import build
from zicht.words.checks import find_mistakes

Data = dict[str, Any]
Spoil = Callable[[Data], object]


def told(data: Data) -> list[str]:
    """Build and check, and give every mistake as its sentence."""
    vocabulary, mistakes = build(data)
    return sorted(map(str, [*mistakes, *find_mistakes(vocabulary)]))


def code_list(data: Data, name: str) -> Data:
    """Find a code list."""
    found: Data = data["codes.yaml"]["lists"][name]
    return found


def code(data: Data, list_name: str, name: str) -> Data:
    """Find a term of a code list."""
    return named(code_list(data, list_name)["codes"], "code", name)


def entity(data: Data, name: str) -> Data:
    """Find an entity."""
    found: Data = data["entities.yaml"]["entities"][name]
    return found


def field(data: Data, entity_name: str, name: str) -> Data:
    """Find a field of an entity."""
    return named(entity(data, entity_name)["fields"], "name", name)


def indicator(data: Data, name: str) -> Data:
    """Find an indicator."""
    return named(data["indicators.csv"], "code", name)


def step(data: Data, process: str, name: str) -> Data:
    """Find a step of a process."""
    return named(data["barriers.yaml"]["processes"][process]["steps"], "code", name)


def barrier(data: Data, process: str, step_name: str, name: str) -> Data:
    """Find a barrier of a step."""
    return named(step(data, process, step_name)["barriers"], "code", name)


def table(data: Data, name: str) -> Data:
    """Find a table."""
    return named(data["figures.yaml"]["tables"], "code", name)


def named(items: list[Data], key: str, name: str) -> Data:
    """Find the item that says this under this key."""
    return next(item for item in items if item[key] == name)


def new_field(**keys: object) -> Data:
    """Give a field that is in order, but for the keys given."""
    return {"name": "colour", "type": "text", "en": "Colour", "nl": "Kleur", "sens": "P1", "pub": "never", **keys}


def case(what: str, spoil: Spoil, expected: str) -> Any:
    """Give a test case: what is spoiled, how, and the sentence that must follow."""
    return pytest.param(spoil, expected, id=what)
