"""Take the names of protected people out of whatever leaves. No database, no request.

A name is found in any writing of it: capitals, accents left out, other white space, broken at the end of a line, with
signs in it that nobody sees, in the genitive, and each of its words alone. Rather too much goes than too little.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORTEST_ALONE = 3  # letters that a word of a name needs to be taken out without the others
# Between two letters of a name anything that nobody sees, or a break of the line, may stand.
UNSEEN = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u0300-\u036f]*"
BREAK = r"(?:-\s*\n\s*)?"
BETWEEN = r"(?:[\s\u00a0._\-–—,·'’+/]|%20){1,4}"
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

    def redact(self, text: str) -> str:
        """Give a text without the names."""
        if self.pattern is None or not text:
            return text
        return self.pattern.sub(self._instead, text)

    def has(self, text: str) -> bool:
        """Tell whether a name stands in a text."""
        return self.pattern is not None and self.pattern.search(text) is not None

    def _instead(self, found: re.Match[str]) -> str:
        return self.aliases[found.lastgroup or ""]


def redactor(names: Iterable[tuple[str, str]]) -> Redactor:
    """Make a redactor for names with what is put in their place; longer names go first."""
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
    return Redactor(pattern, {group: wanted[form] for group, form in groups.items()})


def _forms(name: str) -> list[str]:
    """Give a name in small letters without accents, and its words that stand for it alone."""
    words = [word for word in re.split(r"[\W_]+", plain(name)) if word]
    alone = [word for word in words if len(word) >= SHORTEST_ALONE and word not in PARTICLES]
    turned = [" ".join(reversed(words))] if len(words) > 1 else []
    return list(dict.fromkeys([" ".join(words), *turned, *alone])) if words else []


def plain(text: str) -> str:
    """Give a text in small letters, without accents and without signs that nobody sees."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in taken_apart if unicodedata.category(sign) not in UNWRITTEN)


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
