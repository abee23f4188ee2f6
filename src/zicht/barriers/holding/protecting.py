"""Hide small counts of sums that hang together: of areas that overlap, of steps of which one holds another.

A count is known by a key, and so is what adds up to it. Counts that no page shows (of the part of a province that lies
in one unit of the police, say) take part too: whoever subtracts two areas has them. What is hidden is chosen by
zicht.stats.disclosure, which hides the fewest and attacks its own choice.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array

from zicht.stats.disclosure.linking import Linked
from zicht.stats.disclosure.suppress import hide

Total: TypeAlias = tuple[str, tuple[str, ...]]  # a count, and those that add up to it
SECONDS = 0.2  # to look for fewer hidden counts, once a safe choice is there: a form waits for it


def protect(
    counts: Mapping[str, int], totals: Iterable[Total], least: int, never_shown: Collection[str] = ()
) -> dict[str, int | None]:
    """Give each count that may be shown, None where it is hidden; what is never shown is left out.

    `least` is the fewest that may be shown, in cases or signals. Raises ShownAlready of zicht.stats.disclosure.
    """
    linked = link(counts, list(totals), least, never_shown)
    hidden = hide(linked, least, SECONDS).cells
    return {
        key: None if place in hidden else count
        for place, (key, count) in enumerate(counts.items())
        if key not in never_shown
    }


def link(counts: Mapping[str, int], totals: Sequence[Total], least: int, never_shown: Collection[str]) -> Linked:
    """Say how counts hang together. Large counts that no page shows are free: only small ones must be kept."""
    place = {key: number for number, key in enumerate(counts)}
    lines = [(line, place[part], 1.0) for line, (_total, parts) in enumerate(totals) for part in parts]
    lines += [(line, place[total], -1.0) for line, (total, _parts) in enumerate(totals)]
    rows, columns, signs = zip(*lines, strict=True) if lines else ((), (), ())
    shape = (len(totals), len(counts))
    free = frozenset(place[key] for key in never_shown if counts[key] >= least)
    return Linked(
        keys=tuple(frozenset({("count", key)}) for key in counts),
        values=np.array(list(counts.values()), np.int64),
        sums=csr_array((signs, (rows, columns)), shape=shape),
        limits=csr_array((0, len(counts))),
        unseen=free,
        known=frozenset(),
        cells={(0, number, 0): number for number in range(len(counts))},
    )
