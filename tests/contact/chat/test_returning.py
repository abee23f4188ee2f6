"""A code brings a visitor back, as long as the conversation and its key are there."""

import os
from typing import Any

import pytest
from tests.contact.cast import Cast, Visitor, read_opening
from tests.contact.conftest import AtTheDesk

from zicht.contact import shred_keys
from zicht.contact.models import Conversation, ReturnRecord
from zicht.contact.sealing.codes import RETURN_CODE_LENGTH, make_code
from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.parts import decode, encode
from zicht.contact.sealing.return_codes import open_return, return_keys, seal_return

pytestmark = pytest.mark.django_db


def keep(visitor: Visitor) -> str:
    """Keep a conversation under a code, and give the code."""
    code, org = make_code(RETURN_CODE_LENGTH), visitor.shown["org"]
    keys = return_keys(code, org)
    sealed = encode(seal_return(keys.k_ret, org, visitor.conv_id, visitor.secret))
    answer = visitor.client.put(
        "/chat/v1/return",
        {"h_lookup": encode(keys.h_lookup), "sealed": sealed},
        content_type="application/json",
        headers=visitor.headers(),
    )
    assert answer.status_code == 204
    return code


def find(visitor: Visitor, code: str) -> tuple[int, Any]:
    lookup = return_keys(code, visitor.shown["org"]).lookup
    answer = visitor.client.post("/chat/v1/return/find", {"lookup": encode(lookup)}, content_type="application/json")
    return answer.status_code, answer.json()


def test_a_code_gives_the_secret_and_the_opening_back(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    code = keep(visitor)
    status, found = find(visitor, code)
    assert status == 200
    assert read_opening(found["opening"]) == visitor.opening
    keys = return_keys(code, visitor.shown["org"])
    secret = open_return(keys.k_ret, visitor.shown["org"], visitor.conv_id, decode(found["sealed"]))
    assert secret == visitor.secret
    assert find(visitor, make_code(RETURN_CODE_LENGTH))[0] == 404


def test_what_the_database_holds_does_not_open_with_the_code_once_the_shred_key_is_gone(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    code = keep(visitor)
    record = ReturnRecord.objects.get()
    shred_keys.store().destroy([visitor.uuid])
    assert find(visitor, code)[0] == 404
    keys = return_keys(code, visitor.shown["org"])
    with pytest.raises(SealingError):
        open_return(keys.k_ret, visitor.shown["org"], visitor.conv_id, bytes(record.sealed))


def test_a_closed_conversation_with_a_code_waits_again_when_the_visitor_writes(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    assert visitor.post("end").status_code == 204
    assert (visitor.say("nog iets").status_code, visitor.say("nog iets").json()["error"]) == (409, "ended")
    keep(visitor)
    assert visitor.say("nog iets").status_code == 200
    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.kind, conversation.closed_on) == ("waiting", "message", None)


def test_a_wipe_takes_the_code_along(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    code = keep(visitor)
    visitor.post("wipe", token=visitor.keys.wipe)
    assert find(visitor, code)[0] == 404


def test_who_is_moved_gets_a_ticket_for_the_other_desk_only(cast: Cast, at_the_desk: AtTheDesk) -> None:
    cast.other_desk  # noqa: B018
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    visitor.open()
    counsellor.post("conversations/claim", visitor.conv_id)
    assert visitor.post("move", {"yes": True}).status_code == 404
    assert counsellor.post("conversations/move", visitor.conv_id, {"desk": "night"}).status_code == 204
    assert visitor.get("messages").json()["events"][0]["data"]["move"] == {"desk": "night"}
    ticket = visitor.post("move", {"yes": True}).json()["ticket"]
    again = Visitor("chat")
    assert again.open(pow={"ticket": ticket}).status_code == 429
    there = Visitor("night")
    assert there.open(pow={"ticket": encode(os.urandom(20))}).status_code == 429
    assert there.open(pow={"ticket": ticket}).status_code == 200
