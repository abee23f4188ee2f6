"""Draw from distributions inside translated loops; every number comes from numpy's generator.

Numba knows numpy's binomial and Poisson too, but takes some five seconds to translate them at the first use.
"""

import math

import numpy as np

from zicht.stats.compiled import compiled

LARGE_MEAN = 10.0  # from here on, transformed rejection is faster than inversion and its bounds hold


@compiled
def draw_log_gamma(rng: np.random.Generator, shape: float) -> float:
    """Draw the log of a gamma of scale 1.

    Of shape 0.01 one in a thousand would be 0 as a number: so G(a) = G(a + 1) * U**(1/a) (Marsaglia & Tsang 2000, ACM
    Transactions on Mathematical Software 26(3) 363-372, section 6).
    """
    if shape >= 1.0:
        return math.log(rng.standard_gamma(shape))
    return math.log(rng.standard_gamma(shape + 1.0)) + math.log(1.0 - rng.random()) / shape


@compiled
def draw_binomial(rng: np.random.Generator, trials: int, chance: float) -> int:
    """Draw how many of some trials succeed."""
    if trials == 0 or chance <= 0.0:
        return 0
    if chance >= 1.0:
        return trials
    rarer = min(chance, 1.0 - chance)
    few = _count_few(rng, trials, rarer) if trials * rarer < LARGE_MEAN else _count_many(rng, trials, rarer)
    return few if chance <= 0.5 else trials - few


@compiled
def _count_few(rng: np.random.Generator, trials: int, chance: float) -> int:
    """Draw a binomial with a small mean by inversion."""
    left = rng.random()
    if left < 1.0 - trials * chance:  # the chance of none is at least this, which saves its power
        return 0
    if trials == 1:
        return 1
    odds = chance / (1.0 - chance)
    mass = math.exp(trials * math.log1p(-chance))
    count = 0
    while left > mass and count < trials:
        left -= mass
        count += 1
        mass *= odds * (trials - count + 1) / count
    return count


@compiled
def _count_many(rng: np.random.Generator, trials: int, chance: float) -> int:
    """Draw a binomial with a large mean and a chance up to one half by transformed rejection with a squeeze.

    Hörmann (1993) "The generation of binomial random variates", Journal of Statistical Computation and Simulation
    46(1-2) 101-110, algorithm BTRS.
    """
    spread = math.sqrt(trials * chance * (1.0 - chance))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * chance
    scale = (2.83 + 5.1 / b) * spread
    log_odds = math.log(chance / (1.0 - chance))
    mode = math.floor((trials + 1) * chance)
    while True:
        u = rng.random() - 0.5
        v = rng.random()
        inside = 0.5 - abs(u)
        count = math.floor((2.0 * a / inside + b) * u + trials * chance + 0.5)
        if inside >= 0.07 and v <= 0.92 - 4.2 / b:
            return count
        if count < 0 or count > trials:
            continue
        density = math.lgamma(mode + 1.0) + math.lgamma(trials - mode + 1.0)
        density += (count - mode) * log_odds - math.lgamma(count + 1.0) - math.lgamma(trials - count + 1.0)
        if math.log(v * scale / (a / (inside * inside) + b)) <= density:
            return count


@compiled
def draw_poisson(rng: np.random.Generator, mean: float) -> int:
    """Draw a Poisson: by multiplying for a small mean, else by transformed rejection with a squeeze.

    Hörmann (1993) "The transformed rejection method for generating Poisson random variables", Insurance: Mathematics
    and Economics 12(1) 39-45, algorithm PTRS.
    """
    if mean < LARGE_MEAN:
        limit, product, few = math.exp(-mean), rng.random(), 0
        while product > limit:
            product *= rng.random()
            few += 1
        return few
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    scale = 1.1239 + 1.1328 / (b - 3.4)
    while True:
        u = rng.random() - 0.5
        v = rng.random()
        inside = 0.5 - abs(u)
        count = math.floor((2.0 * a / inside + b) * u + mean + 0.43)
        if inside >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2.0):
            return count
        if count < 0 or (inside < 0.013 and v > inside):
            continue
        density = count * math.log(mean) - mean - math.lgamma(count + 1.0)
        if math.log(v * scale / (a / (inside * inside) + b)) <= density:
            return count


@compiled
def draw_failures(rng: np.random.Generator, successes: int, success: float, most: int) -> int:
    """Draw how many trials fail before so many succeed, given that it is at most `most`.

    A negative binomial, which is a Poisson with a gamma as its mean. What is larger is drawn again; where nearly
    everything is larger, the end of the range is drawn from directly.
    """
    for _ in range(100):
        mean = rng.standard_gamma(1.0 * successes) * (1.0 - success) / success
        if mean < 4.0 * most + 100.0:  # else the chance of at most `most` is below 1e-30
            failures = draw_poisson(rng, mean)
            if failures <= most:
                return failures
    return _draw_near_end(rng, successes, success, most)


@compiled
def _draw_near_end(rng: np.random.Generator, successes: int, success: float, most: int) -> int:
    """Draw a negative binomial of at most `most`, by inversion down from the end, where most of the chance is then."""
    total, part, down = 1.0, 1.0, most
    while down > 0 and part > 1e-17 * total:
        part *= down / ((successes + down - 1.0) * (1.0 - success))
        total += part
        down -= 1
    left = rng.random() * total
    part, down = 1.0, most
    while left > part and down > 0:
        left -= part
        part *= down / ((successes + down - 1.0) * (1.0 - success))
        down -= 1
    return down
