"""Find a conversation for who may speak in it, and hold it while it is changed."""

import hashlib
import hmac
from uuid import UUID

from django.db import connection

from zicht.contact.chat.errors import Unknown, Wiped
from zicht.contact.models import Conversation, Membership, Tombstone
from zicht.people.models import Account


def conv_hash(conv_id: UUID) -> bytes:
    """Give what is left of a conversation after it was destroyed."""
    return hashlib.sha256(conv_id.bytes).digest()


def take_turn(conv_id: UUID) -> None:
    """Let nobody open or destroy the same conversation at the same moment; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(conv_id.bytes[:8], signed=True)])


def find(conv_id: UUID, *, held: bool = False) -> Conversation:
    """Find a conversation; raise Wiped when it was destroyed, Unknown when there never was one.

    `held`: nobody else changes or destroys it until the transaction around this ends.
    """
    if held:
        _hold(conv_id)
    found = Conversation.objects.select_related("desk", "epoch", "claim").filter(conv_id=conv_id).first()
    if found is None:
        refuse_gone(conv_id)
        raise Unknown
    return found


def _hold(conv_id: UUID) -> None:
    # A query of its own: one that waits for the row would give the other tables as they were before it waited, so
    # that somebody else's claim of that moment would not be seen. SQLite has one writer anyway.
    if connection.vendor == "postgresql":
        list(Conversation.objects.select_for_update(no_key=True).filter(conv_id=conv_id).values_list("pk"))


def refuse_gone(conv_id: UUID) -> None:
    """Raise Wiped when a conversation was destroyed."""
    tombstone = Tombstone.objects.filter(conv_hash=conv_hash(conv_id)).first()
    if tombstone is not None:
        raise Wiped(why="wiped" if tombstone.is_wiped else "over")


def of_visitor(conv_id: UUID, cap: bytes, *, held: bool = False) -> Conversation:
    """Find the conversation of whoever shows its token; another token is answered as if it did not exist."""
    found = find(conv_id, held=held)
    if not is_token(cap, bytes(found.h_cap)):
        raise Unknown
    return found


def of_desk(account: Account, conv_id: UUID, *, held: bool = False) -> Conversation:
    """Find a conversation of a desk that an account belongs to; any other does not exist, destroyed or not."""
    found = Conversation.objects.filter(conv_id=conv_id, desk__in=desks_of(account)).exists()
    if not found:
        raise Unknown
    return find(conv_id, held=held)


def desks_of(account: Account) -> list[UUID]:
    """Give the desks an account belongs to now."""
    if not account.has_perm("contact.answer"):
        return []
    mine = Membership.objects.filter(account=account, left_on=None, desk__org_id=account.org_id)
    return list(mine.values_list("desk_id", flat=True))


def is_token(token: bytes, h_token: bytes) -> bool:
    """Tell whether a token is the one whose hash was given at the opening."""
    return hmac.compare_digest(hashlib.sha256(token).digest(), h_token)
