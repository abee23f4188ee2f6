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
    r"initialen|hoe heten?|hoe heet(?:te)?|voorletters|hoe (?:wordt?|worden|noem(?:t|en)?) .{1,30}\b(?:genoemd|zich)",
    r"personalia|persoonsgegevens|contactgegevens|identiteit",
    r"wie (?:is|zijn) (?:zij|ze|hij|het slachtoffer|de slachtoffers)",
    # birth
    r"geb(?:oorte)? ?(?:datum|dag|jaar|plaats|data)|verjaardag|wanneer .{1,30}\bjarig|geboren",
    # addresses
    r"\w*adres(?:sen)?|straat(?:naam)?|huisnummers?|postcodes?|waar (?:woont|wonen|woonde|verblijft|verblijven)",
    # numbers
    r"(?:\w*|06-?|id-?|v-?)nummers?|\w*nr|bsn|iban|kentekens?|paspoort(?:en)?scan",
    # accounts
    r"\w*accounts?|profiel(?:en)?|e-?mail\w*|gebruikers\w*|inlog\w*",
)
ENGLISH = (
    r"(?:sur|nick|user|first|last|family|screen|full)?names?|initials|called|what is (?:she|he|the person) known as",
    r"(?:do|does|did) .{1,30} call (?:her|him|them)|personal (?:details|data)|contact details",
    r"identity(?! (?:cards?|documents?|papers?))",
    r"who (?:is|are) (?:she|he|they|the (?:victims?|person|girl|boy|woman|man))",
    r"dob|birth(?:day|date|place)s?",
    r"(?:date|day|year|place) of birth|(?:was|were) (?:he|she|they|born)\b.{0,30}\bborn|born",
    r"addresses|address|street|house number|post ?codes?|zip(?: code)?|where do(?:es)? .{1,30} live",
    r"numbers?(?! of)|(?:passport|phone|mobile|house|document|id|account|bank|card) numbers?|ssn|iban",
    r"licen[cs]e plates?|number plates?",
    r"accounts?|profiles?|e-?mails?|handles?|log-?ins?",
)
ASKS = re.compile(rf"\b(?:{'|'.join((*DUTCH, *ENGLISH))})\b")
# A sentence that says not to write it asks for nothing.
DENIES = re.compile(r"\b(?:geen|niet|zonder|nooit|no|not|never|without)\b")
# A word written letter by letter, such as n-a-a-m or D.O.B.
SPELLED = re.compile(r"\b[^\W\d_](?:[\W_][^\W\d_]){2,}\b")
# Words that look like one of those above and ask for nothing of the kind.
HARMLESS = re.compile(
    r"\b(?:in naam van|namens|met name|name(?:ly)|aannamen?|opnamen?|opnames?|deelnamen?|afnamen?|inname"
    r"|toenamen?|into account|on account of|so-called|zogenaamde?|instellingsnaam|called for help"
    r"|vernam(?:en)?|overnamen?)\b"
)


def asks_who_somebody_is(
    ask: Mapping[str, str], help_text: Mapping[str, str] | None = None, topic: Mapping[str, str] | None = None
) -> bool:
    """Tell whether a question, or the help or heading beside it, asks for something that says who a victim is."""
    is_asked = any(_asks(sentence) for sentence in ask.values())
    beside = [*(help_text or {}).values(), *(topic or {}).values()]
    sentences = [part for text in beside for part in re.split(r"[.!?:;]", text)]
    return is_asked or any(_asks(part) and not DENIES.search(_plain(part)) for part in sentences)


def _asks(text: str) -> bool:
    return ASKS.search(HARMLESS.sub(" ", _plain(text))) is not None


def _plain(text: str) -> str:
    """Give a text in small letters without accents or points, so that no spelling gets round the list."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())
    spelled = SPELLED.sub(lambda found: re.sub(r"[\W_]", "", found[0]), re.sub(r"\bgeb\. ?", "geb ", plain))
    return spelled.replace("_", " ")
