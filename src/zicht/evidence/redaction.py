"""Take the names of protected people out of whatever leaves. No database, no request.

A name is found in any writing of it: capitals, accents left out, other white space, broken at the end of a line, with
signs in it that nobody sees, in the genitive, and each of its words alone. Rather too much goes than too little.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

REMEMBERED = 64  # redactors: every page needs one, and it changes only when somebody is protected
SHORTEST_ALONE = 3  # letters that a word of a name needs to be taken out without the others
# Between two letters of a name anything that nobody sees, or a break of the line, may stand.
UNSEEN = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u0300-\u036f]*"
BREAK = r"(?:-\s*\n\s*)?"
BETWEEN = r"(?:[\s\u00a0._\-–—,·'’+/]|%20){1,4}"
NO_LETTER = re.compile(r"[\W_]+")
DOTLESS = "\u0131"  # which the patterns of `re` take for an i
UNWRITTEN = frozenset({"Mn", "Me", "Cf"})  # accents taken apart, and signs that nobody sees
# Words that stand in names and in everything else.
PARTICLES = frozenset(
    {"van", "von", "der", "den", "het", "een", "ter", "ten", "les", "bin", "ibn", "bint", "abu", "del", "della", "dos"}
    | {"das", "mac", "the", "and"}
)


@dataclass(frozen=True, slots=True)
class Redactor:
    """Take names out of texts, and put their aliases there."""

    pattern: re.Pattern[str] | None
    aliases: Mapping[str, str]
    letters: tuple[str, ...] = ()

    def redact(self, text: str) -> str:
        """Give a text without the names."""
        if self.pattern is None or not self._may_have(text):
            return text
        return self.pattern.sub(self._instead, text)

    def has(self, text: str) -> bool:
        """Tell whether a name stands in a text."""
        return self.pattern is not None and self._may_have(text) and self.pattern.search(text) is not None

    def _may_have(self, text: str) -> bool:
        """Ask for the letters of a name one after the other, whatever stands between: most texts have none."""
        there = letters_of(text)
        return any(letters in there for letters in self.letters)

    def _instead(self, found: re.Match[str]) -> str:
        return self.aliases[found.lastgroup or ""]


def redactor(names: Iterable[tuple[str, str]]) -> Redactor:
    """Make a redactor for names with what is put in their place; longer names go first."""
    return _made(tuple(names))


@lru_cache(maxsize=REMEMBERED)
def _made(names: tuple[tuple[str, str], ...]) -> Redactor:
    wanted: dict[str, str] = {}
    for name, alias in names:
        for form in _forms(name):
            wanted.setdefault(form, alias)
    forms = sorted(wanted, key=lambda form: (-len(form), form))
    if not forms:
        return Redactor(None, {})
    groups = {f"n{number}": form for number, form in enumerate(forms)}
    body = "|".join(f"(?P<{group}>{_pattern(form)})" for group, form in groups.items())
    pattern = re.compile(rf"(?<![^\W_])(?:{body})(?:['’]?s)?(?![^\W_])", re.IGNORECASE)
    letters = tuple(dict.fromkeys(map(letters_of, forms)))
    return Redactor(pattern, {group: wanted[form] for group, form in groups.items()}, letters)


def _forms(name: str) -> list[str]:
    """Give a name in small letters without accents, and its words that stand for it alone."""
    words = _words(name)
    alone = telling_words(name)
    turned = [" ".join(reversed(words))] if len(words) > 1 else []
    return list(dict.fromkeys([" ".join(words), *turned, *alone])) if words else []


def letters_of(text: str) -> str:
    """Give the letters and digits of a text, small and without accents; a space in an address goes too."""
    return NO_LETTER.sub("", plain(text).replace(DOTLESS, "i").replace("%20", ""))


def telling_words(name: str) -> list[str]:
    """Give the words of a name, in small letters without accents, that tell who is meant without the others."""
    return [word for word in _words(name) if len(word) >= SHORTEST_ALONE and word not in PARTICLES]


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", plain(name)) if word]


def plain(text: str) -> str:
    """Give a text in small letters, without accents and without signs that nobody sees."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(WRITTEN)


class _Written(dict[int, int | None]):
    """Give a sign itself, or nothing for an accent or what nobody sees; each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) in UNWRITTEN else code
        return self[code]


WRITTEN = _Written()


def _pattern(form: str) -> str:
    words = ("".join(f"{_letter(letter)}{UNSEEN}{BREAK}" for letter in word) for word in form.split())
    return BETWEEN.join(words)


# Letters with an accent that a name may be written with: each letter of the Latin blocks by its plain one.
ACCENTED: dict[str, str] = {}
for _code in range(0xC0, 0x250):
    _sign = chr(_code)
    _plain = plain(_sign)
    if len(_plain) == 1 and _plain != _sign:
        ACCENTED[_plain] = ACCENTED.get(_plain, "") + _sign


def _letter(letter: str) -> str:
    others = ACCENTED.get(letter, "")
    return f"[{re.escape(letter)}{others}]" if others else re.escape(letter)
