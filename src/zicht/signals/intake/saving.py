"""How every action on intake saves: who may, one writer at a time, a step in the history, a line in the access log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.signals.intake.errors import ChangedMeanwhileError, ClosedError, NotThereError
from zicht.signals.models import Intake, IntakeStep

Values = Mapping[str, object]  # field name of the entity -> value
# What the program fills in itself, whatever a form says.
NOT_TYPED = frozenset(
    {"intake_id", "org_id", "compartment", "clock_from", "due_at", "spot_mark", "spot_mark_before", "state", "handler"}
    | {"outcome", "reason", "decided_by", "decided_on", "source_yes"}
)


def lock(by: Account, intake_id: UUID, version: int | None = None, *, is_open: bool = True) -> Intake:
    """Find intake that the account weighs now, and keep others from changing it until the end of the transaction.

    With a version, refuse what somebody else changed since.
    """
    account = Account.objects.get(pk=by.pk)  # roles as they are now
    found: Intake | None = (
        Intake.objects.visible_to(account).select_for_update(of=("self",)).filter(pk=intake_id).first()
    )
    if found is None or not account.has_perm("signals.weigh", found):
        raise NotThereError
    if version is not None and found.version != version:
        raise ChangedMeanwhileError
    if is_open and not found.is_open:
        raise ClosedError
    return found


def lock_all(by: Account, keys: list[UUID]) -> list[Intake]:
    """Lock several, always in one order: two people who decide about the same two never wait for each other."""
    return [lock(by, key, is_open=False) for key in sorted(keys)]


def fill(record: Any, values: Values) -> None:
    """Put values in a record; a field that it does not have, or that nobody types, is a forged form."""
    columns = record.words_columns()
    for name, value in values.items():
        if name not in columns or name in NOT_TYPED:
            raise ValidationError({name: [_("There is no field of this name.")]})
        setattr(record, columns[name], value)


def save(by: Account, intake: Intake, deed: str, detail: str = "") -> Intake:
    """Save a change with its step, and its line in the access log last: other writers wait from there."""
    intake.version += 1
    intake.save()
    remember(by, intake, deed, detail)
    log_change(by, intake)
    return intake


def remember(by: Account, intake: Intake, deed: str, detail: str = "") -> None:
    """Add a step to the history."""
    IntakeStep(intake=intake, made_at=timezone.now(), made_by=by, deed=deed, detail_code=detail).save(force_insert=True)


def log_change(by: Account, intake: Intake) -> None:
    """Write down in the access log that a report was changed."""
    record_access(by, "changed", "intake", intake.pk, compartment=intake.compartment)
