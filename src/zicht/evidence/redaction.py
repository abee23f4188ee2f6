"""Take the names of protected people out of whatever leaves. No database, no request.

A name is found in any writing of it: capitals, accents left out or spelt out (Müller, Mueller), joined letters, other
white space or none, broken at the end of a line, spaced out, with signs in it that nobody sees, as an address has it,
in the genitive, and each of its words alone. Rather too much goes than too little.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

REMEMBERED = 64  # redactors: every page needs one, and it changes only when somebody is protected
AS_WRITTEN = "zicht.as_written"  # how bytes that are no text are read
SHORTEST_ALONE = 3  # letters that a word of a name needs to be taken out without the others
SHORTEST_SPACED = 4  # letters of a word that is also found with a sign between all of them
# Between two letters of a word a line may end, with or without a hyphen.
UNSEEN = "\u200b"  # what every sign that nobody sees is folded to: it may stand in a word, and may end one
BREAK = rf"{UNSEEN}*(?:[-\u2010\u2011\u00ac\u2013]?[^\S\n]{{0,20}}\n[\s{UNSEEN}]{{0,20}})?"
BETWEEN = rf"(?:{UNSEEN}*[\s._\-\u2010-\u2014,\u00b7'\u2019+/]){{0,4}}{UNSEEN}*"
NO_LETTER = re.compile(r"[\W_]+")
ESCAPED = re.compile(r"(?:%(?:25)*[0-9A-Fa-f]{2})+")
TWICE = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")  # an address within an address has its % escaped again
SPACED = rf"{UNSEEN}*[\s._\-\u2010-\u2014,\u00b7]{UNSEEN}*"  # between all letters of a word
APART = frozenset({"Mn", "Me"})  # accents taken apart
UNWRITTEN = APART | {"Cf"}  # and signs that nobody sees
# Letters that Unicode takes for letters of their own, by the one they are written with where a keyboard lacks them.
OWN_LETTERS = str.maketrans(
    {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u0131": "i", "\u00e6": "ae", "\u0153": "oe",
     "\u00fe": "th", "\u0127": "h", "\u0167": "t", "\u014b": "n"}
)  # fmt: skip
SPELT_OUT = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00f8": "oe", "\u00e5": "aa"})
# Words that stand in names and in everything else.
PARTICLES = frozenset(
    {"van", "von", "der", "den", "het", "een", "ter", "ten", "les", "bin", "ibn", "bint", "abu", "del", "della", "dos"}
    | {"das", "mac", "the", "and"}
)


@dataclass(frozen=True, slots=True)
class Redactor:
    """Take names out of texts, and put their aliases there."""

    aliases: Mapping[str, str]  # what is put in the place of each form of a name, the longest form first
    letters: Mapping[str, str]  # the letters of each form one after the other

    def redact(self, text: str) -> str:
        """Give a text without the names."""
        forms = self._forms_in(text)
        if not forms:
            return text
        kept, at = [], 0
        for start, end, form in sorted(_found(text, forms), key=lambda one: (one[0], -one[1])):
            if start >= at:
                kept += [text[at:start], self.aliases[form]]
            at = max(at, end)
        return "".join([*kept, text[at:]])

    def has(self, text: str) -> bool:
        """Tell whether a name stands in a text."""
        forms = self._forms_in(text)
        return bool(forms) and any(pattern_of(forms).search(folded) for folded, _places in _readings(text))

    def _forms_in(self, text: str) -> tuple[str, ...]:
        """Give the forms whose letters stand there, whatever stands between: most texts have none."""
        there = {letters_of(text), letters_of(spell_out(_unescaped(text)))}
        return tuple(form for form, letters in self.letters.items() if any(letters in one for one in there))


def redactor(names: Iterable[tuple[str, str]]) -> Redactor:
    """Make a redactor for names with what is put in their place; longer names go first."""
    return _made(tuple(names))


@lru_cache(maxsize=REMEMBERED)
def _made(names: tuple[tuple[str, str], ...]) -> Redactor:
    wanted: dict[str, str] = {}
    for name, alias in names:
        for form in (*_forms(name), *_forms(spell_out(name))):
            wanted.setdefault(form, alias)
    forms = sorted(wanted, key=lambda form: (-len(form), form))
    return Redactor({form: wanted[form] for form in forms}, {form: letters_of(form) for form in forms})


@lru_cache(maxsize=REMEMBERED)
def pattern_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Give the pattern that finds forms of names; the group says which it is."""
    return re.compile("|".join(f"(?P<n{number}>{_pattern(form)})" for number, form in enumerate(forms)))


def spell_out(text: str) -> str:
    """Give a text in small letters in which Müller is Mueller and Sørensen Soerensen."""
    return text if text.isascii() else unicodedata.normalize("NFC", text.casefold()).translate(SPELT_OUT)


