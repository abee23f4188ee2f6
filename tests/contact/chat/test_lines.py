"""Lines that break, ways round, and what passes without a trace: clients that drop and resume at a real server."""

import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, suppress
from typing import Any

import pytest
from tests.contact.cast import message_json, read_message
from tests.contact.far import FarCounsellor, FarVisitor
from tests.contact.server import Server

from zicht.contact.chat.frames import LENGTHS
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.errors import ReplayedError
from zicht.contact.sealing.parts import decode, encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR

pytestmark = pytest.mark.django_db
CLIENTS = int(os.environ.get("CHAT_FLAKY", "4"))
AT_ONCE = 4
MESSAGES = 3


@pytest.fixture(scope="module")
def dina(server: Server) -> FarCounsellor:
    """Give a counsellor who takes as many chats as one may."""
    counsellor = FarCounsellor(server, "dina")
    assert counsellor.ask("presence", content={"state": "available", "most": 10})[0] == 204
    return counsellor


@pytest.fixture(autouse=True)
def _at_her_desk(dina: FarCounsellor) -> Iterator[None]:
    """Keep a stream of hers open: without one, housekeeping gives her chats back after a minute."""
    with dina.listen() as events:
        next(events)
        yield


def claimed(server: Server, counsellor: FarCounsellor) -> tuple[FarVisitor, Transcript]:
    """Give a visitor whose chat was taken, and what the counsellor has of it."""
    visitor = FarVisitor(server)
    assert visitor.begin() == 200
    assert counsellor.ask("conversations/claim", visitor.conv_id)[0] == 200
    return visitor, counsellor.transcript_of(visitor.conv_id)


def test_where_streams_do_not_come_through_an_answer_waits_until_there_is_something(
    server: Server, dina: FarCounsellor
) -> None:
    visitor, transcript = claimed(server, dina)
    status, first = visitor.ask("GET", "messages", Zicht_Wait="0")
    assert (status, [event["event"] for event in first["events"]]) == (200, ["status"])
    assert visitor.ask("GET", "messages", Zicht_Wait="1")[1]["events"] == []
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(visitor.ask, "GET", "messages", Zicht_Wait="25", Last_Event_ID=first["last"])
        assert dina.answer(transcript, visitor.conv_id, "Ja?")[0] == 200
        _status, second = waiting.result(20)
    [message] = [event["data"] for event in second["events"] if event["event"] == "message"]
    assert visitor.transcript.receive(read_message(message)).body == "Ja?"
    assert second["last"] == "-1,0"
    dina.ask("conversations/end", visitor.conv_id)


def test_an_answer_without_a_stream_has_one_of_few_lengths(server: Server, dina: FarCounsellor) -> None:
    visitor, transcript = claimed(server, dina)
    lengths = []
    for text in ("", "a", "a" * 150, "a" * 500):
        if text:
            dina.answer(transcript, visitor.conv_id, text)
        with closing(server.connect()) as connection:
            connection.request("GET", "/chat/v1/messages", headers={**visitor.named, "Host": "localhost"})
            lengths.append(len(connection.getresponse().read()))
    assert set(lengths) <= set(LENGTHS)
    assert lengths[1] == lengths[0] or lengths[1] == lengths[2]
    dina.ask("conversations/end", visitor.conv_id)


def test_typing_reaches_the_other_side_once_in_ten_seconds_and_is_kept_nowhere(
    server: Server, dina: FarCounsellor
) -> None:
    visitor, transcript = claimed(server, dina)
    before = server.run("dump")
    with visitor.listen() as hers, dina.listen() as desks:
        next(hers)
        next(desks)
        for _try in range(3):
            assert dina.ask("conversations/typing", visitor.conv_id)[0] == 204
            assert visitor.ask("POST", "typing")[0] == 204
        assert until(desks, "typing") == {"conv_id": encode(visitor.conv_id)}
        assert server.run("dump") == before
        assert dina.answer(transcript, visitor.conv_id, "Ja")[0] == 200
        names = [name for name, _data, _length in take_until(hers, "message")]
        assert names.count("typing") == 1
    dina.ask("conversations/end", visitor.conv_id)


def until(frames: Iterator[tuple[str, Any, int]], name: str) -> Any:
    """Give the first event of a name."""
    return take_until(frames, name)[-1][1]


def take_until(frames: Iterator[tuple[str, Any, int]], name: str) -> list[tuple[str, Any, int]]:
    """Give the events up to the first of a name."""
    seen = [next(frames)]
    while seen[-1][0] != name:
        seen.append(next(frames))
    return seen


def test_a_request_whose_end_cannot_be_known_is_refused_before_it_is_read(server: Server) -> None:
    visitor = FarVisitor(server)
    with closing(server.connect()) as connection:
        headers = {**visitor.named, "Host": "localhost", "Transfer-Encoding": "chunked"}
        connection.request("POST", "/chat/v1/messages", iter([b"x"]), headers, encode_chunked=True)
        assert connection.getresponse().status == 413


def test_whatever_is_refused_forbids_as_much_and_is_written_down_nowhere(server: Server) -> None:
    before = server.log.read_bytes()
    visitor = FarVisitor(server)
    for path, status in (("nothing", 404), ("stream", 404), ("desks/nowhere", 404), ("wipe", 405)):
        with closing(server.connect()) as connection:
            connection.request("GET", f"/chat/v1/{path}", headers={**visitor.named, "Host": "localhost"})
            answer = connection.getresponse()
            answer.read()
        assert answer.status == status
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "Set-Cookie" not in answer.headers
    assert server.log.read_bytes() == before


