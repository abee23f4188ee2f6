"""Give records out: to a recipient, on a legal basis, with a reason.

What may leave is decided in releasing.py. For every person in a file a line is kept in the log of what was shared.
"""

import io
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zicht import words
from zicht.cases import rules
from zicht.cases.errors import NotAllowedError
from zicht.cases.exchange import permissions, plain
from zicht.cases.exchange.errors import NobodyToExport
from zicht.cases.exchange.htcds_columns import columns as htcds_columns
from zicht.cases.exchange.htcds_out import to_htcds
from zicht.cases.exchange.releasing import Release, release
from zicht.cases.exchange.report import Report
from zicht.cases.exchange.shapes import Bundle, Values
from zicht.cases.models import Case, Consent, Exploitation, Person, PlaceEvent, Share
from zicht.cases.rights.consent.queries import with_consent
from zicht.people.actions import record_access
from zicht.people.locked_files import File, lock
from zicht.people.models import Account, Organisation
from zicht.people.record_keys import store
from zicht.people.records import WordsModel
from zicht.reading import tables

AT_ONCE = 500  # persons read together
KINDS = ("csv", "xlsx", "json")
STANDARDS = ("htcds", "plain")


@dataclass(frozen=True, slots=True)
class Order:
    """Hold what is asked: which records, for whom, why, and in which form."""

    recipient: Organisation
    compartment: str
    standard: str
    kind: str
    basis: tuple[str, ...] = ()
    necessity: str = ""
    purpose: str = ""  # of the consent, where the basis is one
    first_year: int | None = None
    last_year: int | None = None
    status: tuple[str, ...] = ()
    locked: bool = False  # with a password that comes with the file

    @property
    def rests_on_consent(self) -> bool:
        """Tell whether only persons who agreed may be in it."""
        return rules.rests_on_consent(self.basis)


@dataclass(slots=True)
class Contents:
    """Hold what leaves, and what of it was held back."""

    persons: list[UUID] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    without_consent: int = 0
    restricted: int = 0
    counted_with_another: int = 0


CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def look(by: Account, order: Order) -> Contents:
    """Show what would leave, without anything leaving."""
    _authorise(by, order)
    contents = Contents()
    to = _release(by, order.recipient)
    names: dict[object, str] = dict(Organisation.objects.values_list("pk", "org_name"))
    for person, bundles in _bundles(by, order, contents):
        contents.persons.append(person)
        for bundle in bundles:
            released, held_back = release(bundle, to)
            rows, losses = _written(order.standard, released, names)
            contents.rows += rows
            contents.report.add([*held_back, *losses])
    return contents


@transaction.atomic
def export(by: Account, order: Order) -> tuple[File, Contents]:
    """Make the file, and note for every person in it that it was shared, to whom, why and on which basis.

    Raises NotAllowedError, and NobodyToExport when no record is left; then nothing is noted.
    """
    contents = look(by, order)
    if not contents.persons:
        raise NobodyToExport
    file = File(_file(order, contents), f"zicht-{order.standard}.{order.kind}", CONTENT_TYPES[order.kind])
    if order.locked:
        file = lock(file)
    if order.recipient.pk != by.org_id:
        _note_shares(by, order, contents)
    record_access(by, "exported", "person", compartment=order.compartment)
    return file, contents


def _authorise(by: Account, order: Order) -> None:
    """Ask the rules about the account as it is now, and refuse an order that a form would not have let through."""
    walls = permissions.walls_to_exchange(Account.objects.get(pk=by.pk))
    is_known = order.standard in STANDARDS and order.kind in KINDS
    is_reasoned = order.recipient.pk == by.org_id or bool(order.basis and order.necessity.strip())
    is_alone = bool(order.basis) and rules.is_article_9_alone(order.basis)
    is_lawful = not rules.NOT_A_BASIS & set(order.basis) and not is_alone
    is_lawful &= not order.rests_on_consent or bool(order.purpose)
    if order.compartment not in walls or not (is_known and is_reasoned and is_lawful):
        raise NotAllowedError


def _release(by: Account, recipient: Organisation) -> Release:
    if recipient.pk == by.org_id:
        return Release(by.org_id)
    store().make([recipient.pk])  # one key for a recipient: the next file has the same identifiers
    return Release(by.org_id, store().key_of(recipient.pk))


