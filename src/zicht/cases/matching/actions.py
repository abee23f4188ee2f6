"""Decide that two records are one person, or are two, and take a decision back.

The decisions (matches of state `same`) are what counts. `merged_into` is worked out from them for every record that
they connect; no record is moved, emptied or joined, so that each is whole when a decision is taken back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zicht.cases import history, saving
from zicht.cases.errors import ChangedMeanwhileError, NotThereError, RestrictedError
from zicht.cases.matching import candidates, queries, rules
from zicht.cases.matching.candidates import in_order
from zicht.cases.matching.errors import ContradictionError, DecidedAlreadyError
from zicht.cases.matching.suggesting import suggest
from zicht.cases.models import Change, Match, Person
from zicht.cases.rights.consent.setting_aside import set_aside_answers
from zicht.cases.webhooks.queueing import tell_of_changes
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation

DECIDED = ("same", "different")


@dataclass(frozen=True)
class Pair:
    """Two records as the account that decides has seen them: `versions` are what stood on the page."""

    one: UUID
    other: UUID
    versions: Mapping[UUID, int]


# --- deciding -------------------------------------------------------------------------------------------------------
@transaction.atomic
def count_as_one(by: Account, pair: Pair, values: Mapping[str, UUID] | None = None) -> Match:
    """Decide that two records are one person.

    `values` say for fields of a person from which record the one that is counted takes its value; the change history
    of that record keeps what was there before. Raises NotThereError unless the account may change every record that
    would be counted as one, ContradictionError when somebody decided that two of them are different.
    """
    involved = _hold(by, pair)
    match = _match_of(pair, involved)
    if match.state == "same":
        return match
    _refuse_if_decided_or_changed(match, pair, involved)
    if Match.objects.filter(person_a__in=involved, person_b__in=involved, state="different").exists():
        raise ContradictionError
    _decide(by, match, "same")
    root = involved[_count(involved)]
    chosen = {name: history.value_of(involved[record], name) for name, record in (values or {}).items()}
    saving.change(by, root, chosen, root.version, root.compartment, cause=match.pk)
    set_aside_answers(by, [root.pk])  # one record may name a parent who answered in the other
    _tell(involved, root)
    _log(by, match.pk, root.compartment)
    return match


@transaction.atomic
def count_apart(by: Account, pair: Pair) -> Match:
    """Decide that two records are different persons; records that other decisions connect cannot be."""
    involved = _hold(by, pair)
    match = _match_of(pair, involved)
    if match.state == "different":
        return match
    _refuse_if_decided_or_changed(match, pair, involved)
    if pair.other in queries.connected([pair.one]):
        raise ContradictionError
    _decide(by, match, "different")
    _log(by, match.pk, involved[pair.one].compartment)
    return match


@transaction.atomic
def undo(by: Account, pair: Pair) -> None:
    """Take a decision back: the pair is a suggestion again, or nothing, and values that were chosen are as before.

    A value that somebody changed since stays as it is.
    """
    involved = _hold(by, pair)
    match = _match_of(pair, involved)
    if match.state not in DECIDED:
        return
    decision, was_same = match.pk, match.state == "same"
    _suggest_again(match, involved)
    if was_same:
        _count(involved)
        for person in involved.values():
            _restore(by, person, decision)
        _tell(involved, involved[pair.one])
    _log(by, decision, involved[pair.one].compartment)


@transaction.atomic
def look_again(by: Account, person: Person) -> None:
    """Compare a record again with those that could be about the same person."""
    found = queries.changeable(by).select_for_update(of=("self",)).filter(pk=person.pk).first()
    if found is None:
        raise NotThereError
    if found.restricted_on:
        raise RestrictedError
    suggest(found)


@transaction.atomic
def take_out(org_id: UUID, persons: Collection[UUID]) -> None:
    """Forget every match of records that are about to be erased, and count the others without them.

    Call this before the records are locked or deleted: decisions of an organisation wait for each other here.
    """
    _take_turn(org_id)
    group = queries.connected(persons)
    Match.objects.filter(Q(person_a__in=persons) | Q(person_b__in=persons)).delete()
    _count({record.pk: record for record in Person.objects.filter(pk__in=group, org=org_id)})


# --- parts ----------------------------------------------------------------------------------------------------------
def _take_turn(org_id: UUID) -> None:
    # Two decisions at once could join records that each of them alone leaves apart, so they wait for each other.
    # no_key: lines of the log and new records refer to the organisation, and must not wait for this lock.
    Organisation.objects.select_for_update(no_key=True).get(pk=org_id)


def _hold(by: Account, pair: Pair) -> dict[UUID, Person]:
    """Lock all records that a decision about two of them touches; whoever decides may change each of them."""
    _take_turn(by.org_id)
    wanted = {pair.one, pair.other}
    group = queries.connected(wanted)
    reader = Account.objects.get(pk=by.pk)
    locked = Person.objects.filter(pk__in=group).select_for_update(of=("self",)).order_by("pk")
    involved = {person.pk: person for person in locked}
    allowed = queries.changeable(reader).filter(pk__in=group).count()
    if len(wanted) != 2 or not wanted <= involved.keys() or allowed != len(group):
        raise NotThereError
    if len({person.compartment for person in involved.values()}) > 1:
        raise NotThereError
    if any(person.restricted_on for person in involved.values()):
        raise RestrictedError
    return involved


def _match_of(pair: Pair, involved: Mapping[UUID, Person]) -> Match:
    """Find the match of two records, or begin one that is compared and not stored yet."""
    found = Match.objects.filter(**in_order(pair.one, pair.other)).first()
    if found:
        return found
    comparison = candidates.compare(involved[pair.one], involved[pair.other])
    return Match(**in_order(pair.one, pair.other), score=comparison.score, reasons=comparison.reasons, state="possible")


def _refuse_if_decided_or_changed(match: Match, pair: Pair, involved: Mapping[UUID, Person]) -> None:
    """Refuse a decision after another one, and about records that are no longer as they were on the page."""
    if match.state in DECIDED:
        raise DecidedAlreadyError
    for key, version in pair.versions.items():
        if key not in involved or involved[key].version != version:
            raise ChangedMeanwhileError({}, version)


def _decide(by: Account, match: Match, state: str) -> None:
    match.state, match.decided_by, match.decided_on = state, by, timezone.localdate()
    match.save()


def _suggest_again(match: Match, involved: Mapping[UUID, Person]) -> None:
    """Put a match back to what the program says of the pair as it is now."""
    comparison = candidates.compare(involved[match.person_a_id], involved[match.person_b_id])
    if not comparison.state:
        match.delete()
        return
    match.state, match.score, match.reasons = comparison.state, comparison.score, comparison.reasons
    match.decided_by = match.decided_on = None
    match.save()


def _count(involved: Mapping[UUID, Person]) -> UUID:
    """Work out anew which record is counted for each group that decisions connect; give the root of the first one."""
    same = Match.objects.filter(person_a__in=involved, person_b__in=involved, state="same")
    found = rules.groups(sorted(involved), same.values_list("person_a_id", "person_b_id"))
    roots = [rules.root_of({key: involved[key].first_registered for key in group}) for group in found]
    for group, root in zip(found, roots, strict=True):
        for key in group:
            _point(involved[key], None if key == root else root)
    return roots[0] if roots else UUID(int=0)


def _point(person: Person, root: UUID | None) -> None:
    # Past the version: nobody filled this in, so it can clash with no form.
    if person.merged_into_id != root:
        person.merged_into_id = root
        Person.objects.filter(pk=person.pk).update(merged_into=root)


def _tell(involved: Mapping[UUID, Person], one: Person) -> None:
    """Let other systems know that records may count otherwise."""
    tell_of_changes(one.org_id, one.compartment, one.words_entity, involved)


def _restore(by: Account, person: Person, cause: UUID) -> None:
    """Give a record back the values it had before a decision, as far as that decision was the last to change them."""
    before: dict[str, object] = {}
    for name in set(Change.objects.filter(record_ref=person.pk, cause=cause).values_list("field", flat=True)):
        newest = Change.objects.filter(record_ref=person.pk, field=name).order_by("-version").first()
        # Without a cause, so that it is not taken for a choice when the decision is made and taken back once more.
        if newest and newest.cause == cause:
            before[name] = history.told([newest])[0].before
    saving.change(by, person, before, person.version, person.compartment)


def _log(by: Account, decision: UUID, compartment: str) -> None:
    record_access(by, "merged", Match.words_entity, decision, compartment=compartment)
