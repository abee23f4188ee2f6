"""What a visitor's browser and a desk write into a conversation; it is answered only after it is on disk."""

import shutil
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from zicht.contact import rules, shred_keys
from zicht.contact.chat import statements
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.desk_times import find_good_epoch
from zicht.contact.chat.errors import (
    Behind,
    DeskClosed,
    Duplicate,
    Ended,
    GoneFromDesk,
    NonceUsed,
    NoRoom,
    TooLarge,
    Unknown,
)
from zicht.contact.chat.finding import conv_hash, find, is_token, of_visitor, refuse_gone, take_turn
from zicht.contact.chat.hours import is_open, opens_at
from zicht.contact.chat.news import CHANGED, MESSAGE, OPENED, QUEUE, TYPING, News
from zicht.contact.chat.waits import count_wait
from zicht.contact.models import Claim, Conversation, Epoch, Kind, State
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.opening import Opening
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR
from zicht.contact.sealing.statements import TOLERANCE

PURPOSE = "open"  # of the seal of enc and ct under the shred key
LARGEST_CONVERSATION = 25 * 1024 * 1024  # bytes
FLOOR = 200 * 1024 * 1024  # bytes of the disk that stay free, so that what is underway can be finished
DIRECTIONS = ("v2o", "o2v")


@dataclass(frozen=True)
class Asked:
    """What stands beside an OPEN."""

    kind: str
    language: str


@dataclass(frozen=True)
class Written:
    """Where an envelope stands now."""

    seq: int
    digest: bytes


def is_known(opening: Opening) -> bool:
    """Tell whether this very OPEN made a conversation before; raise Duplicate when another one has, or had, its id."""
    conv_id = UUID(bytes=opening.conv_id)
    known = statements.opening_hash_of(conv_id)
    if known is None and statements.has_tombstone(conv_hash(conv_id)):
        raise Duplicate
    if known is not None and known != opening.digest:
        raise Duplicate
    return known is not None


def open_conversation(opening: Opening, asked: Asked) -> Conversation:
    """Take an OPEN; the same one again gives the same conversation."""
    try:
        return _open(opening, asked)
    except IntegrityError:  # the same id at the same moment
        if not is_known(opening):
            raise
        return find(UUID(bytes=opening.conv_id))


@transaction.atomic
def _open(opening: Opening, asked: Asked) -> Conversation:
    conv_id = UUID(bytes=opening.conv_id)
    take_turn(conv_id)
    if is_known(opening):
        return find(conv_id)
    refuse_full_disk(FLOOR)
    epoch = _epoch_of(opening)
    if asked.kind not in rules.kinds_at(epoch.desk.purpose):
        raise Unknown
    if asked.kind == Kind.CHAT and not is_open(epoch.desk, timezone.localtime(), asked.language):
        raise DeskClosed(opens_at=opens_at(epoch.desk, timezone.localtime(), asked.language))
    shred_keys.make_key(conv_id)
    conversation = Conversation.objects.create(
        conv_id=conv_id,
        desk=epoch.desk,
        epoch=epoch,
        language=asked.language,
        kind=asked.kind,
        opened_hour=rules.round_to_hour(timezone.now()),
        sealed_secret=shred_keys.seal_under(conv_id, PURPOSE, opening.enc + opening.ct),
        opening_hash=opening.digest,
        h_cap=opening.h_cap,
        h_wipe=opening.h_wipe,
        last_v2o=opening.digest,
        last_o2v=opening.digest,
    )
    announce(News(OPENED, epoch.desk_id, conv_id))
    announce(News(QUEUE, epoch.desk_id, epoch.desk_id))
    return conversation


def _epoch_of(opening: Opening) -> Epoch:
    now = int(timezone.now().timestamp())
    epoch = find_good_epoch(opening.desk, opening.epoch, now + TOLERANCE, now - TOLERANCE)
    if epoch is None:
        raise GoneFromDesk
    return epoch


