"""Who keeps webhooks, how a notice is signed, and when it is tried again: no database, no request."""

import datetime as dt
import hmac

from rules.permissions import add_perm

from zicht import words
from zicht.people.rules import is_administrator, is_own_organisation

# After each try without success; then it is given up. Together some two days: a weekend without somebody who looks.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 960, 1440))


def walls_to_tell_of(regime: str) -> tuple[str, ...]:
    """Give the walls behind which an organisation under a legal regime has records."""
    return words.vocabulary().lists["legal_regime"].codes[regime].texts("compartments")


def wait_after(tries: int) -> dt.timedelta | None:
    """Give how long to wait after so many tries; None when it is given up."""
    return WAITS[tries - 1] if 0 < tries <= len(WAITS) else None


def signature(secret: str, at: int, body: bytes) -> str:
    """Sign a body and the second at which it is sent: HMAC-SHA-256 (RFC 2104) over `second.body`."""
    digest = hmac.digest(secret.encode(), f"{at}.".encode() + body, "sha256").hex()
    return f"t={at},v1={digest}"


add_perm("cases.keep_webhooks", is_administrator & is_own_organisation)  # type: ignore[no-untyped-call]
