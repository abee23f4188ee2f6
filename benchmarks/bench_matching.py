"""How fast a record is compared with others, at growing sizes, on a SQLite file or on ZICHT_TEST_DATABASE_URL."""

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet

from benchmarks.run import Measured, report
from zicht.cases.matching import queries
from zicht.cases.matching.candidates import EPISODE, PERSON, frequencies_behind
from zicht.cases.matching.suggesting import suggest
from zicht.cases.models import Exploitation, Match, Person
from zicht.people.actions import accept_invitation, create_organisation, invite_account
from zicht.people.models import Account
from zicht.site.made_up_register import desks
from zicht.site.made_up_register.draw import draw

SIZES = (1_000, 10_000, 100_000)  # persons
DRAWN = 2_000  # persons of the made-up register, whose margins the others get
BATCH = 5_000
EACH = 200  # records that are compared
MOST = 100  # milliseconds
TODAY = dt.date(2026, 3, 2)
ORIGIN = ("citizenship", "citizenship_group", "language")  # go together


class Register:
    """A register of persons and episodes that grows, with the margins of the made-up one."""

    def __init__(self) -> None:
        values = {"org_name": "Help", "org_type": "care_coord", "legal_regime": "avg"}
        administrator = _accepted(create_organisation(values, login="admin", shown_as="Admin").code)
        code = invite_account(administrator, login="worker", shown_as="Worker", roles=["case_worker"]).code
        self.reader = _accepted(code)
        self.chance = Random(1)  # noqa: S311 - keeps no secret
        cases = list(draw("benchmark", DRAWN, TODAY, desks.HELP))
        self.persons = [values for case in cases for values in case.persons]
        self.episodes = [values for case in cases for values in case.episodes]
        self.size = 0

    def grow(self, size: int) -> None:
        """Add persons, past the check of every record, which is not what is measured here."""
        while self.size < size:
            many = [self._person() for _ in range(min(BATCH, size - self.size))]
            QuerySet[Person](Person).bulk_create(many)
            QuerySet[Exploitation](Exploitation).bulk_create(self._episodes_of(many))
            self.size += len(many)
        if connection.vendor == "postgresql":  # which its own service does within a minute
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _person(self) -> Person:
        """Give somebody whose fields come from different people, but for those that go together."""
        own, origin = self.chance.choice(self.persons), self.chance.choice(self.persons)
        known = {name: origin[name] for name in ORIGIN if name in origin}
        values = {**{name: own[name] for name in PERSON if name in own}, **known}
        household = UUID(int=self.chance.getrandbits(128)) if values.pop("household_key", None) else None
        status = {name: own[name] for name in ("status", "status_by", "status_date", "first_registered")}
        key = UUID(int=self.chance.getrandbits(128))
        house = {"org": self.reader.org, "compartment": "help", "changed_on": TODAY}
        return Person(person_id=key, household_key=household, **values, **status, **house)

    def _episodes_of(self, persons: list[Person]) -> Iterator[Exploitation]:
        for person in persons:
            drawn = self.chance.choice(self.episodes)
            values = {name: drawn[name] for name in EPISODE if drawn.get(name) and name != "situation_id"}
            month = f"{self.chance.randint(2019, 2025)}-{self.chance.randint(1, 12):02}"
            yield Exploitation(person=person, **{**values, "start_month": month})


def _accepted(code: str) -> Account:
    return accept_invitation(code, "quiet river under seven lamps")


def spread(works: list[Callable[[], object]]) -> tuple[float, float]:
    """Give the 50th and the 95th percentile of how long pieces of work take, in milliseconds."""
    taken = []
    for work in works:
        start = time.perf_counter()
        with transaction.atomic():
            work()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[len(taken) * 95 // 100]


def measure(register: Register, size: int) -> list[Measured]:
    """Compare persons of a register of one size."""
    register.grow(size)
    every = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    some = list(Person.objects.filter(pk__in=register.chance.sample(every, EACH)))
    cache.clear()
    start = time.perf_counter()
    frequencies_behind(some[0].org_id, some[0].compartment)
    counted = (time.perf_counter() - start) * 1000
    cpu = time.process_time()
    middle, slow = spread([lambda person=person: suggest(person) for person in some])  # type: ignore[misc]
    cpu = (time.process_time() - cpu) * 1000 / EACH
    shown = spread([lambda person=person: queries.matches_of(register.reader, person) for person in some])  # type: ignore[misc]
    listed = spread([lambda: queries.open_matches(register.reader)] * 20)
    where = f"{size:,} persons, {connection.vendor}"
    print(
        f"{where}: {Match.objects.count():,} suggestions for {EACH}; median {middle:.1f} ms, {cpu:.1f} ms of processor"
    )
    return [
        Measured(f"compare a record, p95 ({where})", slow, MOST, "ms"),
        Measured(f"matches of a person, p95 ({where})", shown[1], MOST, "ms"),
        Measured(f"open suggestions, p95 ({where})", listed[1], MOST, "ms"),
        Measured(f"count terms anew ({where})", counted, 5 * MOST, "ms"),
    ]


def main() -> int:
    """Measure in a database of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings.KEYS_FOLDER = Path(folder)
        if connection.vendor == "sqlite":  # a file, as in use
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "matching.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            register = Register()
            return report([line for size in SIZES for line in measure(register, size)])
        finally:
            connection.creation.destroy_test_db(str(settings.DATABASES["default"]["NAME"]), verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
