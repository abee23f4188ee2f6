"""Server-Sent Events of few lengths: whoever sees the encrypted line cannot tell a beat from a short message."""

import json
from collections.abc import Mapping
from typing import Any

from zicht.contact.chat.queries import Event

# Bytes of a frame: what a message of each bucket needs in base64url, with its fields and room for long numbers.
LENGTHS = (800, 1824, 5920, 22304)
COMMENT = 2  # bytes of ":" and a newline


def frame(event: Event) -> bytes:
    """Write one event, filled up with a comment to the next length."""
    lines = [f"event: {event.name}", f"data: {json.dumps(event.data, separators=(',', ':'))}"]
    if event.place is not None:
        lines.insert(0, f"id: {event.place}")
    content = ("\n".join(lines) + "\n\n").encode()
    return filling(len(content)) + content


def filling(length: int) -> bytes:
    """Give a comment that brings so many bytes to the next length; what is longer than all goes as it is."""
    room = next((most for most in LENGTHS if most >= length + COMMENT), None)
    return b"" if room is None else b":" + b" " * (room - length - COMMENT) + b"\n"


def beat() -> bytes:
    """Give what is sent when there is nothing to say."""
    return frame(Event("beat", {}))


def as_answer(events: list[Event], last: str, *, more: bool) -> Mapping[str, Any]:
    """Give events as one answer, for those to whom streams do not come through."""
    return {"events": [event.to_json() for event in events], "last": last, "more": more}


def filled(content: Mapping[str, Any]) -> bytes:
    """Write an answer with spaces behind it, up to the next length or the next multiple of the longest."""
    text = json.dumps(content, separators=(",", ":")).encode()
    longest = LENGTHS[-1]
    room = next((most for most in LENGTHS if most >= len(text)), -(-len(text) // longest) * longest)
    return text.ljust(room)
