"""Made-up populations of which the truth is known, to see how far a method is off and how often its bounds hold it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zicht.stats.bic import USUAL_ORDERS
from zicht.stats.fits import fit_models
from zicht.stats.graphs import MOST_GRAPH_LISTS, list_graphs
from zicht.stats.lattice import orders, sum_subsets
from zicht.stats.models import Model, main_effects, make_model, read_model
from zicht.stats.shipped import read_shipped
from zicht.stats.tables import OverlapTable, make_stratified_table, make_table

Floats = NDArray[np.float64]
Pair = tuple[int, int]  # lists, counted from 1

NAMES = "ABCDEFGHIJ"
GRADES = 41  # points at which a continuous difference between people is taken


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """Hold a population: how many persons, and the chance of each combination of lists in each stratum, (S, 2**K).

    `families` are the methods that have the truth among what they consider; elsewhere nothing is promised.
    """

    code: str
    sentence: str
    persons: int
    chances: Floats
    families: frozenset[str]

    @property
    def lists(self) -> int:
        """Give K."""
        return int(self.chances.shape[1]).bit_length() - 1

    def draw(self, rng: np.random.Generator) -> OverlapTable:
        """Draw what the lists see of it; raises TableRefused where nobody is on two lists."""
        counts = rng.multinomial(self.persons, self.chances.ravel()).reshape(self.chances.shape)
        counts[:, 0] = 0
        names = NAMES[: self.lists]
        if len(counts) == 1:
            return make_table(names, counts[0])
        return make_stratified_table(names, {(str(place),): row for place, row in enumerate(counts)}, ("stratum",))


@lru_cache
def list_scenarios() -> tuple[Scenario, ...]:
    """Give all scenarios: independent lists, dependent ones, fits to real tables, and what no method considers."""
    five, three = (0.12, 0.10, 0.08, 0.06, 0.05), (0.20, 0.15, 0.10)
    sparse, found_easily = (0.05, 0.04, 0.05, 0.03, 0.02), (0.4, 0.3, 0.3, 0.2, 0.2)
    avoid, chain = {(1, 2): 0.25, (3, 4): 0.25}, {(1, 2): 4, (2, 3): 4, (3, 4): 4}
    regions = {0.5: three, 0.3: (0.05, 0.20, 0.10), 0.2: (0.30, 0.05, 0.20)}
    dutch = "[12,15,23,24,25,35,45]"
    return (
        _dependent("independent", "five independent lists that see a third", 5_000, five),
        _dependent("sparse", "five independent lists that see one in five of a small group", 1_000, sparse),
        _dependent("few", "three independent lists", 2_000, three),
        _dependent("few-dependent", "three lists, two of which attract each other", 2_000, three, {(1, 2): 3}),
        _dependent(
            "referral", "four lists in a row, each referring to the next", 4_000, (0.10, 0.12, 0.08, 0.10), chain
        ),
        _dependent("positive", "five lists, two pairs attract each other", 5_000, five, {(1, 2): 3, (3, 4): 3}),
        _dependent("negative", "five lists, two pairs avoid each other", 5_000, five, avoid),
        _dependent("never-both", "five lists, two can have nobody in common", 5_000, five, {(1, 2): 0}),
        _fitted("uk-stepwise", "stepwise fit to the British table", "uk_2013_5lists", "[12,13,24,25,35,45]"),
        _fitted("uk-pairs", "lowest BIC with pairs, British table", "uk_2013_5lists", "[12,13,23,25,34]"),
        _fitted("dutch-pairs", "lowest BIC with pairs, Dutch table", "netherlands_2010_2015_5lists", dutch),
        _fitted("new-orleans", "stepwise fit to eight lists of New Orleans", "new_orleans_8lists", "[45,1,2,3,6,7,8]"),
        _fitted("kosovo", "lowest BIC of Kosovo, with three lists at once", "kosovo_1999_4lists", "[123,14,34]"),
        _mixed("two-kinds", "one in five is found easily, four are not", {0.2: found_easily, 0.8: five}, {"lcm"}),
        _gradual("gradual", "everybody differs a little in how easily they are found", five, 1.0),
        _mixed("out-of-reach", "three in ten can be on no list", {0.3: (0.0,) * 5, 0.7: five}, set()),
        _stratified("regions", "three regions that the lists reach differently", regions),
    )


def find_families(model: Model) -> frozenset[str]:
    """Give the methods that consider a log-linear model."""
    lists, largest = len(model).bit_length() - 1, int(orders(len(model))[model].max())
    families = {"stepwise"} if largest <= 2 else set()
    if largest <= USUAL_ORDERS.get(lists, 0):
        families.add("bic")
    if np.array_equal(model, main_effects(lists)):
        families |= {"loglinear", "lcm"}
    if lists <= MOST_GRAPH_LISTS and _is_decomposable_inside(model):
        families.add("dga")
    return frozenset(families)


def _is_decomposable_inside(model: Model) -> bool:
    """Tell whether some graph, other than that of all edges, has every term of the model inside a clique."""
    graphs = list_graphs(len(model).bit_length() - 1)
    terms = np.flatnonzero(model).tolist()
    return any(
        all(any(term & clique == term for clique in graphs.cliques(graph)) for term in terms)
        for graph in range(len(graphs) - 1)
    )


def _dependent(
    code: str, sentence: str, persons: int, shares: tuple[float, ...], odds: Mapping[Pair, float] | None = None
) -> Scenario:
    """Make lists with these chances for who is on no other list, and an odds ratio for some pairs."""
    lists, odds = len(shares), odds or {}
    beta = np.zeros(2**lists)
    beta[1 << np.arange(lists)] = np.log(shares) - np.log1p(-np.array(shares))
    pairs = [1 << one - 1 | 1 << other - 1 for one, other in odds]
    with np.errstate(divide="ignore"):
        beta[pairs] = np.log(list(odds.values()))
    chances = np.exp(sum_subsets(beta))
    return Scenario(
        code, sentence, persons, chances[np.newaxis] / chances.sum(), find_families(make_model(lists, pairs))
    )


def _fitted(code: str, sentence: str, table: str, text: str) -> Scenario:
    """Make a population as a model sees it that was fitted to a published table."""
    counts = read_shipped(table).counts
    model = read_model(text, len(counts).bit_length() - 1)
    fits = fit_models(counts[np.newaxis], model[np.newaxis])
    means = fits.means()
    return Scenario(code, sentence, round(float(fits.totals[0])), means / means.sum(), find_families(model))


def _mixed(code: str, sentence: str, kinds: Mapping[float, tuple[float, ...]], families: set[str]) -> Scenario:
    """Make a population of several kinds of people, for each of which lists are independent."""
    chances = np.array([share * _independent(shares) for share, shares in kinds.items()])
    return Scenario(code, sentence, 5_000, chances.sum(axis=0, keepdims=True), frozenset(families))


def _stratified(code: str, sentence: str, strata: Mapping[float, tuple[float, ...]]) -> Scenario:
    """Make kinds of people that the table tells apart."""
    chances = np.array([share * _independent(shares) for share, shares in strata.items()])
    return Scenario(code, sentence, 4_000, chances, frozenset({"covariates"}))


def _gradual(code: str, sentence: str, shares: tuple[float, ...], spread: float) -> Scenario:
    """Make people who differ by a normal number on the logit scale, the same for all lists."""
    places = np.linspace(-4, 4, GRADES)
    weights = np.exp(-(places**2) / 2)
    logits = np.log(shares) - np.log1p(-np.array(shares))
    kinds = np.array([_independent(1 / (1 + np.exp(-(logits + spread * place)))) for place in places])
    return Scenario(code, sentence, 5_000, (weights @ kinds)[np.newaxis] / weights.sum(), frozenset())


def _independent(shares: Sequence[float] | Floats) -> Floats:
    on = np.arange(2 ** len(shares))[:, np.newaxis] >> np.arange(len(shares)) & 1
    return np.asarray(np.where(on == 1, shares, 1 - np.array(shares)).prod(axis=1), np.float64)
