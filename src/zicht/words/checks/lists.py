"""Code lists: what one term says about another, which lists are used, and the walls between compartments."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from zicht.words.errors import Mistake
from zicht.words.types import Attribute, CodeList
from zicht.words.vocabulary import Vocabulary

FILE = "codes.yaml"
OUTSIDE_LISTS = frozenset({"iso639", "iso3166", "none"})
# Attributes that name terms of another list; `next` names terms of its own list.
REFERENCES = {"bands": "age_band", "compartments": "compartment", "purposes": "access_purpose"}
# Used by indicators.csv, barriers.yaml and rules rather than by a field.
USED_ELSEWHERE = frozenset(
    {"dimension", "strength", "observer", "situation", "barrier_kind", "clock_term", "clock_start", "funnel_stage"}
)


def check_lists(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check each term of each list, and what it says about other terms."""
    for code_list in vocabulary.lists.values():
        for code in code_list.codes.values():
            place = f"lists.{code_list.name}.{code.code}"
            if not re.fullmatch(r"[A-Za-z0-9_]+", code.code):
                yield Mistake(FILE, place, "a code has only letters, digits and underscores")
            if not code.is_active and not code.text("use"):
                yield Mistake(FILE, place, "is retired without 'use' to say what replaces it")
            for attribute, target in {"next": code_list.name, **REFERENCES}.items():
                for other in code.texts(attribute):
                    if target not in vocabulary.lists or other not in vocabulary.lists[target].codes:
                        yield Mistake(FILE, place, f"{attribute}: list {target} has no {other}")
        yield from _check_groups(code_list)


def _check_groups(code_list: CodeList) -> Iterator[Mistake]:
    stated = code_list.attributes.get("group_std")
    groups = set(stated) if isinstance(stated, Mapping) else set()
    for code in code_list.codes.values():
        if (group := code.text("group")) and group not in groups:
            yield Mistake(FILE, f"lists.{code_list.name}.{code.code}", f"group {group} is not in group_std")


def check_attributes(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that what terms say under one name is of one kind: a text such as "no" can never pass for a false."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    said = [
        (f"lists.{code_list.name}.{code.code}", name, _kind(value))
        for code_list in vocabulary.lists.values()
        for code in code_list.codes.values()
        for name, value in code.attributes.items()
        if value is not None
    ]
    for _, name, kind in said:
        kinds[name][kind] += 1
    for place, name, kind in said:
        usual = kinds[name].most_common(1)[0][0]
        if kind != usual:
            yield Mistake(FILE, place, f"{name} must be {usual}, as in other terms")


def _kind(value: Attribute) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a text" if isinstance(value, str) else "a list" if isinstance(value, tuple) else "a set of keys and values"


def check_use_of_lists(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that every list is used, and that no term is mistaken for a missing value."""
    strictness: dict[str, list[bool]] = defaultdict(list)
    for entity in vocabulary.entities.values():
        for field in entity.fields.values():
            strictness[field.list_name].append(field.strict)
    in_tables = {name.partition(".")[0] for table in vocabulary.tables.values() for name in table.rows + table.cols}
    for name, code_list in vocabulary.lists.items():
        if name not in strictness and name not in USED_ELSEWHERE | in_tables:
            yield Mistake(FILE, f"lists.{name}", "is used nowhere")
        clash = sorted(set(code_list.codes) & set(vocabulary.missing_values))
        if clash and not all(strictness[name]):
            what = f"{', '.join(clash)} is also a missing value, and a field of this list is not strict"
            yield Mistake(FILE, f"lists.{name}", what)


def check_walls(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that roles and legal regimes name walls, and that nobody stands before a wall that no regime has."""
    behind: dict[str, set[str]] = {}
    for name in ("staff_role", "legal_regime"):
        if name not in vocabulary.lists:
            yield Mistake(FILE, f"lists.{name}", "is missing")
            return
        behind[name] = set()
        for code in vocabulary.lists[name].codes.values():
            behind[name].update(code.texts("compartments"))
            if not code.texts("compartments"):
                yield Mistake(FILE, f"lists.{name}.{code.code}", "names no compartments")
            if name == "staff_role" and not code.texts("purposes"):
                yield Mistake(FILE, f"lists.{name}.{code.code}", "names no purposes")
    for compartment in sorted(behind["staff_role"] ^ behind["legal_regime"]):
        what = "is named by roles or by legal regimes, and not by both"
        yield Mistake(FILE, f"lists.compartment.{compartment}", what)
