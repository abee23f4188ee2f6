"""At the very same moment, over connections of their own: one of several changes gets through, the others are told."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests.barriers.cast import POLICY, Cast
from tests.cases.matching.test_at_once import shared_by_threads

from zicht.barriers.doing import actions as doing
from zicht.barriers.errors import DraftThereError, NoDraftError, StepInUseError, WrongActionStepError
from zicht.barriers.models import BarrierAction, BarrierEvent, BarrierModel, Policy
from zicht.barriers.policy.actions import save_policy, take_in
from zicht.barriers.processes.actions import begin_draft, begin_own, publish
from zicht.cases.errors import ChangedMeanwhileError
from zicht.words import Label

AT_ONCE = 4

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast, in a database that other connections see."""
    return Cast()


def at_once(act: Callable[[int], object]) -> list[type[Exception]]:
    """Do the same several times at once; give what was raised."""
    ready, raised = threading.Barrier(AT_ONCE), list[type[Exception]]()

    def run(number: int) -> None:
        ready.wait()
        try:
            act(number)
        except Exception as error:  # noqa: BLE001 - the test says which ones may be
            raised.append(type(error))
        finally:
            connection.close()

    with shared_by_threads():
        workers = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return raised


def test_one_of_several_drafts_of_a_process_is_begun(cast: Cast) -> None:
    keeper = cast.keeper
    assert at_once(lambda number: begin_draft(keeper, "SEXMIN")) == [DraftThereError] * (AT_ONCE - 1)
    own = at_once(lambda number: begin_own(keeper, "HOTELS", Label(str(number), "x"), ("sexual",)))
    assert own == [StepInUseError] * (AT_ONCE - 1)
    assert BarrierModel.objects.count() == 2


def test_a_draft_is_put_in_use_once(cast: Cast) -> None:
    keeper, draft = cast.keeper, begin_draft(cast.keeper, "SEXMIN")
    raised = at_once(lambda number: publish(keeper, draft.pk, str(number), draft.version))
    assert set(raised) <= {NoDraftError, ChangedMeanwhileError}
    assert (len(raised), BarrierEvent.objects.count()) == (AT_ONCE - 1, 1)


def test_one_of_several_changes_of_an_action_gets_through_and_one_step_is_taken(cast: Cast) -> None:
    keeper, action = cast.keeper, cast.action()
    changed = at_once(lambda number: doing.change_action(keeper, action.pk, {"what": str(number)}, version=1))
    assert changed == [ChangedMeanwhileError] * (AT_ONCE - 1)
    moved = at_once(lambda number: doing.move_action(keeper, action.pk, ("agreed", "dropped")[number % 2], version=2))
    assert moved == [WrongActionStepError] * (AT_ONCE - 1)
    action = BarrierAction.objects.get()
    assert (action.version, BarrierEvent.objects.filter(record_ref=action.pk).count()) == (3, 3)


def test_a_municipality_is_written_down_once_by_hand_and_by_table(cast: Cast) -> None:
    keeper = cast.keeper
    raised = at_once(lambda number: save_policy(keeper, "GM0363", {**POLICY, "source": str(number)}, version=0))
    assert raised == [ChangedMeanwhileError] * (AT_ONCE - 1)
    assert at_once(lambda number: take_in(keeper, [("GM0363", POLICY), ("GM0014", POLICY)])) == []
    assert Policy.objects.count() == 2
    deeds = BarrierEvent.objects.order_by("happened_at").values_list("subject", "deed")
    assert sorted(deeds) == [
        ("GM0014", "policy_added"), ("GM0363", "policy_added"), ("GM0363", "policy_changed")
    ]  # fmt: skip
