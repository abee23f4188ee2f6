"""The nouns of the chat: desks with their people and keys, and conversations that nobody here can read.

Only a desk is a noun of the vocabulary. Everything else is sealed bytes and what is needed to pass them on: no address,
no browser, no moment finer than an hour, and no way from a conversation to a contact record or a case.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zicht.contact.records.models import Contact as Contact
from zicht.contact.report_forms.models import FormDefinition as FormDefinition
from zicht.contact.sealing.files import SEALED_CHUNK
from zicht.contact.sealing.opening import HASH_LENGTH
from zicht.contact.sealing.secret_keys import FILE_ID_LENGTH
from zicht.contact.sealing.statements import KEY_LENGTH
from zicht.contact.sealing.xchacha import NONCE_LENGTH
from zicht.people.models import Account, Organisation
from zicht.people.records import CodeField, MultiCodeField, WordsModel

NAME_LENGTH = 64  # characters, as a name in the sealed formats
LABEL_LENGTH = 80
ANSWER_LENGTH = 2000
CHUNK_LENGTH = 16 + SEALED_CHUNK  # bytes: the first chunk of a file has the prefix in front


class State(models.TextChoices):
    """Where a conversation is on its way."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


class Kind(models.TextChoices):
    """Whether somebody waits for an answer now, or left something to be read; practice counts nowhere."""

    CHAT = "chat"
    MESSAGE = "message"
    PRACTICE = "practice"
    REPORT = "report"  # answers to a form of the report box
    CHECKLIST = "checklist"  # what somebody of the staff finished on a phone


class Availability(models.TextChoices):
    """Whether a counsellor takes new chats."""

    AVAILABLE = "available"
    FINISHING = "finishing"
    PAUSE = "pause"


def _account() -> "models.ForeignKey[Account, Account]":
    return models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")


# --- desks and their people -------------------------------------------------------------------------------------
class OrganisationRoot(models.Model):
    """The public half of the key that stands behind an organisation's desks; the private half was never here."""

    org = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="chat_root")
    root = models.BinaryField(max_length=KEY_LENGTH)


class Desk(WordsModel):
    """A group of counsellors who answer the same visitors."""

    words_entity = "desk"

    desk_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="desks")
    # Of the whole installation, because a visitor names a desk and no organisation.
    slug = models.SlugField(max_length=NAME_LENGTH, unique=True)
    label_nl = models.CharField(max_length=LABEL_LENGTH)
    label_en = models.CharField(max_length=LABEL_LENGTH)
    languages = MultiCodeField("iso639")
    purpose = CodeField("desk_purpose", strict=True, default="chat")
    takes_files = models.BooleanField(default=False)
    is_paused = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug


class Hours(models.Model):
    """When somebody answers at a desk, on one day of the week; empty languages are all of the desk."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # 1 is Monday, as in ISO 8601
    opens = models.TimeField()
    closes = models.TimeField()
    languages = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["weekday", "opens"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="hours_on_a_day_of_the_week"),
            models.CheckConstraint(condition=Q(closes__gt=models.F("opens")), name="hours_close_after_they_open"),
        ]


class Holiday(models.Model):
    """A day on which a desk is closed."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "day"], name="holiday_once_a_desk")]


class Membership(models.Model):
    """Somebody belongs to a desk, or did: ended, never removed, because colleagues see every change."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships")
    account = _account()
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    availability = models.CharField(max_length=10, choices=Availability, default=Availability.PAUSE)
    most_at_once = models.PositiveSmallIntegerField(default=3)
    # Somebody who left could have kept the key of the desk: a lead makes a new one.
    is_key_due = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk", "account"], condition=Q(left_on__isnull=True), name="member_once_at_a_time"
            ),
        ]


class PreparedAnswer(models.Model):
    """A text that a desk prepared: a counsellor puts it into her answer, changes it and sends it herself."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="answers")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=LABEL_LENGTH)
    words = models.TextField(max_length=ANSWER_LENGTH)

    class Meta:
        ordering: ClassVar = ["title", "pk"]


# --- keys -------------------------------------------------------------------------------------------------------
class CounsellorKeys(models.Model):
    """The public halves of a counsellor's keys; the private ones exist only in wraps that open in a browser."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="chat_keys")
    x_pk = models.BinaryField(max_length=KEY_LENGTH)
    ed_pk = models.BinaryField(max_length=KEY_LENGTH)
    changed_on = models.DateField()


class CounsellorWrap(models.Model):
    """A counsellor's private keys under one thing she knows or has (list of kinds: sealing/wraps.py)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="chat_wraps")
    kind = models.PositiveSmallIntegerField()
    credential = models.BinaryField(max_length=1024, default=bytes)  # which passkey; nothing for other kinds
    wrap = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "kind", "credential"], name="one_wrap_for_each_secret")
        ]


