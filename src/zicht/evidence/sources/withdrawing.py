"""Take a source back: its key is destroyed, what it said can be read by nobody, and a tombstone tells that it was."""

import datetime as dt

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.utils import timezone

from zicht.evidence.models import Dossier, Release, Source, SourceWithdrawal
from zicht.evidence.search.index import forget
from zicht.evidence.sources import custody
from zicht.evidence.sources.actions import lock
from zicht.evidence.statements.claims import update_claims_of
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.record_keys import store


@transaction.atomic
def withdraw(by: Account, source: Source, asked_on: dt.date) -> SourceWithdrawal:
    """Take a source back for good; titles of dossiers that rested on it go too, since they may tell of it."""
    source = lock(by, source)
    custody.add_line(source, "withdrawn", by)
    source.state, source.published_edtf = "withdrawn", ""
    source.save()
    forget(source)
    update_claims_of(by, source)
    withdrawal = SourceWithdrawal(source=source, asked_on=asked_on, handled_by=by, handled_on=timezone.localdate())
    withdrawal.outcome = "too_late" if releases_of(source).exists() else "removed"
    withdrawal.save(force_insert=True)
    keys = [source.pk, *dossiers_on(source).values_list("pk", flat=True)]
    transaction.on_commit(lambda: store().destroy(keys))
    transaction.on_commit(lambda: empty_journal(connection))
    record_access(by, "key_destroyed", "source", source.pk, compartment=source.compartment)
    return withdrawal


def releases_of(source: Source) -> QuerySet[Release]:
    """Give what left with this source in it, the newest first."""
    return Release.objects.filter(sources__source=source).order_by("-at")


def dossiers_on(source: Source) -> QuerySet[Dossier]:
    """Give the dossiers with a claim that rests on this source."""
    return Dossier.objects.filter(parts__claim__parts__statement__source=source).distinct()


def empty_journal(database: BaseDatabaseWrapper) -> None:
    """Take what was deleted out of SQLite's journal too, unless somebody reads just now; PostgreSQL keeps its own.

    Texts and names stand there sealed, and with their key gone nobody opens them. What goes are the hashes of the
    index, which who has the secret key could try words on.
    """
    if database.vendor == "sqlite" and not database.in_atomic_block:  # SQLite refuses it within a transaction
        with database.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
