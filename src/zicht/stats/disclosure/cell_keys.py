"""Blur every count a little, always the same count in the same way: the cell key method.

After Fraser and Wooton, "A proposed method for confidentialising tabular output to protect against differencing"
(2005), with a distribution of highest entropy as in Giessing, "Computational issues in the design of transition
probabilities and disclosure risk estimation for additive noise" (2016): within `MOST` persons, zero stays zero, no
count falls below zero, and on average nothing is added. Sums do not hold any more, and that must stand beside the
table.

Tables have no persons in them, so the key of a count comes from its categories, the count itself and a secret of the
office, not from keys of persons. The count is in it so that two years do not get the same blur, which would cancel out
in their difference. The same persons under other categories are blurred otherwise: whoever has many tables of them sees
through the mean. That is so too where a category says nothing in one table, because it is the only one, and something
in the next, where 2024 stands beside 2025. Use one secret for all tables of a register, bring the same rows out once,
and hide instead where tables overlap much.
"""

import hashlib
import hmac
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from zicht.stats.disclosure.building import Key
from zicht.stats.disclosure.linking import Linked
from zicht.stats.disclosure.published import fold

MOST = 5  # persons that a count may be moved
SPREAD = 2.0  # persons squared: the variance where a count is far from zero
SECRET_BYTES = 32
KEY_BYTES = 8


def blur(linked: Linked, secret: bytes) -> NDArray[np.int64]:
    """Give every count with its own deviation, shape (cells,), persons; the same secret gives the same."""
    return np.array(
        [
            value + _deviation(int(value), _key_of(name, int(value), secret))
            for name, value in zip(linked.names, linked.values, strict=True)
        ],
        np.int64,
    )


def _key_of(name: Key, value: int, secret: bytes) -> float:
    """Give a number in [0, 1) that only the secret, the categories and the count decide."""
    pairs = sorted((fold(dimension), fold(label)) for dimension, label in name)
    text = "\x1e".join(["\x1f".join(pair) for pair in pairs] + [str(value)])
    digest = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:KEY_BYTES]) / float(1 << 8 * KEY_BYTES)


def _deviation(value: int, key: float) -> int:
    deviations, cumulated = _distribution(min(value, MOST))
    return int(deviations[np.searchsorted(cumulated, key, side="right")])


@lru_cache(MOST + 1)
def _distribution(value: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give deviations and their cumulated chances for a count: mean 0, and the least that is said beyond that."""
    if value == 0:
        return np.zeros(1, np.int64), np.ones(1)
    deviations = np.arange(-value, MOST + 1)

    def chances(tilt: float) -> NDArray[np.float64]:
        weight = np.exp(tilt * deviations - deviations**2 / (2 * SPREAD))
        return np.asarray(weight / weight.sum())

    tilt = float(brentq(lambda one: float(chances(one) @ deviations), -20.0, 20.0))
    cumulated = np.cumsum(chances(tilt))
    cumulated[-1] = 1.0
    return deviations, cumulated
