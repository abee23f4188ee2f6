"""Many people want the last places at the same moment: exactly as many get one as there are.

CARE_REQUESTS=200 asks two hundred times, over as many connections as a server takes.
"""

import os
import threading

import pytest
from django.db import connection
from tests.care.cast import Cast
from tests.cases.matching.test_at_once import shared_by_threads

from zicht.care.errors import NoPlaceError
from zicht.care.models import CareEvent, Hold, Referral, Stay
from zicht.care.shelter import actions, queries

REQUESTS = int(os.environ.get("CARE_REQUESTS", "10"))
CONNECTIONS = 60
PLACES = 7

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast, in a database that other connections see."""
    return Cast()


def test_of_many_who_ask_at_once_exactly_as_many_get_a_place_as_there_are(cast: Cast) -> None:
    house, wanted = cast.house, [cast.accepted() for _ in range(REQUESTS)]
    # One place is held and becomes a stay meanwhile, which must neither lose nor make a place.
    held = actions.hold_place(cast.host, wanted.pop(), house, 24)
    ready, got, refused = threading.Barrier(min(REQUESTS, CONNECTIONS)), list[Hold](), list[Referral]()
    requests = iter([None, *wanted])

    def work() -> None:
        ready.wait()
        try:
            for referral in requests:
                ask(referral)
        finally:
            connection.close()

    def ask(referral: Referral | None) -> None:
        if referral is None:
            actions.begin_stay(cast.host, held.referral)
            return
        try:
            got.append(actions.hold_place(cast.host, referral, house, 24))
        except NoPlaceError:
            refused.append(referral)

    with shared_by_threads():
        workers = [threading.Thread(target=work) for _ in range(min(REQUESTS, CONNECTIONS))]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert (len(got), len(refused)) == (PLACES - 1, len(wanted) - PLACES + 1)
    assert (queries.taken(house), Stay.objects.count(), Hold.objects.filter(state="held").count()) == (7, 1, 6)
    assert CareEvent.objects.filter(step="held").count() == PLACES
