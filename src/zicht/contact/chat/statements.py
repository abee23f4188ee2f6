"""SQL of what happens with every message: building it anew each time takes longer than the database needs to do it."""

from typing import Any
from uuid import UUID

from django.db import connection

from zicht.contact.models import Conversation, Message
from zicht.contact.sealing.messages import Envelope

IS_POSTGRESQL = connection.vendor == "postgresql"  # asked once: in the loop, Django makes a connection to be asked
NEEDED = {"number", "conv_id", "desk_id", "kind", "state", "h_cap", "stored_bytes"}
NEEDED |= {f"{what}_{way}" for what in ("count", "last") for way in ("v2o", "o2v")}
# In the order of the model, as `from_db` wants them.
COLUMNS = [column.attname for column in Conversation._meta.concrete_fields if column.attname in NEEDED]
CONVERSATION, MESSAGE = Conversation._meta.db_table, Message._meta.db_table
FIND = f"SELECT {', '.join(COLUMNS)} FROM {CONVERSATION} WHERE conv_id = %s"  # noqa: S608 - names of columns
OWNER = "SELECT account_id FROM contact_claim WHERE conversation_id = %s"
BY_NONCE = f"SELECT seq, envelope FROM {MESSAGE} WHERE conversation_id = %s AND nonce = %s"  # noqa: S608
ADD = f"INSERT INTO {MESSAGE} (conversation_id, direction, seq, nonce, envelope) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
COUNT = tuple(
    f"UPDATE {CONVERSATION} SET count_{way} = %s, last_{way} = %s, stored_bytes = %s WHERE number = %s"  # noqa: S608
    for way in ("v2o", "o2v")
)
KNOWN = f"SELECT opening_hash FROM {CONVERSATION} WHERE conv_id = %s"  # noqa: S608
GONE = "SELECT 1 FROM contact_tombstone WHERE conv_hash = %s"
WAITING = f"""
    SELECT desk.desk_id, (
        SELECT count(*) FROM {CONVERSATION} conversation
        WHERE conversation.desk_id = desk.desk_id AND conversation.state = 'waiting' AND conversation.kind = 'chat'
    ) FROM contact_desk desk WHERE desk.slug = %s
"""  # noqa: S608
BEHIND = f"""
    SELECT message.direction, message.seq, message.envelope FROM {MESSAGE} message
    JOIN {CONVERSATION} conversation ON conversation.number = message.conversation_id
    WHERE conversation.conv_id = %s
    AND ((message.direction = 0 AND message.seq > %s) OR (message.direction = 1 AND message.seq > %s))
    ORDER BY message.id LIMIT %s
"""  # noqa: S608


def opening_hash_of(conv_id: UUID) -> bytes | None:
    """Give the hash of the OPEN that made a conversation."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [stored(conv_id)])
        row = cursor.fetchone()
    return bytes(row[0]) if row else None


def has_tombstone(conv_hash: bytes) -> bool:
    """Tell whether a conversation was destroyed."""
    with connection.cursor() as cursor:
        cursor.execute(GONE, [conv_hash])
        return cursor.fetchone() is not None


def waiting_at(slug: str) -> tuple[UUID, int] | None:
    """Give the key of a desk and how many chats wait there."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [slug])
        row = cursor.fetchone()
    return (UUID(str(row[0])), int(row[1])) if row else None


def hold(conv_id: UUID) -> Conversation | None:
    """Find a conversation with the fields that a message needs; nobody else changes it until the transaction ends."""
    # SQLite has one writer anyway.
    return _find(conv_id, " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else "")


def look_at(conv_id: UUID) -> Conversation | None:
    """Find the same without holding it."""
    return _find(conv_id, "")


def _find(conv_id: UUID, lock: str) -> Conversation | None:
    with connection.cursor() as cursor:
        cursor.execute(FIND + lock, [stored(conv_id)])
        row = cursor.fetchone()
    if row is None:
        return None
    values = dict(zip(COLUMNS, row, strict=True))
    ids = {name: UUID(str(values[name])) for name in ("conv_id", "desk_id")}
    return Conversation.from_db(connection.alias, COLUMNS, list({**values, **ids}.values()))


def owner_of(conversation: Conversation) -> UUID | None:
    """Give whose conversation it is."""
    with connection.cursor() as cursor:
        cursor.execute(OWNER, [conversation.pk])
        row = cursor.fetchone()
    return UUID(str(row[0])) if row else None


def find_by_nonce(conversation: Conversation, nonce: bytes) -> tuple[int, bytes] | None:
    """Give number and bytes of the message that has a nonce."""
    with connection.cursor() as cursor:
        cursor.execute(BY_NONCE, [conversation.pk, nonce])
        row = cursor.fetchone()
    return (int(row[0]), bytes(row[1])) if row else None


def add(conversation: Conversation, envelope: Envelope, content: bytes) -> None:
    """Add a message behind the last one of its direction; `content` is the envelope as bytes."""
    place: list[Any] = [envelope.seq + 1, envelope.digest, conversation.stored_bytes, conversation.pk]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [conversation.pk, envelope.direction, envelope.seq, envelope.nonce, content])
        cursor.execute(COUNT[envelope.direction], place)


def messages_behind(conv_id: UUID, v2o: int, o2v: int, most: int) -> list[tuple[int, int, bytes]]:
    """Give direction, number and bytes of the messages behind a place of each direction, in the order they came."""
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [stored(conv_id), v2o, o2v, most])
        return [(direction, seq, bytes(envelope)) for direction, seq, envelope in cursor.fetchall()]


def stored(key: UUID) -> UUID | str:
    """Give an id as Django stores it: only PostgreSQL has a type for it."""
    return key if IS_POSTGRESQL else key.hex
