"""Screen names against a list: which listed bodies, vessels and persons somebody should look at, and why.

Two rules stand above every score. Equal IMO numbers are one ship whatever it is called, since a ship keeps its number
for life and changes its name for a coat of paint. Two valid numbers that differ are two ships.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self, TypeAlias

import numpy as np

from zicht.linkage.forms import NameForm, name_form
from zicht.linkage.imo import find_imo_number, is_imo_number, without_imo_number
from zicht.linkage.index import NameIndex, Places
from zicht.linkage.scores import Reason, compare

# How it was chosen, with the rates of hits and false alarms around it: docs/methods/screening.md.
THRESHOLD = 0.85
SHORT = 4  # letters and digits of a name that must be the same to the letter: MID, RGB, 7-28

Kind: TypeAlias = Literal["person", "body", "vessel", "aircraft", ""]
Quality: TypeAlias = Literal["name", "alias", "weak"]


class ListedName(Protocol):
    """A name on a list, as the list spells it."""

    @property
    def text(self) -> str:
        """Give the name."""

    @property
    def quality(self) -> Quality:
        """Say whether it is the name, an alias, or an alias that the list itself calls weak."""


class Listed(Protocol):
    """What a list says of one body, vessel or person."""

    @property
    def kind(self) -> Kind:
        """Say what it is; empty where the list does not say."""

    @property
    def imo(self) -> str:
        """Give the IMO number of a ship; empty where there is none."""

    @property
    def names(self) -> Sequence[ListedName]:
        """Give its names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom somebody asks about: a name, and what is known beside it."""

    name: str
    kind: Kind = ""
    imo: str = ""

    @classmethod
    def read(cls, text: str, kind: Kind = "", imo: str = "") -> "Asked":
        """Take an IMO number that was written behind the name out of it."""
        found = imo or find_imo_number(text)
        return cls(without_imo_number(text) or text, kind or ("vessel" if found else ""), found)

    @property
    def valid_imo(self) -> str:
        """Give the IMO number if it passes its check digit."""
        return self.imo if is_imo_number(self.imo) else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the list to look at; `place` is that in the list, scores are between 0 and 1."""

    place: int
    name: str
    quality: Quality
    score: float
    letters: float
    same_imo: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ListIndex:
    """What finds the few entries of a list that are worth comparing.

    names: of all names, in the order of the list. owners: int32, the place in the list that each name belongs to.
    ships: the places by IMO number, of numbers that pass their check digit.
    """

    names: NameIndex
    owners: Places
    ships: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, listed: Sequence[Listed]) -> Self:
        """Make the index of a list; takes about 0.1 ms a name."""
        owners = np.array([place for place, one in enumerate(listed) for _name in one.names], np.int32)
        names = NameIndex.of(_form(one, name.text) for one in listed for name in one.names)
        ships: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(listed):
            if one.kind in ("vessel", "") and is_imo_number(one.imo):
                ships[one.imo].append(place)
        return cls(names, owners, dict(ships))


class Screener:
    """Hold a list, ready to be asked."""

    def __init__(self, listed: Sequence[Listed], index: ListIndex | None = None) -> None:
        self._listed = listed
        self._index = index or ListIndex.of(listed)

    def screen(self, asked: Asked, threshold: float = THRESHOLD) -> list[Candidate]:
        """Give everybody on the list who is at least so much alike, the most alike first, each once."""
        by_number = {place: self._same_ship(place, asked) for place in self._index.ships.get(asked.valid_imo, ())}
        best = dict(by_number)
        for candidate in self._alike(asked, threshold):
            there = best.get(candidate.place)
            if there is None or (not there.same_imo and there.score < candidate.score):
                best[candidate.place] = candidate
        return sorted(best.values(), key=lambda one: (-one.score, -one.letters, one.place))

    def _alike(self, asked: Asked, threshold: float) -> Iterable[Candidate]:
        for is_person in (False, True):
            form = name_form(asked.name, is_person=is_person)
            for number in self._index.names.find(form):
                place = int(self._index.owners[number])
                one = self._listed[place]
                if (one.kind == "person") is not is_person or not _may_be(one, asked):
                    continue
                first = int(np.searchsorted(self._index.owners, place))
                candidate = _compare(form, place, one, one.names[number - first])
                if candidate.score >= threshold:
                    yield candidate

    def _same_ship(self, place: int, asked: Asked) -> Candidate:
        one, form = self._listed[place], name_form(asked.name)
        found = [(compare(form, _form(one, name.text)).letters, name) for name in one.names]
        letters, name = max(found, key=lambda pair: pair[0])
        return Candidate(place, name.text, name.quality, 1.0, letters, True, ())


def _compare(form: NameForm, place: int, one: Listed, name: ListedName) -> Candidate:
    theirs = _form(one, name.text)
    likeness = compare(form, theirs)
    must_equal = name.quality == "weak" or min(len(form.kept), len(theirs.kept)) <= SHORT
    score = 0.0 if must_equal and form.kept != theirs.kept else likeness.words
    return Candidate(place, name.text, name.quality, score, likeness.letters, False, likeness.reasons)


def _may_be(one: Listed, asked: Asked) -> bool:
    """Answer whether kinds fit and numbers do not say that these are two ships."""
    if asked.kind and one.kind and asked.kind != one.kind:
        return False
    return not (asked.valid_imo and is_imo_number(one.imo) and asked.imo != one.imo)


def _form(one: Listed, text: str) -> NameForm:
    return name_form(text, is_person=one.kind == "person")
