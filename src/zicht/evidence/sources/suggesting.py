"""Keep what the reading rules found as suggestions, apart from everything that a person recorded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from zicht.evidence.models import Suggestion, TextVersion
from zicht.people.sealed import reveal, reveal_each
from zicht.reading.read import Reading

MOST = 20_000  # of one text; a report of 400 pages has about a quarter
BATCH = 500


def store_suggestions(version: TextVersion, reading: Reading) -> int:
    """Store figures, dates and names of a reading, and give how many."""
    found = list(_found(reading))[:MOST]
    for start in range(0, len(found), BATCH):
        rows = [_suggestion(version, *one) for one in found[start : start + BATCH]]
        Suggestion.objects.bulk_create(rows)
    return len(found)


def told_of(suggestion: Suggestion) -> dict[str, Any]:
    """Give what was read at a place."""
    told: dict[str, Any] = json.loads(reveal(suggestion, "told") or "{}")
    return told


def told_of_each(suggestions: list[Suggestion]) -> Mapping[Any, dict[str, Any]]:
    """Give what was read at many places, by the identifiers of the suggestions."""
    return {key: json.loads(told or "{}") for key, told in reveal_each(suggestions, "told").items()}


def _found(reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    for figure in reading.figures:
        yield "figure", asdict(figure)
    for date in reading.dates:
        if date.edtf:
            yield "date", asdict(date)
    for name in reading.mentions or reading.names:
        yield "name", asdict(name)


def _suggestion(version: TextVersion, kind: str, told: dict[str, Any]) -> Suggestion:
    written = json.dumps(told, ensure_ascii=False)
    place = {"start": told["start"], "end": told["end"]}
    return Suggestion(source=version.source, text_version=version, kind=kind, told=written, **place)
