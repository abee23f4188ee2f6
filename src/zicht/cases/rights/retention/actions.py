"""Set how long records are kept, and erase those that are past it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.cases.errors import NotAllowedError
from zicht.cases.models import Case, Person, RetentionRule
from zicht.cases.related import with_something_going_on
from zicht.cases.rights.consent.queries import same_person
from zicht.cases.rights.erasing import Erased, Eraser, erase, organisation_of
from zicht.cases.rights.errors import CountChangedError, TermMissingError
from zicht.cases.rights.retention.bookkeeping import erase_bookkeeping
from zicht.cases.rights.retention.queries import find_due, term_of
from zicht.people.actions import record_access
from zicht.people.models import Account

AT_ONCE = 100  # records in one transaction: others wait for it to end
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Retained:
    """What a run erased: records, and by entity what is kept about them."""

    records: Erased
    bookkeeping: dict[str, int]


@transaction.atomic
def set_retention(by: Account, years: int, reason: str) -> RetentionRule:
    """Say for how many years the own organisation keeps its records, and why; those set before stay in the list."""
    _authorise(by, "cases.set_retention")
    rule = RetentionRule(org=by.org, years=years, reason=reason, set_by=by, set_at=timezone.now())
    rule.save(force_insert=True)
    record_access(by, "changed", rule.words_entity, rule.pk)
    return rule


def erase_due(by: Eraser, *, expected: int | None = None, tell: Tell = lambda count: None) -> Retained:
    """Erase what is past its term, some records at a time, each of them whole; `tell` hears how many went.

    The daily task does it for an organisation in nobody's name: what goes was decided by who set the term, or by law.
    Raises CountChangedError before anything went when another number is due than was `expected`. Stopped half-way, what
    is left is erased by the next run.
    """
    if isinstance(by, Account):
        _authorise(by, "cases.erase_after_retention")
    org = organisation_of(by)
    if term_of(org).years is None:
        raise TermMissingError
    due = find_due(org)
    if expected is not None and due.records != expected:
        raise CountChangedError
    persons, cases = 0, 0
    # Persons first: a case whose persons went and that is left by a run that stopped is still due.
    for some in _parts(iter([record.key for record in (*due.persons, *due.cases)])):
        went = _erase_some(by, some)
        persons, cases = persons + went.persons, cases + went.cases
        tell(persons + cases)
    return Retained(Erased(persons, cases), erase_bookkeeping(by))


def _parts(keys: Iterator[UUID]) -> Iterator[list[UUID]]:
    while some := list(islice(keys, AT_ONCE)):
        yield some


@transaction.atomic
def _erase_some(by: Eraser, keys: list[UUID]) -> Erased:
    """Look again, since somebody may have opened a case meanwhile, and erase what is still due."""
    # All records of a person go together, wherever the part that was cut off begins.
    together = frozenset(keys).union(*same_person(keys).values())
    # Locked before looking: whoever adds to a person or opens a case again waits, or is waited for.
    for model in (Person, Case):
        list(model.objects.filter(pk__in=together).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    due = find_due(organisation_of(by), only=together)
    persons, cases = ([record.key for record in records] for records in (due.persons, due.cases))
    # Who still has a place to stay is erased by a later run; so are the other records counted as the same person.
    staying = with_something_going_on(persons)
    kept = frozenset(staying).union(*same_person(staying).values())
    cases = [key for key in cases if not Case.persons.through.objects.filter(case=key, person__in=kept).exists()]
    persons = [key for key in persons if key not in kept]
    return erase(by, persons, cases, reason="retention")


def _authorise(by: Account, permission: str) -> None:
    if not Account.objects.get(pk=by.pk).has_perm(permission):
        raise NotAllowedError
