"""Store very many records at once.

They go past the models, which would look at every word of every record once more and take several times as long: the
checker has done so (checking.py), and the constraints of the tables hold here too.
"""

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models
from django.utils import timezone

from zicht.cases import history
from zicht.cases.exchange.assembling import Draft
from zicht.cases.exchange.shapes import Values
from zicht.cases.models import Case, Change, Exploitation, Person, PlaceEvent
from zicht.people.models import Account
from zicht.people.record_keys import store
from zicht.people.records import SealedTextField, WordsModel
from zicht.people.sealed import Sealed, seal

BATCH = 5_000  # records; in the order of their keys they touch each page of an index once
CACHE = 64 * 1024  # KiB of SQLite's pages kept in memory: identifiers are random, and each goes to another page
# Persons and cases before what refers to them.
MODELS: Mapping[str, type[WordsModel]] = {
    "case": Case, "person": Person, "exploitation": Exploitation, "place_event": PlaceEvent,
}  # fmt: skip
WITH_KEY = ("case", "person")
MOST_REMEMBERED = 20_000
# What a file is read into is a text, a number or an answer already.
TAKEN_AS_THEY_ARE = frozenset(
    {"CharField", "TextField", "BooleanField", "IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"}
)


class Inserting:
    """Prepare the rows of one table, and add them."""

    def __init__(self, model: type[models.Model], names: Mapping[str, str]) -> None:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        by_attribute = {attribute: name for name, attribute in names.items()}
        self._resting = [field.get_db_prep_save(field.get_default(), connection) for field in fields]
        names_of = [by_attribute.get(field.attname, field.attname) for field in fields]
        self._places = {
            name: (place, _preparing(field)) for place, (name, field) in enumerate(zip(names_of, fields, strict=True))
        }
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        table = quote(model._meta.db_table)
        self._insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own
        self._copy = f"COPY {table} ({columns}) FROM STDIN"

    def row(self, values: Values) -> list[Any]:
        """Give the columns of one record; what it does not say rests."""
        row = self._resting.copy()
        for name, value in values.items():
            if value is not None:
                place, prepare = self._places[name]
                row[place] = prepare(value) if prepare else value
        return row

    def add(self, cursor: Any, rows: list[list[Any]]) -> None:
        """Add rows; PostgreSQL takes them by COPY in a fraction of the time of as many INSERTs."""
        if rows and connection.vendor == "postgresql":
            with cursor.copy(self._copy) as copy:
                for row in rows:
                    copy.write_row(row)
        elif rows:
            cursor.executemany(self._insert, rows)


def _preparing(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """Give what turns a value into what the database takes; None where both are the same."""
    kind = (field.target_field if isinstance(field, models.ForeignKey) else field).get_internal_type()
    if kind == "UUIDField":
        return None if connection.features.has_native_uuid_field else attrgetter("hex")
    if kind in TAKEN_AS_THEY_ARE:
        return None
    remembered: dict[Any, Any] = {}  # the same few terms and days come back all the time

    def prepare(value: Any) -> Any:
        if isinstance(value, Sealed):
            return field.get_db_prep_save(value, connection)
        key = tuple(value) if isinstance(value, list) else value
        if key not in remembered:
            if len(remembered) > MOST_REMEMBERED:
                remembered.clear()
            remembered[key] = field.get_db_prep_save(value, connection)
        return remembered[key]

    return prepare


class Writer:
    """Store the records of one import, batch by batch, each with the line that tells it was made."""

    def __init__(self, by: Account, compartment: str, cause: UUID) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA cache_size = {-CACHE}")
        self._tables = {entity: Inserting(model, model.words_columns()) for entity, model in MODELS.items()}
        self._links = Inserting(Case.persons.through, {})
        self._changes = Inserting(Change, Change.words_columns())
        today = timezone.localdate()
        self._house: dict[str, Values] = {
            "case": {"org_id": by.org_id, "compartment": compartment, "owner": by.pk, "changed_on": today},
            "person": {"org_id": by.org_id, "compartment": compartment, "changed_on": today},
        }
        self._creation: Values = {
            "version": 1, "field": history.CREATED, "changed_at": timezone.now(), "changed_by": by.pk, "cause": cause,
        }  # fmt: skip
        self._keys = bytearray()  # of 16 bytes each: a hundred thousand UUIDs are twenty times as large
        self._drafts: list[Draft] = []
        self._pairs: list[tuple[UUID, UUID]] = []

    def take(self, made: Draft | tuple[UUID, UUID]) -> None:
        """Keep a record for the next batch."""
        if isinstance(made, Draft):
            self._drafts.append(made)
            if len(self._drafts) >= BATCH:
                self.flush()
        else:
            self._pairs.append(made)

    def flush(self) -> None:
        """Store what was kept."""
        self._drafts.sort(key=attrgetter("key.int"))
        self._keys += b"".join(draft.key.bytes for draft in self._drafts if draft.entity in WITH_KEY)
        with connection.cursor() as cursor:
            for entity, table in self._tables.items():
                table.add(cursor, [table.row(self._values(draft)) for draft in self._drafts if draft.entity == entity])
            links = [self._links.row({"case_id": case, "person_id": person}) for case, person in self._pairs]
            self._links.add(cursor, links)
            creations = [self._creation_of(draft) for draft in self._drafts if draft.entity == "case"]
            self._changes.add(cursor, creations)
        self._drafts.clear()
        self._pairs.clear()

    def finish(self) -> None:
        """Store the rest, and make the keys, which lie outside the database: one that nobody uses is swept away."""
        self.flush()
        keys = sorted(bytes(self._keys[start : start + 16]) for start in range(0, len(self._keys), 16))
        for start in range(0, len(keys), BATCH):
            store().make(UUID(bytes=key) for key in keys[start : start + BATCH])

    def _values(self, draft: Draft) -> Values:
        model = MODELS[draft.entity]
        key = model._meta.pk.attname
        values = {**draft.values, **self._house.get(draft.entity, {}), key: draft.key}
        for name in _sealed_columns(model):
            if text := values.get(name):
                values[name] = _sealed(draft, name, str(text))
        return values

    def _creation_of(self, draft: Draft) -> list[Any]:
        """Give the line in the history of a case; its persons and episodes came with it."""
        told = {"change_id": uuid4(), "entity": draft.entity, "record_ref": draft.key, "key_record": draft.key}
        return self._changes.row({**self._creation, **told})


@cache
def _sealed_columns(model: type[WordsModel]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, SealedTextField))


def _sealed(draft: Draft, column: str, text: str) -> Sealed:
    store().make([draft.key])
    return Sealed(seal(store().key_of(draft.key), f"{draft.entity}/{draft.key}/{column}", text))
