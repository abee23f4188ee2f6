"""Say that an actor is to be protected."""

from django.db import transaction

from zicht.cases.errors import NotAllowedError
from zicht.evidence import rules
from zicht.evidence.models import Actor, Source
from zicht.evidence.search.index import index_source
from zicht.people.actions import record_access
from zicht.people.models import Account


@transaction.atomic
def protect(by: Account, actor: Actor, alias: str) -> Actor:
    """Let nothing that leaves name an actor any more; an alias stands there instead."""
    if not by.has_perm("evidence.record", actor) or not Actor.objects.visible_to(by).filter(pk=actor.pk).exists():
        raise NotAllowedError
    locked: Actor = Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)
    locked.protected, locked.public_actor, locked.register_id, locked.alias = True, False, "", alias.strip()
    locked.save()
    # The name goes out of what searching finds, also where it stands in texts that do not name the actor.
    for source in Source.objects.filter(org=locked.org_id, state=rules.IN_USE):
        index_source(source)
    record_access(by, "changed", "actor", locked.pk, compartment=locked.compartment)
    return locked
