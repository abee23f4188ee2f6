"""Many cases with their persons and episodes in one request: all of it, or nothing."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from ninja import Router, Status

from zicht.cases import actions, models
from zicht.cases.api import schemas
from zicht.cases.api.cases import writing
from zicht.cases.api.keys import KeyRequest
from zicht.cases.api.refusals import REFUSALS
from zicht.cases.api.telling import refuse_unknown_organisations
from zicht.people.models import Account

router = Router(tags=["cases"])


@router.post("/bulk", auth=writing, response={201: schemas.Made, **REFUSALS})
def make_many(request: KeyRequest, payload: schemas.Bulk) -> Status[Any]:
    """Make up to 100 cases with persons, episodes and places. What is there already stays as it is."""
    making = _Making(request.auth)
    with transaction.atomic():
        for place, case in enumerate(payload.cases):
            making.case(case, f"cases.{place}.")
    return Status(201, making.made)


class _Making:
    """Make records one by one, and say in which of them something is wrong."""

    def __init__(self, by: Account) -> None:
        self.by = by
        self.made: dict[str, list[UUID]] = {"cases": [], "persons": [], "episodes": []}

    def case(self, sent: Any, place: str) -> None:
        values = sent.values()
        refuse_unknown_organisations("case", values, place)
        with _At(place):
            case = actions.open_case(self.by, values, compartment=sent.compartment, case_id=sent.case_id)
        self.made["cases"].append(case.pk)
        for number, person in enumerate(sent.persons):
            self.person(case, person, f"{place}persons.{number}.")

    def person(self, case: models.Case, sent: Any, place: str) -> None:
        with _At(place):
            person = actions.add_person(self.by, case, sent.values(), person_id=sent.person_id)
        self.made["persons"].append(person.pk)
        for number, episode in enumerate(sent.episodes):
            self.episode(case, person, episode, f"{place}episodes.{number}.")

    def episode(self, case: models.Case, person: models.Person, sent: Any, place: str) -> None:
        with _At(place):
            episode = actions.add_episode(self.by, case, person, sent.values(), episode_id=sent.exploitation_id)
        self.made["episodes"].append(episode.pk)
        for number, found in enumerate(sent.places):
            with _At(f"{place}places.{number}."):
                actions.add_place(self.by, case, episode, found.values(), place_id=found.place_event_id)


class _At:
    """Put the place of a record in front of the names of its wrong fields."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Say where it went wrong."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            raise ValidationError({f"{self.place}{name}": told for name, told in error.message_dict.items()}) from error
