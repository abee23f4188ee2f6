"""Read one row of the desk as it is shown, for everybody there at once: it is read each time something changes."""

from typing import Any
from uuid import UUID

from django.db import connection

from zicht.contact.chat.queries import After
from zicht.contact.chat.statements import stored
from zicht.contact.sealing.parts import encode

ROW = """
    SELECT row.number, desk.slug, epoch.number, row.state, row.kind, row.language, row.opened_hour, row.count_v2o,
        row.count_o2v, row.closed_on, claim.account_id, owner.shown_as,
        EXISTS (SELECT 1 FROM contact_returnrecord WHERE conversation_id = row.number),
        (SELECT count(*) FROM contact_note WHERE conversation_id = row.number)
    FROM contact_conversation row
    JOIN contact_desk desk ON desk.desk_id = row.desk_id
    JOIN contact_epoch epoch ON epoch.epoch_id = row.epoch_id
    LEFT JOIN contact_claim claim ON claim.conversation_id = row.number
    LEFT JOIN people_account owner ON owner.account_id = claim.account_id
    WHERE row.conv_id = %s
"""
SEEN = """
    SELECT reading.account_id, reader.shown_as
    FROM contact_reading reading JOIN people_account reader ON reader.account_id = reading.account_id
    WHERE reading.conversation_id = %s ORDER BY reading.id
"""
FILES = """
    SELECT file_id, direction, chunks, is_purged FROM contact_storedfile WHERE conversation_id = %s ORDER BY id
"""


def row_of(conv_id: UUID) -> dict[str, Any] | None:
    """Give the row of a conversation for whoever is of its desk, which is checked by who passes it on."""
    with connection.cursor() as cursor:
        cursor.execute(ROW, [stored(conv_id)])
        found = cursor.fetchone()
        if found is None:
            return None
        cursor.execute(SEEN, found[:1])
        seen = [_person(*reader) for reader in cursor.fetchall()]
        cursor.execute(FILES, found[:1])
        files = [_file(*one) for one in cursor.fetchall()]
    return _shown(conv_id, found, seen, files)


def _shown(conv_id: UUID, found: tuple[Any, ...], seen: list[Any], files: list[Any]) -> dict[str, Any]:
    number, desk, epoch, state, kind, language, opened, v2o, o2v, closed_on, owner, shown_as, can_return, notes = found
    by = _person(owner, shown_as) if owner else None
    return {
        "conv_id": encode(conv_id.bytes),
        "desk": desk,
        "epoch": epoch,
        "state": state,
        "kind": kind,
        "language": language,
        "opened": str(opened)[:13].replace(" ", "T"),
        "number": number,
        "by": by,
        "readers": [one for one in seen if by and one["user"] != by["user"]],
        "seen": seen,
        "last": str(After(v2o - 1, o2v - 1)),
        "files": files,
        "can_return": bool(can_return),
        "closed_on": None if closed_on is None else str(closed_on),
        "notes": notes,
    }


def _person(account_id: UUID | str, shown_as: str) -> dict[str, str]:
    return {"user": str(UUID(str(account_id))), "shown_as": shown_as}


def _file(file_id: bytes, direction: int, chunks: int, is_purged: bool) -> dict[str, Any]:
    return {"file_id": encode(bytes(file_id)), "dir": direction, "chunks": chunks, "is_purged": bool(is_purged)}
