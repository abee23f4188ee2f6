"""Two people approve, or make, the same report at the same moment: on both databases one thing comes out."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.cases.cast import Cast
from tests.cases.matching.test_at_once import shared_by_threads
from tests.figures.register.made import YEAR, keyed, store
from tests.figures.yearly.test_reports import draft
from tests.people.cast import colleague

from zicht.figures.errors import NoFigures
from zicht.figures.models import ReportApproval, YearlyReport
from zicht.figures.yearly import actions
from zicht.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast, in a database that other connections see."""
    return Cast()


def together(*steps: Callable[[], object]) -> list[str]:
    """Take steps at one moment, each over a connection of its own, and give the names of what was refused."""
    ready, refused = Barrier(len(steps)), list[str]()

    def work(step: Callable[[], object]) -> None:
        ready.wait()
        try:
            step()
        except NoFigures as error:
            refused.append(type(error).__name__)
        finally:
            connection.close()

    with shared_by_threads():
        workers = [Thread(target=work, args=(step,)) for step in steps]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return refused


def approving(by: Account, report: YearlyReport) -> Callable[[], object]:
    return lambda: actions.approve(by, report)


def test_of_two_who_approve_at_once_the_second_publishes_and_one_who_does_so_twice_counts_once(cast: Cast) -> None:
    other, report = colleague(cast.administrator, "roos", "rapporteur"), draft(cast.analyst)
    assert together(approving(cast.analyst, report), approving(cast.analyst, report)) == ["AlreadyApproved"]
    assert (ReportApproval.objects.count(), YearlyReport.objects.get().published_at) == (1, None)
    assert together(approving(other, report), approving(other, report)) in (["AlreadyApproved"], ["IsPublished"])
    assert ReportApproval.objects.count() == 2
    assert YearlyReport.objects.get().published_at
    second = draft(cast.analyst, "partners")
    assert together(approving(cast.analyst, second), approving(other, second)) == []
    assert YearlyReport.objects.get(pk=second.pk).published_at


def test_of_two_who_make_the_same_report_at_once_one_draft_stays(cast: Cast) -> None:
    store(cast.case_worker, keyed([{"age_band": "12_15"}]))
    asked = actions.Asked(str(YEAR), "public")
    assert together(*[lambda: actions.make_report(cast.analyst, asked)] * 2) == []
    assert YearlyReport.objects.count() == 1
