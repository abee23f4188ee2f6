"""A conversation has one counsellor at a time, and nobody has more than she wanted, whatever happens at once."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from tests.contact.cast import Cast, Visitor
from tests.contact.conftest import AtTheDesk

from zicht.contact.chat.errors import ChatError
from zicht.contact.desk import actions
from zicht.contact.models import Claim, Conversation
from zicht.people.models import Account

pytestmark = pytest.mark.django_db
WAITING_FOR_A_LOCK = "SELECT count(*) FROM pg_locks WHERE NOT granted"
needs_waiting = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="connections wait for each other's rows on PostgreSQL only"
)


def opened() -> Visitor:
    """Give a visitor whose chat waits."""
    visitor = Visitor()
    visitor.open()
    return visitor


def at_the_same_moment(*steps: tuple[Callable[..., Any], Account, Visitor], holding: Visitor) -> list[str]:
    """Take steps in connections of their own that all wait for one conversation; give how each ended, sorted."""
    ends: list[str] = []

    def take(step: Callable[..., Any], account: Account, visitor: Visitor) -> None:
        try:
            step(account, visitor.uuid)
            ends.append("done")
        except ChatError as refusal:
            ends.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=step) for step in steps]
    with transaction.atomic(), connection.cursor() as cursor:
        Conversation.objects.select_for_update().get(conv_id=holding.uuid)
        for thread in threads:
            thread.start()
        for _try in range(500):
            cursor.execute(WAITING_FOR_A_LOCK)
            if cursor.fetchone()[0] >= len(threads):
                break
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    return sorted(ends)


@needs_waiting
@pytest.mark.django_db(transaction=True)
def test_of_two_who_wait_for_the_same_row_the_second_is_told_that_it_is_taken(transactional_db: None) -> None:
    cast = Cast()
    cast.desk  # noqa: B018
    visitor = opened()
    steps = [(actions.claim, account, visitor) for account in (cast.counsellor, cast.second_counsellor)]
    assert at_the_same_moment(*steps, holding=visitor) == ["claimed", "done"]


def test_who_has_as_many_chats_as_she_wanted_gets_no_other(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    first, second = opened(), opened()
    assert counsellor.post("presence", content={"state": "available", "most": 1}).status_code == 204
    assert counsellor.post("conversations/claim", first.conv_id).status_code == 200
    refused = counsellor.post("conversations/claim", second.conv_id)
    assert (refused.status_code, refused.json()) == (409, {"error": "claimed", "most": 1})
    counsellor.post("conversations/end", first.conv_id)
    assert counsellor.post("conversations/claim", second.conv_id).status_code == 200


@pytest.mark.parametrize("state", ["pause", "finishing"])
def test_who_makes_a_pause_or_finishes_gets_no_new_chat_and_keeps_her_own(
    cast: Cast, at_the_desk: AtTheDesk, state: str
) -> None:
    counsellor = at_the_desk(cast.counsellor)
    mine, new = opened(), opened()
    counsellor.post("conversations/claim", mine.conv_id)
    counsellor.post("presence", content={"state": state, "most": 3})
    refused = counsellor.post("conversations/claim", new.conv_id)
    assert (refused.status_code, refused.json()) == (409, {"error": "not_available", "state": state})
    assert Claim.objects.get().conversation.conv_id == mine.uuid
    assert counsellor.post("conversations/claim", mine.conv_id).status_code == 200
