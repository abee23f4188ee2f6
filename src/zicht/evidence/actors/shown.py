"""Actors by the name that a reader sees: of somebody who is protected the alias, and never the name."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from zicht.evidence.actors.naming import names_by_actor, spelt
from zicht.evidence.models import Actor, ActorName
from zicht.evidence.redaction import Redactor, redactor
from zicht.people.models import Account
from zicht.people.sealed import reveal_each
from zicht.people.short_codes import short_code


def shown_names(account: Account, keys: Iterable[UUID], sources: Iterable[UUID] | None = None) -> dict[UUID, str]:
    """Give for actors the name in sources that an account may see; the alias of who is protected; else a code.

    With `sources` no other source gives a name: what leaves names nobody as a source does that stays.
    """
    wanted = set(keys)
    actors = {actor.pk: actor for actor in Actor.objects.filter(pk__in=wanted, org_id=account.org_id)}
    names = names_by_actor(account, wanted, sources)
    return {key: shown_name(actor, names.get(key, [])) for key, actor in actors.items()}


def shown_name(actor: Actor, names: list[str]) -> str:
    """Give what an actor of these names is called on pages; the alias of who is protected; without a name a code."""
    if actor.protected:
        return alias_of(actor)
    return names[0] if names else short_code(actor.pk)


def alias_of(actor: Actor) -> str:
    """Give what stands for somebody who is protected."""
    return actor.alias or _("Protected %(code)s") % {"code": short_code(actor.pk)}


def redactor_for(account: Account) -> Redactor:
    """Make what takes the names of everybody protected in the organisation out, from whichever source they are."""
    return redactor_of(account.org_id)


def redactor_of(org_id: UUID) -> Redactor:
    """Make the same for an organisation."""
    protected = {one.pk: one for one in Actor.objects.filter(org_id=org_id, protected=True)}
    rows = list(ActorName.objects.filter(actor__in=protected, source__state="open"))
    labels = reveal_each(protected.values(), "label")
    named = [(name, alias_of(protected[key])) for key, names in spelt(rows).items() for name in names]
    return redactor([*named, *((name, alias_of(protected[key])) for key, name in labels.items())])
