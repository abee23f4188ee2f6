"""What is read about webhooks."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zicht.cases.models import Webhook
from zicht.people.models import Account

MOST_SHOWN = 50


def webhooks_of(reader: Account) -> QuerySet[Webhook]:
    """Give the webhooks of the reader's organisation with what waits and what was given up; those in use first."""
    found: QuerySet[Webhook] = Webhook.objects.filter(org=reader.org_id)
    counted = found.annotate(
        waiting=Count("notices", filter=Q(notices__state__in=("waiting", "sending"))),
        given_up=Count("notices", filter=Q(notices__state="given_up")),
    )
    return counted.order_by("ended_on", "-created_on", "pk")


def find_webhook(reader: Account, webhook_id: UUID) -> Webhook | None:
    """Find a webhook of the reader's organisation that is in use."""
    return webhooks_of(reader).filter(pk=webhook_id, ended_on=None).first()
