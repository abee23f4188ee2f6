"""Find in one sentence who says what it tells, and through whom: “volgens de VN”, “vertelt ze aan CNN”."""

import re
from dataclasses import dataclass, replace
from functools import cache

from zicht.reading.names import Name
from zicht.reading.speakers import OF, Lists, Speaker, read_speaker
from zicht.reading.tokens import Words
from zicht.reading.wordlists import read_sections

QUOTES = "\"“”„«»'’"
OPENS, CLOSES = frozenset("“„«"), frozenset("”»")
MARK = re.compile(r"[“„«”»\"]|,,")
BY_WHOM = frozenset({"door", "by", "van", "of", "from"})
# Told by whoever they are of: “is de schatting van X”.
ESTIMATES = frozenset(
    [
        "schatting",
        "raming",
        "inschatting",
        "verwachting",
        "conclusie",
        "berekening",
        "oordeel",
        "estimate",
        "conclusion",
    ]
)
PASSIVE = frozenset({"was", "were", "is", "are", "been", "be"})  # “were reported missing” names nobody
ABOUT = frozenset({"naar", "over", "about", "into", "on"})
MOST_OF_SOURCE = 14  # tokens from a document to who made it
MOST_OF_BARE = 2  # words of a document whose maker is not named: “het rapport”
CLAUSE = frozenset({",", ";", ":", "(", ")", "“", "”", '"', "„", "–", "—"})


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says something; nobody is named where `speaker` is empty.

    `is_pronoun` and `is_document` (“het rapport”) leave the name to what stood before. `is_lead` (“dat meldt X”) and
    `is_report` (“…, meldt X”) reach the sentences before.
    """

    speaker: str = ""
    via: str = ""
    is_person: bool = False
    is_pronoun: bool = False
    is_lead: bool = False
    is_document: bool = False
    is_report: bool = False


@cache
def claim_words(language: str) -> Lists:
    """Give the words of a language by which claims are known."""
    lists = {kind: frozenset(words) for kind, words in read_sections(f"{language}_claims.txt").items()}
    opening = frozenset(phrase.split()[0] for phrase in lists["according"])
    pairs = [pair.split("=") for pair in lists["say_with"]]
    verbs = lists["say"] | {verb for verb, _ in pairs}
    persons = lists["she"] | lists["them"] - {"zijn"}
    return lists | {
        "heard": lists["to"] | {"told"},
        "persons": persons,
        "opening": opening,
        "verbs": verbs,
        "triggers": lists["say"] | lists["shows"] | opening | ESTIMATES,
        "pair_verbs": frozenset(verb for verb, _ in pairs),
        "pair_particles": frozenset(particle.split()[0] for _, particle in pairs),
    }


def find_claim(words: Words, names: list[Name], lists: Lists, is_quoted: bool = False) -> Claim | None:
    """Give the claim of a sentence, or None where it names nobody who says it.

    `names` are those of the sentence; `is_quoted` says that it begins within a quotation.
    """
    if not _may_claim(words, lists):
        return None
    words = _without_quotes(words, is_quoted)
    for finder in (_according, _shown, _labelled, _estimated, _spoken):
        if (claim := finder(words, names, lists)) is not None:
            return claim
    return None


def _may_claim(words: Words, lists: Lists) -> bool:
    """Answer at a glance whether a sentence may hold a claim."""
    bag = words.bag
    return (
        not lists["triggers"].isdisjoint(bag)
        or not (lists["pair_verbs"].isdisjoint(bag) or lists["pair_particles"].isdisjoint(bag))
        or words.text.find(":", words.start, words.end) >= 0
    )


def _without_quotes(words: Words, is_quoted: bool) -> Words:
    """Leave out what is quoted: who says something there is told of by the speaker, and is not the speaker."""
    if not is_quoted and MARK.search(words.text, words.start, words.end) is None:
        return words
    kept: list[int] = []
    for index in range(len(words)):
        mark = words.at(index)
        opens = mark in OPENS or (mark == "," and words.at(index + 1) == "," and words.is_joined(index + 1))
        if mark in CLOSES or (mark == '"' and is_quoted):
            is_quoted = False
            kept.append(index)
        elif opens or mark == '"':
            is_quoted = True
            kept.append(index)
        elif not is_quoted:
            kept.append(index)
    return words if len(kept) == len(words) else words.pick(kept)


def _according(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “volgens X”, “aldus X”, “according to X”."""
    if lists["opening"].isdisjoint(words.bag):
        return None
    for at, word in enumerate(words.lower):
        if word not in lists["opening"]:
            continue
        for length in (3, 2, 1):
            if " ".join(words.lower[at : at + length]) in lists["according"]:
                claim = _source_at(words, at + length, names, lists, words.at(0) in lists["that"] and at <= 2)
                is_behind = words.at(at - 1) == "," and words.at(at - 2) not in QUOTES and words.at(at) == "aldus"
                return replace(claim, is_report=True) if claim is not None and is_behind else claim
    return None


