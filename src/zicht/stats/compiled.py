"""Translate inner loops to machine code where numba is installed; only those who need such a loop wait for numba."""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any, TypeVar

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])

HAS_NUMBA = importlib.util.find_spec("numba") is not None


def compiled(function: AnyFunction) -> AnyFunction:
    """Translate a function at its first call; kept on disk, so that the next start does not have to do it again.

    It lets go of Python's lock, so that threads run on several cores. Products may be fused with sums (one rounding
    instead of two); nothing else of the arithmetic is reordered. Without numba the function stays as it is.
    """
    if not HAS_NUMBA:
        return function
    # Loaded by name: numba takes a third of a second, and a room that only reads a table can do without.
    numba = importlib.import_module("numba")
    translated: AnyFunction = numba.njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")(function)
    return translated
