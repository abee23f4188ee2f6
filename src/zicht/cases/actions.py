"""Everything that changes the register; each change keeps what was there before and writes a line in the access log."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.cases import history, queries, rules, saving
from zicht.cases.errors import NotAllowedError, WrongStepError
from zicht.cases.models import Assessment, Case, Exploitation, Person, PlaceEvent
from zicht.cases.rights.consent.setting_aside import set_aside_after_episode
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value


# --- cases --------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_case(by: Account, values: Values, *, compartment: str = "", case_id: UUID | None = None) -> Case:
    """Open a case of which the account becomes the owner; the same `case_id` twice is the same case once.

    Without a compartment it is the one wall behind which the account may open a case. Raises NotAllowedError when there
    is none or several, ValidationError for values that the words do not allow.
    """
    wall = compartment or _only_wall(by)
    if wall not in rules.walls_to_open_in(by):
        raise NotAllowedError
    if case_id and (made := queries.find_case(by, case_id)):
        return made
    today = timezone.localdate()
    case = Case(org=by.org, compartment=wall, owner=by, opened_on=today, changed_on=today)
    if case_id:
        case.case_id = case_id
    saving.fill(case, values)
    return saving.create(by, case, case.compartment)


def _only_wall(by: Account) -> str:
    walls = rules.walls_to_open_in(by)
    return next(iter(walls)) if len(walls) == 1 else ""


@transaction.atomic
def change_case(by: Account, case: Case, values: Values, *, version: int) -> Case:
    """Change fields of a case that were read at a version."""
    case = saving.lock(by, Case, case.pk)
    saving.authorise(by, case)
    return saving.change(by, case, values, version, case.compartment)


@transaction.atomic
def close_case(by: Account, case: Case, values: Values, *, version: int) -> Case:
    """Close a case; `values` hold the state, the day and the reason."""
    return _step(by, case, values, version)


@transaction.atomic
def reopen_case(by: Account, case: Case, *, version: int) -> Case:
    """Open a closed case again; when and why it was closed stays in its history."""
    return _step(by, case, {"state": "active", "closed_on": None, "closure_reason": ""}, version)


@transaction.atomic
def follow_up_case(by: Account, case: Case, state: str, *, version: int) -> Case:
    """Move an open case between active and follow-up."""
    return _step(by, case, {"state": state}, version)


def _step(by: Account, case: Case, values: Values, version: int) -> Case:
    case = saving.lock(by, Case, case.pk)
    saving.authorise(by, case)
    if not rules.may_follow(case.state, str(values["state"])):
        raise WrongStepError
    return saving.change(by, case, values, version, case.compartment)


@transaction.atomic
def set_team(by: Account, case: Case, owner: Account, team: Iterable[Account], *, version: int) -> Case:
    """Say who owns a case and who is in its team: they read its texts. All are colleagues who may see such cases."""
    case = saving.lock(by, Case, case.pk)
    saving.authorise(by, case)
    members = list(team)
    for account in [owner, *members]:
        if account.org_id != case.org_id or case.compartment not in _walls_of(account):
            raise NotAllowedError
    values = {"owner": owner.pk, "team": sorted({str(account.pk) for account in members})}
    return saving.change(by, case, values, version, case.compartment)


def _walls_of(account: Account) -> frozenset[str]:
    return rules.walls_of_all_cases(account) | rules.walls_of_own_cases(account)


# --- persons and episodes -------------------------------------------------------------------------------------------
@transaction.atomic
def add_person(by: Account, case: Case, values: Values, *, person_id: UUID | None = None) -> Person:
    """Add a new person to a case; the same `person_id` twice is the same person once."""
    case = saving.lock(by, Case, case.pk)
    saving.authorise(by, case)
    if person_id and (made := queries.find_person(by, case, person_id)):
        return made
    today = timezone.localdate()
    person = Person(org=case.org, compartment=case.compartment, first_registered=today.year, changed_on=today)
    if person_id:
        person.person_id = person_id
    saving.fill(person, values)
    saving.create(by, person, case.compartment)
    case.persons.add(person)
    return person


@transaction.atomic
def put_in_case(by: Account, case: Case, person: Person) -> None:
    """Put somebody who is registered already in a further case behind the same walls."""
    case = saving.lock(by, Case, case.pk)
    person = saving.lock(by, Person, person.pk)
    saving.authorise(by, case)
    if person.compartment != case.compartment:
        raise NotAllowedError
    case.persons.add(person)
    saving.log(by, "changed", case, case.compartment)


@transaction.atomic
def change_person(by: Account, case: Case, person: Person, values: Values, *, version: int) -> Person:
    """Change fields of a person in a case that were read at a version."""
    person = saving.lock(by, Person, person.pk, cases=case)
    saving.authorise(by, case, person)
    return saving.change(by, person, values, version, case.compartment)


@transaction.atomic
def add_episode(
    by: Account, case: Case, person: Person, values: Values, *, episode_id: UUID | None = None
) -> Exploitation:
    """Add an episode of exploitation of a person in a case; the same `episode_id` twice is the same episode once."""
    person = saving.lock(by, Person, person.pk, cases=case)
    saving.authorise(by, case, person)
    if episode_id and (made := person.episodes.filter(pk=episode_id).first()):
        return made
    episode = Exploitation(person=person, case=case)
    if episode_id:
        episode.exploitation_id = episode_id
    saving.fill(episode, values)
    saving.touch(person)
    saving.create(by, episode, case.compartment)
    set_aside_after_episode(by, episode)
    return episode


@transaction.atomic
def change_episode(by: Account, case: Case, episode: Exploitation, values: Values, *, version: int) -> Exploitation:
    """Change fields of an episode that were read at a version."""
    episode = saving.lock(by, Exploitation, episode.pk, person__cases=case)
    saving.authorise(by, case, episode.person)
    saving.touch(episode.person)
    before = episode.relations
    saving.change(by, episode, values, version, case.compartment)
    set_aside_after_episode(by, episode, before)
    return episode


@transaction.atomic
def add_place(
    by: Account, case: Case, episode: Exploitation, values: Values, *, place_id: UUID | None = None
) -> PlaceEvent:
    """Say, coarsely, where something of an episode took place; the same `place_id` twice is the same place once."""
    episode = saving.lock(by, Exploitation, episode.pk, person__cases=case)
    saving.authorise(by, case, episode.person)
    if place_id and (made := episode.places.filter(pk=place_id).first()):
        return made
    place = PlaceEvent(exploitation=episode)
    if place_id:
        place.place_event_id = place_id
    saving.fill(place, values)
    saving.refuse_if_taken(place)
    place.save(force_insert=True)
    history.remember_place(by, episode, place, is_there=True)
    saving.touch(episode.person)
    saving.log(by, "changed", episode, case.compartment)
    return place


@transaction.atomic
def remove_place(by: Account, case: Case, place: PlaceEvent) -> None:
    """Take back a place that was filled in."""
    episode = saving.lock(by, Exploitation, place.exploitation_id, person__cases=case)
    saving.authorise(by, case, episode.person)
    if PlaceEvent.objects.filter(pk=place.pk, exploitation=episode).delete()[0]:
        history.remember_place(by, episode, place, is_there=False)
    saving.touch(episode.person)
    saving.log(by, "changed", episode, case.compartment)


@transaction.atomic
def assess(by: Account, case: Case, person: Person, values: Values, *, assessment_id: UUID | None = None) -> Assessment:
    """Keep what a member of staff concluded about a person, with the reason; earlier ones stay as they are.

    The same `assessment_id` twice is the same assessment once.
    """
    person = saving.lock(by, Person, person.pk, cases=case)
    saving.authorise(by, case, person)
    if assessment_id and (made := person.assessments.filter(pk=assessment_id).first()):
        return made
    assessment = Assessment(case=case, person=person, decided_by=by)
    if assessment_id:
        assessment.assessment_id = assessment_id
    saving.fill(assessment, values)
    saving.touch(person)
    return saving.create(by, assessment, case.compartment)
