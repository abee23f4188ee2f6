"""A report is made beside the pages: how far it is, what went wrong in words, and nothing half-made for anybody."""

from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from tests.cases.cast import Cast
from tests.figures.register.made import YEAR, keyed, store
from tests.figures.yearly.test_reports import REPORTS, draft
from tests.people.cast import Browser, colleague
from tests.people.conftest import SignIn

from zicht.figures.models import YearlyReport
from zicht.figures.yearly import actions, making, working
from zicht.figures.yearly.errors import OvertakenWhileMaking, ReplacedMeanwhile
from zicht.people.waiting import Stage, Waiting

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor == "postgresql",
        reason="the work has a connection of its own, which sees nothing of a test that is not committed",
    ),
]
ASKED = {"year": str(YEAR), "level": "public"}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Thread]:
    """Hold the work back until the test lets it run."""
    held: list[Thread] = []
    monkeypatch.setattr(Thread, "start", lambda thread: held.append(thread))
    return held


@pytest.fixture
def analyst(cast: Cast, sign_in: SignIn) -> Browser:
    store(cast.case_worker, keyed([{"age_band": "12_15"}]))
    return sign_in(cast.analyst)


def begin(browser: Browser) -> str:
    page = browser.post(f"{REPORTS}make/", **ASKED)
    assert page.status_code == 302, page.content.decode()
    return str(page["Location"])


def test_the_page_tells_how_far_the_work_is_and_nothing_is_there_before_all_of_it(
    cast: Cast, analyst: Browser, sign_in: SignIn, started: list[Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = begin(analyst)
    page = analyst.get(address)
    assert "0% done" in page.content.decode()
    assert page.headers["Refresh"] == "2"
    told: list[tuple[int, int]] = []
    tell = Waiting.tell

    def listen(file: Waiting, stage: Stage) -> None:
        told.append((stage.rows, YearlyReport.objects.count()))
        tell(file, stage)

    monkeypatch.setattr(Waiting, "tell", listen)
    started[0].run()
    assert [done for done, _reports in told] == sorted(done for done, _reports in told)
    assert [reports for _done, reports in told] == [0] * (len(told) - 1) + [1]
    assert analyst.get(address)["Location"] == f"{REPORTS}{YearlyReport.objects.get().pk}/"
    assert sign_in(cast.case_worker).get(address).status_code == 404


def test_a_failure_is_said_in_words_and_leaves_the_draft_that_was_there(
    cast: Cast, analyst: Browser, started: list[Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = draft(cast.analyst, year=YEAR)
    address = begin(analyst)

    def run_out_of_room(*_all: object) -> bytes:
        raise OSError("No space left on device")

    monkeypatch.setattr(actions, "pack", run_out_of_room)
    started[0].run()
    page = analyst.get(address).content.decode()
    assert "The work stopped before the report was whole. Nothing of it was kept" in page
    assert "No space left" not in page
    assert YearlyReport.objects.get().pk == before.pk


def test_what_was_refused_while_it_was_made_is_said_with_what_to_do(
    cast: Cast, analyst: Browser, started: list[Thread]
) -> None:
    address = begin(analyst)
    waiting = started[0]._args[0]  # type: ignore[attr-defined]
    waiting.keep("refusal", str(OvertakenWhileMaking(year=YEAR)).encode())
    waiting.tell(Stage(working.REFUSED))
    assert "another one was published. Nothing was kept." in analyst.get(address).content.decode()


def test_a_job_of_another_session_is_not_there(cast: Cast, analyst: Browser, sign_in: SignIn) -> None:
    assert analyst.get(f"{REPORTS}make/{uuid4()}/").status_code == 404
    assert sign_in(cast.privacy_officer).get(f"{REPORTS}make/{uuid4()}/").status_code == 404


def test_of_two_drafts_made_at_once_the_second_stays_and_nobody_approves_the_first(
    cast: Cast, analyst: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = actions.Asked(str(YEAR), "public")
    first = actions.make_report(cast.analyst, asked)
    actions.approve(cast.analyst, first)
    second = actions.make_report(cast.analyst, asked)
    with pytest.raises(ReplacedMeanwhile):
        actions.approve(cast.analyst, first)
    assert list(YearlyReport.objects.values_list("pk", flat=True)) == [second.pk]
    assert not second.approvals.exists()
    page = analyst.post(f"{REPORTS}{first.pk}/approve/")
    assert "thrown away or replaced" in analyst.get(str(page["Location"])).content.decode()
    assert not second.approvals.exists()


def test_what_was_published_meanwhile_is_not_followed_by_the_same_version_again(
    cast: Cast, analyst: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = actions.Asked(str(YEAR), "public")
    gather = making.gather

    def publish_first(*told: object, **more: object) -> object:
        monkeypatch.setattr(actions, "gather", gather)
        other = actions.make_report(cast.analyst, asked)
        actions.approve(cast.analyst, other)
        actions.approve(colleague(cast.administrator, "roos", "rapporteur"), other)
        return gather(*told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "gather", publish_first)
    with pytest.raises(OvertakenWhileMaking):
        actions.make_report(cast.analyst, asked)
    assert YearlyReport.objects.get().published_at
