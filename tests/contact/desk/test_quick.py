"""The quick way writes what the careful way would, and nothing else: whatever is not as it should be is left to it."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone
from tests.contact.cast import Cast, Visitor, message_json
from tests.contact.conftest import AtTheDesk
from tests.contact.far import FarCounsellor, FarVisitor
from tests.contact.server import Server

from zicht.contact.chat import quick
from zicht.contact.chat.actions import LARGEST_CONVERSATION
from zicht.contact.chat.quick import Condition, of_desk, of_visitor
from zicht.contact.desk import quick as quick_desk
from zicht.contact.models import Claim, Conversation, Desk, Membership, Message
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR
from zicht.people.models import Account

pytestmark = pytest.mark.django_db
TOKEN = "a" * 32
MESSAGES = "/staff/desk/v1/conversations/messages"


def sealed(visitor: Visitor, direction: int) -> Envelope:
    by = "Dina" if direction == TO_VISITOR else None
    return visitor.transcript.seal_next(direction, "text", "ja", os.urandom(24), by=by)


def is_written(envelope: Envelope, may: Condition) -> bool:
    """Try it, and see whether it says that it wrote exactly if it did."""
    before = Message.objects.count()
    said = quick._append_here(envelope, may) is not None
    assert Message.objects.count() - before == said
    return said


@pytest.fixture
def chat(cast: Cast, at_the_desk: AtTheDesk) -> Visitor:
    """Give a visitor whose chat Chris has claimed."""
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    visitor.open()
    assert counsellor.post("conversations/claim", visitor.conv_id).status_code == 200
    return visitor


def at_desk(account: Account) -> Condition:
    return of_desk(account.pk, account.org_id)


def test_what_follows_is_written_once_in_each_direction_and_counted(cast: Cast, chat: Visitor) -> None:
    said, answered = sealed(chat, FROM_VISITOR), sealed(chat, TO_VISITOR)
    assert is_written(said, of_visitor(chat.keys.cap))
    assert is_written(answered, at_desk(cast.counsellor))
    assert not is_written(said, of_visitor(chat.keys.cap))
    kept = Conversation.objects.get()
    assert (kept.count_v2o, kept.count_o2v) == (1, 1)
    assert (bytes(kept.last_v2o), bytes(kept.last_o2v)) == (said.digest, answered.digest)
    assert kept.stored_bytes == len(said.to_bytes()) + len(answered.to_bytes())
    assert [bytes(one.envelope) for one in Message.objects.order_by("pk")] == [said.to_bytes(), answered.to_bytes()]


def test_a_visitor_with_another_token_writes_nothing(chat: Visitor) -> None:
    assert not is_written(sealed(chat, FROM_VISITOR), of_visitor(chat.keys.wipe))


def close_it(_account: Account) -> None:
    Conversation.objects.update(state="closed", closed_on=timezone.localdate())


def fill_it(_account: Account) -> None:
    Conversation.objects.update(stored_bytes=LARGEST_CONVERSATION)


def move_on(_account: Account) -> None:
    Conversation.objects.update(count_v2o=1, count_o2v=1)


def begin_otherwise(_account: Account) -> None:
    Conversation.objects.update(last_v2o=bytes(32), last_o2v=bytes(32))


@pytest.mark.parametrize("change", [close_it, fill_it, move_on, begin_otherwise])
def test_a_conversation_that_takes_no_such_message_gets_none(
    cast: Cast, chat: Visitor, change: Callable[[Account], None]
) -> None:
    change(cast.counsellor)
    assert not is_written(sealed(chat, FROM_VISITOR), of_visitor(chat.keys.cap))
    assert not is_written(sealed(chat, TO_VISITOR), at_desk(cast.counsellor))


def release_it(_account: Account) -> None:
    Claim.objects.all().delete()


def leave(account: Account) -> None:
    Membership.objects.filter(account=account).update(left_on=timezone.localdate())


def go_elsewhere(account: Account) -> None:
    Conversation.objects.update(desk=Desk.objects.exclude(slug="chat").get())


@pytest.mark.parametrize("change", [release_it, leave, go_elsewhere])
def test_a_counsellor_writes_only_where_she_has_claim_and_desk(
    cast: Cast, chat: Visitor, change: Callable[[Account], None]
) -> None:
    cast.other_desk  # noqa: B018
    change(cast.counsellor)
    assert not is_written(sealed(chat, TO_VISITOR), at_desk(cast.counsellor))


def test_a_colleague_and_a_counsellor_of_another_organisation_write_nothing(cast: Cast, chat: Visitor) -> None:
    cast.stranger_desk  # noqa: B018
    answered = sealed(chat, TO_VISITOR)
    for account in (cast.second_counsellor, cast.stranger_counsellor):
        assert not is_written(answered, at_desk(account))
    # A claim alone is not enough: nobody of another organisation can get one, and it would not help.
    Claim.objects.update(account=cast.stranger_counsellor)
    assert not is_written(answered, at_desk(cast.stranger_counsellor))


def test_other_bytes_under_a_nonce_that_was_used_are_not_written(chat: Visitor) -> None:
    may = of_visitor(chat.keys.cap)
    said = sealed(chat, FROM_VISITOR)
    assert is_written(said, may)
    again = Envelope(said.conv_id, FROM_VISITOR, 1, said.digest, said.nonce, said.ct)
    assert not is_written(again, may)
    assert Conversation.objects.get().count_v2o == 1


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({}, True),
        ({"x-csrftoken": "b" * 32}, False),
        ({"x-csrftoken": ""}, False),
        ({"host": "elsewhere.example"}, False),
        ({"origin": "https://elsewhere.example"}, False),
    ],
)
def test_only_a_request_of_this_host_with_the_form_token_is_looked_at(headers: dict[str, str], is_taken: bool) -> None:
    factory = RequestFactory(headers={"host": "localhost", "cookie": f"zicht-form={TOKEN}", "x-csrftoken": TOKEN})
    assert quick_desk._comes_from_the_page(factory.post(MESSAGES, headers=headers)) is is_taken


def test_where_tls_or_the_visitors_face_alone_is_asked_for_nothing_is_taken(settings: Any) -> None:
    request = RequestFactory(headers={"cookie": f"zicht-form={TOKEN}", "x-csrftoken": TOKEN}).post(MESSAGES)
    settings.FACE = "visitor"
    assert not quick_desk._comes_from_the_page(request)
    settings.FACE, settings.HTTPS = "both", True
    assert not quick_desk._comes_from_the_page(request)


def test_over_a_server_the_second_answer_of_a_session_goes_the_quick_way_and_refusals_stay(server: Server) -> None:
    visitor, counsellor = FarVisitor(server), FarCounsellor(server, "chris")
    assert visitor.begin() == 200
    with counsellor.listen() as events:
        next(events)  # without a stream her claim would be let go after a while
        assert counsellor.ask("conversations/claim", visitor.conv_id)[0] == 200
        transcript = counsellor.transcript_of(visitor.conv_id)
        for text in ("een", "twee"):
            assert counsellor.answer(transcript, visitor.conv_id, text)[0] == 200
        envelope = transcript.seal_next(TO_VISITOR, "text", "drie", os.urandom(24), by="Chris")
        named = {**counsellor.named, "Zicht-Conversation": encode(visitor.conv_id)}
        other = FarCounsellor(server, "lotte").named
        assert answer_of(server, {**named, "Cookie": f"zicht-form={TOKEN}"}, envelope)[0] == 302
        assert answer_of(server, {**named, **other}, envelope)[0] == 428
        # What the staff pages say about forms is not said where no middleware was passed.
        assert answer_of(server, named, envelope) == (200, "default-src 'none'; frame-ancestors 'none'")
        assert counsellor.ask("conversations/end", visitor.conv_id)[0] == 204


def answer_of(server: Server, headers: dict[str, str], envelope: Envelope) -> tuple[int, str | None]:
    """Send; give status and policy of the answer."""
    connection = server.connect()
    body = json.dumps(message_json(envelope))
    connection.request("POST", MESSAGES, body, {**headers, "Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers["Content-Security-Policy"]
