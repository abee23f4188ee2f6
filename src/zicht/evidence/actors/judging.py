"""Which actors are the same: judged by people, pair by pair, and undone by one more judgement."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zicht.cases.errors import NotAllowedError
from zicht.evidence.models import Actor, ActorJudgement
from zicht.people.actions import record_access
from zicht.people.models import Account


@transaction.atomic
def judge(by: Account, one: Actor, other: Actor, verdict: str, reasons: Sequence[str] = ()) -> ActorJudgement:
    """Judge whether two actors are the same, or undo what was judged."""
    seen = Actor.objects.visible_to(by).filter(pk__in=[one.pk, other.pk]).count()
    is_of_one_wall = (one.org_id, one.compartment) == (other.org_id, other.compartment)
    if one.pk == other.pk or seen < len({one.pk, other.pk}) or not is_of_one_wall:
        raise NotAllowedError
    first, second = sorted((one, other), key=lambda actor: actor.pk.hex)
    judgement = ActorJudgement(actor_a=first, actor_b=second, verdict=verdict, reasons=list(reasons), by=by)
    judgement.save(force_insert=True)
    record_access(by, "merged", "actor", first.pk, compartment=one.compartment)
    return judgement


def verdicts_of(actors: Iterable[UUID]) -> dict[frozenset[UUID], str]:
    """Give the last judgement on each pair that one of these actors is in."""
    some = list(actors)
    rows = ActorJudgement.objects.filter(Q(actor_a__in=some) | Q(actor_b__in=some)).order_by("at", "judgement_id")
    return {frozenset({a, b}): verdict for a, b, verdict in rows.values_list("actor_a_id", "actor_b_id", "verdict")}


def same_as(actors: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give for each actor the one that stands for all that are judged the same, also through others."""
    stands_for = {actor: actor for actor in actors}
    waiting, seen = set(stands_for), set[UUID]()
    while waiting:
        seen |= waiting
        found: set[UUID] = set()
        for pair, verdict in verdicts_of(waiting).items():
            if verdict == "same":
                _join(stands_for, *sorted(pair, key=lambda key: key.hex))
                found |= pair
        waiting = found - seen
    return {actor: _top(stands_for, actor) for actor in stands_for}


def _join(stands_for: dict[UUID, UUID], one: UUID, other: UUID) -> None:
    first, second = sorted((_top(stands_for, one), _top(stands_for, other)), key=lambda key: key.hex)
    stands_for[second] = first


def _top(stands_for: dict[UUID, UUID], actor: UUID) -> UUID:
    while stands_for.setdefault(actor, actor) != actor:
        actor = stands_for[actor]
    return actor
