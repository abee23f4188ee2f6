"""Decomposable graphs: ways to say which lists depend on each other such that counts of cliques suffice."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from zicht.stats.errors import TooManyListsForGraphs

# 2, 8, 61, 822 and 18,154 graphs for 2 to 6 lists; with 7 it would be 617,675, which takes minutes and gigabytes.
MOST_GRAPH_LISTS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Graphs:
    """Hold all labelled chordal graphs of K lists, the complete one and the one without edges among them.

    `signs` has shape (G, 2**K): in the row of a graph, a set of lists (as bit pattern) has 1 when it is a clique and
    minus its multiplicity when it is a separator. So the log of a decomposable density is a row times the logs of its
    margins. The first graph has no edges, the last has all.
    """

    lists: int
    signs: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.signs)

    def cliques(self, graph: int) -> list[int]:
        """Give the maximal cliques of one graph as bit patterns."""
        return [int(one) for one in np.flatnonzero(self.signs[graph] > 0)]

    def separators(self, graph: int) -> list[int]:
        """Give the separators of one graph as bit patterns, each as often as it counts; 0 is the empty one."""
        row = self.signs[graph]
        return [int(one) for one in np.flatnonzero(row < 0) for _ in range(-int(row[one]))]


@lru_cache
def list_graphs(lists: int) -> Graphs:
    """Make all chordal graphs of K = 2 to 6 lists; raises TooManyListsForGraphs.

    A graph is chordal when its points can be taken away one by one such that the neighbours that are left are all
    joined (Fulkerson & Gross 1965). Each point taken away adds its clique and subtracts its neighbours; what is not a
    maximal clique cancels against a separator (Lauritzen, Graphical Models, 1996, section 2.1.3).
    """
    if lists > MOST_GRAPH_LISTS:
        raise TooManyListsForGraphs(found=lists, most=MOST_GRAPH_LISTS)
    neighbours = _all_neighbours(lists)
    count = len(neighbours)
    left = np.full(count, 2**lists - 1)
    signs = np.zeros((count, 2**lists), np.int8)
    is_chordal = np.ones(count, bool)
    for _ in range(lists):
        rows, taken, around = _find_simplicial(neighbours, left, is_chordal)
        np.add.at(signs, (rows, around | taken), 1)
        np.subtract.at(signs, (rows, around), 1)
        is_chordal[np.setdiff1d(np.arange(count), rows, assume_unique=True)] = False
        left[rows] &= ~taken
    # The last point that is left has no neighbours to be separated from.
    signs[:, 0] += 1
    chordal = signs[is_chordal]
    chordal.setflags(write=False)
    return Graphs(lists, chordal)


def write_sets(sets: list[int]) -> str:
    """Write sets of lists in the notation of the papers, lists counted from 1: `[123,34]`."""
    return "[" + ",".join(sorted((_digits(one) for one in sets), key=lambda text: (-len(text), text))) + "]"


def _digits(one: int) -> str:
    return "".join(str(place + 1) for place in range(one.bit_length()) if one >> place & 1)


def _all_neighbours(lists: int) -> NDArray[np.int64]:
    """Give the neighbours of each list in every graph, as bit patterns, shape (2**pairs, K)."""
    pairs = list(combinations(range(lists), 2))
    graphs = np.arange(2 ** len(pairs))
    neighbours = np.zeros((len(graphs), lists), np.int64)
    for place, (one, other) in enumerate(pairs):
        joined = graphs >> place & 1
        neighbours[:, one] |= joined << other
        neighbours[:, other] |= joined << one
    return neighbours


def _find_simplicial(
    neighbours: NDArray[np.int64], left: NDArray[np.int64], is_chordal: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.int64]]:
    """Find in each graph one point whose remaining neighbours are all joined: rows, the point, and these neighbours."""
    taken = np.zeros(len(left), np.int64)
    around = np.zeros(len(left), np.int64)
    for point, joined in _simplicial_points(neighbours, left):
        new = joined & is_chordal & (taken == 0)
        taken[new] = 1 << point
        around[new] = neighbours[new, point] & left[new]
    rows = np.flatnonzero(taken)
    return rows, taken[rows], around[rows]


def _simplicial_points(
    neighbours: NDArray[np.int64], left: NDArray[np.int64]
) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    lists = neighbours.shape[1]
    for point in range(lists):
        around = neighbours[:, point] & left
        joined = left >> point & 1 == 1
        for other in range(lists):
            others = around & ~(1 << other) & ~neighbours[:, other]
            joined &= (around >> other & 1 == 0) | (others == 0)
        yield point, joined
