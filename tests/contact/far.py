"""Visitors and counsellors who talk to a server in another process."""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from tests.contact.cast import Visitor, message_json, opening_json, read_opening, work_for
from tests.contact.server import Server

from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.opening import Desk, open_opening
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import TO_VISITOR, keys_of

UNUSUAL = "a-browser-nobody-else-has-7fd1"
UNUSUAL_ADDRESS = "127.45.67.89"
Events = AbstractContextManager[Iterator[tuple[str, Any, int]]]


class FarVisitor(Visitor):
    """A visitor who comes from an address and with a browser that nobody else has."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server

    @property
    def named(self) -> dict[str, str]:
        """Give the headers of a request."""
        return {**self.headers(), "User-Agent": UNUSUAL, "Zicht-Network": "203.0.113"}

    def begin(self, kind: str = "chat") -> int:
        """Open the conversation."""
        self.__dict__["shown"] = self.ask("GET", "desks/chat")[1]
        fields = {**opening_json(self.opening), "kind": kind, "language": "nl", "pow": work_for(self)}
        return self.ask("POST", "open", fields)[0]

    def put(self, envelope: Envelope) -> tuple[int, Any]:
        """Send an envelope."""
        return self.ask("POST", "messages", message_json(envelope))

    def tell(self, text: str) -> int:
        """Seal a message, send it, and count it in when it was taken."""
        envelope = self.seal(text)
        status, _answer = self.put(envelope)
        if status == 200:
            self.transcript.receive(envelope)
        return status

    def ask(self, method: str, what: str, content: Mapping[str, Any] | None = None, **more: str) -> tuple[int, Any]:
        """Ask with the headers of this conversation."""
        headers = {**self.named, **{name.replace("_", "-"): value for name, value in more.items()}}
        return self.server.ask(method, f"/chat/v1/{what}", headers, content, UNUSUAL_ADDRESS)

    def listen(self, after: str = "") -> Events:
        """Open the stream."""
        return self.server.stream({**self.named, "Last-Event-ID": after}, source=UNUSUAL_ADDRESS)


class FarCounsellor:
    """A counsellor with a session, and the private key of the desk at hand."""

    def __init__(self, server: Server, login: str) -> None:
        self.server = server
        # The token of forms stands in a cookie; whoever can set both is in the same browser.
        self.named = {"Cookie": f"zicht={server.run('sign_in', login)}; zicht-form={'a' * 32}", "X-CSRFToken": "a" * 32}

    def ask(
        self, what: str, conv_id: bytes = b"", content: Mapping[str, Any] | None = None, method: str = "POST"
    ) -> tuple[int, Any]:
        """Ask something about a conversation."""
        headers = {**self.named, "Zicht-Conversation": encode(conv_id)}
        return self.server.ask(method, f"/staff/desk/v1/{what}", headers, content)

    def listen(self, **reading: str) -> Events:
        """Open the stream, from a place of each conversation."""
        places = ";".join(f"{conv_id}={after}" for conv_id, after in reading.items())
        return self.server.stream({**self.named, "Zicht-Reading": places}, "/staff/desk/v1/stream")

    def transcript_of(self, conv_id: bytes) -> Transcript:
        """Open a conversation with the key of the desk, and read all of it."""
        status, given = self.ask("conversations/read", conv_id)
        assert status == 200
        opening = read_opening(given["opening"])
        org = self.ask("me", method="GET")[1]["org"]
        key = (self.server.folder / "desk.key").read_bytes()
        return Transcript(keys_of(open_opening(opening, Desk(org, "chat", 1), key)), conv_id, opening.digest)

    def answer(self, transcript: Transcript, conv_id: bytes, text: str) -> tuple[int, Any]:
        """Seal an answer and send it; it is counted in when it was taken."""
        envelope = transcript.seal_next(TO_VISITOR, "text", text, os.urandom(24), by="Dina")
        status, given = self.ask("conversations/messages", conv_id, message_json(envelope))
        if status == 200:
            transcript.receive(envelope)
        return status, given


def everything_on_disk(server: Server) -> bytes:
    """Give every byte of every file the server has: database, write-ahead log, keys, log."""
    return b"".join(file.read_bytes() for file in server.folder.rglob("*") if file.is_file())
