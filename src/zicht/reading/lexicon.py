"""The words around figures of one language, read once from `data`."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name

from zicht.reading.wordlists import read_lines, read_sections

LANGUAGES = ("nl", "en")
TIMES = frozenset({"year", "month", "week", "day", "hour"})
CODES = TIMES | {"person", "report", "case", "company", "vessel", "municipality", "place"}
MEASURES = TIMES | {"tonne", "percent", "measure"}
MOST_ENDED = 100_000  # words; what is scanned badly has more
SHORTEST_ENDING = 5  # letters of a noun by which a longer Dutch word is known
# Words that end on such a noun and mean something else.
OTHER_WORDS = frozenset(
    {
        "oorzaken",
        "verleden",
        "geleden",
        "gereden",
        "tevreden",
        "ontevreden",
        "gesneden",
        "vermeden",
        "noodzaken",
        "afgelopen",
        "besteden",
        "bewezen",
        "overleden",
        "aanmeldingen",
        "afmeldingen",
        "vermeldingen",
    }
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a noun counts: `code` as figures carry it; a measure belongs to the figure's own words."""

    code: str
    is_measure: bool
    is_known: bool = True

    @property
    def is_money(self) -> bool:
        """Answer whether it is a currency (ISO 4217)."""
        return len(self.code) == 3 and self.code.isupper()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    language: str
    units: dict[str, Unit]
    kinds: dict[str, frozenset[str]]
    modifiers: dict[str, str]
    per: dict[str, str]
    idioms: re.Pattern[str]  # of text in small letters
    # What is looked at first, since most words are none of these: last and first words of the phrases above.
    modifier_ends: frozenset[str]
    unit_starts: frozenset[str]
    per_starts: frozenset[str]
    ended: dict[str, Unit | None]  # what was found by the endings of words, to look at each once
    peoples: frozenset[str]  # by which no longer word is known: “toiletten” are no Letten

    def unit_of(self, word: str) -> Unit | None:
        """Give what a noun counts, in Dutch also by its ending; None where it is not known."""
        if (unit := self.units.get(word)) is not None or self.language != "nl" or word in OTHER_WORDS:
            return unit
        if word not in self.ended:
            if len(self.ended) >= MOST_ENDED:
                self.ended.clear()
            self.ended[word] = self._unit_by_ending(word)
        return self.ended[word]

    def _unit_by_ending(self, word: str) -> Unit | None:
        for at in range(1, len(word) - SHORTEST_ENDING + 1):
            unit = self.units.get(word[at:]) if word[at:] not in self.peoples else None
            if unit is not None and not unit.is_measure and not unit.is_money:
                return unit if unit.code in CODES else Unit(word, False)
        return None


@cache
def lexicon(language: str) -> Lexicon:
    """Give the lexicon of `nl` or `en`."""
    words = read_sections(f"{language}_words.txt")
    modifiers = {phrase: kind for kind in ("low", "high", "approx") for phrase in words[kind]}
    per = dict(pair.split("=", 1) for pair in words["per"])
    counted = read_sections(f"{language}_units.txt")
    units = _currencies(language) | _units(counted)
    claims = read_sections(f"{language}_claims.txt")
    verbs = tuple(verb for verb in (*claims["say"], *claims["shows"]) if verb not in units)
    words = words | {"stop": (*words["stop"], *verbs)}
    return Lexicon(
        language,
        units,
        {kind: frozenset(of_kind) for kind, of_kind in words.items()},
        modifiers,
        per,
        re.compile(rf"\b(?:{'|'.join(read_lines(f'{language}_idioms.txt'))})(?!\w)"),
        frozenset(phrase.split()[-1] for phrase in modifiers) | {"."},
        frozenset(noun.split()[0] for noun in units if " " in noun),
        frozenset(phrase.split()[0] for phrase in per) | {"per", "voor"},
        {},
        frozenset(noun.lower() for nouns in counted.values() for noun in nouns if noun[:1].isupper()),
    )


def _currencies(language: str) -> dict[str, Unit]:
    """Give the currencies whose names have several words, such as “Keniaanse shilling”, from Unicode CLDR."""
    codes = [str(code) for code in Locale(language).currencies]
    names = {get_currency_name(code, count=count, locale=language).lower(): code for code in codes for count in (1, 2)}
    return {name: Unit(code, True) for name, code in names.items() if " " in name and name.replace(" ", "").isalpha()}


def _units(sections: dict[str, tuple[str, ...]]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, nouns in sections.items():
        for noun in nouns:
            name = noun.lower() if code in ("measure", "thing") else code
            units[noun.lower()] = Unit(name, code in MEASURES or Unit(code, False).is_money)
    return units
