"""What the daily task does for the chat: close what was forgotten, destroy what is over, sweep what was broken off."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zicht.contact import rules, shred_keys
from zicht.contact.chat import destroying
from zicht.contact.chat.actions import close
from zicht.contact.chat.errors import ChatError
from zicht.contact.chat.finding import find
from zicht.contact.models import Conversation, Epoch, State, Tombstone, WaitCount
from zicht.contact.sealing.statements import TOLERANCE

UNUSED_FOR = dt.timedelta(hours=1)  # whoever opens a conversation makes its key first
KEEP_WAITS = dt.timedelta(weeks=5)  # waiting times are told over four weeks


class NoKeysError(Exception):
    """Report that the file with the keys of the chats is missing."""

    def __init__(self) -> None:
        super().__init__(
            f"There are chats, but no {shred_keys.FILE} in the folder of keys. Nothing was done. Is ZICHT_KEYS right?"
        )


@dataclass(frozen=True)
class Retained:
    """How many of each were dealt with, those of news desks left out."""

    closed: int
    destroyed: int
    ended: int
    epochs: int


def retain() -> Retained:
    """Do all of it, also for news desks, of which nothing is told; broken off at any moment, the next run ends it."""
    _refuse_without_keys()
    of_press = _of_press()
    now, today = timezone.now(), timezone.localdate()
    closed = [conv_id for conv_id in _forgotten(now) if _close_if_forgotten(conv_id, now)]
    ended = destroying.unreadable()
    for conv_id in ended:
        destroying.destroy_unreadable(conv_id)
    destroyed = [conv_id for conv_id in destroying.due(today) if destroying.destroy_if_due(conv_id, today)]
    epochs = _destroy_old_epochs(int(now.timestamp()))
    _sweep_keys(int(now.timestamp()))
    Tombstone.objects.filter(until__lt=today).delete()
    WaitCount.objects.filter(week__lt=today - KEEP_WAITS).delete()
    closed, destroyed, ended = ([one for one in some if one not in of_press] for some in (closed, destroyed, ended))
    return Retained(len(closed), len(destroyed), len(ended), epochs)


def _of_press() -> set[UUID]:
    """Give the conversations of news desks."""
    found = Conversation.objects.filter(desk__org__legal_regime=rules.PRESS)
    return set(found.values_list("conv_id", flat=True))


def _refuse_without_keys() -> None:
    """Raise NoKeysError where chats are and no keys: the folder is a wrong one, and all would be destroyed."""
    if not shred_keys.is_there() and Conversation.objects.exists():
        raise NoKeysError


def _forgotten(now: dt.datetime) -> list[UUID]:
    """Give what nobody closed: live chats of yesterday, because no server ran, and messages of a quarter of a year."""
    open_ones = Conversation.objects.exclude(state=State.CLOSED)
    is_old_message = Q(kind__in=rules.LASTING, opened_hour__lt=now - rules.LONGEST_MESSAGE)
    is_old_chat = ~Q(kind__in=rules.LASTING) & Q(opened_hour__lt=now - rules.LONGEST_OPEN)
    return list(open_ones.filter(is_old_message | is_old_chat).values_list("conv_id", flat=True))


@transaction.atomic
def _close_if_forgotten(conv_id: UUID, now: dt.datetime) -> bool:
    try:
        conversation = find(conv_id, held=True)
    except ChatError:  # wiped since it was found
        return False
    is_forgotten = conversation.opened_hour < now - rules.longest_open(conversation.kind)
    if is_forgotten:
        close(conversation)
    return is_forgotten


def _destroy_old_epochs(now: int) -> int:
    """Destroy the wraps of keys of desks that no conversation needs any more and no visitor may use.

    Gives how many, those of news desks left out.
    """
    over = Epoch.objects.filter(not_after__lt=now - TOLERANCE, conversations__isnull=True)
    old = list(over.filter(wraps__isnull=False).select_related("desk__org").distinct())
    shred_keys.store().destroy([epoch.pk for epoch in old])
    for epoch in old:
        epoch.wraps.all().delete()
    return sum(epoch.desk.org.legal_regime != rules.PRESS for epoch in old)


def _sweep_keys(now: int) -> None:
    """Destroy keys that belong to nothing, seen so an hour ago too: an opening that failed left them behind.

    How many is not told: nobody knows any more at which desk it was.
    """
    store = shred_keys.store()
    known = set(Conversation.objects.values_list("conv_id", flat=True)) | set(
        Epoch.objects.values_list("epoch_id", flat=True)
    )
    unused = store.note_unused(set(store.records()) - known, now)
    old = [one for one, since in unused.items() if now - since >= UNUSED_FOR.total_seconds()]
    # Read once more: what was opened since must not lose its key.
    fresh = set(Conversation.objects.filter(conv_id__in=old).values_list("conv_id", flat=True))
    store.destroy(one for one in old if one not in fresh)
