"""Two people decide at the same moment, over two connections: one of them wins, the other is told, and nothing is lost.

REPORTS=200 takes two hundred reports in at once.
"""

import os
import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.cases.matching.test_at_once import shared_by_threads
from tests.signals.intake.cast import REPORT, Cast, report, steps

from zicht.people.models import AccessLine
from zicht.people.sealed import reveal
from zicht.signals.intake import actions, linking, meldcode
from zicht.signals.intake.errors import AlreadyNotedError, ChangedMeanwhileError, ClosedError, IntakeError
from zicht.signals.models import Intake, IntakeStep, Meldcode, ReportLink, Signal

REPORTS = int(os.environ.get("REPORTS", "12"))
CONNECTIONS = 20
Act = Callable[[], object]
NO_STEPS: dict[str, object] = {**dict.fromkeys(meldcode.TYPED), "weighing": "", "decision": "", "advice_of": []}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast, in a database that other connections see."""
    return Cast()


def at_once(*acts: Act) -> list[IntakeError]:
    """Do things at the same moment, each over a connection of its own; give what was refused, in words."""
    ready, refused, broken = threading.Barrier(len(acts)), list[IntakeError](), list[Exception]()

    def run(act: Act) -> None:
        ready.wait()
        try:
            act()
        except IntakeError as refusal:
            refused.append(refusal)
        except Exception as error:  # noqa: BLE001 - a thread must not swallow it
            broken.append(error)
        finally:
            connection.close()

    with shared_by_threads():
        threads = [threading.Thread(target=run, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert broken == []
    return refused


def test_of_two_who_close_a_report_one_does_and_the_other_is_told(cast: Cast) -> None:
    intake, two = cast.intake, (cast.weigher, cast.second_weigher)
    closings = {cast.weigher: ("no_action", "Nothing found."), cast.second_weigher: ("referred", "To the shelter.")}
    refused = at_once(*(lambda by=by: actions.close(by, intake, *closings[by], version=1) for by in two))
    assert [str(one) for one in refused] == [str(ChangedMeanwhileError())]
    intake.refresh_from_db()
    assert (intake.outcome, reveal(intake, "reason")) == closings[intake.decided_by]
    assert steps(intake) == ["taken_in", "closed"]
    assert AccessLine.objects.filter(subject_id=str(intake.pk), verb="changed").count() == 1


def test_of_two_who_take_a_report_on_one_has_it(cast: Cast) -> None:
    intake, two = cast.intake, (cast.weigher, cast.second_weigher)
    refused = at_once(*(lambda by=by: actions.take_on(by, intake, version=1) for by in two))
    assert [type(one) for one in refused] == [ChangedMeanwhileError]
    intake.refresh_from_db()
    assert intake.handler == IntakeStep.objects.get(deed="taken_on").made_by


def test_a_signal_is_judged_before_the_report_is_closed_or_not_at_all(cast: Cast) -> None:
    intake = report(cast.weigher, "DOC01")
    signal = Signal.objects.get()
    refused = at_once(
        lambda: actions.judge_signal(cast.weigher, intake, signal.pk, "confirmed", version=1),
        lambda: actions.judge_signal(cast.second_weigher, intake, signal.pk, "rejected", version=1),
        lambda: actions.close(cast.second_weigher, intake, "no_action", "Nothing found.", version=1),
    )
    signal.refresh_from_db()
    judged = [step for step in steps(intake) if step in ("confirmed", "rejected")]
    assert judged == ([signal.state] if signal.state != "noted" else [])
    assert {type(one) for one in refused} <= {ChangedMeanwhileError, ClosedError}
    assert len(refused) == 2 - len(judged)


def test_two_who_decide_about_two_reports_from_either_side_leave_one_decision(cast: Cast) -> None:
    one, other = report(cast.weigher), report(cast.weigher)
    refused = at_once(
        lambda: linking.decide(cast.weigher, one, other.pk, "same", version=0),
        lambda: linking.decide(cast.second_weigher, other, one.pk, "different", version=0),
    )
    assert [type(one) for one in refused] == [ChangedMeanwhileError]
    link = ReportLink.objects.get()
    assert steps(one) == steps(other) == ["taken_in", link.state]


def test_the_same_signals_and_the_first_steps_of_a_code_are_kept_once(cast: Cast) -> None:
    intake, two = cast.intake, (cast.weigher, cast.second_weigher)
    noted = [{"indicator": "DOC01", "basis": "seen"}]
    refused = at_once(
        *(lambda by=by: actions.note_signals(by, intake, noted) for by in two),
        *(lambda by=by: meldcode.keep_steps(by, intake, NO_STEPS, version=0) for by in two),
    )
    assert sorted(type(one).__name__ for one in refused) == [AlreadyNotedError.__name__, ChangedMeanwhileError.__name__]
    assert (Signal.objects.count(), Meldcode.objects.get().version) == (1, 1)


def test_a_form_that_is_sent_twice_at_once_makes_one_report(cast: Cast) -> None:
    by, key = cast.weigher, uuid4()
    noted = [{"indicator": "DOC01", "basis": "seen"}]
    assert at_once(*[lambda: actions.take_in(by, REPORT, wall="help", noted=noted, intake_id=key)] * 3) == []
    assert (Intake.objects.get().pk, steps(Intake.objects.get()), Signal.objects.count()) == (key, ["taken_in"], 1)


def test_of_many_reports_that_are_taken_in_at_once_none_is_lost(cast: Cast) -> None:
    two, made = (cast.weigher, cast.second_weigher), list[UUID]()
    keys = iter([uuid4() for _ in range(REPORTS)])

    def work() -> None:
        for place, key in enumerate(keys):
            noted = [{"indicator": code, "basis": "seen"} for code in ("DOC01", "MOV01")]
            actions.take_in(two[place % 2], REPORT, wall="help", noted=noted, spot="1012AB 12", intake_id=key)
            made.append(key)

    assert at_once(*[work] * min(REPORTS, CONNECTIONS)) == []
    assert set(Intake.objects.values_list("pk", flat=True)) == set(made)
    assert (len(made), Signal.objects.count()) == (REPORTS, 2 * REPORTS)
    assert AccessLine.objects.filter(verb="opened", subject="intake").count() == REPORTS
