"""Sums over the lattice of all combinations of lists: what design matrices are elsewhere.

A combination of lists, and equally a term of a model, is a bit pattern with list j at bit j. A term counts in a cell
when its pattern is a subset of the cell's. So linear predictors are subset sums of the coefficients (zeta transform),
and scores and information are superset sums of the means: K * 2**(K-1) additions in place of a product with a matrix
(Yates 1937; Björklund, Husfeldt, Kaski & Koivisto 2007, "Fourier meets Möbius").
"""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.int64, np.float64)


def sum_supersets(values: NDArray[Number]) -> NDArray[Number]:
    """Add up over all supersets of each bit pattern; shape (..., 2**K), any K."""
    sums = values.copy()
    for without, within in _halves(sums):
        without += within
    return sums


def sum_subsets(values: NDArray[Number]) -> NDArray[Number]:
    """Add up over all subsets of each bit pattern; shape (..., 2**K). Minus infinity stays what it is."""
    sums = values.copy()
    for without, within in _halves(sums):
        within += without
    return sums


def undo_sum_subsets(sums: NDArray[Number]) -> NDArray[Number]:
    """Give the values whose subset sums these are (Möbius transform); shape (..., 2**K)."""
    values = sums.copy()
    for without, within in _halves(values):
        within -= without
    return values


def has_subset(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell for each bit pattern whether any subset of it is marked; shape (..., 2**K)."""
    found = marks.copy()
    for without, within in _halves(found):
        within |= without
    return found


def has_superset(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell for each bit pattern whether any superset of it is marked; shape (..., 2**K)."""
    found = marks.copy()
    for without, within in _halves(found):
        without |= within
    return found


def orders(cells: int) -> NDArray[np.int64]:
    """Give how many lists each of 2**K bit patterns has."""
    return np.bitwise_count(np.arange(cells)).astype(np.int64)


def _halves(values: NDArray[Any]) -> "list[tuple[NDArray[Any], NDArray[Any]]]":
    """Give for each list the cells without it and those with it, as views in the same order."""
    halves = []
    half = 1
    while half < values.shape[-1]:
        split = values.reshape(*values.shape[:-1], values.shape[-1] // (2 * half), 2, half)
        halves.append((split[..., 0, :], split[..., 1, :]))
        half *= 2
    return halves
