"""Make dossiers, record who was heard, and let something leave: each release is kept with its sources."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.db import transaction

from zicht.cases.errors import NotAllowedError
from zicht.evidence import rules
from zicht.evidence.actors.shown import redactor_for
from zicht.evidence.errors import NamesProtectedError, NotHeardError
from zicht.evidence.models import (
    Actor,
    Claim,
    Dossier,
    DossierPart,
    Release,
    ReleaseSource,
    RightOfReply,
    Source,
)
from zicht.evidence.releases.contents import contents_of, not_heard
from zicht.evidence.sources import custody
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.sealed import make_key


@transaction.atomic
def make_dossier(by: Account, title: str, claims: Iterable[Claim]) -> Dossier:
    """Put claims together under a title, in which nobody who is protected may stand."""
    if not by.has_perm("evidence.record"):
        raise NotAllowedError
    if redactor_for(by).has(title):
        raise NamesProtectedError
    dossier = Dossier(org=by.org, compartment=rules.wall_for(by), title=title, made_by=by)
    make_key(dossier)
    dossier.save(force_insert=True)
    for number, claim in enumerate(claims, start=1):
        DossierPart(dossier=dossier, claim=claim, number=number).save(force_insert=True)
    record_access(by, "opened", "dossier", dossier.pk, compartment=dossier.compartment)
    return dossier


@transaction.atomic
def hear(
    by: Account, dossier: Dossier, actor: Actor, state: str, asked_on: dt.date | None = None, answer: str | None = None
) -> RightOfReply:
    """Record that an actor was asked, what came of it, or why asking would endanger somebody."""
    if not by.has_perm("evidence.record", dossier):
        raise NotAllowedError
    reply = RightOfReply(dossier=dossier, actor=actor, state=state, asked_on=asked_on, answer=answer, by=by)
    reply.save(force_insert=True)
    record_access(by, "changed", "dossier", dossier.pk, compartment=dossier.compartment)
    return reply


def refuse_unheard(by: Account, dossier: Dossier) -> None:
    """Raise NotHeardError while the dossier names somebody without a right of reply."""
    if not_heard(contents_of(by, dossier), dossier):
        raise NotHeardError


@transaction.atomic
def let_leave(
    by: Account, content: bytes, form: str, sources: Iterable[Source], dossier: Dossier | None = None
) -> Release:
    """Keep that something left, in which form and with which sources."""
    if not by.has_perm("evidence.record"):
        raise NotAllowedError
    release = Release(org=by.org, compartment=rules.wall_for(by), dossier=dossier, format=form, by=by)
    release.sha256 = hashlib.sha256(content).hexdigest()
    release.save(force_insert=True)
    for source in Source.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in sources]):
        ReleaseSource(release=release, source=source).save(force_insert=True)
        custody.add_line(source, "exported", by)
    record_access(by, "exported", "release", release.pk, compartment=release.compartment)
    return release
