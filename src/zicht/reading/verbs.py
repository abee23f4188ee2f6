"""Read verbs of saying, with who says it before or behind them: “zegt X”, “X, directeur van Y, schat”."""

from dataclasses import replace
from functools import cache

from zicht.reading.claim import QUOTES, Claim, claim_at, via_of
from zicht.reading.names import Name
from zicht.reading.speakers import PLACES, Lists, Speaker, read_speaker
from zicht.reading.tokens import Words
from zicht.reading.values import is_count

MOST_JOINED = 5  # words of the first of two who speak together
PASSIVE = frozenset({"was", "were", "is", "are", "been", "be"})  # “were reported missing” names nobody
LOST = frozenset({"missing", "dead", "stolen", "injured", "killed", "wounded", "lost"})
CLAUSE = frozenset({",", ";", ":", "(", ")", "“", "”", '"', "„", "–", "—"})


def read_spoken(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read a verb of saying with who says it, behind it or before it."""
    strong = _spoken_with(words, names, lists, WEAK)
    return strong or (_spoken_with(words, names, lists, frozenset()) if not WEAK.isdisjoint(words.bag) else None)


def _spoken_with(words: Words, names: list[Name], lists: Lists, passed: frozenset[str]) -> Claim | None:
    """Read the first verb of saying that is none of those passed over."""
    particles = _particles(lists["say_with"])
    for at, word in enumerate(words.lower):
        if word in passed:
            continue
        if word not in lists["verbs"] or (word in lists["document"] and words.at(at + 1) != "that"):
            continue
        is_said = word in lists["say"] or any(_has(words, at + 1, particle) for particle in particles.get(word, ()))
        is_reflexive = "zich" in (words.at(at - 1), words.at(at + 1))  # “een chatter meldt zich”
        if not is_said or is_reflexive or words.at(at - 1) in ("te", "to", "de", "het", "een", "the", "a", "an"):
            continue
        if words.at(at + 1) in LOST or words.at(at - 1) == "eigen":
            continue  # “people reported missing”, “naar eigen zeggen”
        if words.at(at - 1) in PASSIVE:
            if words.at(at + 1) == "by" and (claim := claim_at(words, at + 2, names, lists)) is not None:
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
    is_meeting = words.at(at) in TALKING and behind in ("met", "with", "to")
    if (
        before in ("not", "niet")
        or behind in NOTHING_SAID
        or is_meeting
        or (words.at(at) in FINDING and _is_thing_found(words, at))
    ):
        return None
    if behind in ("u", "ik", "we", "wij", "je", "i") or (words.at(at) in SEEING and behind not in ("dat", "that")):
        return None
    if before in THEY and _is_plural(words.at(at)):
        return Claim(is_document=True)  # “zij stelden vast”: a body, and no person spoken of before
    if behind in lists["she"] and not _tells_on(words, at):
        return Claim(via=via_of(words, at + 2, names, lists), is_pronoun=True, is_lead=is_lead)
    is_inverted = words.at(at) not in ("told", "tells") and (
        is_lead
        or not before
        or (before in CLAUSE and before != ")")
        or before in ("zo", "so", "’", "'")
        or _opens_with_other(words, at)
        or (at == 1 and words.at(at) in JUDGING and _is_judgement(words, names))
    )
    is_inverted = is_inverted and behind not in ("that", "dat")
    if is_inverted and behind not in lists["to"]:
        claim = None if behind in lists["she"] else claim_at(words, at + 1, names, lists, is_lead)
        comma = at - 2 if before == "zo" else at - 1
        is_named = behind not in ("een", "a", "an")  # “…, zegt een visser”, who speaks for nothing before
        is_behind = words.at(comma) == "," and words.at(comma - 1) not in QUOTES and is_named
        if claim is not None and is_behind and not claim.is_person:
            claim = replace(claim, is_report=True)
        if (
            claim is not None
            and not _has_own_verb(words, at + 1, names, lists)
            and (words.at(at) not in NEED_NAME or _is_of_note(claim.speaker, names))
            and (claim.speaker[:1].isupper() or behind in ("de", "het", "een", "the", "a") or before in CLAUSE)
        ):
            return claim
    before = words.at(at - 2) if before in ("also", "ook") else before
    if before == "it":
        return Claim(is_document=True)
    if before in lists["she"]:
        return Claim(via=via_of(words, at + 1, names, lists), is_pronoun=True)
    return _before_verb(words, at, names, lists)


def _is_judgement(words: Words, names: list[Name]) -> bool:
    """Answer whether a sentence opens with what somebody finds: “Opvallend vindt de inspectie …”."""
    return not words.at(0).endswith(BODIES) and not any(name.start == words.spans[0][0] for name in names)


def _has_own_verb(words: Words, at: int, names: list[Name], lists: Lists) -> bool:
    """Answer whether what stands behind a verb of saying is what is said: “…, says the toll is higher”."""
    speaker = read_speaker(words, at, len(words), names, lists)
    return speaker is not None and words.at(speaker.end) in AUXILIARY


def _is_thing_found(words: Words, at: int) -> bool:
    """Answer whether “found” tells of a discovery, and not of what a study came to."""
    return words.at(at + 1) != "that" and STUDYING.isdisjoint(words.lower[:at])


def _is_of_note(speaker: str, names: list[Name]) -> bool:
    return speaker.lower().endswith(BODIES) or any(name.text in speaker for name in names)


def _is_plural(verb: str) -> bool:
    """Answer whether a verb has more than one subject, which in English cannot be seen."""
    return verb.endswith(("en", "hebben"))


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
    if words.at(start - 1) in RELATIVE and words.at(start - 2) == ",":
        return None  # “Lantaarn, dat vissers registreert, kreeg …”
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
    if is_count(words.at(stop - 1)) or words.at(stop - 1).isdigit():
        return None  # “officers arrested six suspects”
    speaker = read_speaker(words, start, stop, names, lists)
    is_place = speaker is not None and any(one.text in speaker.text and one.type in PLACES for one in names)
    if verb in COUNTING and is_place:
        return None  # “India telt 18 miljoen slaven”
    speaker = _join_before(words, start, stop, speaker, names, lists)
    is_far = start == 0 and stop == at and words.at(at - 1) in ("en", "and")  # “… and told”
    if speaker is None or ((verb in NEED_NAME or is_far) and not speaker.has_name and not _is_body(speaker)):
        return None
    text = _up_to_name(words, speaker.text, names) if is_far else speaker.text
    return Claim(text, via_of(words, at + 1, names, lists, text), speaker.is_person)


def _up_to_name(words: Words, text: str, names: list[Name]) -> str:
    """Cut off what the subject did first: “De Inspectie SZW controleerde het bedrijf en kwam tot de conclusie …”."""
    start = words.text.find(text, words.start)
    inside = [name for name in names if start <= name.start and name.end <= start + len(text)]
    return words.text[start : inside[0].end] if inside and start >= 0 else text


def _join_before(
    words: Words, start: int, stop: int, speaker: Speaker | None, names: list[Name], lists: Lists
) -> Speaker | None:
    """Give two speakers as one where “en” joins them: “EMM en APM melden”; what stands before is nothing else."""
    if speaker is None or start < 2 or words.at(start - 1) not in ("en", "and"):
        return speaker
    first = start - 1
    while first > 0 and words.at(first - 1) not in CLAUSE and words.at(first - 1) not in ("dat", "that"):
        first -= 1
    other = read_speaker(words, first, start - 1, names, lists) if start - 1 - first <= MOST_JOINED else None
    if other is None or other.end != start - 1 or words.at(first) in lists["say"]:
        return speaker
    text = words.text[words.spans[first][0] : words.spans[stop - 1][1]]
    return Speaker(text, False, speaker.end, speaker.has_name or other.has_name)


def _before_bracket(words: Words, at: int) -> int:
    """Give the token at which “(CKM)” before a verb opens, so that what stands before it is the subject; else `at`."""
    for back in range(at - 2, max(0, at - 6), -1):
        if words.at(at - 1) == ")" and words.at(back) == "(":
            return back
    return at


# “Teams found one body, the coast guard says”: these speak only where nobody else does.
NOTHING_SAID = frozenset({"niets", "nothing", "niks"})
TALKING = frozenset({"sprak", "spraken", "spreekt", "spreken", "spoke"})  # with somebody
FINDING = frozenset({"found", "find", "finds"})  # graves, and not that something is so
STUDYING = frozenset(
    {"study", "report", "survey", "research", "researchers", "analysis", "review", "inspection", "audit"}
)
AUXILIARY = frozenset(
    {"is", "was", "are", "were", "has", "had", "have", "will", "zijn", "waren", "heeft", "hebben", "hadden"}
)
SEEING = frozenset({"ziet", "zien", "hoort"})  # and speaks only with “dat”
RELATIVE = frozenset({"dat", "die", "that", "which", "who"})
THEY = frozenset({"zij", "ze"})
JUDGING = frozenset({"vindt", "noemt"})
WEAK = frozenset(
    {"found", "find", "finds", "identified", "registered", "recorded", "counted", "documented", "show", "shows",
     "showed", "registreerde", "registreerden", "telde", "telden", "tellen", "telt", "onderzocht", "onderzochten"}
)  # fmt: skip
# What things do too: “het kamp telde 300 barakken”.
NEED_NAME = frozenset(
    [
        "weet",
        "legt",
        "legde",
        "leggen",
        "legden",
        "komt",
        "kwam",
        "komen",
        "kwamen",
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
    "panel",
    "commission",
    "committee",
    "court",
    "ministry",
    "ministerie",
    "gerechtshof",
    "commissie",
    "douane",
    "gemeente",
    "parket",
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
    opener = next((one for one in names if one.type == "person" and _is_inside(words, one, 0, back)), None)
    if back > 1 and start > 1 and opener is not None and words.at(start - 1) == ",":
        return 0, next(
            at for at in range(len(words)) if words.at(at) == ","
        )  # “Jan Smit, coördinator A, B en C, denkt”
    is_before = any(one.type == "person" and _is_inside(words, one, start, back) for one in names)
    is_within = any(one.type == "person" and _is_inside(words, one, back, at) for one in names)
    return (back + 1, at - 1) if is_within and not is_before else (start, back)


def _is_inside(words: Words, name: Name, start: int, end: int) -> bool:
    return start < end and words.spans[start][0] <= name.start and name.end <= words.spans[end - 1][1]
