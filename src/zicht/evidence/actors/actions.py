"""Say what an actor is, and that somebody is to be protected."""

from django.db import transaction

from zicht.cases.errors import NotAllowedError
from zicht.evidence import rules
from zicht.evidence.actors.naming import spelt
from zicht.evidence.errors import NotPublicError
from zicht.evidence.models import Actor
from zicht.evidence.search.index import index_without
from zicht.people.actions import record_access
from zicht.people.models import Account


@transaction.atomic
def describe(by: Account, actor: Actor, country: str, register_id: str) -> Actor:
    """Say from which country an actor is, and by which number a register knows a body or a ship."""
    locked = _lock(by, actor)
    if register_id and not locked.public_actor:
        raise NotPublicError
    locked.country, locked.register_id = country, register_id
    locked.save()
    record_access(by, "changed", "actor", locked.pk, compartment=locked.compartment)
    return locked


@transaction.atomic
def protect(by: Account, actor: Actor, alias: str) -> Actor:
    """Let nothing that leaves name an actor any more; an alias stands there instead."""
    locked = _lock(by, actor)
    locked.protected, locked.public_actor, locked.register_id, locked.alias = True, False, "", alias.strip()
    locked.save()
    # The name goes out of what searching finds, also where it stands in texts that do not name the actor.
    names = spelt(locked.names.filter(source__state=rules.IN_USE)).get(locked.pk, [])
    index_without(locked.org_id, names)
    record_access(by, "changed", "actor", locked.pk, compartment=locked.compartment)
    return locked


def _lock(by: Account, actor: Actor) -> Actor:
    """Take the turn for an actor that an account may see; raise for another."""
    if not by.has_perm("evidence.record", actor) or not Actor.objects.visible_to(by).filter(pk=actor.pk).exists():
        raise NotAllowedError
    locked: Actor = Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)
    return locked
