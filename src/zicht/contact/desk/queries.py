"""What a counsellor sees: the conversations of her own desks, each as a row without content, and those she opens."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Sum
from django.utils import timezone

from zicht.contact.chat.finding import desks_of, of_desk
from zicht.contact.chat.queries import After, Batch, Event, messages_after
from zicht.contact.chat.waits import WEEKS, wait_at
from zicht.contact.models import Availability, Conversation, Desk, Kind, Note, Reading, State, StoredFile, WaitCount
from zicht.contact.sealing.parts import encode
from zicht.people.models import Account

ORDER = (State.WAITING, State.OPEN, State.CLOSED)


def conversations_of(account: Account) -> QuerySet[Conversation]:
    """Give the conversations of the desks an account belongs to, with what their rows need."""
    return _with_all(Conversation.objects.filter(desk__in=desks_of(account)))


def _with_all(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    return rows.select_related("desk", "epoch", "claim__account", "return_record").prefetch_related(
        Prefetch("readings", Reading.objects.select_related("account")),
        Prefetch("files", StoredFile.objects.order_by("pk")),
        Prefetch("notes", Note.objects.only("conversation_id")),
    )


def list_rows(account: Account) -> list[dict[str, Any]]:
    """Give the rows of all conversations of one's desks: waiting, open, closed, each in order of arrival."""
    rows = sorted(conversations_of(account), key=lambda row: (ORDER.index(State(row.state)), row.number))
    return [show_row(row) for row in rows]


def find_row(account: Account, conv_id: UUID) -> dict[str, Any] | None:
    """Give the row of one conversation, if it is of one's desks."""
    found = conversations_of(account).filter(conv_id=conv_id).first()
    return show_row(found) if found else None


def show_row(conversation: Conversation) -> dict[str, Any]:
    """Give what a desk knows of a conversation without opening it."""
    claim = getattr(conversation, "claim", None)
    seen = [show_person(reading.account) for reading in conversation.readings.all()]
    return {
        "conv_id": encode(conversation.conv_id.bytes),
        "desk": conversation.desk.slug,
        "epoch": conversation.epoch.number,
        "state": conversation.state,
        "kind": conversation.kind,
        "language": conversation.language,
        "opened": f"{conversation.opened_hour:%Y-%m-%dT%H}",
        "number": conversation.number,
        "by": show_person(claim.account) if claim else None,
        "readers": [one for one in seen if claim and one["user"] != str(claim.account_id)],
        "seen": seen,
        "last": str(place_of_both(conversation)),
        "files": [show_file(one) for one in conversation.files.all()],
        "can_return": hasattr(conversation, "return_record"),
        "closed_on": conversation.closed_on.isoformat() if conversation.closed_on else None,
        "notes": len(conversation.notes.all()),
    }


def place_of_both(conversation: Conversation) -> After:
    """Give the place of the last message of each direction."""
    return After(conversation.count_v2o - 1, conversation.count_o2v - 1)


def show_person(account: Account) -> dict[str, str]:
    """Give a colleague by the key of the account and the name that is shown."""
    return {"user": str(account.pk), "shown_as": account.shown_as}


def show_file(stored: StoredFile) -> dict[str, Any]:
    """Give what is known of a file without opening it."""
    return {
        "file_id": encode(bytes(stored.file_id)),
        "dir": stored.direction,
        "chunks": stored.chunks,
        "is_purged": stored.is_purged,
    }


def may_hear(account: Account, conversation: Conversation) -> bool:
    """Tell whether messages of a conversation go to an account: who claimed it, or has it open and was logged."""
    claim = getattr(conversation, "claim", None)
    is_own = claim is not None and claim.account_id == account.pk
    return is_own or conversation.readings.filter(account=account).exists()


def news_of(account: Account, conv_id: UUID, after: After) -> Batch:
    """Give a counsellor what is new in one conversation that she reads; nothing when it is not hers to read."""
    found = conversations_of(account).filter(conv_id=conv_id).first()
    if found is None or not may_hear(account, found):
        return Batch([], after)
    batch = messages_after(conv_id, after)
    return Batch([Event("message", event.data) for event in batch.events], batch.last, batch.more)


def list_notes(account: Account, conv_id: UUID) -> list[dict[str, Any]]:
    """Give the notes of a conversation of one's desks, the oldest first."""
    notes = of_desk(account, conv_id).notes.select_related("account").order_by("pk")
    return [{"by": show_person(note.account), "sealed": encode(bytes(note.sealed))} for note in notes]


def show_load(account: Account) -> list[dict[str, Any]]:
    """Give counts of the desks that somebody leads: no conversation, nobody's name."""
    mine = Desk.objects.filter(pk__in=desks_of(account)).order_by("slug")
    return [_load_of(desk) for desk in mine]


def _load_of(desk: Desk) -> dict[str, Any]:
    now = timezone.localtime()
    states = Counter(Conversation.objects.filter(desk=desk).exclude(kind=Kind.PRACTICE).values_list("state", flat=True))
    wait = wait_at(desk, now)
    counts = WaitCount.objects.filter(desk=desk, week__gte=now.date() - timedelta(weeks=WEEKS))
    return {
        "desk": desk.slug,
        "waiting": states[State.WAITING],
        "open": states[State.OPEN],
        "available": desk.memberships.filter(left_on=None, availability=Availability.AVAILABLE).count(),
        "wait": wait.to_json() if wait else None,
        "abandoned": counts.aggregate(gone=Sum("gone"))["gone"] or 0,
    }
