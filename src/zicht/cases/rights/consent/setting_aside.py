"""Set consents aside once a parent is coded as suspected perpetrator: they count as no until somebody has looked.

It stands apart from the other actions because those that save episodes call it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from zicht.cases import history
from zicht.cases.models import Consent, Exploitation
from zicht.cases.rights.consent import queries, rules
from zicht.cases.rules import parent_perpetrator
from zicht.people.actions import record_access
from zicht.people.models import Account


def set_aside_after_episode(by: Account, episode: Exploitation, relations_before: object = ()) -> list[Consent]:
    """Set aside what parents and guardians answered for the person of an episode that was just saved.

    A giver whom a colleague allowed by name is set aside again where a further parent is named: that colleague did not
    know it.
    """
    now = {"relations": episode.relations}
    if not parent_perpetrator(now):
        return []
    added = set(_parents(episode.relations)) - set(_parents(relations_before))
    return set_aside_answers(by, [episode.person_id], even_allowed=bool(added))


def _parents(relations: object) -> Iterable[str]:
    named = relations if isinstance(relations, list | tuple) else ()
    return (one for one in named if parent_perpetrator({"relations": [one]}))


def set_aside_answers(by: Account, person_ids: Iterable[UUID], *, even_allowed: bool = False) -> list[Consent]:
    """Set aside what parents and guardians answered for those persons of whom a parent is suspected.

    For imports and for records that are counted as one: call it in the same transaction, after everything is saved.
    """
    suspected = queries.suspected_parents(person_ids)
    groups = queries.same_person(suspected)
    answers = Consent.objects.filter(person__in=groups, given_by__in=rules.FOR_A_CHILD, set_aside_on=None)
    if not even_allowed:
        answers = answers.filter(allowed_by=None)
    found = list(answers.select_for_update(of=("self",)).select_related("person").order_by("consent_id"))
    for consent in found:
        _set_aside(by, consent)
    return found


def _set_aside(by: Account, consent: Consent) -> None:
    consent.set_aside_on = timezone.localdate()
    consent.version += 1
    consent.save()
    history.remember(by, consent, {"set_aside_on": None})
    compartment = consent.person.compartment if consent.person else ""
    record_access(by, "changed", consent.words_entity, consent.pk, compartment=compartment)
