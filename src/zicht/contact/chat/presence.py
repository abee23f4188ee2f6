"""Whether somebody is really there: available, and with a stream that this process, or another, heard of."""

import time

from zicht.contact.chat import hub
from zicht.contact.models import Availability, Desk

GONE_AFTER = 60.0  # seconds without a stream after which a counsellor is gone


def is_somebody_there(desk: Desk) -> bool:
    """Tell whether a counsellor of a desk takes chats now."""
    running = hub.running()
    if running is None:
        return False
    now = time.monotonic()
    available = desk.memberships.filter(left_on=None, availability=Availability.AVAILABLE)
    seen = (running.present.get(account) for account in available.values_list("account_id", flat=True))
    return any(at is not None and now - at < GONE_AFTER for at in seen)
