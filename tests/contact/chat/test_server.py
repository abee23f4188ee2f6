"""The real server: streams wake, answers come from other processes, and a power cut loses nothing that was answered."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.contact.cast import Visitor, message_json, opening_json, read_message, work_for
from tests.contact.server import Server, server_on

from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR

RACES = 5
ROUNDS = int(os.environ.get("CHAT_KILLS", "5"))  # each starts the server anew, which takes seconds
UNUSUAL = "a-browser-nobody-else-has-7fd1"


class FarVisitor(Visitor):
    """A visitor who talks to a server in another process."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server

    @property
    def named(self) -> dict[str, str]:
        """Give the headers of a request."""
        return {**self.headers(), "User-Agent": UNUSUAL, "Zicht-Network": "203.0.113.0/24"}

    def begin(self) -> int:
        """Open the conversation."""
        self.__dict__["shown"] = self.server.ask("GET", "/chat/v1/desks/chat", {})[1]
        fields = {**opening_json(self.opening), "kind": "chat", "language": "nl", "pow": work_for(self)}
        return self.server.ask("POST", "/chat/v1/open", self.named, fields)[0]

    def put(self, envelope: Envelope) -> tuple[int, Any]:
        """Send an envelope."""
        return self.server.ask("POST", "/chat/v1/messages", self.named, message_json(envelope))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which the server keeps everything."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """Give a server with a desk, on the database that this run of the tests is about."""
    with server_on(folder, os.environ.get("ZICHT_TEST_DATABASE_URL", "")) as running:
        running.run("desk")
        running.start()
        yield running


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


# Takes seconds: it starts a server, and other processes write to its database.
def test_a_stream_brings_an_answer_of_another_process_and_nothing_tells_who_it_was(
    server: Server, folder: Path
) -> None:
    visitor = FarVisitor(server)
    assert visitor.begin() == 200
    with server.stream(visitor.named) as frames:
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
    kept = everything_on_disk(folder) + server.run("dump").encode()
    assert str(visitor.uuid).encode() in kept
    assert UNUSUAL.encode() not in kept
    assert b"203.0.113" not in kept
    assert b"hallo" not in kept


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


def test_a_second_server_on_one_sqlite_file_is_refused(server: Server, folder: Path) -> None:
    if os.environ.get("ZICHT_TEST_DATABASE_URL"):
        pytest.skip("on PostgreSQL several servers may run")
    second = Server(server.environment, folder / "second.log")
    with pytest.raises(AssertionError, match="Another server runs"):
        second.start()
