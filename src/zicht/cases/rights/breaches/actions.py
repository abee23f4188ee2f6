"""Record a breach, and what was done about it; its clock of 72 hours starts with it."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.cases import saving
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.models import Breach, LegalClock
from zicht.cases.rights.breaches import queries, rules
from zicht.cases.rights.errors import NotToldError
from zicht.cases.rights.rules import breach_due
from zicht.people.models import Account

Values = Mapping[str, object]
LAW = "GDPR art. 33(1)"
NO_WALL = ""  # a breach may be about records behind several walls, and names none


@transaction.atomic
def record_breach(by: Account, values: Values, *, breach_id: UUID | None = None) -> Breach:
    """Write down a breach; the same `breach_id` twice is the same breach once."""
    _authorise(by)
    if breach_id and (made := queries.find_breach(by, breach_id)):
        return made
    breach = Breach(org=by.org, handled_by=by)
    if breach_id:
        breach.breach_id = breach_id
    saving.fill(breach, values)
    saving.create(by, breach, NO_WALL)
    due = breach_due(breach.found_at)
    LegalClock.objects.create(
        org=breach.org,
        kind="breach_report",
        record_ref=breach.pk,
        started_at=breach.found_at,
        ends_at=due,
        law=LAW,
        state=_state(breach),
        set_by=by,
    )
    return breach


@transaction.atomic
def change_breach(by: Account, breach: Breach, values: Values, *, version: int) -> Breach:
    """Change what is known about a breach, or say who was told; the clock follows."""
    breach = _locked(by, breach)
    saving.change(by, breach, values, version, NO_WALL)
    _set_clock(breach)
    return breach


@transaction.atomic
def close_breach(by: Account, breach: Breach, *, version: int) -> Breach:
    """Close a breach once the supervisory authority was told, or need not be."""
    breach = _locked(by, breach)
    if not rules.is_finished(breach):
        raise NotToldError
    return saving.change(by, breach, {"closed_on": timezone.localdate()}, version, NO_WALL)


def _set_clock(breach: Breach) -> None:
    clock = LegalClock.objects.filter(record_ref=breach.pk, kind="breach_report")
    clock.update(started_at=breach.found_at, ends_at=breach_due(breach.found_at), state=_state(breach))


def _state(breach: Breach) -> str:
    due = timezone.localdate(breach_due(breach.found_at), timezone.get_default_timezone())
    return rules.clock_state(breach, due)


def _authorise(by: Account) -> None:
    if not Account.objects.get(pk=by.pk).has_perm("cases.keep_breaches"):
        raise NotAllowedError


def _locked(by: Account, breach: Breach) -> Breach:
    _authorise(by)
    found: Breach | None = (
        Breach.objects.select_for_update(of=("self",)).filter(pk=breach.pk, org=by.org_id, closed_on=None).first()
    )
    if found is None:
        raise NotThereError
    return found
