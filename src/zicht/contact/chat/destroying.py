"""Destroy conversations: the key first, because without it the rest is noise, then everything else but a tombstone."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.contact import rules, shred_keys
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.errors import Unknown, Wiped
from zicht.contact.chat.finding import conv_hash, find, is_token, take_turn
from zicht.contact.chat.news import QUEUE, WIPED, News
from zicht.contact.models import Conversation, State, Tombstone
from zicht.contact.sealing.statements import TOLERANCE


@transaction.atomic
def wipe_of_visitor(conv_id: UUID, token: bytes) -> None:
    """Destroy a conversation for whoever shows its wipe token; what is gone stays gone."""
    take_turn(conv_id)
    try:
        conversation = find(conv_id, held=True)
    except Wiped:
        return
    if not is_token(token, bytes(conversation.h_wipe)):
        raise Unknown
    destroy(conversation, is_wiped=True)


def destroy(conversation: Conversation, *, is_wiped: bool) -> None:
    """Destroy a conversation that is held.

    When the rest fails after the key is gone, nobody can read it any more, and the daily task ends the work.
    """
    shred_keys.store().destroy([conversation.conv_id])
    Tombstone.objects.update_or_create(
        conv_hash=conv_hash(conversation.conv_id),
        defaults={"until": _last_day_of(conversation), "is_wiped": is_wiped},
    )
    desk, conv_id = conversation.desk_id, conversation.conv_id
    conversation.delete()
    announce(News(WIPED, desk, conv_id))
    announce(News(QUEUE, desk, desk))


def _last_day_of(conversation: Conversation) -> dt.date:
    """Give the day until which the OPEN of a conversation could be sent again, and a week at least."""
    over = timezone.localdate(dt.datetime.fromtimestamp(conversation.epoch.not_after + TOLERANCE, dt.UTC))
    return max(over, timezone.localdate() + dt.timedelta(days=7))


def due(today: dt.date) -> list[UUID]:
    """Give the closed conversations whose time is over."""
    closed = Conversation.objects.filter(state=State.CLOSED, closed_on__lt=today).select_related("return_record")
    return [one.conv_id for one in closed.iterator() if is_due(one, today)]


def is_due(conversation: Conversation, today: dt.date) -> bool:
    """Tell whether the time of a conversation is over."""
    if conversation.closed_on is None:
        return False
    kept = rules.days_kept(conversation.kind, hasattr(conversation, "return_record"))
    return today >= conversation.closed_on + dt.timedelta(days=kept)


@transaction.atomic
def destroy_if_due(conv_id: UUID, today: dt.date) -> bool:
    """Destroy a conversation unless somebody came back to it since it was found; tell whether it went."""
    take_turn(conv_id)
    found = Conversation.objects.select_for_update(of=("self",)).select_related("epoch").filter(conv_id=conv_id).first()
    if found is None or not is_due(found, today):
        return False
    destroy(found, is_wiped=False)
    return True


def unreadable() -> list[UUID]:
    """Give conversations whose key is gone although they are still here: a destruction was broken off."""
    every = list(Conversation.objects.values_list("conv_id", flat=True))
    return sorted(set(every) - set(shred_keys.store().keys_of(every)))


@transaction.atomic
def destroy_unreadable(conv_id: UUID) -> None:
    """End a destruction that was broken off."""
    take_turn(conv_id)
    found = Conversation.objects.select_for_update(of=("self",)).select_related("epoch").filter(conv_id=conv_id).first()
    if found is not None:
        destroy(found, is_wiped=True)
