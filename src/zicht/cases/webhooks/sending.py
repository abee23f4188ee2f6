"""Send what waits: some notices of an address in one body, signed; what is not taken is tried again later."""

import datetime as dt
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zicht.cases.models import Webhook, WebhookNotice
from zicht.cases.webhooks.actions import PURPOSE
from zicht.cases.webhooks.posting import NotDeliveredError, post
from zicht.cases.webhooks.rules import signature, wait_after
from zicht.people import log
from zicht.people.secret_box import unseal

Post = Callable[[str, bytes, Mapping[str, str]], None]
AT_ONCE = 100  # notices in one body
MOST_BODIES = 50  # to one address in one run: the next run goes on
HELD_FOR = dt.timedelta(minutes=10)  # then whoever was sending it is taken to have stopped
KEPT_FOR = dt.timedelta(days=30)  # after it was sent or given up
logger = logging.getLogger(__name__)


@dataclass
class Sent:
    """How many notices a run sent, put off and gave up."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


def send_waiting(post: Post = post) -> Sent:
    """Send what waits to every address; one that does not answer is left alone until the next run."""
    done = Sent()
    now = timezone.now()
    WebhookNotice.objects.filter(state__in=("sent", "given_up"), next_at__lt=now - KEPT_FOR).delete()
    for webhook in Webhook.objects.filter(ended_on=None).select_related("org").order_by("created_on", "pk"):
        for _body in range(MOST_BODIES):
            notices = _take(webhook)
            if not notices or not _send(webhook, notices, post, done):
                break
    return done


@transaction.atomic
def _take(webhook: Webhook) -> list[WebhookNotice]:
    """Take some for this run, so that another run at the same time does not send them too."""
    now = timezone.now().replace(microsecond=0)
    due = webhook.notices.filter(state__in=("waiting", "sending"), next_at__lte=now)
    taken = list(due.select_for_update(of=("self",), skip_locked=True).order_by("changed_at", "pk")[:AT_ONCE])
    for notice in taken:
        notice.state, notice.tries, notice.next_at = "sending", notice.tries + 1, now + HELD_FOR
    WebhookNotice.objects.bulk_update(taken, ["state", "tries", "next_at"])
    return taken


def _send(webhook: Webhook, notices: list[WebhookNotice], post: Post, done: Sent) -> bool:
    body, now = _body(notices), int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "zicht",
        "Zicht-Signature": signature(unseal(webhook.secret, PURPOSE), now, body),
    }
    try:
        post(webhook.endpoint, body, headers)
    except NotDeliveredError:
        logger.warning("webhook %s did not take %d notices", webhook.pk, len(notices))
        _put_off(notices, done)
        return False
    _note_sent(webhook, notices)
    done.sent += len(notices)
    return True


def _body(notices: list[WebhookNotice]) -> bytes:
    told = [{"entity": one.entity, "id": str(one.record_ref), "at": one.changed_at.isoformat()} for one in notices]
    return json.dumps({"changes": told}, separators=(",", ":")).encode()


@transaction.atomic
def _note_sent(webhook: Webhook, notices: list[WebhookNotice]) -> None:
    now = timezone.now().replace(microsecond=0)
    for notice in notices:
        notice.state, notice.next_at = "sent", now
    WebhookNotice.objects.bulk_update(notices, ["state", "next_at"])
    log.append(
        None,
        "notified",
        webhook.words_entity,
        webhook.pk,
        purpose="administration",
        compartment=webhook.compartment,
        org=webhook.org,
    )


@transaction.atomic
def _put_off(notices: list[WebhookNotice], done: Sent) -> None:
    now = timezone.now().replace(microsecond=0)
    for notice in notices:
        wait = wait_after(notice.tries)
        if wait is None:
            notice.state, notice.next_at = "given_up", now
            done.given_up += 1
            notice.save()
        elif _waits_again(notice):
            notice.delete()
        else:
            notice.state, notice.next_at = "waiting", now + wait
            done.put_off += 1
            notice.save()


def _waits_again(notice: WebhookNotice) -> bool:
    """Tell whether the record changed once more meanwhile: then that notice is the one to send."""
    others = WebhookNotice.objects.filter(webhook=notice.webhook_id, entity=notice.entity, state="waiting")
    return others.filter(record_ref=notice.record_ref).exclude(pk=notice.pk).exists()
