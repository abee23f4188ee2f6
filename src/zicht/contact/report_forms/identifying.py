"""Recognise a question that asks who a victim is: a name, birth date, address, number or account.

A list of words is no proof: somebody who wants to can ask around it. It stops the form that was written without
thinking, and the sentence that refuses it says why. Whoever puts a form into use still reads every question.
"""

import re
import unicodedata
from collections.abc import Mapping

DUTCH = (
    # names
    r"\w*(?<!aange)na(?:am|men)",
    r"initialen|hoe heten?|hoe heet(?:te)?|voorletters",
    # birth
    r"geboorte(?:datum|dag|jaar|plaats|data)|verjaardag|geboren",
    # addresses
    r"\w*adres(?:sen)?|straat(?:naam)?|huisnummers?|postcodes?|waar (?:woont|wonen|woonde|verblijft|verblijven)",
    # numbers
    r"(?:\w*|06-?|id-?|v-?)nummers?|bsn|iban|kentekens?|paspoort(?:en)?scan",
    # accounts
    r"\w*accounts?|profiel(?:en)?|e-?mail\w*|gebruikers\w*|inlog\w*",
)
ENGLISH = (
    r"(?:sur|nick|user|first|last|family|screen|full)?names?|initials|called|what is (?:she|he|the person) known as",
    r"birth(?:day|date|place)s?|(?:date|day|year|place) of birth|(?:was|were) (?:he|she|they|born)\b.{0,30}\bborn|born",
    r"addresses|address|street|house number|post ?codes?|zip(?: code)?|where do(?:es)? .{1,30} live",
    r"numbers?(?! of)|(?:passport|phone|mobile|house|document|id|account|bank|card) numbers?|ssn|iban",
    r"licen[cs]e plates?|number plates?",
    r"accounts?|profiles?|e-?mails?|handles?|log-?ins?",
)
ASKS = re.compile(rf"\b(?:{'|'.join((*DUTCH, *ENGLISH))})\b")
# A sentence that says not to write it asks for nothing.
DENIES = re.compile(r"\b(?:geen|niet|zonder|nooit|no|not|never|without)\b")
# Words that look like one of those above and ask for nothing of the kind.
HARMLESS = re.compile(
    r"\b(?:in naam van|namens|met name|name(?:ly)|aannamen?|opnamen?|opnames?|deelnamen?|afnamen?|inname"
    r"|toenamen?|into account|on account of|so-called|zogenaamde?|instellingsnaam|called for help"
    r"|vernam(?:en)?|overnamen?)\b"
)


def asks_who_somebody_is(ask: Mapping[str, str], help_text: Mapping[str, str] | None = None) -> bool:
    """Tell whether a question, or the help beside it, asks for something that says who a victim is."""
    is_asked = any(_asks(sentence) for sentence in ask.values())
    sentences = [part for text in (help_text or {}).values() for part in re.split(r"[.!?:;]", text)]
    return is_asked or any(_asks(part) and not DENIES.search(_plain(part)) for part in sentences)


def _asks(text: str) -> bool:
    return ASKS.search(HARMLESS.sub(" ", _plain(text))) is not None


def _plain(text: str) -> str:
    """Give a text in small letters without accents, so that no spelling gets round the list."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())
