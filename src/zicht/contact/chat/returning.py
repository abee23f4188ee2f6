"""Let a visitor come back by a code that the server cannot use, and go on at another desk when she wants to."""

import hashlib
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zicht.contact import shred_keys
from zicht.contact.chat import work
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.errors import Duplicate, FormatRefused, Unknown
from zicht.contact.chat.finding import of_visitor
from zicht.contact.chat.news import CHANGED, News
from zicht.contact.chat.queries import show_opening
from zicht.contact.models import ReturnRecord
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.return_codes import SEALED_LENGTH
from zicht.people.record_keys import KeyDestroyedError

PURPOSE = "return"  # of the seal under the shred key


def keep_under_code(conv_id: UUID, cap: bytes, h_lookup: bytes, sealed: bytes) -> None:
    """Keep what a code opens; a newer code takes the place of an older one."""
    try:
        _keep(conv_id, cap, h_lookup, sealed)
    except IntegrityError as error:  # the same code twice: 80 random bits do not do that by chance
        raise Duplicate from error


@transaction.atomic
def _keep(conv_id: UUID, cap: bytes, h_lookup: bytes, sealed: bytes) -> None:
    if len(sealed) != SEALED_LENGTH:
        raise FormatRefused
    conversation = of_visitor(conv_id, cap, held=True)
    layer = shred_keys.seal_under(conv_id, PURPOSE, sealed)
    ReturnRecord.objects.update_or_create(conversation=conversation, defaults={"h_lookup": h_lookup, "sealed": layer})
    announce(News(CHANGED, conversation.desk_id, conv_id))


@transaction.atomic
def forget_code(conv_id: UUID, cap: bytes) -> None:
    """Let the code open nothing any more; the conversation is then kept as short as any other."""
    conversation = of_visitor(conv_id, cap, held=True)
    ReturnRecord.objects.filter(conversation=conversation).delete()
    announce(News(CHANGED, conversation.desk_id, conv_id))


def find_by_code(lookup: bytes) -> dict[str, Any]:
    """Give what belongs to a code; raise Unknown when nothing does, or not any more."""
    found = ReturnRecord.objects.select_related("conversation__desk", "conversation__epoch")
    record = found.filter(h_lookup=hashlib.sha256(lookup).digest()).first()
    if record is None:
        raise Unknown
    conversation = record.conversation
    try:
        sealed = shred_keys.open_sealed(conversation.conv_id, PURPOSE, bytes(record.sealed))
    except KeyDestroyedError as error:
        raise Unknown from error
    opening = show_opening(conversation)
    return {"conv_id": encode(conversation.conv_id.bytes), "sealed": encode(sealed), "opening": opening}


@transaction.atomic
def answer_move(conv_id: UUID, cap: bytes, *, yes: bool) -> str | None:
    """Take the visitor's answer to the question of another desk; with yes, give the ticket for it."""
    conversation = of_visitor(conv_id, cap, held=True)
    desk = conversation.move_to
    if desk is None:
        raise Unknown
    conversation.move_to = None
    conversation.save()
    announce(News(CHANGED, conversation.desk_id, conv_id))
    return encode(work.make_ticket(desk.pk, work.now())) if yes else None
