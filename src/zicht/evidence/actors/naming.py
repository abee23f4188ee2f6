"""Give actors their names, and find the one that somebody means by a name; a name alone makes no actor the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from zicht.cases.errors import NotAllowedError
from zicht.evidence.errors import WhichActorError
from zicht.evidence.models import Actor, ActorName, Source
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.sealed import reveal_each
from zicht.people.short_codes import short_code

# Stands between a name and the code of the actor in the list that is offered while typing.
MARK = " · "
# Kinds of actors that may be named: bodies of a state, companies, ships; never a private person.
PUBLIC = frozenset({"company", "state", "vessel", "fund"})
OLDEST = ("at", "entry_id")  # names, the oldest first


def names_by_actor(
    account: Account, actors: Iterable[UUID] | None = None, sources: Iterable[UUID] | None = None
) -> dict[UUID, list[str]]:
    """Give the names of actors that stand in sources an account may see, or in some of these, the oldest first."""
    rows = ActorName.objects.visible_to(account).order_by(*OLDEST)
    if actors is not None:
        rows = rows.filter(actor__in=list(actors))
    if sources is not None:
        rows = rows.filter(source__in=list(sources))
    return spelt(rows)


def spelt(rows: Iterable[ActorName]) -> dict[UUID, list[str]]:
    """Give the names in rows by actor, each spelling once."""
    some = list(rows)
    called = reveal_each(some, "called")
    names: dict[UUID, list[str]] = defaultdict(list)
    for row in some:
        name = called.get(row.pk)
        if name and name not in names[row.actor_id]:
            names[row.actor_id].append(name)
    return dict(names)


def offered_names(account: Account) -> list[str]:
    """Give the names to choose from while typing; a name of several actors has the code of each behind it."""
    return sorted(_by_offered(account))


def find_by_name(account: Account, typed: str) -> Actor | None:
    """Find the actor that somebody means; None when nobody is called so. Raise WhichActorError when several are."""
    wanted = typed.strip()
    found = _by_offered(account).get(wanted)
    if found is None:
        keys = {key for key, names in names_by_actor(account).items() if _is_called(names, wanted)}
        if len(keys) > 1:
            raise WhichActorError
        found = next(iter(keys), None)
    return Actor.objects.visible_to(account).filter(pk=found).first() if found else None


def _is_called(names: list[str], wanted: str) -> bool:
    return any(name.casefold() == wanted.casefold() for name in names)


def _by_offered(account: Account) -> Mapping[str, UUID]:
    bearers: dict[str, set[UUID]] = defaultdict(set)
    for key, names in names_by_actor(account).items():
        for name in names:
            bearers[name].add(key)
    alone = {name: next(iter(keys)) for name, keys in bearers.items() if len(keys) == 1}
    several = {f"{name}{MARK}{short_code(key)}": key for name, keys in bearers.items() if len(keys) > 1 for key in keys}
    return {**alone, **several}


@transaction.atomic
def actor_called(by: Account, source: Source, name: str, kind: str, *, found: Actor | None = None) -> Actor:
    """Give the actor of a name, who is made when nobody is called so, and note that this source names them so."""
    actor = found or find_by_name(by, name) or make_actor(by, source, name, kind)
    note_name(by, actor, source, name.partition(MARK)[0].strip())
    return actor


def make_actor(by: Account, source: Source, name: str, kind: str, *, register_id: str = "", country: str = "") -> Actor:
    """Make an actor that a source names; a number in a register is kept of bodies and ships, and of nobody else."""
    actor = Actor(org=source.org, compartment=source.compartment, kind=kind, label=name.strip(), named_in=source)
    actor.public_actor, actor.made_by = kind in PUBLIC, by
    actor.register_id, actor.country = register_id if actor.public_actor else "", country
    actor.save(force_insert=True)
    record_access(by, "opened", "actor", actor.pk, compartment=actor.compartment)
    return actor


def note_name(by: Account, actor: Actor, source: Source, name: str) -> None:
    """Note a name of an actor as this source spells it, once."""
    if actor.compartment != source.compartment or actor.org_id != source.org_id:
        raise NotAllowedError
    there = spelt(actor.names.filter(source=source)).get(actor.pk, [])
    if name not in there:
        ActorName(actor=actor, source=source, called=name, by=by).save(force_insert=True)
