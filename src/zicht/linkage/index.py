"""Find the few names of a large list that are worth comparing, by the trigrams of how they sound."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from zicht.linkage.forms import NameForm

MOST_FOUND = 60  # names that are compared word by word
LEAST_SHARED = 0.25  # of the trigrams of both names (Dice)

Places = npt.NDArray[np.int32]


class NameIndex:
    """Hold the trigrams of many names; places are those of the names as they were given.

    known: each trigram, once. ends: int32, where the places of each trigram end. places: int32, those of all trigrams
    one after the other. counts: int32, how many trigrams each name has.
    """

    def __init__(self, known: Sequence[str], ends: Places, places: Places, counts: Places) -> None:
        self.known, self.ends, self.places, self.counts = known, ends, places, counts
        self._numbers = {trigram: number for number, trigram in enumerate(known)}

    @classmethod
    def of(cls, forms: Iterable[NameForm]) -> Self:
        """Make an index of names."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        counts = []
        for place, form in enumerate(forms):
            found = trigrams(form)
            counts.append(len(found))
            for trigram in found:
                places[trigram].append(place)
        ends = np.array(list(accumulate(map(len, places.values()))), np.int32)
        every = np.fromiter(chain.from_iterable(places.values()), np.int32)
        return cls(list(places), ends, every, np.array(counts, np.int32))

    def _places_of(self, trigram: str) -> Places:
        number = self._numbers.get(trigram)
        if number is None:
            return self.places[:0]
        return self.places[self.ends[number - 1] if number else 0 : self.ends[number]]

    def find(self, form: NameForm) -> list[int]:
        """Give the places of the names that share most trigrams with a name, the most alike first."""
        asked = trigrams(form)
        found = [each for trigram in asked if len(each := self._places_of(trigram))]
        if not found:
            return []
        shared = np.bincount(np.concatenate(found), minlength=len(self.counts))
        likeness = 2 * shared / (self.counts + len(asked))
        places = np.flatnonzero(likeness >= LEAST_SHARED)
        if len(places) > MOST_FOUND:
            places = places[np.argpartition(-likeness[places], MOST_FOUND)[:MOST_FOUND]]
        ordered: list[int] = places[np.argsort(-likeness[places], kind="stable")].tolist()
        return ordered


def trigrams(form: NameForm) -> frozenset[str]:
    """Give the trigrams of the words that tell something, written together as they sound; numbers and words whole.

    Of common words their meaning counts, and where no other word is there also that they stand in one name.
    """
    telling = [word.sound for word in form.words if not word.meaning and not word.is_number]
    meanings = sorted({word.meaning for word in form.words if word.meaning})
    whole = {f"#{word.letters}" for word in form.words if word.is_number}
    whole |= {f"={one}" for one in (*telling, *meanings)}
    if not telling:
        return frozenset(whole | {f"={one}={other}" for one, other in pairwise(meanings)})
    padded = f"^{''.join(telling)}$"
    return frozenset(whole | {padded[place : place + 3] for place in range(len(padded) - 2)})
