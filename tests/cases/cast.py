"""Who acts in the tests of the register, and the records they begin with."""

import datetime as dt
from functools import cached_property

from tests.people.cast import Cast as PeopleCast
from tests.people.cast import colleague

from zicht.cases import actions
from zicht.cases.models import Case, Exploitation, Person
from zicht.people.models import Account

PERSON: dict[str, object] = {
    "age_band": "16_17",
    "gender": "f",
    "citizenship_group": "nl",
    "status": "possible",
    "status_by": "ngo",
    "status_date": dt.date(2026, 3, 2),
    "first_registered": 2026,
}
EPISODE: dict[str, object] = {
    "forms": ["sexual"],
    "main_form": "sexual",
    "means": ["threat_images"],
    "relations": ["partner"],
    "recruitment_channel": "social_media",
}


class Cast(PeopleCast):
    """Everybody in the tests of this room; somebody comes into being when a test first names them."""

    @cached_property
    def case_worker(self) -> Account:
        """Works on cases at the helpline."""
        return colleague(self.administrator, "wanda", "case_worker")

    @cached_property
    def second_case_worker(self) -> Account:
        """Works on cases at the helpline too, and is in no team."""
        return colleague(self.administrator, "willem", "case_worker")

    @cached_property
    def coordinator(self) -> Account:
        """Coordinates care at the helpline."""
        return colleague(self.administrator, "carla", "care_coordinator")

    @cached_property
    def shelter_worker(self) -> Account:
        """Sees the cases in whose team she is."""
        return colleague(self.administrator, "sofie", "shelter_worker")

    @cached_property
    def analyst(self) -> Account:
        """Makes figures at the helpline, and sees no case."""
        return colleague(self.administrator, "arend", "analyst")

    @cached_property
    def stranger_case_worker(self) -> Account:
        """Works on cases at the shelter: must see nothing of the helpline."""
        return colleague(self.stranger, "tom", "case_worker")

    @cached_property
    def case(self) -> Case:
        """A case of the helpline, owned by the case worker."""
        return actions.open_case(self.case_worker, {"opened_on": dt.date(2026, 3, 2)})

    @cached_property
    def person(self) -> Person:
        """The person of that case."""
        return actions.add_person(self.case_worker, self.case, PERSON)

    @cached_property
    def episode(self) -> Exploitation:
        """What happened to that person."""
        return actions.add_episode(self.case_worker, self.case, self.person, EPISODE)
