"""What is over goes for good: key first, on its day, and however often the work is broken off."""

import datetime as dt

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from tests.contact.cast import Cast, Visitor

from zicht.contact import rules, shred_keys
from zicht.contact.chat.retaining import retain
from zicht.contact.models import Conversation, Message, Tombstone

DAY = dt.timedelta(days=1)


def closed(kind: str = "chat", days_ago: int = 0) -> Visitor:
    """Give a visitor whose conversation was closed some days ago."""
    visitor = Visitor()
    visitor.open(kind)
    visitor.say("hallo")
    visitor.post("end")
    one = Conversation.objects.get(conv_id=visitor.uuid)
    assert one.closed_on is not None
    Conversation.objects.filter(pk=one.pk).update(closed_on=one.closed_on - days_ago * DAY)
    return visitor


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "days"), [("chat", 2), ("message", 14)])
def test_a_conversation_goes_on_its_day_and_not_before(cast: Cast, kind: str, days: int) -> None:
    cast.desk  # noqa: B018
    over, young = closed(kind, days), closed(kind, days - 1)
    assert retain().destroyed == 1
    assert list(Conversation.objects.values_list("conv_id", flat=True)) == [young.uuid]
    assert shred_keys.store().keys_of([over.uuid, young.uuid]).keys() == {young.uuid}
    assert Message.objects.count() == 1
    assert over.get("messages").json()["events"] == [{"event": "wiped", "data": {"why": "over"}}]
    assert retain().destroyed == 0


@pytest.mark.django_db
def test_a_destruction_that_was_broken_off_after_the_key_is_ended(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    visitor.say("hallo")
    shred_keys.store().destroy([visitor.uuid])
    assert retain().ended == 1
    assert not Conversation.objects.exists()
    assert Tombstone.objects.count() == 1


@pytest.mark.django_db
def test_a_key_without_a_conversation_is_swept_after_an_hour_and_others_stay(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.desk  # noqa: B018
    visitor, failed = Visitor(), Visitor()
    visitor.open()
    retain()
    shred_keys.make_key(failed.uuid)
    retain()
    store = shred_keys.store()
    assert failed.uuid in set(store.records())
    noted = store.note_unused([failed.uuid], 0)
    assert failed.uuid in noted
    monkeypatch.setattr("zicht.contact.chat.retaining.UNUSED_FOR", dt.timedelta(0))
    retain()
    assert failed.uuid not in set(store.records())
    assert visitor.uuid in set(store.records())


@pytest.mark.django_db
def test_a_chat_that_nobody_closed_is_closed_a_day_later(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    Conversation.objects.update(opened_hour=Conversation.objects.get().opened_hour - 2 * DAY)
    call_command("retain_chats", verbosity=0)
    assert Conversation.objects.get().state == "closed"


@given(moment=st.datetimes(timezones=st.just(dt.UTC)))
def test_a_moment_is_kept_as_its_hour_and_no_finer(moment: dt.datetime) -> None:
    kept = rules.round_to_hour(moment)
    assert (kept.minute, kept.second, kept.microsecond) == (0, 0, 0)
    assert dt.timedelta(0) <= moment - kept < dt.timedelta(hours=1)
