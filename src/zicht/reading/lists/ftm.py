"""Entities of FollowTheMoney: OpenSanctions' simple CSV of targets, and JSON, a line or a member of a list each.

https://followthemoney.tech/explorer/ names the types; https://www.opensanctions.org/docs/bulk/csv/ the columns.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from zicht.reading.lists.bounds import MOST_AS_ARRAY, MOST_IN_LINE
from zicht.reading.lists.entries import Entry, Kind, Names
from zicht.reading.lists.errors import EntryTooLarge, ListDamaged

NEEDED = frozenset({"id", "schema", "name", "aliases"})
KINDS: dict[str, Kind] = {
    "Person": "person", "Organization": "body", "Company": "body", "PublicBody": "body", "LegalEntity": "",
    "Vessel": "vessel", "Airplane": "aircraft", "Vehicle": "",
}  # fmt: skip
IMO = re.compile(r"\b(?:IMO[\s-]?)?(\d{7})\b", re.IGNORECASE)
NAMES = (("name", "name"), ("alias", "alias"), ("previousName", "alias"), ("weakAlias", "weak"))


def entries_of_csv(columns: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Entry]:
    """Give the entries of the simple CSV; within a column values are separated by semicolons."""
    for _number, values in rows:
        row = dict(zip(columns, values, strict=False))
        if row["schema"] not in KINDS:
            continue
        names = Names()
        names.add(row["name"], "name")
        for alias in _parts(row["aliases"]):
            names.add(alias)
        is_vessel = row["schema"] == "Vessel"
        yield Entry(
            key=row["id"].strip(),
            kind=KINDS[row["schema"]],
            names=names.listed(),
            imo=_first_imo(_parts(row.get("identifiers", ""))) if is_vessel else "",
            programmes=tuple(_parts(row.get("program_ids", "") or row.get("dataset", ""))),
            countries=tuple(_parts(row.get("countries", ""))),
            listed_on=row.get("first_seen", "")[:10],
        )


def entries_of_json(content: bytes) -> Iterator[Entry]:
    """Give the entries of JSON; what is no actor, such as an address, is passed over.

    Raises ListDamaged and EntryTooLarge.
    """
    for number, told in _members(content):
        if not isinstance(told, dict) or not isinstance(told.get("properties"), dict):
            raise ListDamaged(row=number)
        if told.get("schema") in KINDS:
            yield _entry(told, {name: _texts(value) for name, value in told["properties"].items()})


def _entry(told: dict[str, Any], values: dict[str, list[str]]) -> Entry:
    names = Names()
    names.add(str(told.get("caption") or ""), "name")
    for name, quality in NAMES:
        for text in values.get(name, ()):
            names.add(text, "name" if quality == "name" and not names.found else _alias(quality))
    is_vessel = told["schema"] == "Vessel"
    return Entry(
        key=str(told.get("id", "")),
        kind=KINDS[told["schema"]],
        names=names.listed(),
        imo=_first_imo(values.get("imoNumber", [])) if is_vessel else "",
        programmes=tuple(values.get("programId", values.get("program", []))),
        countries=tuple(values.get("country", values.get("jurisdiction", values.get("flag", [])))),
    )


def _alias(quality: str) -> Any:
    return "weak" if quality == "weak" else "alias"


def _members(content: bytes) -> Iterator[tuple[int, Any]]:
    if content.lstrip()[:1] == b"[":
        if len(content) > MOST_AS_ARRAY:
            raise EntryTooLarge(row=1, most=MOST_AS_ARRAY)
        yield from ((1, told) for told in _parse(content, 1))
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if len(line) > MOST_IN_LINE:
            raise EntryTooLarge(row=number, most=MOST_IN_LINE)
        if line.strip():
            yield number, _parse(line, number)


def _parse(text: bytes, number: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits, or no UTF-8
        raise ListDamaged(row=number) from error


def _texts(value: Any) -> list[str]:
    """Give the texts among the values of a property; an entity inside another is none."""
    found = value if isinstance(value, list) else [value]
    return [text for text in found if isinstance(text, str)]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _first_imo(texts: list[str]) -> str:
    return next((found[1] for text in texts if (found := IMO.search(text))), "")