class Voucher(models.Model):
    """Somebody signed that keys belong to a colleague; only browsers check it, because the server could invent it."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="vouchers")
    account = _account()
    by = _account()
    statement = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "account", "by"], name="vouched_once_by_each_colleague")
        ]


class Approval(models.Model):
    """Somebody signed that a colleague may have older keys of a desk; only browsers check it."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="approvals")
    account = _account()
    by = _account()
    statement = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "account", "by"], name="approved_once_by_each_colleague")
        ]


class Epoch(models.Model):
    """One key of a desk, with the statements that stand behind it; times as they are published, in seconds."""

    epoch_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="epochs")
    number = models.PositiveBigIntegerField()
    published = models.JSONField()
    not_before = models.PositiveBigIntegerField()
    not_after = models.PositiveBigIntegerField()
    is_taken_back = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "number"], name="epoch_once_a_desk")]


class EpochWrap(models.Model):
    """The key of a desk for one counsellor, under the shred key of the epoch."""

    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="wraps")
    account = _account()
    sealed = models.BinaryField()
    approvals = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["epoch", "account"], name="one_wrap_a_member")]


# --- conversations ----------------------------------------------------------------------------------------------
class Conversation(models.Model):
    """What is known of a conversation; the number gives the order of arrival, the finest time is an hour."""

    number = models.BigAutoField(primary_key=True)
    conv_id = models.UUIDField(unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="conversations")
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="conversations")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    opened_hour = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    sealed_secret = models.BinaryField()  # enc and ct of the OPEN, under the shred key
    opening_hash = models.BinaryField(max_length=HASH_LENGTH)
    h_cap = models.BinaryField(max_length=HASH_LENGTH)
    h_wipe = models.BinaryField(max_length=HASH_LENGTH)
    # Of each direction: how many messages there are, and the hash that the next one must name.
    count_v2o = models.PositiveIntegerField(default=0)
    count_o2v = models.PositiveIntegerField(default=0)
    last_v2o = models.BinaryField(max_length=HASH_LENGTH)
    last_o2v = models.BinaryField(max_length=HASH_LENGTH)
    stored_bytes = models.PositiveIntegerField(default=0)
    move_to = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="conversation_closed_on_exactly_when_closed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["desk", "state", "number"], name="conversations_of_a_desk"),
            models.Index(fields=["state", "closed_on"], name="conversations_to_destroy"),
        ]


class Message(models.Model):
    """One sealed envelope in its place."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    direction = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    nonce = models.BinaryField(max_length=NONCE_LENGTH)
    envelope = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "direction", "seq"], name="one_message_in_a_place"),
            models.UniqueConstraint(fields=["conversation", "nonce"], name="one_message_with_a_nonce"),
        ]


class StoredFile(models.Model):
    """A sealed file; a purged one is a row without content."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="files")
    direction = models.PositiveSmallIntegerField()
    file_id = models.BinaryField(max_length=FILE_ID_LENGTH)
    chunks = models.PositiveSmallIntegerField()
    is_purged = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "direction", "file_id"], name="file_once_a_conversation")
        ]


class FileChunk(models.Model):
    """One sealed chunk of a file."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField(max_length=CHUNK_LENGTH)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="chunk_once_a_file")]


class Claim(models.Model):
    """Whose conversation it is."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="claim")
    account = _account()


class Reading(models.Model):
    """Somebody read a conversation that was nobody's or a colleague's; the desk sees it as long as the conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="readings")
    account = _account()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["conversation", "account"], name="reading_once")]


class Note(models.Model):
    """What counsellors tell each other about a conversation, sealed with the key of the desk by their browsers."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    account = _account()
    sealed = models.BinaryField()


class ReturnRecord(models.Model):
    """What a return code opens: S under the code's key, under the shred key of the conversation."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="return_record")
    h_lookup = models.BinaryField(max_length=HASH_LENGTH, unique=True)
    sealed = models.BinaryField()


class Tombstone(models.Model):
    """A conversation was here and was destroyed; only a hash of its random id, until the key of its desk is over."""

    conv_hash = models.BinaryField(max_length=HASH_LENGTH, primary_key=True)
    until = models.DateField()
    is_wiped = models.BooleanField()  # by a person, and not because its time was over


# --- counts and signs -------------------------------------------------------------------------------------------
class WaitCount(models.Model):
    """How many chats of a desk waited how long, by week, weekday and hour; no conversation stands here."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="waits")
    week = models.DateField()  # its Monday
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    chats = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)  # of those: went away before anybody answered

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk", "week", "weekday", "hour", "minutes"], name="one_count_for_each_wait"
            )
        ]


class OutsideWrite(models.Model):
    """Counts what commands wrote while a server ran on the same SQLite file, so that the server looks again."""

    count = models.PositiveBigIntegerField(default=0)
