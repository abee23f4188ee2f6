"""Add a message in one go where everything is as it should be.

It only ever says yes: whatever stands in the way, nothing is written, None is given, and the careful way
(`actions.append_of_visitor`, `append_of_desk`) looks at everything once more and says what it is.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, transaction

from zicht.contact.chat import database, direct, hub
from zicht.contact.chat.actions import DIRECTIONS, FLOOR, LARGEST_CONVERSATION, Written, refuse_full_disk
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.errors import NoRoom
from zicht.contact.chat.news import MESSAGE, News
from zicht.contact.chat.statements import ADD, CONVERSATION, stored
from zicht.contact.chat.statements import MESSAGE as MESSAGES
from zicht.contact.sealing.messages import Envelope

SHOWS_TOKEN = "h_cap = %s"  # noqa: S105 - the name of a column
OWNS = """
    EXISTS (SELECT 1 FROM contact_claim WHERE conversation_id = number AND account_id = %s) AND EXISTS (
        SELECT 1 FROM contact_membership member JOIN contact_desk desk ON desk.desk_id = member.desk_id
        WHERE member.account_id = %s AND member.left_on IS NULL
        AND desk.org_id = %s AND desk.desk_id = contact_conversation.desk_id
    )
"""
HOLD = f"SELECT 1 FROM {CONVERSATION} WHERE conv_id = %s FOR NO KEY UPDATE"  # noqa: S608 - names of tables
WHERE = f"SELECT number, desk_id FROM {CONVERSATION} WHERE conv_id = %s"  # noqa: S608
NEXT = """
    UPDATE {table} SET count_{way} = count_{way} + 1, last_{way} = %s, stored_bytes = stored_bytes + %s
    WHERE conv_id = %s AND state <> 'closed' AND count_{way} = %s AND last_{way} = %s AND stored_bytes <= %s AND {may}
"""
# Told in the same step; the payload is that of News.
AT_ONCE = """
    WITH next AS ({step} RETURNING number, desk_id), added AS (
        INSERT INTO {messages} (conversation_id, direction, seq, nonce, envelope)
        SELECT number, %s, %s, %s, %s FROM next
    )
    SELECT desk_id, pg_notify('{channel}', '{what}:' || replace(desk_id::text, '-', '') || %s) FROM next
"""


@dataclass(frozen=True)
class Condition:
    """Under what condition somebody may write, and what has to be put into it."""

    sql: str
    given: Sequence[Any]


def of_visitor(cap: bytes) -> Condition:
    """Let somebody write who shows the token."""
    return Condition(SHOWS_TOKEN, [hashlib.sha256(cap).digest()])


def of_desk(account_id: UUID, org_id: UUID) -> Condition:
    """Let a counsellor write who has claimed the conversation, and is at its desk."""
    return Condition(OWNS, [stored(account_id), stored(account_id), stored(org_id)])


async def append(envelope: Envelope, may: Condition) -> Written | None:
    """Add a message that follows the last one of its direction; None where that is not so, and nothing was written."""
    lines, running = direct.lines(), hub.running()
    if running is None or not _has_room():
        return None
    if lines is None:
        return await database.write(_append_here, envelope, may)
    content, place = envelope.to_bytes(), 2 * envelope.seq + envelope.direction
    conv_id = UUID(bytes=envelope.conv_id)
    message = [envelope.direction, envelope.seq, envelope.nonce, content, f":{conv_id.hex}:{place}"]
    sql = AT_ONCE_BY_WAY[envelope.direction, may.sql]
    try:
        # Held in a step of its own, so that the second one sees what others had done to it until then.
        rows = await lines.ask((HOLD, [conv_id]), (sql, [*_next(envelope, content), *may.given, *message]))
    except psycopg.Error:
        return None
    if not rows:
        return None
    running.tell_own(News(MESSAGE, rows[0][0], conv_id, place, envelope))
    return Written(envelope.seq, envelope.digest)


def _append_here(envelope: Envelope, may: Condition) -> Written | None:
    try:
        return _append_to_file(envelope, may)
    except IntegrityError:  # the nonce was there before
        return None


@transaction.atomic
def _append_to_file(envelope: Envelope, may: Condition) -> Written | None:
    content, conv_id = envelope.to_bytes(), UUID(bytes=envelope.conv_id)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_BY_WAY[envelope.direction, may.sql], [*_next(envelope, content), *may.given])
        if cursor.rowcount != 1:
            return None
        cursor.execute(WHERE, [stored(conv_id)])
        number, desk_id = cursor.fetchone()
        cursor.execute(ADD, [number, envelope.direction, envelope.seq, envelope.nonce, content])
    announce(News(MESSAGE, UUID(str(desk_id)), conv_id, 2 * envelope.seq + envelope.direction, envelope))
    return Written(envelope.seq, envelope.digest)


def _next(envelope: Envelope, content: bytes) -> list[Any]:
    place = [stored(UUID(bytes=envelope.conv_id)), envelope.seq, envelope.prev]
    digest = hashlib.sha256(content).digest()
    return [digest, len(content), *place, LARGEST_CONVERSATION - len(content)]


def _has_room() -> bool:
    try:
        refuse_full_disk(FLOOR)
    except NoRoom:
        return False
    return True


NEXT_BY_WAY = {
    (direction, may): NEXT.format(table=CONVERSATION, way=way, may=may)
    for direction, way in enumerate(DIRECTIONS)
    for may in (SHOWS_TOKEN, OWNS)
}
AT_ONCE_BY_WAY = {
    key: AT_ONCE.format(step=step, messages=MESSAGES, channel=hub.CHANNEL, what=MESSAGE)
    for key, step in NEXT_BY_WAY.items()
}
