"""One chain of the latent class sampler: people fall into unknown classes, and within a class lists are independent."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zicht.stats.compiled import compiled
from zicht.stats.draws import draw_binomial, draw_failures, draw_log_gamma

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NOTHING = -46.0  # log weight under which a class gets nobody in any run that ends: one in 10**20


class Seen(NamedTuple):
    """Hold the H histories that occur: `counts`, (H,), have each; history h is on `places[starts[h]:starts[h + 1]]`."""

    counts: Integers
    starts: Integers
    places: Integers


class State(NamedTuple):
    """Hold what a chain knows; every array is changed in place.

    `logs`, shape (K,): log weights of the classes. `odds`, (K, J): of being on each list. `missed`, (K,): the chance to
    be in that class and on no list. `alpha`, (1,): how soon weights fall. `hidden`, (K,): persons on no list by class.
    `members`, (K,), and `present`, (K, J): all persons by class, and on which lists. `chances` and `shares`, (K,), are
    room to work in, shares full of 0.
    """

    logs: Floats
    odds: Floats
    missed: Floats
    alpha: Floats
    hidden: Integers
    members: Integers
    present: Integers
    chances: Floats
    shares: Integers


# Loops instead of whole arrays: numba takes seconds longer to translate those.
@compiled
def sweep(
    rng: np.random.Generator,
    seen: Seen,
    observed: int,
    most: int,
    prior: Floats,
    state: State,
    sweeps: int,
    draws: Integers,
) -> None:
    """Go through all unknowns in turn, so many times, and keep the unseen and the number of classes at even intervals.

    `observed` is how many persons the histories have together, `most` the largest number of unseen, `prior` the shape
    and rate of the gamma prior of alpha. `draws`, (D, 2), is filled; with no room for draws, alpha stays as it is.
    """
    classes = len(state.logs)
    every = sweeps // len(draws) if len(draws) else 0
    for one in range(sweeps):
        _assign_seen(rng, seen, state)
        _draw_weights(rng, state)
        nowhere = _draw_odds(rng, state)
        unseen = draw_failures(rng, observed, max(1.0 - nowhere, 1e-15), most)
        for k in range(classes):
            state.chances[k] = state.missed[k]
            state.hidden[k] = 0
        _share_out(rng, unseen, state.chances, state.hidden)
        if every:
            log_gamma = draw_log_gamma(rng, prior[0] + classes - 1.0)
            state.alpha[0] = math.exp(log_gamma) / (prior[1] - state.logs[classes - 1])
            if (one + 1) % every == 0 and one < every * len(draws):
                draws[one // every, 0] = unseen
                draws[one // every, 1] = _count_classes(state.members)


@compiled
def _assign_seen(rng: np.random.Generator, seen: Seen, state: State) -> None:
    """Share out the persons of every history over the classes, and count who of each class is on which list."""
    classes, lists = state.odds.shape
    for k in range(classes):
        state.members[k] = state.hidden[k]
        for j in range(lists):
            state.present[k, j] = 0
    for h in range(len(seen.counts)):
        for k in range(classes):
            chance = state.missed[k]
            for place in range(seen.starts[h], seen.starts[h + 1]):
                chance *= state.odds[k, seen.places[place]]
            state.chances[k] = chance
        _share_out(rng, seen.counts[h], state.chances, state.shares)
        for k in range(classes):
            share = state.shares[k]
            if share:
                state.shares[k] = 0
                state.members[k] += share
                for place in range(seen.starts[h], seen.starts[h + 1]):
                    state.present[k, seen.places[place]] += share


@compiled
def _share_out(rng: np.random.Generator, persons: int, chances: Floats, shares: Integers) -> None:
    """Draw a multinomial: add persons to the shares in proportion to chances, which are used up.

    The most likely first, so that seldom more than one or two need a draw.
    """
    while persons > 0:
        here, chance, rest = 0, 0.0, 0.0
        for k in range(len(chances)):
            if chances[k] > chance:
                here, chance, rest = k, chances[k], rest + chance
            else:
                rest += chances[k]
        # Who goes elsewhere is drawn, not who stays: none of few is the quickest answer.
        others = draw_binomial(rng, persons, rest / (rest + chance)) if rest > 0.0 else 0
        shares[here] += persons - others
        chances[here] = 0.0
        persons = others


@compiled
def _count_classes(members: Integers) -> int:
    """Count the classes that have anybody."""
    count = 0
    for k in range(len(members)):
        if members[k]:
            count += 1
    return count


@compiled
def _draw_weights(rng: np.random.Generator, state: State) -> None:
    """Break the stick: V_k ~ Beta(1 + members, alpha + members of later classes), the last V is 1; kept as logs."""
    alpha = state.alpha[0]
    later = 0
    for k in range(len(state.members)):
        later += state.members[k]
    left = 0.0  # log of what the classes so far have left
    last = len(state.logs) - 1
    for k in range(last):
        later -= state.members[k]
        if state.members[k] == 0:
            rest = math.log(1.0 - rng.random()) / (alpha + later)  # log(1 - V) for Beta(1, b)
            state.logs[k] = left + math.log(max(-math.expm1(rest), 1e-300))
        else:
            taken = draw_log_gamma(rng, 1.0 + state.members[k])
            kept = draw_log_gamma(rng, alpha + later)
            both = max(taken, kept) + math.log1p(math.exp(-abs(taken - kept)))
            state.logs[k] = left + taken - both
            rest = kept - both
        left += rest
    state.logs[last] = left


@compiled
def _draw_odds(rng: np.random.Generator, state: State) -> float:
    """Draw the chance p of each list in each class, Beta(1 + on it, 1 + not on it), as odds; gives that of no list."""
    classes, lists = state.odds.shape
    nowhere = 0.0
    for k in range(classes):
        state.missed[k] = 0.0
        if state.logs[k] < NOTHING and state.members[k] == 0:
            continue
        chance = math.exp(state.logs[k])
        for j in range(lists):
            if state.members[k] == 0:
                yes = rng.random()
                no = 1.0 - yes
            else:
                yes = rng.standard_gamma(1.0 + state.present[k, j])
                no = rng.standard_gamma(1.0 + state.members[k] - state.present[k, j])
            state.odds[k, j] = yes / no
            chance *= no / (yes + no)
        state.missed[k] = chance
        nowhere += chance
    return nowhere
