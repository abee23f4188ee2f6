"""What is over goes for good: key first, on its day, and however often the work is broken off."""

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.contact.cast import Cast, Visitor

from zicht.contact import rules, shred_keys
from zicht.contact.chat.retaining import retain
from zicht.contact.models import Conversation, Epoch, EpochWrap, Message, Tombstone
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.statements import TOLERANCE

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


@pytest.mark.django_db
def test_a_message_that_nobody_closed_does_not_stay_for_ever(cast: Cast) -> None:
    cast.desk  # noqa: B018
    old, young = Visitor(), Visitor()
    for visitor in (old, young):
        visitor.open("message")
    opened = Conversation.objects.all()[0].opened_hour
    for visitor, days in ((old, 91), (young, 89)):
        Conversation.objects.filter(conv_id=visitor.uuid).update(opened_hour=opened - days * DAY)
    assert retain().closed == 1
    assert Conversation.objects.get(state="closed").conv_id == old.uuid


@pytest.mark.django_db
def test_who_comes_back_with_a_code_is_not_old_the_moment_she_waits_again(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = closed("message")
    code = {"h_lookup": encode(os.urandom(32)), "sealed": encode(bytes(73))}
    assert visitor.client.put("/chat/v1/return", code, "application/json", headers=visitor.headers()).status_code == 204
    Conversation.objects.update(opened_hour=Conversation.objects.get().opened_hour - 95 * DAY)
    assert visitor.say("ik ben er weer").status_code == 200
    assert retain().closed == 0
    assert Conversation.objects.get().state == "waiting"


@pytest.mark.django_db
def test_nothing_is_destroyed_where_the_file_with_the_keys_is_not(cast: Cast, tmp_path: Path, settings: Any) -> None:
    cast.desk  # noqa: B018
    Visitor().open()
    settings.KEYS_FOLDER = tmp_path
    with pytest.raises(CommandError, match=r"no keys\.sqlite3 in the folder of keys"):
        call_command("retain_chats", verbosity=0)
    assert Conversation.objects.count() == 1


@pytest.mark.django_db
def test_a_tombstone_stays_as_long_as_the_opening_could_be_sent_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    visitor.post("wipe", token=visitor.keys.wipe)
    until = Tombstone.objects.get().until
    last_moment = Epoch.objects.get().not_after + TOLERANCE
    assert until >= timezone.localdate(dt.datetime.fromtimestamp(last_moment, dt.UTC))
    for day, status in ((until, 410), (until + DAY, 404)):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        retain()
        assert visitor.say("te laat").status_code == status


@pytest.mark.django_db
def test_the_key_of_a_desk_goes_when_its_time_is_over_and_no_chat_needs_it(cast: Cast) -> None:
    cast.desk  # noqa: B018
    epoch = Epoch.objects.get()
    shred_keys.make_key(epoch.pk)
    sealed = shred_keys.seal_under(epoch.pk, "deskwrap", b"of the desk")
    EpochWrap.objects.create(epoch=epoch, account=cast.counsellor, sealed=sealed)
    Visitor().open("message")
    Epoch.objects.update(not_before=0, not_after=int(time.time()) - TOLERANCE + 60)
    assert retain().epochs == 0
    Epoch.objects.update(not_after=int(time.time()) - TOLERANCE - 60)
    assert retain().epochs == 0
    assert shred_keys.open_sealed(epoch.pk, "deskwrap", sealed) == b"of the desk"
    Conversation.objects.all().delete()
    assert retain().epochs == 1
    assert not EpochWrap.objects.exists()
    with pytest.raises(shred_keys.KeyDestroyedError):
        shred_keys.open_sealed(epoch.pk, "deskwrap", sealed)


@given(moment=st.datetimes(timezones=st.just(dt.UTC)))
def test_a_moment_is_kept_as_its_hour_and_no_finer(moment: dt.datetime) -> None:
    kept = rules.round_to_hour(moment)
    assert (kept.minute, kept.second, kept.microsecond) == (0, 0, 0)
    assert dt.timedelta(0) <= moment - kept < dt.timedelta(hours=1)
