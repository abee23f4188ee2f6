"""Persons of a case, what happened to them, and where."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from zicht.cases import actions, models, queries
from zicht.cases.api import schemas
from zicht.cases.api.cases import reading, writing
from zicht.cases.api.keys import KeyRequest
from zicht.cases.api.parts import MOST_ON_A_PAGE, find_case, find_episode, find_person, look
from zicht.cases.api.refusals import CHANGING, READING, REFUSALS
from zicht.cases.api.telling import changes, tell_episode, tell_persons, tell_place

CASE = "/{case_id}"
PERSONS = f"{CASE}/persons"
PERSON = f"{PERSONS}/{{person_id}}"
EPISODES = f"{PERSON}/episodes"
EPISODE = f"{EPISODES}/{{exploitation_id}}"
router = Router(tags=["persons"])


class Wanted(BaseModel):
    """Which page of the persons of a case."""

    limit: int = Field(50, ge=1, le=MOST_ON_A_PAGE)
    after: Annotated[str, Field(pattern="^[0-9a-f]{32}$")] | None = Field(None, description="What `next` said.")


# --- persons --------------------------------------------------------------------------------------------------------
@router.get(PERSONS, auth=reading, response={200: schemas.PersonList, **READING})
def list_persons(request: KeyRequest, case_id: UUID, wanted: Query[Wanted]) -> dict[str, object]:
    """List the persons of a case."""
    case = find_case(request, case_id)
    look(request, case, case)
    persons = case.persons.order_by("person_id")
    found = list((persons.filter(pk__gt=UUID(wanted.after)) if wanted.after else persons)[: wanted.limit + 1])
    shown = found[: wanted.limit]
    begin = shown[-1].pk.hex if len(found) > wanted.limit else None
    return {"items": tell_persons(request.auth, shown), "next": begin}


@router.post(PERSONS, auth=writing, response={201: schemas.Person, 200: schemas.Person, **REFUSALS})
def add_person(request: KeyRequest, case_id: UUID, payload: schemas.NewPerson) -> Status[Any]:
    """Add a new person to a case. The same `person_id` twice is one person, given back as it is."""
    case = find_case(request, case_id, "cases.change")
    made = queries.find_person(request.auth, case, payload.person_id) if payload.person_id else None
    if made is None:
        person = actions.add_person(request.auth, case, payload.values(), person_id=payload.person_id)
        return Status(201, tell_persons(request.auth, [person])[0])
    look(request, made, case)
    return Status(200, tell_persons(request.auth, [made])[0])


@router.get(PERSON, auth=reading, response={200: schemas.Person, **READING})
def read_person(request: KeyRequest, case_id: UUID, person_id: UUID) -> dict[str, object]:
    """Read a person of a case."""
    case = find_case(request, case_id)
    person = find_person(request, case, person_id)
    look(request, person, case)
    return tell_persons(request.auth, [person])[0]


@router.patch(PERSON, auth=writing, response={200: schemas.Person, **CHANGING})
def change_person(
    request: KeyRequest, case_id: UUID, person_id: UUID, payload: schemas.PersonChange
) -> dict[str, object]:
    """Change the fields that are sent. Somebody else's change of the same fields since `version` gives 409."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    changed = actions.change_person(request.auth, case, person, changes(person, payload), version=payload.version)
    return tell_persons(request.auth, [changed])[0]


# --- episodes -------------------------------------------------------------------------------------------------------
@router.get(EPISODES, auth=reading, response={200: schemas.EpisodeList, **READING})
def list_episodes(request: KeyRequest, case_id: UUID, person_id: UUID) -> dict[str, object]:
    """List what happened to a person, with the places."""
    case = find_case(request, case_id)
    person = find_person(request, case, person_id)
    look(request, person, case)
    episodes = person.episodes.prefetch_related("places").select_related("person").order_by("exploitation_id")
    return {"items": [tell_episode(episode) for episode in episodes[:MOST_ON_A_PAGE]]}


@router.post(EPISODES, auth=writing, response={201: schemas.Episode, 200: schemas.Episode, **REFUSALS})
def add_episode(request: KeyRequest, case_id: UUID, person_id: UUID, payload: schemas.NewEpisode) -> Status[Any]:
    """Add an episode. The same `exploitation_id` twice is one episode, given back as it is."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    key = payload.exploitation_id
    made = person.episodes.filter(pk=key).first() if key else None
    if made is None:
        episode = actions.add_episode(request.auth, case, person, payload.values(), episode_id=key)
        return Status(201, tell_episode(episode))
    look(request, made, case)
    return Status(200, tell_episode(made))


@router.get(EPISODE, auth=reading, response={200: schemas.Episode, **READING})
def read_episode(request: KeyRequest, case_id: UUID, person_id: UUID, exploitation_id: UUID) -> dict[str, object]:
    """Read an episode with its places."""
    case, episode = _find(request, case_id, person_id, exploitation_id)
    look(request, episode, case)
    return tell_episode(episode)


@router.patch(EPISODE, auth=writing, response={200: schemas.Episode, **CHANGING})
def change_episode(
    request: KeyRequest, case_id: UUID, person_id: UUID, exploitation_id: UUID, payload: schemas.EpisodeChange
) -> dict[str, object]:
    """Change the fields that are sent. Somebody else's change of the same fields since `version` gives 409."""
    case, episode = _find(request, case_id, person_id, exploitation_id, "cases.change")
    changed = actions.change_episode(request.auth, case, episode, changes(episode, payload), version=payload.version)
    return tell_episode(changed)


@router.post(f"{EPISODE}/places", auth=writing, response={201: schemas.Place, 200: schemas.Place, **REFUSALS})
def add_place(
    request: KeyRequest, case_id: UUID, person_id: UUID, exploitation_id: UUID, payload: schemas.NewPlace
) -> Status[Any]:
    """Say, coarsely, where something took place. The same `place_event_id` twice is one place."""
    case, episode = _find(request, case_id, person_id, exploitation_id, "cases.change")
    key = payload.place_event_id
    is_there = bool(key) and episode.places.filter(pk=key).exists()
    place = actions.add_place(request.auth, case, episode, payload.values(), place_id=key)
    return Status(200 if is_there else 201, tell_place(place))


@router.delete(f"{EPISODE}/places/{{place_event_id}}", auth=writing, response={204: None, **CHANGING})
def remove_place(
    request: KeyRequest, case_id: UUID, person_id: UUID, exploitation_id: UUID, place_event_id: UUID
) -> Status[None]:
    """Take back a place that was filled in; that it was there stays in the history."""
    case, episode = _find(request, case_id, person_id, exploitation_id, "cases.change")
    place = episode.places.filter(pk=place_event_id).first()
    if place is None:
        raise Http404
    actions.remove_place(request.auth, case, place)
    return Status(204, None)


def _find(
    request: KeyRequest, case_id: UUID, person_id: UUID, exploitation_id: UUID, permission: str = "cases.see"
) -> tuple[models.Case, models.Exploitation]:
    case = find_case(request, case_id, permission)
    person = find_person(request, case, person_id)
    return case, find_episode(request, case, person, exploitation_id)
