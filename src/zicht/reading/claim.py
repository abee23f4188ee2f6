"""What a claim is: who says something, and through whom; and how the words for it are read."""

from dataclasses import dataclass
from functools import cache

from zicht.reading.gazetteers import gazetteer
from zicht.reading.names import Name
from zicht.reading.speakers import OF, Lists, join_other, read_speaker
from zicht.reading.tokens import Words
from zicht.reading.wordlists import read_sections

PLURAL = frozenset({"zijn", "hun", "hen", "them", "their", "it"})  # say nothing of one person
INTERVIEW = frozenset({"interview", "gesprek", "bij", "in", "on"})
SAYING = frozenset({"zegt", "zei", "vertelt", "vertelde", "stelt", "said", "says", "told"})
QUOTES = "\"“”„«»'’"
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
    particles = frozenset(particle.split()[0] for _, particle in pairs)
    persons = (lists["she"] | lists["them"]) - PLURAL
    return lists | {
        "heard": lists["to"] | {"told"},
        "persons": persons,
        "pronouns": lists["she"] | lists["them"],
        "closing": lists["ends"] | lists["shows"],
        "saying": lists["say"] - lists["document"],
        "stopping": lists["ends"] | lists["say"] | lists["shows"] | lists["to"] | OF,
        "opening": opening,
        "verbs": verbs,
        "triggers": lists["say"] | lists["shows"] | opening | ESTIMATES,
        "pair_verbs": frozenset(verb for verb, _ in pairs),
        "pair_particles": particles,
        "glance": lists["say"] | lists["shows"] | opening | ESTIMATES | particles,
    }


def claim_at(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool = False) -> Claim | None:
    """Give the claim of whoever is named from a token on, or None; a pronoun leaves the name to what stood before."""
    if words.at(at) in lists["pronouns"] and words.at(at + 1) not in lists["document"]:
        return Claim(via=via_of(words, at + 1, names, lists), is_pronoun=True, is_lead=is_lead)
    speaker = read_speaker(words, at, len(words), names, lists)
    if speaker is None:
        return None
    speaker = join_other(words, at, speaker, names, lists)
    return Claim(
        speaker.text, via_of(words, speaker.end, names, lists, speaker.text), speaker.is_person, False, is_lead
    )


def is_named(claim: Claim, names: list[Name]) -> bool:
    """Answer whether a name is among the words for who says it."""
    return any(name.text in claim.speaker for name in names)


def _via_interview(words: Words, names: list[Name]) -> str:
    """Give the paper of “in een interview met NRC”, “zegt hij bij de NOS”."""
    for at, word in enumerate(words.lower):
        is_with = word in ("met", "with") and words.at(at - 1) in ("interview", "gesprek")
        if not is_with and not (
            word in ("bij", "in", "on") and not SAYING.isdisjoint(words.lower[max(0, at - 4) : at])
        ):
            continue
        step = at + 1 + (words.at(at + 1) in ("de", "het", "the", "krant"))
        name = next((one for one in names if step < len(words) and one.start == words.spans[step][0]), None)
        if name is not None and (is_with or name.text.split()[-1] in gazetteer("nl").media):
            return name.text
    return ""


def via_of(words: Words, at: int, names: list[Name], lists: Lists, speaker: str = "") -> str:
    """Give the name to whom it was said: “aan CNN”, “tegen het AD”, “told Reuters”."""
    if not INTERVIEW.isdisjoint(words.bag) and (paper := _via_interview(words, names)) != "":
        return paper
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
