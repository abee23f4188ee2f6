"""The real server: streams wake, answers come from other processes, and a power cut loses nothing that was answered."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.contact.cast import message_json, opening_json, read_message
from tests.contact.far import UNUSUAL, UNUSUAL_ADDRESS, FarVisitor, everything_on_disk
from tests.contact.server import Server

from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR

pytestmark = pytest.mark.django_db
RACES = 5
ROUNDS = int(os.environ.get("CHAT_KILLS", "6"))


def test_a_stream_brings_an_answer_of_another_process_and_nothing_tells_who_it_was(server: Server) -> None:
    visitor = FarVisitor(server)
    assert visitor.begin() == 200
    with visitor.listen() as frames:
        name, status, length = next(frames)
        assert (name, status["state"], status["position"], length) == ("status", "waiting", 1, 800)
        assert visitor.put(visitor.seal("hallo"))[0] == 200
        assert next(frames)[0] == "message"
        server.run("answer", str(visitor.uuid), "Ja, wij zijn er.")
        seen = [next(frames) for _ in range(2)]
    assert {name for name, _data, _length in seen} == {"status", "message"}
    [message] = [data for name, data, _length in seen if name == "message"]
    assert message["dir"] == TO_VISITOR
    assert {length for _name, _data, length in seen} == {800}
    kept = everything_on_disk(server) + server.run("dump").encode()
    assert str(visitor.uuid).encode() in kept
    for trace in (UNUSUAL, UNUSUAL_ADDRESS, "203.0.113", "hallo", visitor.secret.hex()):
        assert trace.encode() not in kept
    assert visitor.secret not in kept


def test_a_server_killed_after_each_answer_loses_nothing_and_keeps_nothing_twice(server: Server) -> None:
    visitor = FarVisitor(server)
    assert visitor.begin() == 200
    sent = []
    for number in range(ROUNDS):
        envelope = visitor.seal(f"bericht {number}")
        assert visitor.put(envelope)[0] == 200
        server.kill()
        server.start()
        # The visitor cannot know whether the answer was lost, so her browser sends the same again.
        assert visitor.put(envelope)[0] == 200
        visitor.transcript.receive(envelope)
        sent.append(envelope)
    _status, answer = server.ask("GET", "/chat/v1/messages", visitor.named)
    kept = [read_message(event["data"]) for event in answer["events"] if event["event"] == "message"]
    assert kept == sent
    assert all(one.direction == FROM_VISITOR for one in kept)


def test_a_wipe_that_races_with_messages_ends_wiped(server: Server) -> None:
    for _round in range(RACES):
        visitor = FarVisitor(server)
        assert visitor.begin() == 200
        steps = [("/chat/v1/messages", visitor.named, message_json(visitor.seal(f"nr {one}"))) for one in range(4)]
        wiping = {**visitor.headers(visitor.keys.wipe), "User-Agent": UNUSUAL}
        again = {**opening_json(visitor.opening), "kind": "chat", "language": "nl", "pow": {"ticket": ""}}
        with ThreadPoolExecutor(6) as threads:
            asked = [threads.submit(server.ask, "POST", *step) for step in steps]
            asked.insert(2, threads.submit(server.ask, "POST", "/chat/v1/wipe", wiping))
            asked.append(threads.submit(server.ask, "POST", "/chat/v1/open", visitor.named, again))
            ends = [one.result()[0] for one in asked]
        assert ends.pop(2) == 204
        assert set(ends) <= {200, 409, 410}
        assert visitor.put(visitor.seal("te laat"))[0] == 410
        assert server.ask("POST", "/chat/v1/open", visitor.named, again)[1] == {"error": "duplicate"}


def test_a_second_server_on_one_sqlite_file_is_refused(server: Server) -> None:
    if os.environ.get("ZICHT_TEST_DATABASE_URL"):
        pytest.skip("on PostgreSQL several servers may run")
    second = server.beside()
    with pytest.raises(AssertionError, match="Another server runs"):
        second.start()
