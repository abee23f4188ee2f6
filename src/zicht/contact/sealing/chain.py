"""Keep both directions of a conversation as chains, so that nobody can leave out, repeat or reorder without a trace."""

from zicht.contact.sealing.errors import (
    AckWentBackError,
    BrokenChainError,
    CutTailError,
    MissingBeforeError,
    ReplayedError,
    WrongConversationError,
)
from zicht.contact.sealing.messages import Body, Envelope, Inner, Place, open_message, seal_message
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR, ConversationKeys

BEFORE_ALL = -1  # the place of the OPEN, before seq 0


class Transcript:
    """Both directions of one conversation, as far as they were received; every refusal leaves it as it was."""

    def __init__(self, keys: ConversationKeys, conv_id: bytes, opening_digest: bytes) -> None:
        self._keys = keys
        self._conv_id = conv_id
        # Of each direction: hashes by place, the last hash, how much of it the other side has seen, and hashes that
        # the other side has seen and that did not come here.
        self._places = tuple({opening_digest: BEFORE_ALL} for _ in (FROM_VISITOR, TO_VISITOR))
        self._last = [opening_digest, opening_digest]
        self._seen = [BEFORE_ALL, BEFORE_ALL]
        self._held_back: tuple[set[bytes], set[bytes]] = (set(), set())

    def length(self, direction: int) -> int:
        """Give how many messages of a direction are here, which is the number of the next one."""
        return len(self._places[direction]) - 1

    def unseen(self, direction: int) -> int:
        """Give how many messages of a direction the other side has not confirmed."""
        return self.length(direction) - 1 - self._seen[direction]

    def is_whole(self) -> bool:
        """Tell whether everything is here that one side says it has seen."""
        return not any(self._held_back)

    def check_whole(self) -> None:
        """Raise CutTailError when messages at the end were held back, after all that is kept was received."""
        if not self.is_whole():
            raise CutTailError

    def seal_next(self, direction: int, kind: str, body: Body, nonce: bytes, by: str | None = None) -> Envelope:
        """Seal the next message of a direction; it is only part of the chain once it was received."""
        place = Place(self._conv_id, direction, self.length(direction), self._last[direction])
        return seal_message(self._keys, place, Inner(kind, body, self._last[1 - direction], by), nonce)

    def receive(self, envelope: Envelope) -> Inner:
        """Take the next envelope of its direction, one's own among them, and give what is inside."""
        digest = envelope.digest
        self._check_place(envelope, digest)
        inner = open_message(self._keys, envelope)
        self._take_ack(1 - envelope.direction, inner.ack)
        self._places[envelope.direction][digest] = envelope.seq
        self._last[envelope.direction] = digest
        self._settle(envelope.direction, digest, envelope.seq)
        return inner

    def _check_place(self, envelope: Envelope, digest: bytes) -> None:
        if envelope.conv_id != self._conv_id:
            raise WrongConversationError
        expected = self.length(envelope.direction)
        if envelope.seq > expected:
            raise MissingBeforeError
        if envelope.seq < expected:
            # The same once more is a repetition; another one in an old place is a second history.
            raise ReplayedError if digest in self._places[envelope.direction] else BrokenChainError
        if envelope.prev != self._last[envelope.direction]:
            raise BrokenChainError

    def _take_ack(self, direction: int, ack: bytes) -> None:
        """Note how much of a direction the other side has seen."""
        place = self._places[direction].get(ack)
        if place is None:
            self._held_back[direction].add(ack)
            return
        # What is held back comes after everything that is here.
        if place < self._seen[direction] or self._held_back[direction]:
            raise AckWentBackError
        self._seen[direction] = place

    def _settle(self, direction: int, digest: bytes, seq: int) -> None:
        if digest in self._held_back[direction]:
            self._held_back[direction].remove(digest)
            self._seen[direction] = max(self._seen[direction], seq)
