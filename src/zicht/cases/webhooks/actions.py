"""Add an address that is told of changes, and stop telling it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.models import Webhook
from zicht.cases.webhooks.errors import TooManyWebhooksError
from zicht.cases.webhooks.queueing import KINDS
from zicht.cases.webhooks.rules import walls_to_tell_of
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation
from zicht.people.secret_box import seal

PURPOSE = b"zicht: webhook"  # sets the key of these secrets apart
SECRET_BYTES = 32
MOST_WEBHOOKS = 5  # of one organisation at once


@dataclass(frozen=True)
class Added:
    """A webhook with its secret as it is shown once."""

    webhook: Webhook
    secret: str = field(repr=False)


@sensitive_variables("secret")
@transaction.atomic
def add_webhook(by: Account, *, label: str, endpoint: str, compartment: str, entities: Iterable[str]) -> Added:
    """Register an address; raises ValidationError for one that cannot be, TooManyWebhooksError beyond the limit."""
    _authorise(by)
    Organisation.objects.select_for_update(no_key=True).get(pk=by.org_id)
    kinds = sorted(set(entities))
    if compartment not in walls_to_tell_of(by.org.legal_regime) or not set(kinds) <= set(KINDS):
        raise NotAllowedError
    if Webhook.objects.filter(org=by.org_id, ended_on=None).count() >= MOST_WEBHOOKS:
        raise TooManyWebhooksError
    secret = secrets.token_urlsafe(SECRET_BYTES)
    webhook = Webhook(
        org=by.org,
        compartment=compartment,
        label=label,
        endpoint=endpoint,
        entities=kinds,
        created_on=timezone.localdate(),
        created_by=by,
        secret=seal(secret, PURPOSE),
    )
    webhook.save(force_insert=True)
    record_access(by, "changed", webhook.words_entity, webhook.pk, compartment=compartment)
    return Added(webhook, secret)


@transaction.atomic
def stop_webhook(by: Account, webhook: Webhook) -> None:
    """Tell an address nothing more; what waited for it is dropped, and its secret wiped."""
    _authorise(by)
    found = Webhook.objects.select_for_update().filter(pk=webhook.pk, org=by.org_id, ended_on=None).first()
    if found is None:
        raise NotThereError
    found.ended_on, found.secret = timezone.localdate(), ""
    found.save()
    found.notices.filter(state__in=("waiting", "sending")).delete()
    record_access(by, "changed", found.words_entity, found.pk, compartment=found.compartment)


def _authorise(by: Account) -> None:
    if not Account.objects.get(pk=by.pk).has_perm("cases.keep_webhooks"):
        raise NotAllowedError