class Flaky(FarVisitor):
    """A visitor on a line that drops: answers get lost, streams break, and she goes on from the last place she saw."""

    def __init__(self, server: Server, number: int) -> None:
        super().__init__(server)
        self.chance = random.Random(number)
        self.heard: list[str] = []

    @property
    def named(self) -> dict[str, str]:
        """Come from a network of her own, so that her chat costs what one costs."""
        return {**super().named, "Zicht-Network": f"10.{self.conv_id[0]}.{self.conv_id[1]}"}

    def say_all(self) -> None:
        """Say what she has to say, and hear an answer to each."""
        for number in range(MESSAGES):
            envelope = self.seal(f"bericht {number}")
            while self.is_unlucky():
                self.send_and_hear_no_answer(message_json(envelope))
            assert self.put(envelope)[0] == 200
            self.hear(number + 1)

    def is_unlucky(self) -> bool:
        return self.chance.random() < 0.4

    def send_and_hear_no_answer(self, content: dict[str, Any]) -> None:
        """Send, and lose the line before the answer is read."""
        with closing(self.server.connect()) as connection:
            connection.request("POST", "/chat/v1/messages", json.dumps(content), {**self.named, "Host": "localhost"})

    def hear(self, enough: int) -> None:
        """Listen on one line after the other until there are so many answers."""
        while len(self.heard) < enough:
            place = f"{self.transcript.length(FROM_VISITOR) - 1},{self.transcript.length(TO_VISITOR) - 1}"
            with self.listen(place) as frames:
                for name, data, _length in frames:
                    if name == "message":
                        self.take(data)
                    if len(self.heard) == enough or self.is_unlucky():
                        break

    def take(self, data: dict[str, Any]) -> None:
        """Take a message; the same once more is dropped, anything out of place raises."""
        envelope = read_message(data)
        with suppress(ReplayedError):
            inner = self.transcript.receive(envelope)
            if envelope.direction == TO_VISITOR:
                self.heard.append(str(inner.body))


class Echo:
    """A counsellor whose line drops too: claims what waits of these visitors and answers each message once."""

    def __init__(self, counsellor: FarCounsellor, visitors: list[Flaky]) -> None:
        self.counsellor = counsellor
        self.known = {encode(visitor.conv_id) for visitor in visitors}
        self.transcripts: dict[str, Transcript] = {}
        self.chance = random.Random(0)
        self.ended = 0

    def serve(self, clients: int) -> None:
        """Answer until so many conversations are over."""
        while self.ended < clients:
            places = {
                conv_id: f"{one.length(FROM_VISITOR) - 1},{one.length(TO_VISITOR) - 1}"
                for conv_id, one in self.transcripts.items()
            }
            with self.counsellor.listen(**places) as frames, suppress(StopIteration):
                for _event in range(self.chance.randrange(5, 40)):
                    if self.ended == clients:
                        return
                    self.take(*next(frames)[:2])

    def take(self, name: str, data: dict[str, Any]) -> None:
        """Do what an event asks for."""
        if name == "status" and data["state"] == "waiting" and data["conv_id"] in self.known:
            conv_id = decode(data["conv_id"])
            if self.counsellor.ask("conversations/claim", conv_id)[0] == 200:
                self.transcripts[data["conv_id"]] = self.counsellor.transcript_of(conv_id)
        elif name == "message":
            self.answer(data["conv_id"], data)

    def answer(self, conv_id: str, data: dict[str, Any]) -> None:
        """Take a message and answer it; after the last one the conversation is ended."""
        envelope, transcript = read_message(data), self.transcripts.get(conv_id)
        if transcript is None:  # it is over, and the stream tells of the last answer
            return
        try:
            inner = transcript.receive(envelope)
        except ReplayedError:
            return
        if envelope.direction == FROM_VISITOR:
            assert self.counsellor.answer(transcript, decode(conv_id), f"antwoord op {inner.body}")[0] == 200
            if transcript.length(FROM_VISITOR) == MESSAGES:
                self.counsellor.ask("conversations/end", decode(conv_id))
                del self.transcripts[conv_id]
                self.ended += 1


# Takes seconds: each client opens, says and hears over lines that drop in four of ten steps.
def test_clients_on_lines_that_drop_lose_nothing_and_hear_nothing_twice(server: Server, dina: FarCounsellor) -> None:
    clients = [Flaky(server, number) for number in range(CLIENTS)]
    echo = Echo(dina, clients)

    def live(client: Flaky) -> None:
        assert client.begin() == 200
        client.say_all()

    with ThreadPoolExecutor(AT_ONCE + 1) as threads:
        steps = [threads.submit(echo.serve, CLIENTS), *(threads.submit(live, client) for client in clients)]
        for done in as_completed(steps):
            done.result()
    for client in clients:
        assert client.heard == [f"antwoord op bericht {number}" for number in range(MESSAGES)]
        _status, kept = client.ask("GET", "messages")
        places = [
            (event["data"]["dir"], event["data"]["seq"]) for event in kept["events"] if event["event"] == "message"
        ]
        assert sorted(places) == [(way, number) for way in (0, 1) for number in range(MESSAGES)]
