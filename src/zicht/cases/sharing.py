"""Note that something about one person goes to another organisation, and that it stops: for rooms that show it there.

Files are given out by exchange/, which notes a share for everybody in them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from zicht.cases import saving
from zicht.cases.models import Consent, Person, Share
from zicht.cases.webhooks.queueing import tell_of_changes
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation
from zicht.people.sealed import make_key


@dataclass(frozen=True, slots=True)
class Ground:
    """Say on what a share rests: legal bases, why it is needed, and whether the person was told."""

    basis: tuple[str, ...]
    necessity: str
    person_informed: bool | None = None


def share(by: Account, person: Person, to: Organisation, what: str, ground: Ground, consent: Consent | None) -> Share:
    """Store that data about a person go to an organisation; the caller has asked the rules and holds the person."""
    line = Share(
        org_id=person.org_id,
        compartment=person.compartment,
        what=what,
        record_ref=person.pk,
        to_org=to,
        basis=list(ground.basis),
        necessity=ground.necessity,
        person_informed=ground.person_informed,
        shared_at=timezone.now(),
        by=by,
        consent=consent,
    )
    make_key(line)
    line.save(force_insert=True)
    saving.log(by, "opened", line, line.compartment)
    return line


def end_share(by: Account, line: Share) -> None:
    """Store that nothing more goes from today; one that ended before stays as it is."""
    if line.ended_on is None:
        line.ended_on = timezone.localdate()
        line.save()
        tell_of_changes(line.org_id, line.compartment, line.words_entity, [line.pk])
        record_access(by, "changed", line.words_entity, line.pk, compartment=line.compartment, org=line.org)


def yes_to(persons: Iterable[Person], to: Organisation) -> Consent | None:
    """Give the newest yes to passing on to an organisation: when it ends, so does every share that rests on it."""
    found: Consent | None = (
        Consent.objects.filter(
            person__in=persons, purpose="referral", recipient=to, answer="yes", withdrawn_on=None, set_aside_on=None
        )
        .order_by("-asked_on")
        .first()
    )
    return found
