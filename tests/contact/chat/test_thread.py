"""The thread through the chat: somebody opens it, a counsellor takes it, both are read by the other and nobody else."""

import pytest
from tests.contact.cast import Cast, Visitor, message_json, read_message, read_opening
from tests.contact.conftest import AtTheDesk

from zicht.contact.models import Conversation, Message
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.opening import Desk as DeskName
from zicht.contact.sealing.opening import open_opening
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import keys_of

pytestmark = pytest.mark.django_db


def test_a_visitor_and_a_counsellor_read_each_other(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    assert visitor.open().json()["state"] == "waiting"
    assert visitor.say("Is daar iemand?").status_code == 200

    [row] = counsellor.rows()
    assert (row["state"], row["by"], row["last"]) == ("waiting", None, "0,-1")
    assert counsellor.post("conversations/claim", visitor.conv_id).json()["row"]["by"]["shown_as"] == "Chris"
    shown = counsellor.post("conversations/read", visitor.conv_id).json()
    opening = read_opening(shown["opening"])
    desk = DeskName(str(cast.desk.org_id), "chat", 1)
    transcript = Transcript(keys_of(open_opening(opening, desk, cast.desk_private)), visitor.conv_id, opening.digest)
    [message] = [event["data"] for event in shown["events"]]
    assert transcript.receive(read_message(message)).body == "Is daar iemand?"

    assert counsellor.answer(transcript, visitor.conv_id, "Ja. Ik ben Dina.").status_code == 200
    assert visitor.received() == ["Ja. Ik ben Dina."]
    status = visitor.get("messages").json()["events"][0]
    assert (status["event"], status["data"]["state"]) == ("status", "open")


def test_the_same_open_again_is_the_same_conversation(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    first, second = visitor.open(), visitor.open(pow=None)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert Conversation.objects.count() == 1


def test_another_open_with_a_known_id_is_a_duplicate(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor, thief = Visitor(), Visitor()
    visitor.open()
    thief.conv_id = visitor.conv_id
    answer = thief.open()
    assert (answer.status_code, answer.json()) == (409, {"error": "duplicate"})


def test_an_envelope_after_a_lost_answer_is_taken_once(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    envelope = visitor.seal("hallo")
    first, second = visitor.send(envelope), visitor.send(envelope)
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json() == {"seq": 0, "hash": encode(envelope.digest)}
    assert Message.objects.count() == 1


def test_of_two_writers_the_second_is_told_what_is_there(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    mine, other = visitor.seal("een"), visitor.seal("twee")
    assert visitor.send(mine).status_code == 200
    answer = visitor.send(other)
    assert (answer.status_code, answer.json()["error"]) == (409, "behind")
    assert answer.json()["last"] == {"seq": 0, "hash": encode(mine.digest)}
    visitor.transcript.receive(mine)
    assert visitor.say("twee").status_code == 200


def test_other_bytes_under_a_known_nonce_are_refused(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    envelope = visitor.seal("een")
    visitor.send(envelope)
    changed = {**message_json(envelope), "ct": encode(bytes(len(envelope.ct)))}
    answer = visitor.post("messages", changed)
    assert (answer.status_code, answer.json()) == (409, {"error": "nonce"})


@pytest.mark.parametrize("field", ["v", "conv_id", "dir", "seq", "prev", "nonce", "ct"])
def test_a_message_without_one_of_its_fields_is_refused(cast: Cast, field: str) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    fields = message_json(visitor.seal("een"))
    del fields[field]
    assert visitor.post("messages", fields).status_code == 400
    assert not Message.objects.exists()


def test_a_message_that_fits_no_bucket_is_refused(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    fields = {**message_json(visitor.seal("een")), "ct": encode(bytes(273))}
    assert visitor.post("messages", fields).status_code == 400


def test_without_the_work_nothing_is_opened_and_the_price_is_told(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    answer = visitor.open(pow={"stamp": 0, "bits": 0, "nonce": encode(bytes(8))})
    assert (answer.status_code, answer.json()["error"]) == (429, "price")
    assert answer.json()["price"]["bits"] >= 14
    assert not Conversation.objects.exists()


def test_another_bearer_is_answered_as_if_there_were_no_conversation(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor, nobody = Visitor(), Visitor()
    visitor.open()
    wrong = visitor.get("messages", authorization=f"Bearer {encode(nobody.keys.cap)}")
    unknown = nobody.get("messages")
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.content == unknown.content


def test_visitors_get_no_cookie_and_no_cache(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    for answer in (visitor.open(), visitor.say("een"), visitor.get("messages"), visitor.client.get("/chat/v1/open")):
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"


def test_after_a_wipe_nothing_is_left_but_a_hash_and_everybody_is_told(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    visitor.open()
    visitor.say("een")
    late = visitor.seal("twee")
    assert visitor.post("wipe", token=visitor.keys.cap).status_code == 404
    assert visitor.post("wipe", token=visitor.keys.wipe).status_code == 204
    assert visitor.post("wipe", token=visitor.keys.wipe).status_code == 204
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()
    assert (visitor.send(late).status_code, visitor.send(late).json()["error"]) == (410, "wiped")
    assert (visitor.open().status_code, visitor.open().json()["error"]) == (409, "duplicate")
    assert counsellor.rows() == []
