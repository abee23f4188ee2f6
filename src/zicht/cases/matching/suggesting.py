"""Write down which records could be about one person, whenever a person or an episode was added or changed.

These are the only things about matches that the program writes by itself. They stand apart from `actions`, because the
actions of the room call them.
"""

from uuid import UUID

from django.db.models import Q

from zicht.cases.matching import candidates
from zicht.cases.matching.candidates import in_order
from zicht.cases.matching.rules import Comparison
from zicht.cases.models import Match, Person

OPEN_STATES = ("likely", "possible", "unmatchable")


def suggest(person: Person) -> None:
    """Compare a person's record with those that could be the same, and write down which are; decisions stay."""
    matches = _matches_of(person)
    earlier = [other for other, match in matches.items() if match.state in OPEN_STATES]
    found = {} if person.restricted_on else candidates.closest(person, earlier)
    for other in earlier:
        if other in found:
            _refresh(matches[other], found[other])
        else:
            matches[other].delete()  # nothing speaks for it any more
    new = [_new(person.pk, other, comparison) for other, comparison in found.items() if other not in matches]
    # Somebody may be writing the same pair from the other side at this moment.
    Match.objects.bulk_create(new, ignore_conflicts=True)


def _matches_of(person: Person) -> dict[UUID, Match]:
    both = Match.objects.filter(Q(person_a=person) | Q(person_b=person))
    return {match.person_b_id if match.person_a_id == person.pk else match.person_a_id: match for match in both}


def _refresh(match: Match, comparison: Comparison) -> None:
    told = (comparison.score, comparison.reasons, comparison.state)
    if (match.score, match.reasons, match.state) != told:
        match.score, match.reasons, match.state = told
        match.save()


def _new(one: UUID, other: UUID, comparison: Comparison) -> Match:
    return Match(**in_order(one, other), score=comparison.score, reasons=comparison.reasons, state=comparison.state)
