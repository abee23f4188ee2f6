"""Find what somebody could be reached or found with in a text: a number, an address, an account.

Such a text is refused, since whoever reads it here could lead somebody to the person. Numbers stay with whoever makes
contact, outside this system. What is found is a hint and no proof: a text can name a place in other words.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Days are no numbers to call: 2026-03-02, 2-3-2026, 02/03/26.
DAY = re.compile(r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))\b")
# Nine digits or more with what stands between digits of a number; an identity number has nine too.
NUMBER = re.compile(r"(?:\+|\b)\d(?:[\s().\-/]{0,3}\d){8,}")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,}\w*\b")
WORDS = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|zero|oh|one|two|three|four|five|six|seven|eight|nine)"
SPELT = re.compile(rf"\b{WORDS}(?:[\s,\-]+{WORDS}){{5,}}\b", re.IGNORECASE)
MAIL = re.compile(r"[^\s@]+\s?(?:@|\[at\]|\(at\))\s?[^\s@]+\.[^\s@]{2,}", re.IGNORECASE)
ACCOUNT = re.compile(r"(?:^|[\s(])@\w[\w.]{2,}|\b(?:https?://|www\.|wa\.me|t\.me)\S*", re.IGNORECASE)
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
STREETS = r"straat|laan|weg|plein|kade|gracht|singel|dijk|steeg|dreef|hof|pad|park|plantsoen|boulevard|baan|wal"
STREET = re.compile(rf"\b\w+(?:{STREETS})\s+\d+\b|\b\d+[a-z]?\s+\w+\s+(?:street|road|avenue|lane)\b", re.IGNORECASE)

SENTENCES: Mapping[str, str | Promise] = {
    "number": _("This looks like a telephone number or another number of a person. Numbers are not kept here."),
    "mail": _("This looks like an e-mail address. Addresses are not kept here."),
    "account": _("This looks like an account or a link. Accounts are not kept here."),
    "place": _("This looks like an address. Addresses are not kept here."),
}
KINDS = (("mail", (MAIL,)), ("account", (ACCOUNT,)), ("place", (POSTCODE, STREET)), ("number", (NUMBER, IBAN, SPELT)))


def way_to_reach(text: str) -> str:
    """Tell what in a text somebody could be reached with (number, mail, account, place); empty for nothing."""
    without_days = DAY.sub(" ", text)
    for kind, patterns in KINDS:
        if any(pattern.search(without_days) for pattern in patterns):
            return kind
    return ""


def refuse_a_way_to_reach(form: forms.Form, given: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Say at each field of a form what must not stand in it; nothing typed is lost."""
    for name in names:
        kind = way_to_reach(str(given.get(name) or ""))
        if kind and name not in form.errors:
            form.add_error(name, str(SENTENCES[kind]))
    return given
