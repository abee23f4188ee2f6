"""What the chat refuses: a code that both browsers know (docs/chat-protocol.md), and what they need to go on."""

from typing import Any


class ChatError(Exception):
    """Stand above every refusal; it holds nothing of what was sent."""

    status = 400
    code = "format"

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details


class FormatRefused(ChatError):
    pass


class Unknown(ChatError):
    status, code = 404, "unknown"


class Duplicate(ChatError):
    status, code = 409, "duplicate"


class Behind(ChatError):
    status, code = 409, "behind"


class NonceUsed(ChatError):
    status, code = 409, "nonce"


class Ended(ChatError):
    status, code = 409, "ended"


class Claimed(ChatError):
    status, code = 409, "claimed"


class NotAvailable(ChatError):
    status, code = 409, "not_available"


class GoneFromDesk(ChatError):
    status, code = 409, "gone_from_desk"


class Wiped(ChatError):
    status, code = 410, "wiped"


class TooLarge(ChatError):
    status, code = 413, "too_large"


class NotYours(ChatError):
    status, code = 428, "not_yours"


class PriceNotPaid(ChatError):
    status, code = 429, "price"


class TooFast(ChatError):
    status, code = 429, "slow_down"


class DeskClosed(ChatError):
    status, code = 503, "closed"


class NoRoom(ChatError):
    status, code = 503, "no_room"
