"""Note that records changed, for every address that wants to know; nothing is sent here, so no save waits for it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from zicht.cases.models import Webhook, WebhookNotice

# Kinds of records that can be asked for: what the programming interface gives, and a file that was read in.
KINDS = ("case", "person", "exploitation", "import_run")


def tell_of_changes(org_id: UUID, compartment: str, entity: str, records: Iterable[UUID]) -> None:
    """Queue a notice for each record and address, in the transaction of the change; one that waits is enough."""
    if entity not in KINDS:
        return
    webhooks = Webhook.objects.filter(org=org_id, compartment=compartment, ended_on=None)
    wanting = [webhook for webhook in webhooks if entity in webhook.entities]
    now = timezone.now().replace(microsecond=0)
    notices = [_notice(webhook, entity, key, now) for webhook in wanting for key in records]
    if notices:
        WebhookNotice.objects.bulk_create(notices, ignore_conflicts=True)


def _notice(webhook: Webhook, entity: str, key: UUID, now: dt.datetime) -> WebhookNotice:
    return WebhookNotice(webhook=webhook, entity=entity, record_ref=key, changed_at=now, next_at=now)
