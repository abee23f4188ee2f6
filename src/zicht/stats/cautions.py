"""What a reader has to know of a table before any number: empty lists, pairs that never overlap, few overlaps."""

from collections.abc import Mapping

import numpy as np

from zicht.stats.models import pairs_of
from zicht.stats.results import Caution, Json
from zicht.stats.tables import OverlapTable, list_sizes, overlaps

FEW_SHARED = 20  # persons on two lists or more; with fewer, one person more or less moves a total by over 5%
FAR_APART = 3.0  # times the lower bound

EMPTY_LIST = "Nobody is on the list %(name)s; it was left out of the fits."
EMPTY_PAIRS = (
    "Of %(pairs)s pairs of lists, %(empty)s share nobody (%(names)s). Where that is chance, the estimate is uncertain; "
    "where such a pair cannot overlap, say by law, it is misleading."
)
FEW_OVERLAPS = "Only %(shared)s of %(observed)s persons are on more than one list. Everything stands on these few."
FEW_LISTS = (
    "With two lists the total stands on the assumption that being on one says nothing about being on the other. "
    "The numbers cannot show whether that is so."
)
WIDE = "The upper bound is %(times)s times the lower one: this table says little about how many there are."
NO_ESTIMATE = (
    "The model %(model)s has no extended maximum likelihood estimate on this table. Leave out a term, or merge lists."
)
NOT_IDENTIFIABLE = (
    "The model %(model)s is not identifiable on this table: different totals fit it equally well. Leave out a term, "
    "or merge lists."
)
MOST_NAMED = 6


def find_cautions(table: OverlapTable) -> tuple[Caution, ...]:
    """Say what any estimate from this table suffers from, the notes of its reading first."""
    together = overlaps(table)
    pairs = pairs_of(len(table.lists))
    empty_lists = [name for name, size in zip(table.lists, list_sizes(table), strict=True) if not size]
    empty_pairs = [pair for pair in pairs if not together[pair]]
    cautions = [*table.notes, *(Caution(EMPTY_LIST, {"name": name}) for name in empty_lists)]
    if len(table.lists) == 2:
        cautions.append(Caution(FEW_LISTS))
    if empty_pairs:
        values = {"pairs": len(pairs), "empty": len(empty_pairs), "names": _name_pairs(table, empty_pairs)}
        cautions.append(Caution(EMPTY_PAIRS, values))
    if count_shared(table) < FEW_SHARED:
        cautions.append(Caution(FEW_OVERLAPS, {"shared": count_shared(table), "observed": table.observed}))
    return tuple(cautions)


def find_width_cautions(lower: float | None, upper: float | None) -> tuple[Caution, ...]:
    """Warn where the bounds lie so far apart that the middle says nothing."""
    if not lower or not upper or upper < FAR_APART * lower:
        return ()
    return (Caution(WIDE, {"times": f"{upper / lower:.1f}"}),)


def describe_status(status: int, model: str) -> tuple[Caution, ...]:
    """Say why a model has no estimate; nothing when it has one."""
    sentences = [sentence for bit, sentence in ((1, NO_ESTIMATE), (2, NOT_IDENTIFIABLE)) if status & bit]
    return tuple(Caution(sentence, {"model": model}) for sentence in sentences)


def count_shared(table: OverlapTable) -> int:
    """Give how many persons are on two lists or more."""
    histories = table.histories
    return int(table.counts[histories[np.bitwise_count(histories) >= 2]].sum())


def describe_overlap(table: OverlapTable) -> Mapping[str, Json]:
    """Give what it takes to judge the table: sizes, persons on each pair of lists, persons on more than one."""
    together = overlaps(table)
    return {
        "list_sizes": {name: int(size) for name, size in zip(table.lists, list_sizes(table), strict=True)},
        "pair_overlaps": {name_pair(table, pair): int(together[pair]) for pair in pairs_of(len(table.lists))},
        "on_more_than_one_list": count_shared(table),
    }


def name_pair(table: OverlapTable, pair: int) -> str:
    """Name a pair of lists: LA:NG."""
    return ":".join(name for place, name in enumerate(table.lists) if pair >> place & 1)


def _name_pairs(table: OverlapTable, pairs: list[int]) -> str:
    names = ", ".join(name_pair(table, pair) for pair in pairs[:MOST_NAMED])
    return f"{names}, …" if len(pairs) > MOST_NAMED else names
