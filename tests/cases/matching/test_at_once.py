"""Two people decide at the same moment: neither is lost, and everybody still points at a root."""

import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import connection, connections
from tests.cases.cast import Cast
from tests.cases.matching.test_deciding import add, counted, fresh, pair

from zicht.cases import actions as case_actions
from zicht.cases.errors import CasesError
from zicht.cases.matching import actions
from zicht.cases.matching.actions import Pair
from zicht.cases.models import Match, Person
from zicht.people.models import Account

Decision = tuple[Callable[[Account, Pair], object], Account, Pair]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast, in a database that other connections see."""
    return Cast()


@contextmanager
def shared_by_threads() -> Iterator[None]:
    """Let other threads reach the database: one of SQLite in memory is carried to a file for them, and back."""
    if connection.vendor != "sqlite":
        yield
        return
    name = connections.settings["default"]["NAME"]
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(f"{folder}/copy.sqlite3")) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
        connections.settings["default"]["NAME"] = f"{folder}/copy.sqlite3"
        try:
            yield
        finally:
            connections.settings["default"]["NAME"] = name
        copy.backup(connection.connection)


def at_once(*decisions: Decision) -> list[type[CasesError]]:
    """Take decisions at the same moment, each over a connection of its own; give what was refused."""
    with shared_by_threads():
        return _run(*decisions)


def _run(*decisions: Decision) -> list[type[CasesError]]:
    ready, refused = threading.Barrier(len(decisions)), list[type[CasesError]]()

    def run(decide: Callable[[Account, Pair], object], by: Account, two: Pair) -> None:
        ready.wait()
        try:
            decide(by, two)
        except CasesError as refusal:
            refused.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=decision) for decision in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


pytestmark = pytest.mark.django_db(transaction=True)


def three(cast: Cast) -> tuple[Person, Person, Person]:
    first, second, third = (add(cast, first_registered=year) for year in (2024, 2025, 2026))
    return first, second, third


def test_two_decisions_that_meet_in_one_record_make_one_group(cast: Cast) -> None:
    first, second, third = three(cast)
    refused = at_once(
        (actions.count_as_one, cast.case_worker, pair(third, second)),
        (actions.count_as_one, cast.coordinator, pair(second, first)),
    )
    assert refused == []
    assert counted(first, second, third) == [None, first.pk, first.pk]


def test_of_two_opposite_decisions_about_the_same_two_one_stands(cast: Cast) -> None:
    first, second, _ = three(cast)
    refused = at_once(
        (actions.count_as_one, cast.case_worker, pair(first, second)),
        (actions.count_apart, cast.coordinator, pair(first, second)),
    )
    assert len(refused) == 1
    state = Match.objects.get(person_a__in=[first, second], person_b__in=[first, second]).state
    assert counted(second) == [first.pk if state == "same" else None]


def test_decisions_that_contradict_each_other_through_a_third_record_do_not_both_stand(cast: Cast) -> None:
    first, second, third = three(cast)
    actions.count_as_one(cast.case_worker, pair(first, second))
    refused = at_once(
        (actions.count_as_one, cast.case_worker, pair(second, third)),
        (actions.count_apart, cast.coordinator, pair(first, third)),
    )
    assert len(refused) == 1


def test_a_decision_and_a_change_of_one_of_the_records_do_not_wait_for_each_other_forever(cast: Cast) -> None:
    first, second, _ = three(cast)

    def change(by: Account, two: Pair) -> object:
        return case_actions.change_person(by, cast.case, second, {"in_school": True}, version=1)

    refused = at_once(
        (actions.count_as_one, cast.case_worker, pair(first, second)),
        (change, cast.coordinator, pair(first, second)),
    )
    assert refused == []
    assert (fresh(second).merged_into_id, fresh(second).in_school) == (first.pk, True)


def test_a_record_that_is_taken_out_at_the_same_moment_leaves_no_pointer_to_it(cast: Cast) -> None:
    first, second, third = three(cast)
    actions.count_as_one(cast.case_worker, pair(first, second))

    def erase(_by: Account, _two: Pair) -> None:
        actions.take_out(first.org_id, [first.pk])

    at_once(
        (actions.count_as_one, cast.case_worker, pair(second, third)),
        (erase, cast.coordinator, pair(first, second)),
    )
    assert counted(second, third) == [None, second.pk]
