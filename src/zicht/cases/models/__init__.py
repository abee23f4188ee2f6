"""The nouns of the register: cases, persons under a pseudonym, what happened to them, and what was decided about it.

Columns are the fields of the vocabulary. What no field says is `version`, by which two people who change one record at
the same time notice each other.
"""

from zicht.cases.models.columns import MONTH_LENGTH, SHORT_TEXT, Kept, Ruled, not_asked
from zicht.cases.models.exchange import ImportRun, Webhook, WebhookNotice
from zicht.cases.models.persons import Assessment, Case, Change, Exploitation, Match, OfPerson, Person, PlaceEvent
from zicht.cases.models.rights import Breach, Consent, Erasure, LegalClock, RetentionRule, Share, SubjectRequest

__all__ = [
    "MONTH_LENGTH",
    "SHORT_TEXT",
    "Assessment",
    "Breach",
    "Case",
    "Change",
    "Consent",
    "Erasure",
    "Exploitation",
    "ImportRun",
    "Kept",
    "LegalClock",
    "Match",
    "OfPerson",
    "Person",
    "PlaceEvent",
    "RetentionRule",
    "Ruled",
    "Share",
    "SubjectRequest",
    "Webhook",
    "WebhookNotice",
    "not_asked",
]
