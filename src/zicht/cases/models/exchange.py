"""What came in from files, and which other systems are told that something changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zicht.cases.models.columns import SHORT_TEXT, Ruled, key, staff
from zicht.people.models import HASH_LENGTH
from zicht.people.records import CodeField, Walled, WordsModel


class ImportRun(Walled):
    """That a file was read into the register."""

    words_entity = "import_run"

    import_id = key()
    standard = models.CharField(max_length=20)
    file_hash = models.CharField(max_length=HASH_LENGTH)
    rows = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = staff()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "file_hash"], name="imports_by_file")]


class Webhook(Ruled, Walled):
    """An address of another system that is told which records changed, and nothing of what stands in them."""

    words_entity = "webhook"
    words_beside = frozenset({"secret"})

    webhook_id = key()
    label = models.CharField(max_length=SHORT_TEXT)
    endpoint = models.CharField(max_length=SHORT_TEXT)
    entities = models.JSONField(default=list)
    created_on = models.DateField()
    created_by = staff()
    ended_on = models.DateField(null=True, blank=True)
    # Signs what is sent, so it must be read: sealed as the secrets of second factors are.
    secret = models.CharField(max_length=SHORT_TEXT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "compartment"], name="webhooks_of_a_wall")]


class WebhookNotice(WordsModel):
    """That a record changed, to be told to one address."""

    words_entity = "webhook_notice"

    notice_id = key()
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="notices")
    entity = models.CharField(max_length=60)
    record_ref = models.UUIDField()
    changed_at = models.DateTimeField()
    state = CodeField("notice_state", strict=True, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            # Whoever reads a record after its notice sees every change until then: one that waits is enough.
            models.UniqueConstraint(
                fields=["webhook", "entity", "record_ref"], condition=Q(state="waiting"), name="one_notice_waits"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["webhook", "state", "next_at"], name="notices_to_send")]
