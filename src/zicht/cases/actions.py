"""Everything that changes the register; each change keeps what was there before and writes a line in the access log."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.cases import history, queries, rules
from zicht.cases.errors import ChangedMeanwhileError, NotAllowedError, NotThereError, RestrictedError, WrongStepError
from zicht.cases.matching.rules import FIELDS as COMPARED
from zicht.cases.matching.suggesting import suggest
from zicht.cases.models import Assessment, Case, Exploitation, Kept, Person, PlaceEvent
from zicht.cases.rights.consent.setting_aside import set_aside_after_episode
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.records import WordsModel
from zicht.people.sealed import make_key

Values = Mapping[str, object]  # field name of the entity -> value
R = TypeVar("R", bound=WordsModel)
K = TypeVar("K", bound=Kept)


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
    _set(case, values)
    return _create(by, case, case.compartment)


def _only_wall(by: Account) -> str:
    walls = rules.walls_to_open_in(by)
    return next(iter(walls)) if len(walls) == 1 else ""


@transaction.atomic
def change_case(by: Account, case: Case, values: Values, *, version: int) -> Case:
    """Change fields of a case that were read at a version."""
    case = _locked(by, Case, case.pk)
    _authorise(by, case)
    return _change(by, case, values, version, case.compartment)


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
    case = _locked(by, Case, case.pk)
    _authorise(by, case)
    if not rules.may_follow(case.state, str(values["state"])):
        raise WrongStepError
    return _change(by, case, values, version, case.compartment)


@transaction.atomic
def set_team(by: Account, case: Case, owner: Account, team: Iterable[Account], *, version: int) -> Case:
    """Say who owns a case and who is in its team: they read its texts. All are colleagues who may see such cases."""
    case = _locked(by, Case, case.pk)
    _authorise(by, case)
    members = list(team)
    for account in [owner, *members]:
        if account.org_id != case.org_id or case.compartment not in _walls_of(account):
            raise NotAllowedError
    values = {"owner": owner.pk, "team": sorted({str(account.pk) for account in members})}
    return _change(by, case, values, version, case.compartment)


def _walls_of(account: Account) -> frozenset[str]:
    return rules.walls_of_all_cases(account) | rules.walls_of_own_cases(account)


# --- persons and episodes -------------------------------------------------------------------------------------------
@transaction.atomic
def add_person(by: Account, case: Case, values: Values, *, person_id: UUID | None = None) -> Person:
    """Add a new person to a case; the same `person_id` twice is the same person once."""
    case = _locked(by, Case, case.pk)
    _authorise(by, case)
    if person_id and (made := queries.find_person(by, case, person_id)):
        return made
    today = timezone.localdate()
    person = Person(org=case.org, compartment=case.compartment, first_registered=today.year, changed_on=today)
    if person_id:
        person.person_id = person_id
    _set(person, values)
    _create(by, person, case.compartment)
    case.persons.add(person)
    return person


@transaction.atomic
def put_in_case(by: Account, case: Case, person: Person) -> None:
    """Put somebody who is registered already in a further case behind the same walls."""
    case = _locked(by, Case, case.pk)
    person = _locked(by, Person, person.pk)
    _authorise(by, case)
    if person.compartment != case.compartment:
        raise NotAllowedError
    case.persons.add(person)
    _log(by, "changed", case, case.compartment)


@transaction.atomic
def change_person(by: Account, case: Case, person: Person, values: Values, *, version: int) -> Person:
    """Change fields of a person in a case that were read at a version."""
    person = _locked(by, Person, person.pk, cases=case)
    _authorise(by, case, person)
    return _change(by, person, values, version, case.compartment)


@transaction.atomic
def add_episode(
    by: Account, case: Case, person: Person, values: Values, *, episode_id: UUID | None = None
) -> Exploitation:
    """Add an episode of exploitation of a person in a case; the same `episode_id` twice is the same episode once."""
    person = _locked(by, Person, person.pk, cases=case)
    _authorise(by, case, person)
    if episode_id and (made := person.episodes.filter(pk=episode_id).first()):
        return made
    episode = Exploitation(person=person, case=case)
    if episode_id:
        episode.exploitation_id = episode_id
    _set(episode, values)
    _touch(person)
    _create(by, episode, case.compartment)
    set_aside_after_episode(by, episode)
    return episode


@transaction.atomic
def change_episode(by: Account, case: Case, episode: Exploitation, values: Values, *, version: int) -> Exploitation:
    """Change fields of an episode that were read at a version."""
    episode = _locked(by, Exploitation, episode.pk, person__cases=case)
    _authorise(by, case, episode.person)
    _touch(episode.person)
    before = episode.relations
    _change(by, episode, values, version, case.compartment)
    set_aside_after_episode(by, episode, before)
    return episode


@transaction.atomic
def add_place(
    by: Account, case: Case, episode: Exploitation, values: Values, *, place_id: UUID | None = None
) -> PlaceEvent:
    """Say, coarsely, where something of an episode took place; the same `place_id` twice is the same place once."""
    episode = _locked(by, Exploitation, episode.pk, person__cases=case)
    _authorise(by, case, episode.person)
    if place_id and (made := episode.places.filter(pk=place_id).first()):
        return made
    place = PlaceEvent(exploitation=episode)
    if place_id:
        place.place_event_id = place_id
    _set(place, values)
    _refuse_if_taken(place)
    place.save(force_insert=True)
    history.remember_place(by, episode, place, is_there=True)
    _touch(episode.person)
    _log(by, "changed", episode, case.compartment)
    return place


@transaction.atomic
def remove_place(by: Account, case: Case, place: PlaceEvent) -> None:
    """Take back a place that was filled in."""
    episode = _locked(by, Exploitation, place.exploitation_id, person__cases=case)
    _authorise(by, case, episode.person)
    if PlaceEvent.objects.filter(pk=place.pk, exploitation=episode).delete()[0]:
        history.remember_place(by, episode, place, is_there=False)
    _touch(episode.person)
    _log(by, "changed", episode, case.compartment)


@transaction.atomic
def assess(by: Account, case: Case, person: Person, values: Values, *, assessment_id: UUID | None = None) -> Assessment:
    """Keep what a member of staff concluded about a person, with the reason; earlier ones stay as they are.

    The same `assessment_id` twice is the same assessment once.
    """
    person = _locked(by, Person, person.pk, cases=case)
    _authorise(by, case, person)
    if assessment_id and (made := person.assessments.filter(pk=assessment_id).first()):
        return made
    assessment = Assessment(case=case, person=person, decided_by=by)
    if assessment_id:
        assessment.assessment_id = assessment_id
    _set(assessment, values)
    _touch(person)
    return _create(by, assessment, case.compartment)


# --- parts: for the other actions of this room too -----------------------------------------------------------------
def _authorise(by: Account, case: Case, person: Person | None = None) -> None:
    """Ask the rules about the account as it is now, and refuse what a limited use forbids."""
    if not Account.objects.get(pk=by.pk).has_perm("cases.change", case):
        raise NotAllowedError
    if person is not None and person.restricted_on:
        raise RestrictedError


def _locked(by: Account, kind: type[R], key: UUID, **where: object) -> R:
    """Find a record that the account may see, and keep others from changing it until the end of the transaction."""
    seen: Any = kind.objects
    record: R | None = seen.visible_to(by).select_for_update(of=("self",)).filter(pk=key, **where).first()
    if record is None:
        raise NotThereError
    return record


def _set(record: Any, values: Values) -> None:
    """Put values in a record; a field that it does not have is a mistake of the program or of a forged form."""
    columns, relations = record.words_columns(), record.words_relations()
    for name, value in values.items():
        if name in columns:
            setattr(record, columns[name], value)
        elif name not in relations:
            raise ValidationError({name: [_("There is no field of this name.")]})


def _refuse_if_taken(record: WordsModel) -> None:
    """Refuse the identifier of a record behind another wall, and tell nothing; one's own was found before this."""
    if type(record).objects.filter(pk=record.pk).exists():
        raise NotThereError


