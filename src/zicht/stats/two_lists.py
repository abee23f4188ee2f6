"""Two lists: how many there are if being on one says nothing about being on the other, which nobody can check."""

import time

import numpy as np
from scipy.special import ndtri

from zicht.stats.cautions import describe_overlap, find_cautions, find_width_cautions
from zicht.stats.errors import NotTwoLists, WrongSetting
from zicht.stats.results import Caution, Estimate
from zicht.stats.tables import OverlapTable, list_sizes

LINCOLN_PETERSEN, CHAPMAN = "lincoln-petersen", "chapman"
LEVEL = 0.95
INTERVAL = "interval: Sadinle (2009) Communications in Statistics: Simulation and Computation 38(9) 1909-1924"
SOURCES = {
    LINCOLN_PETERSEN: f"Lincoln (1930), Petersen (1896); {INTERVAL}",
    CHAPMAN: f"Chapman (1951) University of California Publications in Statistics 1, 131-160; {INTERVAL}",
}

DEPENDENCE = (
    "Where those on one list are more likely to be on the other, for instance because one refers to the other, there "
    "are more than this; where they are less likely, there are fewer. It takes a third list to see anything of that."
)


def estimate_two_lists(table: OverlapTable, kind: str = CHAPMAN, level: float = LEVEL) -> Estimate:
    """Estimate the total of a table of two lists, in persons; raises NotTwoLists and WrongSetting.

    With a and b persons on the lists and m on both: Lincoln-Petersen a b / m, or Chapman (a+1)(b+1) / (m+1) - 1, which
    is less biased where m is small. Bounds are symmetric on the scale of the log of the unseen, with half a person more
    in each cell (Sadinle 2009, transformed logit); never below the observed, and they hold the total.
    """
    started = time.perf_counter()
    if len(table.lists) != 2:
        raise NotTwoLists(found=len(table.lists))
    if kind not in SOURCES:
        raise WrongSetting(name="kind", value=kind, expected=" or ".join(SOURCES))
    if not 0 < level < 1:
        raise WrongSetting(name="level", value=level, expected="a number between 0 and 1, such as 0.95")
    total = _find_total(table, kind)
    lower, upper = _find_bounds(table, level)
    lower, upper = min(max(lower, table.observed), total), max(upper, total)
    return Estimate(
        method=kind,
        lists=table.lists,
        observed=table.observed,
        total=total,
        lower=lower,
        upper=upper,
        level=level,
        interval="wald",
        model="[1,2]",
        diagnostics=describe_overlap(table),
        settings={"kind": kind},
        warnings=(*find_cautions(table), Caution(DEPENDENCE), *find_width_cautions(lower, upper)),
        source=SOURCES[kind],
        seconds=time.perf_counter() - started,
    )


def _find_total(table: OverlapTable, kind: str) -> float:
    one, other = (int(size) for size in list_sizes(table))
    both = int(table.counts[3])
    return one * other / both if kind == LINCOLN_PETERSEN else (one + 1) * (other + 1) / (both + 1) - 1


def _find_bounds(table: OverlapTable, level: float) -> tuple[float, float]:
    """Give observed - 1/2 + unseen * exp(-+ z * sd), with 1/2 added to each count."""
    one, other, both = table.counts[1:] + 0.5
    unseen = one * other / both
    spread = np.sqrt(1 / both + 1 / one + 1 / other + both / (one * other))
    factor = np.exp(ndtri((1 + level) / 2) * spread)
    seen = table.observed - 0.5
    return float(seen + unseen / factor), float(seen + unseen * factor)