def _bundles(by: Account, order: Order, contents: Contents) -> Iterator[tuple[UUID, list[Bundle]]]:
    persons = _chosen(by, order)
    contents.restricted = persons.exclude(restricted_on=None).count()
    contents.counted_with_another = persons.exclude(merged_into=None).count()
    keys = list(persons.filter(restricted_on=None, merged_into=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        if order.rests_on_consent:
            agreed = with_consent(some, order.purpose, order.recipient)
            contents.without_consent += len(some) - len(agreed)
            some = [key for key in some if key in agreed]
        yield from _read(by, some)


def _chosen(by: Account, order: Order) -> Any:
    persons = Person.objects.visible_to(by).filter(compartment=order.compartment)
    if order.first_year:
        persons = persons.filter(first_registered__gte=order.first_year)
    if order.last_year:
        persons = persons.filter(first_registered__lte=order.last_year)
    return persons.filter(status__in=order.status) if order.status else persons


def _read(by: Account, keys: Sequence[UUID]) -> Iterator[tuple[UUID, list[Bundle]]]:
    """Read persons with their cases, episodes and places: a bundle for each case, or one without."""
    persons = {person.pk: person for person in Person.objects.filter(pk__in=keys)}
    cases = {case.pk: case for case in Case.objects.visible_to(by).filter(persons__in=keys).distinct()}
    links = defaultdict(list)
    for case, person in Case.persons.through.objects.filter(person__in=keys).values_list("case_id", "person_id"):
        if case in cases:
            links[person].append(case)
    episodes = defaultdict(list)
    for episode in Exploitation.objects.filter(person__in=keys).order_by("start_month", "pk"):
        episodes[episode.person_id].append(episode)
    places = defaultdict(list)
    for place in PlaceEvent.objects.filter(exploitation__person__in=keys).order_by("period", "pk"):
        places[place.exploitation_id].append(place)
    for key in keys:
        yield key, list(_bundles_of(persons[key], [cases[case] for case in links[key]], episodes[key], places))


def _bundles_of(
    person: Person, cases: list[Case], episodes: list[Exploitation], places: dict[UUID, list[PlaceEvent]]
) -> Iterator[Bundle]:
    told = values_of(person)
    known = {case.pk for case in cases}
    for number, case in enumerate(cases or [None]):
        # What happened outside these cases stands beside the first of them, so that it is told once.
        own = [
            episode
            for episode in episodes
            if (case and episode.case_id == case.pk) or (number == 0 and episode.case_id not in known)
        ]
        yield Bundle(
            case=values_of(case) if case else {},
            person=told,
            episodes=[values_of(episode) for episode in own],
            places=[values_of(place) for episode in own for place in places.get(episode.pk, ())],
        )


def values_of(record: WordsModel) -> Values:
    """Give a record as values of its fields."""
    return {name: getattr(record, column) for name, column in record.words_columns().items()}


def _written(standard: str, bundle: Bundle, names: dict[object, str]) -> tuple[list[dict[str, str]], list[Any]]:
    if standard == "plain":
        return plain.to_plain(bundle, names)
    row, losses = to_htcds(bundle, names)
    return [row], losses


def columns_of(standard: str) -> Sequence[str]:
    """Give the columns of a file, in order."""
    return plain.written_columns() if standard == "plain" else htcds_columns()


def _file(order: Order, contents: Contents) -> bytes:
    columns = columns_of(order.standard)
    if order.kind == "json":
        return _json(order, contents)
    rows = ([row.get(name, "") for name in columns] for row in contents.rows)
    if order.kind == "xlsx":
        book = io.BytesIO()
        tables.write_xlsx(book, "Zicht", columns, rows)
        return book.getvalue()
    text = io.StringIO(newline="")
    tables.write_csv(text, columns, rows)
    return text.getvalue().encode()


def _json(order: Order, contents: Contents) -> bytes:
    rows = [{name: text for name, text in row.items() if text} for row in contents.rows]
    about = {"form": order.standard, "words": words.vocabulary().version}
    if order.standard == "htcds":
        about["credit"] = words.vocabulary().outside.htcds_credit
    return json.dumps({"about": about, "rows": rows}, ensure_ascii=False, indent=1).encode()


def _note_shares(by: Account, order: Order, contents: Contents) -> None:
    """Store one line for each person; the key that seals its reason is made with it."""
    fields = sorted({name for row in contents.rows for name, text in row.items() if text})
    consents = _consents(order, contents.persons) if order.rests_on_consent else {}
    now = timezone.now()
    shares = [
        Share(
            org_id=by.org_id,
            compartment=order.compartment,
            what=f"{order.standard}: {', '.join(fields)}",
            record_ref=person,
            to_org=order.recipient,
            basis=list(order.basis),
            necessity=order.necessity,
            shared_at=now,
            by=by,
            consent_id=consents.get(person),
            locked=order.locked,
        )
        for person in contents.persons
    ]
    store().make(share.key_record for share in shares)
    Share.objects.bulk_create(shares, batch_size=AT_ONCE)


def _consents(order: Order, persons: Sequence[UUID]) -> dict[UUID, UUID]:
    """Give the newest yes of each person for this purpose and recipient: when it ends, so does the sharing."""
    found: dict[UUID, UUID] = {}
    for start in range(0, len(persons), AT_ONCE):
        answers = Consent.objects.filter(
            Q(recipient=order.recipient) | Q(recipient=None),
            person__in=persons[start : start + AT_ONCE],
            purpose=order.purpose,
            answer="yes",
            withdrawn_on=None,
            set_aside_on=None,
        )
        found |= dict(answers.order_by("asked_on").values_list("person_id", "pk"))
    return found