def _create(by: Account, record: R, compartment: str) -> R:
    kept: Any = record
    _refuse_if_taken(record)
    record.refuse_if_wrong()  # before the key is made
    make_key(kept)
    record.save(force_insert=True)
    history.remember_creation(by, kept).save(force_insert=True)
    _look_for_the_same(record)
    _log(by, "opened", record, compartment)
    return record


def _change(by: Account, record: K, values: Values, version: int, compartment: str, cause: UUID | None = None) -> K:
    """Save what is different, unless somebody changed the same fields since `version`; history keeps the `cause`."""
    before = {name: history.value_of(record, name) for name in values}
    wanted = {name: value for name, value in values.items() if history.write(value) != history.write(before[name])}
    _refuse_if_changed_meanwhile(record, wanted, version)
    if not wanted:
        return record
    _set(record, wanted)
    record.version += 1
    if isinstance(record, Case | Person):
        record.changed_on = timezone.localdate()
    record.save()
    for name in record.words_relations() & wanted.keys():
        getattr(record, name).set(wanted[name])
    history.remember(by, record, {name: before[name] for name in wanted}, cause)
    if COMPARED.keys() & wanted.keys():
        _look_for_the_same(record)
    _log(by, "changed", record, compartment)
    return record


def _refuse_if_changed_meanwhile(record: Kept, wanted: Values, version: int) -> None:
    if record.version == version:
        return
    theirs = history.changes_since(record, version)
    if clash := {name: theirs[name] for name in wanted if name in theirs}:
        raise ChangedMeanwhileError(clash, record.version)


def _look_for_the_same(record: WordsModel) -> None:
    """Suggest which records could be about the same person, before the line in the log: others wait from there on."""
    if isinstance(record, Person | Exploitation):
        suggest(record if isinstance(record, Person) else record.person)


def _touch(person: Person) -> None:
    """Note that something about a person changed: retention counts from the last change."""
    if person.changed_on != timezone.localdate():
        Person.objects.filter(pk=person.pk).update(changed_on=timezone.localdate())


def _log(by: Account, verb: str, record: Any, compartment: str) -> None:
    record_access(by, verb, record.words_entity, record.pk, compartment=compartment)