def _claim_at(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool = False) -> Claim | None:
    if words.at(at) in lists["she"] | lists["them"] and words.at(at + 1) not in lists["document"]:
        return Claim(via=_via(words, at + 1, names, lists), is_pronoun=True, is_lead=is_lead)
    speaker = read_speaker(words, at, len(words), names, lists)
    if speaker is None:
        return None
    return Claim(speaker.text, _via(words, speaker.end, names, lists, speaker.text), speaker.is_person, False, is_lead)


def _shown(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “dat blijkt uit een rapport van X”, “uit cijfers van X blijkt” and “daaruit blijkt”."""
    if lists["shows"].isdisjoint(words.bag):
        return None
    is_lead = words.at(0) in lists["that"]
    for at, word in enumerate(words.lower):
        if word not in lists["shows"]:
            continue
        behind = at + 1
        while words.at(behind) in lists["when"]:
            behind += 1  # “blijkt donderdag uit”
        if words.at(behind) in ("uit", "in"):
            return _shown_in(words, behind + 1, names, lists, is_lead and at == 1)
        if words.at(at - 1) in lists["out_of_it"]:
            return Claim(is_document=True)
    if words.at(0) == "uit":
        return _shown_in(words, 1, names, lists, False)
    return None


def _shown_in(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool) -> Claim | None:
    """Read what shows something: a document with who made it, or whoever is named."""
    claim = _source_at(words, at, names, lists, is_lead)
    is_named = claim is not None and (claim.speaker[:1].isupper() or claim.is_document or not claim.speaker)
    return claim if is_named or set(words.lower[: at + 3]) & lists["document"] else None


def _source_at(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool = False) -> Claim | None:
    """Read who made a document (“van X”, “vrijgegeven door X”, “die Y opvroeg bij X”), or else who is named."""
    claim = _claim_at(words, at, names, lists, is_lead)
    if claim is None or not set(claim.speaker.lower().split()) & lists["document"]:
        return claim
    maker = _asked_for(words, at, names, lists, is_lead) or _made_by(words, at, names, lists, is_lead)
    if maker is not None:
        return maker
    if len(claim.speaker.split()) > MOST_OF_BARE or _is_named(claim, names):
        return claim
    is_certain = words.at(at) in ("het", "de", "dat", "dit", "deze", "die", "the", "this", "that", "these")
    return replace(claim, is_document=True) if is_certain else Claim()


def _made_by(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool) -> Claim | None:
    """Read who is named behind a document: “een rapport dat in mei werd vrijgegeven door X”."""
    for here in range(at, min(len(words), at + MOST_OF_SOURCE)):
        is_about = words.at(here) in ABOUT and words.at(here - 1) in lists["document"]
        if here > at and (is_about or words.at(here) in lists["shows"]):
            return None
        if words.at(here) in BY_WHOM:
            claim = _claim_at(words, here + 1, names, lists, is_lead)
            if claim is not None and (words.at(here) in ("door", "by") or _is_named(claim, names)):
                return claim
    return None


def _is_named(claim: Claim, names: list[Name]) -> bool:
    return any(name.text in claim.speaker for name in names)


def _asked_for(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool) -> Claim | None:
    """Read “cijfers die NRC opvroeg bij de Raad”: the Raad says it, through NRC."""
    for here in range(at, min(len(words), at + 4)):
        if words.at(here) not in ("die", "that", "which"):
            continue
        via = next((name.text for name in names if words.spans[min(here + 1, len(words) - 1)][0] == name.start), "")
        for bij in range(here + 2, min(len(words), here + 8)):
            if via and words.at(bij) in ("bij", "van", "from"):
                claim = _claim_at(words, bij + 1, names, lists, is_lead)
                return replace(claim, via=via) if claim is not None else None
    return None


def _estimated(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “…, is de schatting van X”."""
    if ESTIMATES.isdisjoint(words.bag):
        return None
    for at, word in enumerate(words.lower):
        if (
            word in ESTIMATES
            and words.at(at + 1) in OF
            and words.at(at - 1) in ("de", "een", "the", "an")
            and words.at(at - 2) in ("is", "was", "luidt", "luidde", "zijn", "are")
        ):
            claim = _claim_at(words, at + 2, names, lists)
            return claim if claim is not None and _is_named(claim, names) else None
    return None


def _labelled(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “Vos: “…””."""
    for at in range(1, min(len(words) - 1, 7)):
        if words.at(at) == ":" and words.at(at + 1) in set(QUOTES) | {","}:
            speaker = read_speaker(words, 0, at, names, lists)
            return Claim(speaker.text, "", speaker.is_person) if speaker is not None and names else None
    return None


def _spoken(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read a verb of saying with who says it, behind it or before it."""
    particles = _particles(lists["say_with"])
    for at, word in enumerate(words.lower):
        if word not in lists["verbs"] or (word in lists["document"] and words.at(at + 1) != "that"):
            continue
        is_said = word in lists["say"] or any(_has(words, at + 1, particle) for particle in particles.get(word, ()))
        if not is_said or words.at(at - 1) in ("te", "to", "de", "het", "een", "the", "a"):
            continue
        if words.at(at - 1) in PASSIVE:
            if words.at(at + 1) == "by" and (claim := _claim_at(words, at + 2, names, lists)) is not None:
                return claim  # “the reporter was told by a captain”
            continue
        if (claim := _spoken_at(words, at, names, lists)) is not None:
            return claim
    return None


def _has(words: Words, at: int, particle: str) -> bool:
    """Answer whether “op” or “naar buiten” stands somewhere from a token on."""
    first, _, second = particle.partition(" ")
    if first not in words.bag:
        return False
    places = (here for here in range(at, len(words)) if words.lower[here] == first)
    return any(not second or words.at(here + 1) == second for here in places)


@cache
def _particles(pairs: frozenset[str]) -> dict[str, tuple[str, ...]]:
    split: dict[str, list[str]] = {}
    for pair in pairs:
        verb, particle = pair.split("=")
        split.setdefault(verb, []).append(particle)
    return {verb: tuple(particles) for verb, particles in split.items()}


def _spoken_at(words: Words, at: int, names: list[Name], lists: Lists) -> Claim | None:
    is_lead = at == 1 and words.at(0) in lists["that"]
    behind, before = words.at(at + 1), words.at(at - 1)
    if behind in lists["she"] and not _tells_on(words, at):
        return Claim(via=_via(words, at + 2, names, lists), is_pronoun=True, is_lead=is_lead)
    is_inverted = words.at(at) not in ("told", "tells") and (
        is_lead
        or not before
        or before in CLAUSE - {")"}
        or before in ("zo", "so", "’", "'")
        or _opens_with_other(words, at)
    )
    if is_inverted and behind not in lists["to"]:
        claim = None if behind in lists["she"] else _claim_at(words, at + 1, names, lists, is_lead)
        comma = at - 2 if before == "zo" else at - 1
        is_behind = words.at(comma) == "," and words.at(comma - 1) not in QUOTES
        if claim is not None and is_behind and not claim.is_person:
            claim = replace(claim, is_report=True)
        if (
            claim is not None
            and (words.at(at) not in NEED_NAME or any(name.text in claim.speaker for name in names))
            and (claim.speaker[:1].isupper() or behind in ("de", "het", "een", "the", "a") or before in CLAUSE)
        ):
            return claim
    if before in lists["she"]:
        return Claim(via=_via(words, at + 1, names, lists), is_pronoun=True)
    return _before_verb(words, at, names, lists)


def _tells_on(words: Words, at: int) -> bool:
    """Answer whether “said he” goes on as what was said, as English does without “that”."""
    return (
        words.at(at) in ("said", "says") and words.at(at + 2).isalpha() and words.at(at + 2) not in ("to", "in", "on")
    )


def _opens_with_other(words: Words, at: int) -> bool:
    """Answer whether what stands before the verb is no subject but a time or place: “In 2022 registreerde X”."""
    return at <= 6 and words.at(0) in (
        "in",
        "vorig",
        "dit",
        "afgelopen",
        "eerder",
        "op",
        "ook",
        "vorige",
        "deze",
        "sinds",
        "last",
        "tot",
        "tegen",
        "aan",
        "tegenover",
    )


def _before_verb(words: Words, at: int, names: list[Name], lists: Lists) -> Claim | None:
    verb, at = words.at(at), _before_bracket(words, at)
    start = at
    while (
        start > 0
        and words.at(start - 1) not in CLAUSE
        and words.at(start - 1) not in ("dat", "that", "maar", "but", "en", "and")
    ):
        start -= 1
    while words.at(start) in ("ook", "maar", "en", "also", "but", "and", "zo", "toch", "dus"):
        start += 1
    stop = at
    if start == at and words.at(at - 1) == ",":
        start, stop = _around_apposition(words, at, names)
    elif start == at and words.at(at - 1) in ("en", "and"):
        start = 0  # “De autoriteiten spreken van fraude en zeggen dat …”
    if not 0 < stop - start <= 12 or words.at(start) in (
        "er",
        "there",
        "it",
        "wie",
        "who",
        "die",
        "dat",
        "that",
        "hoe",
        "wat",
        "which",
        "we",
        "wij",
        "ik",
        "i",
        "je",
    ):
        return None
    speaker = read_speaker(words, start, stop, names, lists)
    is_place = speaker is not None and any(one.text in speaker.text and one.type in PLACES for one in names)
    if verb in COUNTING and is_place:
        return None  # “India telt 18 miljoen slaven”
    if speaker is None or (verb in NEED_NAME and not speaker.has_name and not _is_body(speaker)):
        return None
    return Claim(speaker.text, _via(words, at + 1, names, lists, speaker.text), speaker.is_person)


def _before_bracket(words: Words, at: int) -> int:
    """Give the token at which “(CKM)” before a verb opens, so that what stands before it is the subject; else `at`."""
    for back in range(at - 2, max(0, at - 6), -1):
        if words.at(at - 1) == ")" and words.at(back) == "(":
            return back
    return at


# What things do too: “het kamp telde 300 barakken”.
NEED_NAME = frozenset(
    [
        "telt",
        "telde",
        "telden",
        "tellen",
        "vindt",
        "vinden",
        "ziet",
        "hoort",
        "spreekt",
        "sprak",
        "spreken",
        "noemt",
        "noemde",
        "noemden",
        "merkt",
        "luidt",
        "vult",
        "put",
        "puts",
        "found",
        "find",
        "finds",
        "showed",
        "shows",
        "show",
        "identified",
        "believes",
        "think",
        "suggests",
        "suggested",
        "schatten",
        "denken",
        "vermoeden",
    ]
)
BODIES = (
    "politie",
    "justitie",
    "regering",
    "overheid",
    "inspectie",
    "rechtbank",
    "kabinet",
    "organisatie",
    "onderzoekers",
    "police",
    "government",
    "authorities",
    "autoriteiten",
    "deskundigen",
    "experts",
    "researchers",
    "wetenschappers",
)


COUNTING = frozenset({"telt", "telde", "telden", "tellen"})
PLACES = frozenset({"country", "region", "province", "place"})


def _is_body(speaker: Speaker) -> bool:
    return speaker.text.lower().endswith(BODIES)


def _around_apposition(words: Words, at: int, names: list[Name]) -> tuple[int, int]:
    """Give the words before “, teamleider van de AVIM,” or those within it, whichever names a person."""
    back = at - 2
    while back > 0 and words.at(back) != ",":
        back -= 1
    start = back
    while start > 0 and words.at(start - 1) not in CLAUSE:
        start -= 1
    is_before = any(one.type == "person" and _is_inside(words, one, start, back) for one in names)
    is_within = any(one.type == "person" and _is_inside(words, one, back, at) for one in names)
    return (back + 1, at - 1) if is_within and not is_before else (start, back)


def _is_inside(words: Words, name: Name, start: int, end: int) -> bool:
    return start < end and words.spans[start][0] <= name.start and name.end <= words.spans[end - 1][1]


def _via(words: Words, at: int, names: list[Name], lists: Lists, speaker: str = "") -> str:
    """Give the name to whom it was said: “aan CNN”, “tegen het AD”, “told Reuters”."""
    if words.bag.isdisjoint(lists["heard"]):
        return ""
    for here in (0, *range(max(1, at - 1), len(words))):
        is_first = here == 0 and words.at(0) in lists["to"]
        is_to = is_first or (
            words.at(here) in lists["to"] and set(words.lower[max(0, here - 12) : here]) & lists["heard_by"]
        )
        if not is_to and words.at(here) != "told":
            continue
        step = (
            here + 2
            if words.at(here + 1) in ("de", "het", "the", "krant", "dagblad", "persbureau", "nieuwssite", "omroep")
            else here + 1
        )
        if step < len(words):
            name = next((one for one in names if one.start == words.spans[step][0] and one.text != speaker), None)
            if name is not None and name.type not in ("country", "region"):
                return name.text
    return ""
