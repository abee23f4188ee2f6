"""One log-linear model over all strata: which effects are the same everywhere, and which may differ."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zicht.stats.errors import NoStrata, WrongSetting
from zicht.stats.models import Model
from zicht.stats.tables import OverlapTable

Design = NDArray[np.int64]

SAME, BY_FACTOR, BY_STRATUM = "same", "factor", "stratum"
WAYS = (SAME, BY_FACTOR, BY_STRATUM)


@dataclass(frozen=True, slots=True)
class Effects:
    """Say how far effects may differ between strata.

    `same` everywhere; by `factor`: every factor (region, sex) adds its own part; or by `stratum`: each has its own, not
    tied to any other. `intercept` is about how many there are, `lists` about how likely each list has somebody, and
    `terms` about how lists depend on each other.
    """

    intercept: str = BY_STRATUM
    lists: str = BY_FACTOR
    terms: str = SAME

    def __str__(self) -> str:
        return f"intercept: {self.intercept}, lists: {self.lists}, terms: {self.terms}"


def make_design(table: OverlapTable, model: Model, effects: Effects) -> Design:
    """Give the design of S strata times 2**K combinations of lists, shape (S, 2**K, P): whole numbers 0 and 1.

    There is a column for each level of a factor, none left out as a reference: columns then are sums of cells, so a
    column without persons is an effect of minus infinity. That columns depend on each other is seen to in the fit.
    """
    _check(table, effects)
    cells = np.arange(len(table.counts))
    columns = []
    for term in np.flatnonzero(model).tolist():
        way = (effects.intercept, effects.lists)[term.bit_count()] if term.bit_count() < 2 else effects.terms
        inside = (cells & term) == term
        columns.append(_parts(table, way)[:, np.newaxis, :] * inside[np.newaxis, :, np.newaxis])
    return np.concatenate(columns, axis=2).astype(np.int64)


def _check(table: OverlapTable, effects: Effects) -> None:
    if not table.has_strata:
        raise NoStrata
    for name in ("intercept", "lists", "terms"):
        if getattr(effects, name) not in WAYS:
            raise WrongSetting(name=name, value=getattr(effects, name), expected=" or ".join(WAYS))


def _parts(table: OverlapTable, way: str) -> NDArray[np.bool_]:
    """Give which of an effect's parts each stratum has, shape (S, Q)."""
    if way == SAME:
        return np.ones((len(table.groups), 1), bool)
    if way == BY_STRATUM:
        return np.eye(len(table.groups), dtype=bool)
    values = np.array(table.groups)
    levels = [values[:, place, np.newaxis] == np.unique(values[:, place]) for place in range(values.shape[1])]
    return np.concatenate(levels, axis=1)
