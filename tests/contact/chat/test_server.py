"""The real server: streams wake, answers come from other processes, and a power cut loses nothing that was answered."""

import os
import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException

import psycopg
import pytest
from tests.contact.cast import message_json, opening_json, read_message
from tests.contact.far import UNUSUAL, UNUSUAL_ADDRESS, FarVisitor, everything_on_disk
from tests.contact.server import Server

from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR

pytestmark = pytest.mark.django_db
RACES = 5
KILLS = int(os.environ.get("CHAT_KILLS", "6"))


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
    for number in range(KILLS):
        envelope = visitor.seal(f"bericht {number}")
        assert visitor.put(envelope)[0] == 200
        server.kill()
        server.start()
        # The visitor cannot know whether the answer was lost, so her browser sends the same again.
        assert visitor.put(envelope)[0] == 200
        visitor.transcript.receive(envelope)
        sent.append(envelope)
    kept = list(everything_kept(server, visitor))
    assert kept == sent
    assert all(one.direction == FROM_VISITOR for one in kept)


def everything_kept(server: Server, visitor: FarVisitor) -> Iterator[Envelope]:
    """Fetch all messages, a hundred at a time."""
    last, is_more = "-1,-1", True
    while is_more:
        _status, answer = server.ask("GET", "/chat/v1/messages", {**visitor.named, "Last-Event-ID": last})
        yield from (read_message(event["data"]) for event in answer["events"] if event["event"] == "message")
        last, is_more = answer["last"], answer["more"]


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


def test_a_server_killed_in_the_middle_of_a_step_keeps_what_it_answered_and_nothing_twice(server: Server) -> None:
    draw = random.Random(0)
    for number in range(KILLS):
        visitor = FarVisitor(server)
        assert visitor.begin() == 200
        first = visitor.seal("een")
        with ThreadPoolExecutor(3) as threads:
            sending = threads.submit(sent, visitor, first)
            wiping = threads.submit(wiped, visitor) if number % 3 == 2 else None
            time.sleep(draw.random() / 50)
            server.kill()
            sending.result()
            is_wiped = wiping is not None and wiping.result()
        server.start()
        if wiping is None:
            assert visitor.put(first)[0] == 200
            visitor.transcript.receive(first)
            second = visitor.seal("twee")
            assert visitor.put(second)[0] == 200
            kept = [
                event["data"] for event in visitor.ask("GET", "messages")[1]["events"] if event["event"] == "message"
            ]
            assert [read_message(one) for one in kept] == [first, second]
        else:
            # Whatever was cut off, the wipe is ended by asking again, and what was answered as wiped is.
            assert not is_wiped or visitor.put(first)[0] == 410
            assert wiped(visitor)
            assert visitor.put(first)[0] == 410


def sent(visitor: FarVisitor, envelope: Envelope) -> bool:
    """Send, and tell whether it was answered before the server died."""
    with suppress(OSError, HTTPException):
        return visitor.put(envelope)[0] == 200
    return False


def wiped(visitor: FarVisitor) -> bool:
    """Wipe, and tell whether that was answered before the server died."""
    with suppress(OSError, HTTPException):
        return visitor.server.ask("POST", "/chat/v1/wipe", visitor.headers(visitor.keys.wipe))[0] == 204
    return False


def test_two_servers_on_one_database_hear_of_each_other_and_tell_nothing_but_where(server: Server) -> None:
    url = server.environment.get("ZICHT_DATABASE_URL")
    if not url:
        pytest.skip("on SQLite one server runs")
    visitor, second = FarVisitor(server), server.beside()
    second.start()
    told: list[str] = []
    with psycopg.connect(url, autocommit=True) as listening:
        listening.execute("LISTEN zicht_chat")
        assert visitor.begin() == 200
        there = FarVisitor(second)
        there.__dict__.update({**visitor.__dict__, "server": second})
        with there.listen() as frames:
            next(frames)
            envelope = visitor.seal("hallo")
            assert visitor.put(envelope)[0] == 200
            name, data, _length = next(frames)
            while name != "message":
                name, data, _length = next(frames)
            assert read_message(data) == envelope
        told += [notify.payload for notify in listening.notifies(timeout=0.5)]
    second.kill()
    assert any(visitor.uuid.hex in one for one in told)
    assert all(re.fullmatch(r"[a-z]:[0-9a-f]{32}:[0-9a-f]{32}:\d+", one) for one in told)
