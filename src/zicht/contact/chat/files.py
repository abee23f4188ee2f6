"""Keep sealed files chunk by chunk, so that a weak line goes on where it broke."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from zicht.contact.chat.actions import LARGEST_CONVERSATION, refuse_full_disk
from zicht.contact.chat.errors import Ended, FormatRefused, NonceUsed, TooLarge, Unknown
from zicht.contact.chat.finding import of_visitor
from zicht.contact.models import Conversation, FileChunk, State, StoredFile
from zicht.contact.sealing.files import CHUNK, LARGEST, PREFIX_LENGTH, SEALED_CHUNK

FLOOR = 1024 * 1024 * 1024  # bytes of the disk that files leave free for messages
MOST_CHUNKS = LARGEST // CHUNK + 1


@dataclass(frozen=True)
class Chunk:
    """One sealed chunk in its place."""

    direction: int
    file_id: bytes
    number: int
    chunks: int
    content: bytes


@transaction.atomic
def keep_of_visitor(conv_id: UUID, cap: bytes, chunk: Chunk) -> None:
    """Keep a chunk of a file that a visitor sends."""
    conversation = of_visitor(conv_id, cap, held=True)
    if not conversation.desk.takes_files:
        raise Unknown
    keep(conversation, chunk)


def keep(conversation: Conversation, chunk: Chunk) -> None:
    """Keep a chunk of a conversation that is held; the same one again changes nothing."""
    refuse_wrong(chunk)
    if conversation.state == State.CLOSED:
        raise Ended
    stored = _file_of(conversation, chunk)
    before = stored.parts.filter(number=chunk.number).first()
    if before is not None:
        if bytes(before.content) != chunk.content:
            raise NonceUsed
        return
    refuse_full_disk(FLOOR)
    if conversation.stored_bytes + len(chunk.content) > LARGEST_CONVERSATION:
        raise TooLarge
    FileChunk.objects.create(file=stored, number=chunk.number, content=chunk.content)
    conversation.stored_bytes += len(chunk.content)
    conversation.save()


def refuse_wrong(chunk: Chunk) -> None:
    """Raise TooLarge for a file of too many chunks, FormatRefused for one that is none of its file."""
    if chunk.chunks > MOST_CHUNKS:
        raise TooLarge
    length = SEALED_CHUNK + (PREFIX_LENGTH if chunk.number == 0 else 0)
    if not chunk.number < chunk.chunks or len(chunk.content) != length:
        raise FormatRefused


def _file_of(conversation: Conversation, chunk: Chunk) -> StoredFile:
    stored, _made = StoredFile.objects.get_or_create(
        conversation=conversation,
        direction=chunk.direction,
        file_id=chunk.file_id,
        defaults={"chunks": chunk.chunks},
    )
    if stored.is_purged:
        raise Unknown
    if stored.chunks != chunk.chunks:
        raise FormatRefused
    return stored


def find_chunk(conversation: Conversation, direction: int, file_id: bytes, number: int) -> bytes:
    """Give a chunk; raise Unknown when it is not there, or was purged."""
    found = FileChunk.objects.filter(
        file__conversation=conversation, file__direction=direction, file__file_id=file_id, number=number
    ).first()
    if found is None:
        raise Unknown
    return bytes(found.content)


def chunk_of_visitor(conv_id: UUID, cap: bytes, direction: int, file_id: bytes, number: int) -> bytes:
    """Give a chunk to the visitor."""
    return find_chunk(of_visitor(conv_id, cap), direction, file_id, number)


def purge(conversation: Conversation, direction: int, file_id: bytes) -> None:
    """Destroy the content of a file of a conversation that is held, without a copy; that there was one stays known."""
    stored = StoredFile.objects.filter(conversation=conversation, direction=direction, file_id=file_id).first()
    if stored is None:
        raise Unknown
    freed = sum(len(bytes(part.content)) for part in stored.parts.all())
    stored.parts.all().delete()
    stored.is_purged = True
    stored.save()
    conversation.stored_bytes -= freed
    conversation.save()
