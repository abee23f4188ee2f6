"""Read what a browser asks the stewards to sign, and say it in words."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.parts import VERSION, canonical, check_fields
from zicht.contact.sealing.six_words import LANGUAGES, words_of_key, words_of_user
from zicht.contact.sealing.statements import DAY, LONGEST_LEAD, LeadCertificate, read_lead
from zicht.contact.sealing.vouching import MEMBER_FIELDS, Approval, read_approval
from zicht.contact.visitor_page.root_key import RootKeyError

LEAD_FIELDS = ("org", "desks", "lead", "ed_pk")
APPROVAL_FIELDS = (*MEMBER_FIELDS, "first_epoch", "last_epoch")
MOST_DAYS = LONGEST_LEAD // DAY


def read_request(file: Path, fields: Sequence[str]) -> dict[str, Any]:
    """Read the file that a browser made; raise RootKeyError with a sentence for any other."""
    try:
        return check_fields(json.loads(file.read_text(encoding="utf-8")), fields)
    except (OSError, ValueError, SealingError) as error:
        raise RootKeyError(f"{file.name} must hold exactly these fields: {', '.join(fields)}.") from error


def certificate_of(request: dict[str, Any], days: int, now: int) -> LeadCertificate:
    """Give the certificate that is asked for, from now on; raise a FormatError for what cannot stand in one."""
    if not 1 <= days <= MOST_DAYS:
        raise RootKeyError(f"A certificate holds for 1 to {MOST_DAYS} days.")
    return read_lead(canonical({"v": VERSION, **request, "not_before": now, "not_after": now + days * DAY}))


def approval_of(request: dict[str, Any], now: int) -> Approval:
    """Give the approval that is asked for, by the organisation itself; raise a FormatError for what cannot be one."""
    return read_approval(canonical({"v": VERSION, **request, "by": request["org"], "lead": None, "at": now}))


def tell_certificate(lead: LeadCertificate) -> list[str]:
    """Say what a certificate means, with the words that the lead reads from her own screen."""
    return [
        f"Organisation {lead.org}: account {lead.lead} leads {', '.join(lead.desks)} for "
        f"{(lead.not_after - lead.not_before) // DAY} days.",
        *(f"Words of her signing key ({language}): {words_of_key(lead.ed_pk, language)}" for language in LANGUAGES),
    ]


def tell_approval(approval: Approval) -> list[str]:
    """Say what an approval means, with the words that the member reads from her own screen."""
    one = approval.member
    words = {language: words_of_user(one.org, one.user, one.x_pk, one.ed_pk, language) for language in LANGUAGES}
    return [
        f"Account {one.user} gets keys {approval.first_epoch} to {approval.last_epoch} of desk {one.desk}, "
        f"organisation {one.org}.",
        *(f"Words of her keys ({language}): {sentence}" for language, sentence in words.items()),
    ]
