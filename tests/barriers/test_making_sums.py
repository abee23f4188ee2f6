"""Sums are made beside the pages: how far it is, what went wrong in words, and nothing of it for others."""

from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from tests.barriers.cast import TODAY, Cast
from tests.people.cast import Browser
from tests.people.conftest import SignIn

from zicht.barriers.holding import actions
from zicht.barriers.models import Sum

SUMS = "/en/staff/barriers/sums/"
PERIOD = f"{TODAY.year - 1}-1"

pytestmark = pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="the work has a connection of its own, which sees nothing of a test that is not committed",
)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Thread]:
    """Hold the work back until the test lets it run."""
    held: list[Thread] = []
    monkeypatch.setattr(Thread, "start", lambda thread: held.append(thread))
    return held


def begin(cast: Cast, sign_in: SignIn) -> tuple[Browser, str]:
    """Ask for the sums of a half-year that is over, and give the page that says how far it is."""
    assert cast.model.state == "published"
    keeper = sign_in(cast.keeper)
    answer = keeper.post(f"{SUMS}{PERIOD}/")
    assert answer.status_code == 302
    return keeper, str(answer["Location"])


def test_the_page_tells_how_far_the_work_is_and_leads_to_the_sums(
    cast: Cast, sign_in: SignIn, started: list[Thread]
) -> None:
    keeper, address = begin(cast, sign_in)
    page = keeper.get(address)
    assert "0% done" in page.content.decode()
    assert page.headers["Refresh"]
    assert not Sum.objects.exists()
    started[0].run()
    assert keeper.get(address)["Location"].endswith(f"{SUMS}?period={PERIOD}")
    assert set(Sum.objects.values_list("kind", flat=True)) == {"cases", "signals"}


def test_of_two_who_ask_the_second_is_told_that_the_sums_are_there(
    cast: Cast, sign_in: SignIn, started: list[Thread]
) -> None:
    keeper, address = begin(cast, sign_in)
    actions.make_sums(cast.keeper, PERIOD)
    started[0].run()
    page = keeper.get(address).content.decode()
    assert "The sums were not made" in page
    assert Sum.objects.count() == 2


def test_a_failure_is_said_in_words_without_what_it_was(
    cast: Cast, sign_in: SignIn, started: list[Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_out_of_room(*_all: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(actions, "_store", run_out_of_room)
    keeper, address = begin(cast, sign_in)
    started[0].run()
    page = keeper.get(address).content.decode()
    assert "Nothing of them was kept" in page
    assert "No space left" not in page


def test_the_work_of_somebody_else_is_not_there(cast: Cast, sign_in: SignIn, started: list[Thread]) -> None:
    keeper, address = begin(cast, sign_in)
    for who in (cast.stranger_keeper, cast.case_worker, cast.counsellor):
        assert sign_in(who).get(address).status_code == 404
    assert keeper.get(f"{SUMS}making/{uuid4()}/").status_code == 404
