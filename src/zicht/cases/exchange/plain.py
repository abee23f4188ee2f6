"""Our own columns, `entity.field`, both ways: between two houses, or from a table that somebody made by hand.

A row holds what is known together: a case, a person, an episode, a place. What was in an earlier row is referred to by
its identifier alone, so that nothing is written twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from zicht import words
from zicht.cases.exchange.cells import YEAR, coarse_number, read_cell
from zicht.cases.exchange.filling import coarse_day, fill_case, fill_person, say_not_asked
from zicht.cases.exchange.pieces import Pieces
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import (
    Bundle,
    Mapped,
    Surroundings,
    Values,
    as_list,
    as_text,
    fields_of,
    is_nothing,
)

ENTITIES = ("case", "person", "exploitation", "place_event")
KEYS = {"case": "case_id", "person": "person_id", "exploitation": "exploitation_id", "place_event": "place_event_id"}
# Given by whoever reads the file or worked out by the program, or said by standing in one row.
NOT_WRITTEN = frozenset(
    {
        "case.org_id", "case.compartment", "case.owner", "case.team", "case.persons", "case.changed_on",
        "person.org_id", "person.compartment", "person.merged_into", "person.restricted_on", "person.changed_on",
        "exploitation.person_id", "exploitation.case_id", "place_event.exploitation_id",
    }
)  # fmt: skip
SEPARATOR = ";"
LONGEST_COLUMN_NAME = 60  # characters shown of a column that is not known
Row = dict[str, str]


@lru_cache(maxsize=1)
def columns() -> Mapping[str, tuple[str, words.Field]]:
    """Give every column with its entity and field, in the order in which they are written."""
    every = {f"{entity}.{name}": (entity, field) for entity in ENTITIES for name, field in fields_of(entity).items()}
    return {name: found for name, found in every.items() if name not in NOT_WRITTEN}


@lru_cache(maxsize=1)
def written_columns() -> tuple[str, ...]:
    """Give the columns that may leave: those of class P3 are read and never written."""
    return tuple(name for name, (_entity, field) in columns().items() if field.sensitivity != "P3")


def to_plain(bundle: Bundle, organisations: Mapping[object, str]) -> tuple[list[Row], list[Loss]]:
    """Give the rows of a person in a case; the first holds all but further episodes and places."""
    losses: list[Loss] = []
    rows: list[Row] = []
    places: dict[object, list[Values]] = {}
    for place in bundle.places:
        places.setdefault(place.get("exploitation_id"), []).append(place)
    for episode in bundle.episodes or [Values()]:
        for place in places.get(episode.get("exploitation_id")) or [Values()]:
            parts = {"case": bundle.case, "person": bundle.person, "exploitation": episode, "place_event": place}
            written = {KEYS[entity]: row.get(f"{entity}.{KEYS[entity]}") for row in rows for entity in ENTITIES}
            rows.append(dict(_cells(parts, written, organisations, losses)))
    return rows, losses


def _cells(
    parts: Mapping[str, Values],
    written: Mapping[str, str | None],
    organisations: Mapping[object, str],
    losses: list[Loss],
) -> Iterator[tuple[str, str]]:
    for name, (entity, field) in columns().items():
        value = parts[entity].get(field.name)
        is_told = written.get(KEYS[entity]) == as_text(parts[entity].get(KEYS[entity]))
        if is_nothing(value) or (is_told and field.name != KEYS[entity]):
            continue
        if field.sensitivity == "P3":
            losses.append(Loss(name, Why.NOT_ALLOWED))
        else:
            yield name, _write(field, value, organisations)


def _write(field: words.Field, value: object, organisations: Mapping[object, str]) -> str:
    if field.type == "ref":
        return organisations.get(value, "")
    return SEPARATOR.join(as_list(value)) if field.type == "multi" else as_text(value)


class PlainReader:
    """Read the rows of one file."""

    def __init__(self, names: Sequence[str], around: Surroundings) -> None:
        self._around, self._pieces = around, Pieces()
        self._columns = [(place, *columns()[name]) for place, name in enumerate(names) if name in columns()]
        self.loose_losses = [Loss(*_unread(name)) for name in names if name and name not in columns()]

    def read(self, values: Sequence[str]) -> Mapped:
        """Give what a row says; a part of which only the identifier is there was told in another row."""
        mapped = Mapped(Bundle())
        parts: dict[str, Values] = {entity: {} for entity in ENTITIES}
        keys: dict[str, str] = {}
        for place, entity, field in self._columns:
            if field.name == KEYS[entity]:
                keys[entity] = values[place].strip()
            elif values[place].strip():
                parts[entity].update(self._cell(entity, field, values[place], mapped))
        mapped.bundle.case, mapped.bundle.person = parts["case"], parts["person"]
        if parts["place_event"] and not keys.get("exploitation"):
            say_not_asked("exploitation", parts["exploitation"])  # a place stands in an episode
        self._fill_in(mapped, parts)
        for entity in ENTITIES:
            if parts[entity] or keys.get(entity):
                parts[entity][KEYS[entity]] = keys.get(entity, "")
        mapped.bundle.episodes = [parts["exploitation"]] if parts["exploitation"] else []
        mapped.bundle.places = [parts["place_event"]] if parts["place_event"] else []
        return mapped

    def _cell(self, entity: str, field: words.Field, text: str, mapped: Mapped) -> Iterable[tuple[str, object]]:
        if field.type in ("text", "id", "hash"):  # about one person only
            return [(field.name, read_cell(field, text))]
        return self._pieces.get((entity, field.name, text), self._value, entity, field, text).add_to(mapped)

    def _value(self, mapped: Mapped, entity: str, field: words.Field, text: str) -> Iterator[tuple[str, object]]:
        name = f"{entity}.{field.name}"
        if field.type == "ref":
            found = self._around.organisations.get(text.strip().casefold())
            if found is None:
                mapped.losses.append(Loss(name, Why.NO_COUNTERPART))
            else:
                yield field.name, found
            return
        value = read_cell(field, text)
        if isinstance(value, str) and (day := coarse_day(field, value)):
            mapped.losses.append(Loss(name, Why.FILLED_IN))
            value = day
        elif isinstance(value, str) and field.type == "int" and (number := coarse_number(value)) is not None:
            mapped.losses.append(Loss(name, Why.BROADER))
            value = number
        elif isinstance(value, str) and YEAR.fullmatch(value) and field.type in ("date", "month"):
            mapped.losses.append(Loss(name, Why.BROADER))  # a partner may give no more than the year
            return
        yield field.name, value

    def _fill_in(self, mapped: Mapped, parts: Mapping[str, Values]) -> None:
        if parts["case"]:
            fill_case(mapped, self._around.today)
        if parts["person"]:
            fill_person(mapped, self._around.today, self._around.today)
        for entity in ("exploitation", "place_event"):
            if parts[entity]:
                say_not_asked(entity, parts[entity])


def _unread(name: str) -> tuple[str, Why]:
    """Say why a column is not read: it is no column of ours, or one that a file does not fill."""
    entity, _dot, field = name.partition(".")
    described = words.vocabulary().entities.get(entity)
    if described is None or field not in described.fields:
        printable = "".join(character for character in name if character.isprintable())
        return printable[:LONGEST_COLUMN_NAME], Why.UNKNOWN_COLUMN
    return name, Why.LEFT_OUT if name in NOT_WRITTEN else Why.ELSEWHERE
