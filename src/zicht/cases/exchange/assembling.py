"""Put the rows of a file together: which rows tell of the same case and person, and what every record is called here.

Identifiers of a house like this one are kept, unless another organisation has them: then nothing tells that it does.
All others only tell which rows belong together: records get new
identifiers, worked out from a secret of this one import, so that nobody can go back from them to those of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from zicht.cases.exchange.plain import KEYS
from zicht.cases.exchange.shapes import Bundle, CellProblem, Values
from zicht.words import Problem

HEXADECIMAL = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MARKERS = {"person": "household_key", "exploitation": "situation_id"}  # what several records have in common


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold one record to be made, with the values of the file."""

    entity: str
    key: UUID
    values: Values


class Assembler:
    """Take row after row; of each record that the file names, only a number made of what it says is remembered."""

    def __init__(self, secret: UUID, *, keeps_keys: bool, taken: frozenset[UUID] = frozenset()) -> None:
        self._secret, self._keeps_keys, self._taken = secret, keeps_keys, taken
        self._told: dict[bytes, int] = {}
        self._links: set[bytes] = set()
        self._awaited: dict[bytes, tuple[int, str]] = {}  # referred to and not told yet: row and column

    def take(self, row: int, bundle: Bundle, problems: list[CellProblem]) -> Iterator[Draft | tuple[UUID, UUID]]:
        """Give the records that a row tells of for the first time, and which person is in which case."""
        case = self._key("case", row, bundle.case)
        person = self._key("person", row, bundle.person)
        yield from self._tell("case", row, case, bundle.case, problems)
        yield from self._tell("person", row, person, bundle.person, problems)
        if case and person and (pair := case.bytes + person.bytes) not in self._links:
            self._links.add(pair)
            yield case, person
        episode = None
        for number, values in enumerate(bundle.episodes):
            episode = self._key("exploitation", row, values, number)
            held = {**values, "person_id": person, "case_id": case}
            yield from self._tell("exploitation", row, episode, held, problems)
        for number, values in enumerate(bundle.places):
            key = self._key("place_event", row, values, number)
            yield from self._tell("place_event", row, key, {**values, "exploitation_id": episode}, problems)

    def missing(self) -> Iterator[tuple[int, str]]:
        """Give row and column of every reference to a record that no row tells of."""
        yield from self._awaited.values()

    def _key(self, entity: str, row: int, values: Values, number: int = 0) -> UUID | None:
        if not values:
            return None
        given = str(values.get(KEYS[entity]) or "")
        return self.key_of(entity, given or f"\0{row} {number}")

    def key_of(self, kind: str, given: str) -> UUID:
        """Give the identifier here for one in the file."""
        if self._keeps_keys and HEXADECIMAL.fullmatch(given) and (key := UUID(given)) not in self._taken:
            return key
        made = blake2b(f"{kind} {given}".encode(), key=self._secret.bytes, digest_size=16).digest()
        return UUID(bytes=made, version=4)

    def _tell(
        self, entity: str, row: int, key: UUID | None, values: Values, problems: list[CellProblem]
    ) -> Iterator[Draft]:
        if key is None:
            return
        name, column = key.bytes, f"{entity}.{KEYS[entity]}"
        is_named = bool(values.get(KEYS[entity]))
        if is_named and self._only_refers(entity, values):
            if name not in self._told:
                self._awaited.setdefault(name, (row, column))
            return
        if not is_named:
            yield Draft(entity, key, self._stored(entity, values))
            return
        self._awaited.pop(name, None)
        said = hash(tuple(values.items()))
        if name not in self._told:
            self._told[name] = said
            yield Draft(entity, key, self._stored(entity, values))
        elif self._told[name] != said:
            problems.append(CellProblem(column, Problem("told_otherwise")))

    def _only_refers(self, entity: str, values: Values) -> bool:
        return values.keys() <= {KEYS[entity], "person_id", "case_id", "exploitation_id"}

    def _stored(self, entity: str, values: Values) -> Values:
        """Give what is stored: without the identifier of the file, and with markers that mean something here."""
        kept = {name: value for name, value in values.items() if name != KEYS[entity]}
        marker = MARKERS.get(entity, "")
        if given := kept.get(marker):
            kept[marker] = self.key_of(marker, str(given))
        return kept