def _found(text: str, forms: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Give where forms stand in a text, end exclusive, and which; what two readings of it show, twice."""
    for folded, places in _readings(text):
        for found in pattern_of(forms).finditer(folded):
            start, end = places[found.start()][0], places[found.end() - 1][1]
            yield start, end, forms[int((found.lastgroup or "n0")[1:])]


def _readings(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Give a text folded with accents left out, and with accents spelt out where it has any."""
    yield fold(text)
    if not _unescaped(text).isascii():
        yield fold(text, spell_out)


def _forms(name: str) -> list[str]:
    """Give a name in small letters without accents, and its words that stand for it alone."""
    words = _words(_bare(name))
    if not words:
        return []
    turned = [" ".join(reversed(words))] if len(words) > 1 else []
    # “Anne-Marie” and “van der Berg” also stand for the name in one word: Annemarie, Vanderberg.
    parts = [part for written in name.split() if len(part := _words(_bare(written))) > 1]
    begins = next((at for at, word in enumerate(words) if word in PARTICLES), 0)
    joined = [" ".join(part) for part in (*parts, words[begins:]) if any(len(word) >= SHORTEST_ALONE for word in part)]
    return list(dict.fromkeys([" ".join(words), *turned, *joined, *telling_words(" ".join(words))]))


def letters_of(text: str) -> str:
    """Give the letters and digits of a text, small and without accents; what an address escapes counts as written."""
    return NO_LETTER.sub("", _bare(_unescaped(text)))


def telling_words(name: str) -> list[str]:
    """Give the words of a name, in small letters without accents, that tell who is meant without the others.

    A word with a letter of its own, such as “Sørensen”, is given with it and without.
    """
    words = (*_words(plain(name)), *_words(_bare(name)))
    return list(dict.fromkeys(word for word in words if len(word) >= SHORTEST_ALONE and word not in PARTICLES))


def _words(text: str) -> list[str]:
    return [word for word in NO_LETTER.split(text) if word]


def plain(text: str) -> str:
    """Give a text in small letters, without accents and without signs that nobody sees."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(WRITTEN)


def _bare(text: str) -> str:
    """Give a text as `plain` does, with every letter by the one that a keyboard has."""
    return text.lower() if text.isascii() else plain(plain(text)).translate(OWN_LETTERS)


class _Written(dict[int, int | None]):
    """Give a sign itself, or nothing for an accent or what nobody sees; each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) in UNWRITTEN else code
        return self[code]


WRITTEN = _Written()


def fold(text: str, first: Callable[[str], str] = str) -> tuple[str, list[tuple[int, int]]]:
    """Give a text in bare letters, and for each sign of it the place in the text that it comes from, end exclusive.

    `first` is done to each letter with its accents before it is made bare.
    """
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end, sign in _whole(_signs(text)):
        small = UNSEEN if unicodedata.category(sign[0]) == "Cf" else _bare(first(sign))
        folded.append(small)
        places += [(start, end)] * len(small)
    return "".join(folded), places


def _whole(signs: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Give each letter together with the accents that stand apart from it."""
    begin, until, letter = 0, 0, ""
    for start, end, sign in signs:
        if letter and unicodedata.category(sign) in APART:
            until, letter = end, letter + sign
            continue
        if letter:
            yield begin, until, letter
        begin, until, letter = start, end, sign
    if letter:
        yield begin, until, letter


def _signs(text: str) -> Iterable[tuple[int, int, str]]:
    """Give each sign of a text with its place; of what an address escapes, all signs have the place of the whole."""
    at = 0
    for escaped in ESCAPED.finditer(text) if "%" in text else ():
        yield from ((here, here + 1, text[here]) for here in range(at, escaped.start()))
        yield from ((*escaped.span(), sign) for sign in _unescaped(escaped.group()))
        at = escaped.end()
    yield from ((here, here + 1, text[here]) for here in range(at, len(text)))


def _unescaped(text: str) -> str:
    """Give a text with what an address escapes as it is read; what is no text stays as it is written: “%Adam”."""
    return unquote(TWICE.sub("%", text), errors=AS_WRITTEN) if "%" in text else text


def _escape_again(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(f"%{byte:02X}" for byte in error.object[error.start : error.end]), error.end


codecs.register_error(AS_WRITTEN, _escape_again)


def _pattern(form: str) -> str:
    """Give the pattern of a form, within word boundaries where its script has words apart; also spaced out."""
    words = form.split()
    written = BETWEEN.join(BREAK.join(map(re.escape, word)) for word in words)
    if len(words) == 1 and len(form) >= SHORTEST_SPACED:
        written = f"(?:{written}|{SPACED.join(map(re.escape, form))})"
    has_words = all(letter.isascii() or letter.upper() != letter for letter in form)
    if not has_words:
        return written
    # A number goes with a name, as in an address: jansen82. One that is part of the name has none around it.
    before = r"(?<![^\W_])" if form[0].isdigit() else r"(?<![^\W\d_])"
    after = "" if form[-1].isdigit() else r"\d+|"
    return rf"{before}{written}(?:['\u2019]?s)?(?:{after}(?![^\W_]))"
