"""A made-up list as large as the public ones together, for the benchmark of screening."""

import random

from zicht.linkage.name_words import name_words
from zicht.reading.lists.entries import Entry, Kind, ListedName

TOLD = (
    "an ba chon dae dok gang gum ha hwa hyok il jin jong kum kwang ma mi myong nam o paek po pu rak ri ryong sam san "
    "se song su tae to un won yang yong ka lo ne ri va ko mir ov el dar sha fa mo be ste gor ani lek vic tor na di "
    "per ez gar cia mul ler schu ber gen hof dijk wolf stra burg land wal ter hu wei zhang li xin feng hao"
)
SYLLABLES = TOLD.split()
KINDS: tuple[Kind, ...] = ("body", "body", "person", "vessel")
SEED = 39


def entries(count: int) -> list[Entry]:
    """Give so many entries with one to four names each."""
    chance = random.Random(SEED)  # noqa: S311 - the same list each time
    common = sorted(name_words().meanings)
    return [
        Entry(str(place), kind, tuple(ListedName(_name(chance, kind, common)) for _ in range(chance.choice((1, 2, 4)))))
        for place in range(count)
        for kind in (chance.choice(KINDS),)
    ]


def asked(listed: list[Entry], count: int) -> list[str]:
    """Give so many names: half stand on the list with a letter less, half do not."""
    chance = random.Random(SEED + 1)  # noqa: S311 - the same names each time
    common = sorted(name_words().meanings)
    known = [one.names[0].text for one in chance.sample(listed, count // 2)]
    return [
        *(name[:2] + name[3:] for name in known),
        *(_name(chance, "body", common) for _ in range(count - len(known))),
    ]


def _name(chance: random.Random, kind: Kind, common: list[str]) -> str:
    words = ["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 3)))) for _ in range(chance.choice((1, 2, 3)))]
    if kind == "body":
        words += [*chance.choices(common, k=chance.choice((1, 2, 3))), "Ltd"]
    if kind == "vessel" and chance.random() < 0.3:
        words.append(str(chance.randrange(1, 99)))
    return " ".join(words).title()
