"""Tell what holds two words with a capital together in one name, and what stands between two names."""

import re

from zicht.reading.capitals import Capital
from zicht.reading.gazetteers import Gazetteer

PARTICLES = re.compile(
    r" (?:al|el|as|ash|an)-$|"
    r" (?:de|der|den|ter|ten|te|'t|’t|von|al|el|bin|bint|ibn|ben|da|dos|do|di|del|du|la|le|van der|"
    r"van den|van de|van 't|in 't|in ’t|op de|op den|aan de|uit de|von der) $"
)
AWAY = (" aan", " uit", " op")
FOREIGN = frozenset(
    {"al-", "el-", "as-", "ash-", "an-", "al", "el", "bin", "bint", "ibn", "von", "da", "dos", "di", "del", "von der"}
)
ARTICLES = ("de ", "het ", "een ", "the ")
OF_PERSON = re.compile(r" (?:van|van het) $")
OF_ORGANISATION = re.compile(
    r" (?:van|van de|van het|voor|voor de|voor het|tegen|tegen de|tot|inzake|in|op|of|of the|for|for the|"
    r"against|on|and|en|in the|to|from|in de|te|&) $|, $|,? (?:en|and) $|- (?:en|and) $"
)
HALVES = re.compile(r"- (?:en|and) ")
OF_TITLE = re.compile(r" (?:tegen|voor|zonder|met|against|for|without|with) $")
INSIDE = re.compile(r" (?:van|voor|tegen|of|for|against|inzake)\b|, |- ")
LOWER_HEAD = re.compile(r"([\w-]+) (?:van(?: de| het)?|of(?: the)?) $")
SHORTENED = frozenset({"St", "Mr", "Dr", "Zr", "Hr", "Ms", "Zr.Ms", "Hr.Ms"})  # also of ships: Zr. Ms. Holland
ACRONYM = re.compile(r"[A-Z]{2,}\d*")
HEAD_ENDINGS = (
    "centrum", "bureau", "raad", "commissie", "dienst", "ministerie", "fonds", "instituut", "federatie", "vereniging",
    "inspectie", "autoriteit", "agentschap", "coalitie", "rekenkamer", "politie",
)  # fmt: skip
SHORTEST_HEAD = 9  # letters of a compound with such an ending
STEM = 6  # letters by which “Seksueel” is known where the text has “seksuele”


def stem_of(word: str) -> str:
    """Give how a word in small letters begins, marked so that it is no word itself."""
    return f"{word[:STEM]}~"


def is_ordinary(word: str, known: Gazetteer, lower: frozenset[str]) -> bool:
    """Answer whether a word with a capital is a common one: the text has it in small letters, or it is a person's."""
    small = word.lower()
    return small in lower or (len(small) >= STEM and stem_of(small) in lower) or small in known.kinds["title"]


def has_title(word: str, known: Gazetteer) -> bool:
    """Answer whether a compound ends on what somebody is: “ILO-directeur”, “Collega-hoogleraar”."""
    _, hyphen, tail = word.rpartition("-")
    return bool(hyphen) and tail.islower() and tail in known.kinds["title"]


def is_head(word: str, known: Gazetteer) -> bool:
    """Answer whether a word opens the name of an organisation or law, such as Raad, Coördinatiecentrum, Wetboek."""
    lower = word.lower()
    is_compound = len(lower) >= SHORTEST_HEAD and lower.endswith(HEAD_ENDINGS)
    return lower in known.kinds["organisation"] or lower in known.kinds["law"] or is_compound


def lower_head(text: str, start: int, known: Gazetteer) -> bool:
    """Answer whether a word in small letters opens the name at a place: “ministerie van” before Justitie."""
    match = LOWER_HEAD.search(text, max(0, start - 40), start)
    return match is not None and match[1].lower() in known.kinds["lower_organisation"]


def joins(
    text: str, gap: str, capitals: list[Capital], at: int, end: int, known: Gazetteer, lower: frozenset[str]
) -> bool:
    """Answer whether the words with a capital at `end - 1` and `end` belong to one name that begins at `at`."""
    left, right = capitals[end - 1], capitals[end]
    if has_title(left.text, known) or (left.text.lower() in known.kinds["title"] and right.text in known.first_names):
        return False  # “Nationaal Rapporteur Herman de Wit”
    if gap in (" ", "\u00a0", "\n", ". ", ".", " & ", "’ ", "' "):
        return _joins_plainly(gap, text, capitals, at, end, known)
    if HALVES.fullmatch(gap) and left.text not in known.first_names:
        return True  # “Onderzoek- en Documentatiecentrum”
    if right.is_opening and gap.strip() in ("", ".", ":"):
        return False
    if OF_ORGANISATION.fullmatch(gap) and _is_of_organisation(text, capitals, at, end, known):
        return _joins_organisation(gap, text, capitals, at, end, known, lower)
    if OF_TITLE.fullmatch(gap) and not known.is_known(right.text) and not ACRONYM.fullmatch(right.text):
        return _joins_title(gap, left, right, known, lower)
    has_article = text[max(0, capitals[at].start - 4) : capitals[at].start].lower().endswith(ARTICLES)
    return not (has_article and OF_PERSON.fullmatch(gap)) and _joins_person(gap, left, right, end - at, known)


