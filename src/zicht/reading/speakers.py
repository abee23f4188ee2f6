"""Read the words that name who says something, as the text has them: a name, or a noun with its article."""

from dataclasses import dataclass, replace

from zicht.reading.names import Name
from zicht.reading.tokens import Words
from zicht.reading.values import is_count

Lists = dict[str, frozenset[str]]
MOST = 12  # tokens
UNCERTAIN = frozenset({"een", "a", "an", "één"})
CERTAIN = frozenset({"de", "het", "the", "deze", "dit", "die"})
# What is followed, and says nothing: “volgens artikel 273f”.
NOBODY = frozenset(
    [
        "artikel",
        "article",
        "art",
        "wet",
        "paragraaf",
        "tabel",
        "section",
        "table",
        "planning",
        "plan",
        "verwachting",
        "eigen",
        "mij",
        "my",
    ]
)
LAWS = frozenset(
    {"verdrag", "wet", "grondwet", "wetboek", "norm", "normen", "richtlijn", "verordening", "protocol", "treaty", "act",
     "convention", "law", "constitution", "standards"}
)  # fmt: skip
OF = frozenset({"van", "of"})
# An unknown word with such an ending behind a noun is a verb of the past: “de officier verdiende”.
PAST = ("de", "te", "den", "ten")
PLURAL = ("teiten", "enten", "anten", "isten", "leden", "heden")
COUNTED = frozenset({"aantal", "omvang", "number", "size"})  # “een schatting van het aantal”
BEFORE = frozenset({"van", "onder", "uit", "of", "among", "from"})  # “van hen zegt 42 procent”
# “Slechts 4% van de kinderen zegt”: numbers follow, and no speaker.
BOUNDING = frozenset(
    {"slechts", "ruim", "bijna", "ongeveer", "zo'n", "circa", "minstens", "zeker", "meer", "minder", "only", "just",
     "about", "nearly", "almost", "some", "around", "over", "more", "less", "fewer"}
)  # fmt: skip
OFFICIALS = frozenset(
    {"officials", "officers", "investigators", "experts", "researchers", "monitors", "inspectors", "authorities",
     "prosecutors", "agents"}
)  # fmt: skip
LINKS = OF | CERTAIN
ALL_LINKS = LINKS | UNCERTAIN
DUTCH_ARTICLES = frozenset({"de", "het", "deze", "dit", "die"})
BEFORE_ARTICLE = OF | frozenset({"op", "voor", "bij", "in", "aan", "tegen", "uit", "on", "for", "at", "from", "by"})
PLACES = frozenset({"country", "region", "province", "place"})
BY = frozenset({"by", "from", "door"})
OF_OR_BY = OF | BY


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the words of the text, and whether they name a person."""

    text: str
    is_person: bool
    end: int  # token after its words
    has_name: bool = True


def read_speaker(words: Words, at: int, stop: int, names: list[Name], lists: Lists) -> Speaker | None:
    """Give the speaker whose words begin at a token and end before `stop`, or None."""
    end = _end_of_words(words, at, stop, names, lists)
    if words.at(end) == "er" and end > at + 2 and words.at(at) in CERTAIN:
        end -= 1  # “volgens de bewoners sliepen er …”
    while at < end and (words.at(at) in UNCERTAIN or not words.at(at)[:1].isalnum()):
        at += 1
    while end > at + 1 and words.at(end - 1) in LINKS:
        end -= 1  # “het CBS van” before a number
    if at >= end or words.at(at) in BOUNDING or words.at(at + (words.at(at) in CERTAIN)) in COUNTED:
        return None
    if (inner := _behind_document(words, at, end, lists)) > at:
        return read_speaker(words, inner, stop, names, lists)
    if any(words.at(here) in LAWS for here in range(at, min(end, at + 3))):
        return None
    inside = [name for name in names if words.spans[at][0] <= name.start and name.end <= words.spans[end - 1][1]]
    if inside:
        speaker = _named(words, at, end, inside)
        owner = speaker.text.rpartition(" ")
        is_paper = owner[2].lower() in lists["document"] and owner[0][:1].isupper()
        return replace(speaker, text=owner[0]) if is_paper else speaker  # “Home Office figures show”
    is_numeral = words.at(at).isdigit() and words.at(at + 1) != "-"  # “de 26-jarige Rodel” is none
    if (
        is_numeral
        or is_count(words.at(at))
        or (words.at(at) in CERTAIN and is_count(words.at(at + 1)))
        or (end == at + 1 and words.at(at) in CERTAIN)
        or words.at(at) in BEFORE
        or words.at(at) in lists["ends"]
        or words.at(at) in NOBODY
    ):
        return None
    return Speaker(_text(words, at, end), False, end, False)


def join_other(words: Words, at: int, speaker: Speaker, names: list[Name], lists: Lists) -> Speaker:
    """Give two speakers as one where “en” joins them before a verb or a sign: “volgens de politie en het OM”."""
    if words.at(speaker.end) not in ("en", "and"):
        return speaker
    other = read_speaker(words, speaker.end + 1, len(words), names, lists)
    if other is None or not (_is_alike(words, speaker.end + 1, other) or (speaker.has_name and other.has_name)):
        return speaker
    closes = not words.at(other.end)[:1].isalpha() or words.at(other.end) in lists["ends"]
    is_joint = closes and words.at(other.end) not in ("en", "and", "(")
    start = words.text.find(speaker.text, words.spans[at][0])
    text = words.text[start : words.spans[other.end - 1][1]]
    return Speaker(text, False, other.end, speaker.has_name or other.has_name) if is_joint and start >= 0 else speaker


def _is_alike(words: Words, at: int, other: Speaker) -> bool:
    return words.at(at) in CERTAIN and not other.has_name


def _end_of_words(words: Words, at: int, stop: int, names: list[Name], lists: Lists) -> int:
    """Give the token at which the words for a speaker end: punctuation, a verb, another part of the sentence."""
    end, has_name = at, False
    while end < min(stop, at + MOST):
        name = next((one for one in names if one.start <= words.spans[end][0] < one.end), None)
        if name is not None:
            if has_name and words.at(end - 1) not in LINKS:
                return end
            end = _token_after(words, end, name.end)
            has_name = True
            start = end
            while words.is_joined(end) and (words.at(end) == "-" or words.at(end - 1) == "-"):
                end += 1
            is_office = name.type == "organisation" and words.at(at) not in CERTAIN and end - at > 1
            if is_office and _begins_person(words, end, names):
                has_name = False
                continue  # “hoofd van de inspectie Ans de Wit”
            if end > start and words.shown(end - 1).islower() and _begins_name(words, end, names):
                has_name = False
                continue  # “CKM-woordvoerder Jan Smit”
            if end + 1 == stop or words.shown(end - 1).isupper() or words.at(end - 1) == ".":
                # “A United Nations panel said”, “U.N. monitors”
                end += words.at(end)[:1].isalpha() and words.shown(end).islower() and not _ends(words, end, lists)
                while end < stop and words.shown(end).islower() and not _ends(words, end, lists):
                    end += 1  # “UN sanctions monitors suspect”
            if words.at(end) in OFFICIALS:
                return end + 1  # “Harbour Police officials”
            if words.at(end) not in OF or name.type == "person":
                return end
            continue
        word = words.at(end)
        if (
            end > at + 1
            and word.endswith(PAST)
            and not word.endswith(PLURAL)
            and len(word) > 4
            and words.at(end - 1) not in ALL_LINKS
        ):
            return end
        if word in CERTAIN and end > at + 1 and words.at(end - 1) not in BEFORE_ARTICLE and words.at(end - 1).isalpha():
            return end  # “de inspectie het weer”
        if _is_behind_noun(words, at, end, names):
            return end  # “de voogdijinstelling grotendeels”
        is_aged = word.isdigit() and words.at(end + 1) == "-"  # “de 26-jarige Rodel”
        is_word = word[:1].isalpha() or (word == "-" and words.is_joined(end)) or is_aged
        if word in BY and words.at(end - 1) in lists["document"]:
            end += 1
            continue
        if not is_word or (word in lists["closing"] and end > at) or (word in lists["saying"] and end > at):
            return end
        end += 1
    return end


def _is_behind_noun(words: Words, at: int, end: int, names: list[Name]) -> bool:
    """Answer whether a Dutch noun with its article ends here: between them adjectives end on an e or “en”."""
    before = words.at(end - 1)
    is_noun = before.isalpha() and not before.endswith(("e", "en")) and before not in OF | CERTAIN
    if words.at(at) not in DUTCH_ARTICLES or end < at + 2 or not is_noun:
        return False
    return words.shown(end).islower() and words.at(end) not in OF and not _begins_name(words, end, names)


def _begins_name(words: Words, at: int, names: list[Name]) -> bool:
    return at < len(words) and any(name.start == words.spans[at][0] for name in names)


def _begins_person(words: Words, at: int, names: list[Name]) -> bool:
    return at < len(words) and any(name.start == words.spans[at][0] and name.type == "person" for name in names)


def _ends(words: Words, at: int, lists: Lists) -> bool:
    return words.at(at) in lists["stopping"] or words.at(at).endswith("en")


def _token_after(words: Words, at: int, place: int) -> int:
    while at < len(words) and words.spans[at][0] < place:
        at += 1
    return at


def _behind_document(words: Words, at: int, end: int, lists: Lists) -> int:
    """Give the token after “rapport van” or “figures from”, so that whoever wrote it is the speaker; else `at`."""
    for here in range(at, end - 1):
        if words.at(here) in lists["document"] and words.at(here + 1) in OF_OR_BY:
            return here + 2
    return at


def _named(words: Words, at: int, end: int, inside: list[Name]) -> Speaker:
    """Give a name without the description before it: “de Britse stichting X” is X, “de VN” stays."""
    name = (
        max(inside, key=lambda one: (one.type == "person", one.type not in ("country", "region"), one.end - one.start))
        if len(inside) > 1
        else inside[0]
    )
    first = next(here for here in range(at, end) if words.spans[here][1] > name.start)
    before = range(at, first)
    is_of_place = name.type in PLACES and any(words.at(here) not in CERTAIN for here in before)
    if is_of_place:
        return Speaker(_text(words, at, _token_after(words, at, name.end)), False, end)  # “de rechtbank Den Haag”
    if any(words.at(here) in OF for here in before) and name.type != "person":
        return Speaker(_text(words, at, end), False, end)
    if name.end < words.spans[end - 1][1] and name.type != "person":
        return Speaker(_text(words, at, end), False, end)  # VN-waarnemers, U.N. monitors
    if name.text[:1].islower() and first > at and words.shown(first - 1)[:1].isupper():
        return Speaker(_text(words, first - 1, end), False, end)  # “het Amerikaanse ministerie van Justitie”
    if len(before) == 1 and words.at(at) in CERTAIN:
        return Speaker(words.text[words.spans[at][0] : name.end], name.type == "person", end)
    return Speaker(name.text, name.type == "person", end)


def _text(words: Words, at: int, end: int) -> str:
    return words.text[words.spans[at][0] : words.spans[end - 1][1]]
