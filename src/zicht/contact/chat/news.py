"""What server processes tell each other about a conversation: that something happened, never what was said."""

from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from zicht.contact.sealing.messages import Envelope

CHANGED = "c"  # a claim, a state: look again
MESSAGE = "e"  # place is twice the number of the message, and one more for those to the visitor
QUEUE = "q"  # places in the queue of a desk changed; the subject is the desk
OPENED = "o"
WIPED = "w"
TYPING = "t"  # place is the direction
BLOCKED = "b"  # whoever remembers where it came from asks more for the next one
MEMBERS = "m"  # people of a desk, or their keys, changed; the subject is the desk
PRESENT = "p"  # a counsellor has a stream; the subject is the account


@dataclass(frozen=True)
class News:
    """One sign: what happened, at which desk, to what, and up to which place.

    The process that wrote a message has it at hand, and its own streams need not ask the database for it. It goes to no
    other process, and is not part of the sign.
    """

    what: str
    desk: UUID
    subject: UUID
    place: int = 0
    message: Envelope | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.what}:{self.desk.hex}:{self.subject.hex}:{self.place}"

    @classmethod
    def read(cls, payload: str) -> Self:
        """Read what `str` gave."""
        what, desk, subject, place = payload.split(":")
        return cls(what, UUID(desk), UUID(subject), int(place))
