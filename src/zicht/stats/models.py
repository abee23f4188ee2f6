"""Hierarchical log-linear models: which sets of lists have a term, how they are written, and all there are."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zicht.stats.errors import WrongModel
from zicht.stats.lattice import has_superset, orders

Model: TypeAlias = NDArray[np.bool_]  # shape (2**K,): whether each set of lists, as a bit pattern, has a term

TEN = "0"  # how the tenth list is written, so that every list is one character
ALL_LISTS = "123456789" + TEN
GENERATOR = re.compile(r"[0-9]+")


def main_effects(lists: int) -> Model:
    """Give the model in which the lists are independent."""
    return orders(2**lists) <= 1


def pairs_of(lists: int) -> list[int]:
    """Give all pairs as bit patterns in the order (1,2), (1,3), …, (2,3), …, as the papers go through them."""
    return [1 << one | 1 << other for one, other in combinations(range(lists), 2)]


def make_model(lists: int, sets: Sequence[int]) -> Model:
    """Give the smallest hierarchical model that has these sets of lists, and every list alone."""
    marks = main_effects(lists)
    marks[list(sets)] = True
    return has_superset(marks)


def read_model(text: str, lists: int) -> Model:
    """Read a model in the notation of the papers, lists counted from 1: `[123,4]`; raises WrongModel."""
    parts = [part.strip() for part in text.strip().removeprefix("[").removesuffix("]").split(",") if part.strip()]
    sets = []
    for part in parts:
        places = [ALL_LISTS.find(digit) for digit in part]
        if not GENERATOR.fullmatch(part) or max(places) >= lists:
            raise WrongModel(text=text, why=f"“{part}” does not name lists between 1 and {lists}")
        sets.append(sum(1 << place for place in set(places)))
    model = make_model(lists, sets)
    if model[-1]:
        raise WrongModel(text=text, why="with a term for all lists together it fits every total equally well")
    return model


def write_model(model: Model) -> str:
    """Write a model by its largest terms, lists counted from 1: `[123,4]`; the tenth list is 0."""
    return "[" + ",".join(_digits(one) for one in generators(model)) + "]"


def generators(model: Model) -> list[int]:
    """Give the terms that are in no larger term, the largest first."""
    marked = np.flatnonzero(model).tolist()
    largest = [one for one in marked if one and not any(one != other and one & other == one for other in marked)]
    return sorted(largest, key=lambda one: (-one.bit_count(), _digits(one)))


def _digits(one: int) -> str:
    return "".join(ALL_LISTS[place] for place in range(one.bit_length()) if one >> place & 1)


@lru_cache(maxsize=8)
def all_models(lists: int, largest: int) -> NDArray[np.bool_]:
    """Give all hierarchical models with every single list and no term of more than `largest` lists, shape (M, 2**K).

    The saturated model, with a term for all lists together, is never among them. Counts for 3, 4, 5 lists: 8; 64 with
    pairs, 113 with triples; 1,024 with pairs, 6,212 with triples, 6,893 with sets of four.
    """
    models = main_effects(lists)[np.newaxis]
    for order in range(2, min(largest, lists - 1) + 1):
        models = _add_order(models, order)
    models.flags.writeable = False
    return models


def _add_order(models: NDArray[np.bool_], order: int) -> NDArray[np.bool_]:
    """Add every choice of those sets of this order whose subsets are all there already."""
    for one in np.flatnonzero(orders(models.shape[1]) == order).tolist():
        models = np.concatenate([models, _with_set(models, one)])
    return models


def _with_set(models: NDArray[np.bool_], one: int) -> NDArray[np.bool_]:
    parts = [one & ~(1 << place) for place in range(one.bit_length()) if one >> place & 1]
    allowed = models[models[:, parts].all(axis=1)]
    allowed[:, one] = True
    return allowed


def permute_models(models: NDArray[np.bool_], order: Sequence[int]) -> NDArray[np.bool_]:
    """Write models, shape (M, 2**K), of reordered lists as models of the lists before: list j was list order[j]."""
    cells = np.arange(models.shape[1])
    before = np.zeros_like(cells)
    for place, old in enumerate(order):
        before |= (cells >> place & 1) << old
    permuted = np.empty_like(models)
    permuted[:, before] = models
    return permuted


def count_models(lists: int, largest: int, most: int) -> int:
    """Give how many models `all_models` would give, or some number above `most` as soon as there are that many."""
    models = main_effects(lists)[np.newaxis]
    for order in range(2, min(largest, lists - 1) + 1):
        if order == 2:
            count: int = 2 ** (lists * (lists - 1) // 2)
            if count > most:
                return count
        for one in np.flatnonzero(orders(2**lists) == order).tolist():
            models = np.concatenate([models, _with_set(models, one)])
            if len(models) > most:
                return len(models)
    return len(models)