def _joins_title(gap: str, left: Capital, right: Capital, known: Gazetteer, lower: frozenset[str]) -> bool:
    """Answer whether common words with capitals form a title: “Samen tegen Mensenhandel”, “Artsen zonder Grenzen”."""
    if left.text in known.first_names or known.is_known(left.text) or right.text in known.first_names:
        return False
    is_left = not left.is_opening and is_ordinary(left.text, known, lower)
    return is_left or (gap.strip() not in ("met", "with") and is_ordinary(right.text, known, lower))


def _is_of_organisation(text: str, capitals: list[Capital], at: int, end: int, known: Gazetteer) -> bool:
    is_headed = is_head(capitals[at].text, known) or is_head(capitals[end - 1].text, known)
    return is_headed or lower_head(text, capitals[at].start, known)


def _joins_plainly(gap: str, text: str, capitals: list[Capital], at: int, end: int, known: Gazetteer) -> bool:
    left, right = capitals[end - 1], capitals[end]
    if gap == " " and is_head(left.text, known) and _opens_person(text, capitals, end):
        return False
    if gap in (". ", "."):
        is_initial = len(left.text) == 1 or left.text in SHORTENED
        return is_initial and not (gap == ". " and right.text in known.openings)
    if (
        right.text in known.folk
        or right.text.lower() in known.kinds["skip"]
        or (right.text in known.openings and right.is_opening)
    ):
        return False
    is_place = end - at == 1 and known.is_known(text[capitals[at].start : left.end])
    if is_place and any(is_head(word.text, known) for word in _run(capitals, end)):
        return True
    return not is_place or (left.text not in known.countries and right.text not in known.places)


def _opens_person(text: str, capitals: list[Capital], at: int) -> bool:
    """Answer whether a particle and a last name follow: “Ans de Wit” behind “de Arbeidsinspectie”."""
    if at + 1 >= len(capitals) or capitals[at + 1].sentence != capitals[at].sentence:
        return False
    gap = text[capitals[at].end : capitals[at + 1].start]
    return PARTICLES.fullmatch(gap) is not None and not gap.endswith("-")


def _run(capitals: list[Capital], at: int) -> list[Capital]:
    """Give the words with a capital that follow one another from an index on."""
    run = [capitals[at]]
    for other in capitals[at + 1 : at + 4]:
        if other.start != run[-1].end + 1 or other.sentence != run[-1].sentence:
            break
        run.append(other)
    return run


def _joins_organisation(
    gap: str, text: str, capitals: list[Capital], at: int, end: int, known: Gazetteer, lower: frozenset[str]
) -> bool:
    right = capitals[end]
    is_other = (
        known.is_known(right.text)
        or right.text in known.first_names
        or right.text in known.organisations
        or is_head(right.text, known)
    )
    if gap.strip() in ("en", "and", "&", ", en", ", and", "- en", "- and"):
        # “Ministerie van Justitie en Veiligheid”, but not “Human Rights Watch en Amnesty”.
        inner = text[capitals[at].start : capitals[end - 1].start]
        is_listing = right.text not in known.openings and (
            INSIDE.search(inner) is not None
            or is_ordinary(right.text, known, lower)
            or lower_head(text, capitals[at].start, known)
        )
        return is_listing and not is_other and ACRONYM.fullmatch(right.text) is None
    if gap == ", ":
        is_followed = text[right.end : right.end + 5].startswith((" en ", ", ", " and "))
        return is_followed and not is_other and end - at >= 2 and right.text.lower() not in known.kinds["title"]
    return gap.strip() not in ("in", "to", "from", "on", "op", "te") or right.text.lower() in lower or end - at == 1


def _joins_person(gap: str, left: Capital, right: Capital, length: int, known: Gazetteer) -> bool:
    if known.is_known(left.text) or ACRONYM.fullmatch(right.text) or right.text in known.peoples:
        return False
    is_person = left.text in known.first_names or len(left.text) == 1
    if left.text.lower() in known.kinds["honorific"]:
        return False  # “Minister van der Berg”
    if PARTICLES.fullmatch(gap):
        is_plain = length == 1 and left.text not in known.openings and not is_head(left.text, known)
        is_plain = is_plain and not gap.startswith(AWAY)  # “schrijft Bos aan de Kamer”
        return is_person or is_plain or gap.strip() in FOREIGN
    if OF_PERSON.fullmatch(gap) is None:
        return False
    is_likely = length == 1 and not left.is_opening and not is_head(left.text, known) and not left.text.isupper()
    is_other = known.is_known(right.text) or right.text in known.organisations or right.text in known.openings
    return (is_person and length == 1) or ((is_person or is_likely) and not is_other)
