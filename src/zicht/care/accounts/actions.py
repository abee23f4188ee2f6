"""Write down what a person told, as told; nothing of it is ever changed, what is told later stands beside it."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from zicht.care.accounts.errors import AlreadyNotedError
from zicht.care.plan.doors import Door, pass_own, touch
from zicht.care.plan.events import remember
from zicht.care.plan.models import AccountVersion, PlanEvent
from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value
# What can be noted of an account later; it is a step beside it, and changes nothing in it.
NOTES = {"read_back": "account_read_back", "withdrawn": "account_withdrawn"}


@transaction.atomic
def write_account(by: Account, door: Door, values: Values, *, account_id: UUID | None = None) -> AccountVersion:
    """Keep what was told as the next version; the same `account_id` twice is the same version once."""
    door = pass_own(by, door)
    versions = AccountVersion.objects.filter(person=door.person)
    if account_id and (made := versions.filter(pk=account_id).first()):
        return made
    told = AccountVersion(
        person=door.person, case=door.case, version=versions.count() + 1, state="as_told", written_by=by
    )
    if account_id:
        told.account_version_id = account_id
    saving.fill(told, values)
    remember(by, "account_written", door.case, door.person, told.pk)
    touch(door)
    return saving.create(by, told, door.case.compartment)


@transaction.atomic
def note(by: Account, door: Door, account_id: UUID, what: str) -> None:
    """Note that the person agreed to what was read back, or took it back; the words themselves stay as they are."""
    door = pass_own(by, door)
    told = AccountVersion.objects.filter(pk=account_id, person=door.person, case=door.case).first()
    if told is None or what not in NOTES:
        raise NotThereError
    if PlanEvent.objects.filter(record_ref=told.pk, step__in=(NOTES[what], NOTES["withdrawn"])).exists():
        raise AlreadyNotedError
    remember(by, NOTES[what], door.case, door.person, told.pk)
    touch(door)
    saving.log(by, "changed", told, door.case.compartment)