def append(conversation: Conversation, envelope: Envelope) -> Written:
    """Add an envelope to a conversation that is held; the same one again is no second one.

    Raises NonceUsed for other bytes under a known nonce, Behind when it does not follow the last one of its direction,
    Ended when the conversation is closed and TooLarge when it is full.
    """
    content = envelope.to_bytes()
    before = statements.find_by_nonce(conversation, envelope.nonce)
    if before is not None:
        if before[1] != content:
            raise NonceUsed
        return Written(before[0], envelope.digest)
    _refuse_out_of_place(conversation, envelope)
    _open_again(conversation, envelope.direction)
    _take_room(conversation, len(content))
    statements.add(conversation, envelope, content)
    place = 2 * envelope.seq + envelope.direction
    announce(News(MESSAGE, conversation.desk_id, conversation.conv_id, place, envelope))
    return Written(envelope.seq, envelope.digest)


def _refuse_out_of_place(conversation: Conversation, envelope: Envelope) -> None:
    count, last = place_of(conversation, envelope.direction)
    if (envelope.seq, envelope.prev) != (count, last):
        raise Behind(last={"seq": count - 1, "hash": encode(last)})


def place_of(conversation: Conversation, direction: int) -> tuple[int, bytes]:
    """Give how many envelopes of a direction there are, and the hash the next one must name."""
    name = DIRECTIONS[direction]
    return getattr(conversation, f"count_{name}"), bytes(getattr(conversation, f"last_{name}"))


def _open_again(conversation: Conversation, direction: int) -> None:
    """Let somebody with a code go on: a closed conversation waits again; a chat as a message."""
    if conversation.state != State.CLOSED:
        return
    if direction != FROM_VISITOR or not hasattr(conversation, "return_record"):
        raise Ended
    kind = conversation.kind if conversation.kind in rules.LASTING else Kind.MESSAGE
    conversation.state, conversation.kind, conversation.closed_on = State.WAITING, kind, None
    conversation.opened_hour = rules.round_to_hour(timezone.now())  # so that it is not old the moment it waits again
    conversation.save(update_fields=["state", "kind", "closed_on", "opened_hour"])
    Claim.objects.filter(conversation=conversation).delete()
    tell_queue(conversation)


def _take_room(conversation: Conversation, length: int) -> None:
    refuse_full_disk(FLOOR)
    if conversation.stored_bytes + length > LARGEST_CONVERSATION:
        raise TooLarge
    conversation.stored_bytes += length


def refuse_full_disk(floor: int) -> None:
    """Raise NoRoom before the disk is so full that other things fail."""
    if shutil.disk_usage(settings.DATA_FOLDER).free < floor:
        raise NoRoom


@transaction.atomic
def append_of_visitor(conv_id: UUID, cap: bytes, envelope: Envelope) -> Written:
    """Add what a visitor wrote."""
    conversation = statements.hold(conv_id)
    if conversation is None:
        refuse_gone(conv_id)
    if conversation is None or not is_token(cap, bytes(conversation.h_cap)):
        raise Unknown
    return append(conversation, envelope)


@transaction.atomic
def end_of_visitor(conv_id: UUID, cap: bytes) -> None:
    """Close a conversation because the visitor leaves; nothing is destroyed."""
    close(of_visitor(conv_id, cap, held=True))


def close(conversation: Conversation) -> None:
    """Close a conversation that is held, today; closing it again changes nothing."""
    if conversation.state == State.CLOSED:
        return
    if conversation.state == State.WAITING and conversation.kind == Kind.CHAT:
        count_wait(conversation, is_gone=True)
    conversation.state, conversation.closed_on = State.CLOSED, timezone.localdate()
    conversation.move_to = None
    conversation.save()
    tell_queue(conversation)


def tell_queue(conversation: Conversation) -> None:
    """Tell the conversation and everybody in the queue that places changed."""
    announce(News(CHANGED, conversation.desk_id, conversation.conv_id))
    announce(News(QUEUE, conversation.desk_id, conversation.desk_id))


def tell_typing_of_visitor(conv_id: UUID, cap: bytes) -> None:
    """Tell the desk that the visitor types."""
    conversation = of_visitor(conv_id, cap)
    announce(News(TYPING, conversation.desk_id, conv_id, FROM_VISITOR))
