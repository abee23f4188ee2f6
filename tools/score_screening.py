"""Measure how often screening finds a listed name that was written differently, and how often it cries wolf.

`make score-screening` reads the lists beside the project and prints the table of docs/methods/screening.md.
"""

import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from zicht.linkage.name_words import name_words
from zicht.linkage.screening import Asked, Kind, Screener
from zicht.reading.lists.entries import Entry
from zicht.reading.lists.read import read_bytes, read_list
from zicht.reading.wordlists import read_sections

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT.parent / "shared" / "data" / "sanctions"
STRANGERS = ROOT / "tests" / "linkage" / "told" / "strangers.txt"
THRESHOLDS = (0.75, 0.8, 0.825, 0.85, 0.875, 0.9, 0.95)
MOST_PEOPLE = 5_000
SEED = 39
FORM = re.compile(r",?\s*\b(?:ltd|limited|co|corp|corporation|company|llc|inc|pte|ooo)\b\.?", re.IGNORECASE)
# One way of writing Korean names instead of the other, in both directions.
SOUNDS = (("ae", "e"), ("t", "d"), ("k", "g"), ("p", "b"), ("ch", "j"), ("ry", "y"), ("o", "eo"), ("u", "oo"))


def main() -> None:
    """Print the table; exits with 2 when the lists are not there."""
    files = sorted(LISTS.glob("*.csv"))
    if not files:
        print("The lists of ../shared are not here; nothing was measured.")
        sys.exit(2)
    lists = [read_list(read_bytes(file)).entries for file in files]
    print("| what was asked | names |" + "".join(f" {one:g} |" for one in THRESHOLDS))
    print("| --- | ---: |" + " ---: |" * len(THRESHOLDS))
    for name, change in CHANGES.items():
        asked = [
            (screener, *one) for entries in lists for screener in [Screener(entries)] for one in _asked(entries, change)
        ]
        _print(f"found: {name}", [_rank(*one) for one in asked])
    _print("found: aliases of the UN, on names alone", list(_aliases(lists)))
    everything = Screener([entry for entries in lists for entry in entries])
    for kind in ("body", "person", "vessel"):
        _print(f"false: {kind}, kind not given", [_best(everything, name, "") for name in strangers(kind)])
        _print(f"false: {kind}, kind given", [_best(everything, name, kind) for name in strangers(kind)])


def _print(name: str, scores: list[float]) -> None:
    rates = (sum(score >= threshold for score in scores) / len(scores) for threshold in THRESHOLDS)
    print(f"| {name} | {len(scores)} |" + "".join(f" {rate:.1%} |" for rate in rates))


def _best(screener: Screener, name: str, kind: Kind) -> float:
    return max((one.score for one in screener.screen(Asked.read(name, kind), THRESHOLDS[0])), default=0.0)


def _rank(screener: Screener, place: int, name: str, kind: Kind) -> float:
    """Give the score of the entry that the name was made from."""
    found = screener.screen(Asked(name, kind), THRESHOLDS[0])
    return max((one.score for one in found if one.place == place), default=0.0)


def _asked(entries: tuple[Entry, ...], change: Callable[[str, random.Random], str]) -> Iterator[tuple[int, str, Kind]]:
    chance = random.Random(SEED)  # noqa: S311 - the same changes each time
    for place, entry in enumerate(entries):
        changed = change(entry.names[0].text, chance)
        if changed and changed != entry.names[0].text:
            yield place, changed, entry.kind


def _aliases(lists: list[tuple[Entry, ...]]) -> Iterator[float]:
    """Ask each alias of a list that has only the names: how others really write them, or call them."""
    for entries in lists:
        bare = Screener([Entry(one.key, one.kind, one.names[:1]) for one in entries])
        for place, entry in enumerate(entries):
            for alias in entry.names[1:]:
                if alias.quality == "alias":
                    yield _rank(bare, place, alias.text, entry.kind)


def _small(name: str, _chance: random.Random) -> str:
    return name.title()


def _turned(name: str, _chance: random.Random) -> str:
    words = name.split()
    return " ".join([*words[1:], words[0]])


def _without_form(name: str, _chance: random.Random) -> str:
    return FORM.sub("", name).strip()


def _other_form(name: str, _chance: random.Random) -> str:
    return f"{FORM.sub('', name).strip()} B.V."


def _joined(name: str, _chance: random.Random) -> str:
    words = name.split()
    return f"{words[0]}{' '.join([words[1].lower(), *words[2:]])}" if len(words) > 2 else ""


def _misspelt(name: str, chance: random.Random) -> str:
    place = chance.choice([at for at in range(1, len(name) - 1) if name[at : at + 2].isalpha()] or [0])
    if not place:
        return ""
    return chance.choice((
        name[:place] + name[place + 1 :],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        name[:place] + chance.choice("AEIOUNRST") + name[place + 1 :],
    ))  # fmt: skip


def _sounds(name: str, chance: random.Random) -> str:
    possible = [(one, other) for pair in SOUNDS for one, other in (pair, pair[::-1]) if one in name.lower()]
    if not possible:
        return ""
    one, other = chance.choice(possible)
    return name.lower().replace(one, other, 1)


def _common_missing(name: str, chance: random.Random) -> str:
    return _without(name, chance, is_common=True)


def _telling_missing(name: str, chance: random.Random) -> str:
    return _without(name, chance, is_common=False)


def _without(name: str, chance: random.Random, *, is_common: bool) -> str:
    words = name.split()
    known = name_words()
    possible = [place for place, word in enumerate(words) if (word.lower() in known.meanings) is is_common]
    if len(words) < 3 or not possible or len(possible) == len(words):
        return ""
    words.pop(chance.choice(possible))
    return " ".join(words)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "small letters": _small,
    "words in another order": _turned,
    "legal form left out": _without_form,
    "another legal form": _other_form,
    "two words written together": _joined,
    "one letter wrong": _misspelt,
    "another transcription": _sounds,
    "one common word missing": _common_missing,
    "one word of its own missing": _telling_missing,
}


def strangers(kind: str) -> list[str]:
    """Give made-up names of a kind that stand on no list."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for line in STRANGERS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(heading, []).append(line)
    families = [name.replace("_", " ") for line in sections["family"] for name in line.split()]
    parts = {
        "{place}": list(read_sections("municipalities.txt")["city"]),
        "{family}": families,
        "{first}": list(read_sections("people.txt")["first"]),
    }
    names = list(dict.fromkeys(name for shape in sections[kind] for name in _filled(shape, parts)))
    chance = random.Random(SEED)  # noqa: S311 - the same names each time
    return chance.sample(names, min(len(names), MOST_PEOPLE))


def _filled(shape: str, parts: dict[str, list[str]]) -> Iterator[str]:
    for part, values in parts.items():
        if part in shape:
            for value in values:
                yield from _filled(shape.replace(part, value, 1), parts)
            return
    yield shape


if __name__ == "__main__":
    main()
