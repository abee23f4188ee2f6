"""Move a case with its persons to another organisation: from that moment it stands behind the walls of that one.

Whoever calls this has asked both sides and noted the share. What is recorded about the persons stays as it is, under
the same keys, and so does the history, in which the organisations and owners before stand too.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from zicht.cases import history
from zicht.cases.matching.actions import take_out
from zicht.cases.matching.suggesting import suggest
from zicht.cases.models import Case, Kept, LegalClock, Person, SubjectRequest
from zicht.cases.webhooks.queueing import tell_of_changes
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation


def hinders_moving(case: Case) -> bool:
    """Tell whether something about the persons of a case goes on that the organisation has to answer for itself.

    Somebody in a further case, or counted as one with a record elsewhere, would be torn in two. A request that waits is
    answered by who got it, and while the use of data is limited nothing is passed on (GDPR art. 18(2)).
    """
    persons = list(case.persons.values_list("pk", "restricted_on"))
    own = [key for key, _limited in persons]
    is_joined = Person.objects.filter(pk__in=own, merged_into__isnull=False).exclude(merged_into__in=own).exists()
    is_joined |= Person.objects.filter(merged_into__in=own).exclude(pk__in=own).exists()
    is_shared = Case.persons.through.objects.filter(person__in=own).exclude(case=case).exists()
    waits = SubjectRequest.objects.filter(person__in=own, answered_on=None).exists()
    is_limited = any(limited for _key, limited in persons)
    return is_joined or is_shared or waits or is_limited or not case.is_open


def move_case(by: Account, case: Case, owner: Account, wall: str) -> Case:
    """Give a case with its persons to an organisation, behind one of its walls and with somebody there as owner."""
    before, to = case.org, owner.org
    persons = list(Person.objects.filter(cases=case).select_for_update(of=("self",)).order_by("pk"))
    keys = [person.pk for person in persons]
    # What they were compared with stays behind: a suggestion would tell each side of the other's records.
    take_out(before.pk, keys)
    walls: Mapping[str, object] = {"org_id": to.pk, "compartment": wall}
    _change(by, case, {**walls, "owner": owner.pk, "team": []})
    case.team.clear()
    for person in persons:
        _change(by, person, walls)
    LegalClock.objects.filter(Q(case=case) | Q(person__in=keys)).update(org=to)
    for person in persons:
        suggest(person)
    _tell(by, case, before, keys)
    return case


def _change(by: Account, record: Case | Person, values: Mapping[str, object]) -> None:
    before = {name: history.value_of(record, name) for name in values}
    kept: Kept = record
    for name, column in record.words_columns().items():
        if name in values:
            setattr(record, column, values[name])
    kept.version += 1
    record.changed_on = timezone.localdate()
    record.save()
    history.remember(by, kept, before)


def _tell(by: Account, case: Case, before: Organisation, persons: list[UUID]) -> None:
    """Write down in the access logs of both organisations that the case went over; the last step."""
    for org in (before, case.org):
        tell_of_changes(org.pk, case.compartment, case.words_entity, [case.pk])
        record_access(by, "changed", case.words_entity, case.pk, compartment=case.compartment, org=org)
    for key in persons:
        record_access(by, "changed", "person", key, compartment=case.compartment, org=before)
