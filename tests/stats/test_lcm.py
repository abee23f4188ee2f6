"""The latent class sampler: its draws, exact posteriors on tables that can be worked out, and the published numbers."""

import sys
from functools import cache
from importlib.util import find_spec, module_from_spec
from itertools import product
from math import lgamma, log
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp
from scipy.stats import binom, chisquare, gamma, kstest, nbinom, poisson
from tests.stats.published import shared_table, uk_table

from zicht.stats import convergence, draws, lcm, lcm_chain
from zicht.stats.errors import WrongSetting
from zicht.stats.lcm import Sampling, draw_totals, estimate_lcm
from zicht.stats.tables import make_table

Floats = NDArray[np.float64]

SHORT = Sampling(chains=4, burn_in=500, thinning=2, draws=200)


def fits(counts: NDArray[np.int64], chances: Floats) -> bool:
    """Tell whether draws are as often as they should be; cells in which fewer than 5 are expected are put together."""
    expected = chances * counts.sum()
    rare = expected < 5
    found = np.append(counts[~rare], counts[rare].sum())
    wanted = np.append(expected[~rare], expected[rare].sum())
    keep = wanted > 0
    return bool(chisquare(found[keep], wanted[keep] * found[keep].sum() / wanted[keep].sum()).pvalue > 1e-4)


# --- draws -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("trials", "chance"), [(1, 0.3), (12, 0.5), (463, 0.001), (60, 0.4), (200, 0.93), (5000, 0.02)]
)
def test_binomial_draws_are_as_often_as_they_should_be(trials: int, chance: float) -> None:
    rng = np.random.default_rng(3)
    found = np.bincount([draws.draw_binomial(rng, trials, chance) for _ in range(20_000)], minlength=trials + 1)
    assert fits(found, binom.pmf(np.arange(trials + 1), trials, chance))


def test_a_binomial_at_its_ends_is_certain() -> None:
    rng = np.random.default_rng(3)
    assert [draws.draw_binomial(rng, 7, chance) for chance in (0.0, 1.0)] == [0, 7]
    assert draws.draw_binomial(rng, 0, 0.5) == 0


@pytest.mark.parametrize("mean", [0.2, 9.5, 11.0, 130.0])
def test_poisson_draws_are_as_often_as_they_should_be(mean: float) -> None:
    rng = np.random.default_rng(4)
    found = np.bincount([draws.draw_poisson(rng, mean) for _ in range(20_000)], minlength=400)
    assert fits(found, poisson.pmf(np.arange(len(found)), mean))


@pytest.mark.parametrize("shape", [0.01, 0.7, 3.0])
def test_gamma_draws_keep_their_digits_where_they_would_be_zero(shape: float) -> None:
    rng = np.random.default_rng(5)
    logs = np.array([draws.draw_log_gamma(rng, shape) for _ in range(5_000)])

    def below(x: Floats) -> Floats:
        """Give P(ln G <= x); far down, where exp(x) is 0 to a computer, the density is that of a power."""
        near = gamma.cdf(np.exp(np.maximum(x, -600)), shape)
        return np.asarray(np.where(x > -600, near, np.exp(shape * x - lgamma(shape + 1))))

    assert kstest(below(logs), "uniform").pvalue > 1e-4


@pytest.mark.parametrize("most", [200, 30, 3])
def test_failures_are_drawn_from_a_negative_binomial_that_ends(most: int) -> None:
    """With at most 3, where 60 are expected, practically every draw comes from the end of the range."""
    rng = np.random.default_rng(6)
    found = np.bincount([draws.draw_failures(rng, 20, 0.25, most) for _ in range(20_000)], minlength=most + 1)
    chances = nbinom.pmf(np.arange(most + 1), 20, 0.25)
    assert fits(found, chances / chances.sum())


# --- exact posteriors --------------------------------------------------------------------------------------------
def normalise(logs: list[float]) -> Floats:
    chances = np.exp(np.array(logs) - max(logs))
    return np.asarray(chances / chances.sum())


def one_class(counts: list[int]) -> Floats:
    """Give the posterior of the number of unseen when everybody is alike: lists independent, each chance uniform."""
    table = make_table("ABC", counts)
    seen, logs = table.observed, []
    sizes = [sum(count for history, count in enumerate(counts) if history >> place & 1) for place in range(3)]
    for unseen in range(20 * seen + 1):
        total = seen + unseen
        chance = sum(lgamma(1 + size) + lgamma(1 + total - size) - lgamma(2 + total) for size in sizes)
        logs.append(lgamma(total + 1) - lgamma(unseen + 1) - log(total) + chance)
    return normalise(logs)


@cache
def log_split(first: int, second: int) -> float:
    """Give the log chance that given persons are in the first and given others in the second of two classes.

    V ~ Beta(1, alpha) is integrated out by formula, alpha ~ Gamma(1/4, 1/4) on the scale of its log by quadrature.
    """
    x = np.linspace(-60, 6, 2_000)
    alpha = np.exp(x)
    logs = x + lgamma(first + 1) + gammaln(second + alpha) - gammaln(first + second + 1 + alpha)
    logs += 0.25 * x - 0.25 * alpha + 0.25 * log(0.25) - lgamma(0.25)
    return float(logsumexp(logs) + log(x[1] - x[0]))


def two_classes(on_a: int, on_b: int, on_both: int) -> Floats:
    """Give the same for two lists and two classes, by adding up over every way to put people in classes."""
    seen, chances = on_a + on_b + on_both, []
    for unseen in range(20 * seen + 1):
        ways = []
        for none, a, b, both in product(*(range(number + 1) for number in (unseen, on_a, on_b, on_both))):
            weight = sum(
                lgamma(of + 1) - lgamma(part + 1) - lgamma(of - part + 1)
                for of, part in ((unseen, none), (on_a, a), (on_b, b), (on_both, both))
            )
            first = none + a + b + both
            second = seen + unseen - first
            for members, sizes in (
                (first, (a + both, b + both)),
                (second, (on_a - a + on_both - both, on_b - b + on_both - both)),
            ):
                weight += sum(lgamma(1 + size) + lgamma(1 + members - size) - lgamma(2 + members) for size in sizes)
            ways.append(weight + log_split(first, second))
        total = seen + unseen
        chances.append(float(logsumexp(ways)) + lgamma(total + 1) - lgamma(unseen + 1) - log(total))
    return normalise(chances)


def agrees(drawn: NDArray[np.int64], exact: Floats) -> bool:
    """Tell whether shares of draws below exact quantiles are what they should be, four standard errors allowed."""
    cumulative = np.cumsum(exact)
    for share in (0.1, 0.25, 0.5, 0.75, 0.9):
        end = int(np.searchsorted(cumulative, share))
        below = (drawn <= end).astype(float)
        worth = convergence.find_effective_size(convergence.split_chains(below))
        error = np.sqrt(cumulative[end] * (1 - cumulative[end]) / worth)
        if abs(below.mean() - cumulative[end]) > 4 * error + 0.002:
            return False
    return True


def test_with_one_class_draws_come_from_the_exact_posterior() -> None:
    counts = [0, 9, 12, 3, 7, 2, 4, 1]
    sampling = Sampling(chains=4, burn_in=200, thinning=20, draws=1_000, classes=1)
    drawn = draw_totals(make_table("ABC", counts), sampling, seed=2)[:, :, 0]
    assert agrees(drawn, one_class(counts))


def test_with_two_classes_draws_come_from_the_exact_posterior() -> None:
    sampling = Sampling(chains=8, burn_in=1_000, thinning=20, draws=2_000, classes=2)
    drawn = draw_totals(make_table("AB", [0, 2, 1, 2]), sampling, seed=2)[:, :, 0]
    assert agrees(drawn, two_classes(2, 1, 2))


# --- the same numbers --------------------------------------------------------------------------------------------
def test_numbers_are_the_same_on_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    several = draw_totals(uk_table(), SHORT, seed=1)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert np.array_equal(draw_totals(uk_table(), SHORT, seed=1), several)


def test_numbers_are_the_same_without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    table, sampling = uk_table(), Sampling(chains=1, burn_in=0, thinning=1, draws=100)
    translated = draw_totals(table, sampling, seed=1)
    monkeypatch.setattr("zicht.stats.compiled.HAS_NUMBA", False)
    for module in (draws, lcm_chain):
        spec = find_spec(module.__name__)
        assert spec is not None
        assert spec.loader is not None
        plain = module_from_spec(spec)
        monkeypatch.setitem(sys.modules, module.__name__, plain)
        spec.loader.exec_module(plain)
    assert not hasattr(plain.sweep, "py_func")
    monkeypatch.setattr(lcm, "sweep", plain.sweep)
    assert np.array_equal(draw_totals(table, sampling, seed=1), translated)


def test_the_order_of_the_lists_does_not_matter() -> None:
    table = uk_table()
    order = [3, 0, 4, 2, 1]
    moved = [0] * 32
    for history, count in enumerate(table.counts.tolist()):
        moved[sum((history >> old & 1) << new for new, old in enumerate(order))] = count
    again = make_table([table.lists[old] for old in order], moved)
    assert np.array_equal(draw_totals(again, SHORT, seed=1), draw_totals(table, SHORT, seed=1))


def test_another_seed_gives_other_draws() -> None:
    assert not np.array_equal(draw_totals(uk_table(), SHORT, seed=2), draw_totals(uk_table(), SHORT, seed=1))


# --- what is given and said --------------------------------------------------------------------------------------
def test_new_orleans_is_what_two_hundred_chains_of_the_r_package_gave(shared: Path) -> None:
    """MSETools: 830 [568, 1379]."""
    table = shared_table(shared, "new_orleans_5lists")
    found = estimate_lcm(table, Sampling(burn_in=2_000, thinning=20, draws=300))
    assert found.total == pytest.approx(830, rel=0.05)
    assert found.lower == pytest.approx(568, rel=0.05)
    assert found.upper == pytest.approx(1379, rel=0.08)
    assert not any("do not agree" in str(caution) for caution in found.warnings)
    assert found.diagnostics["effective_draws"] > 1_000  # type: ignore[operator]


def test_chains_that_stay_near_different_totals_are_said_to_disagree() -> None:
    found = estimate_lcm(uk_table(), Sampling(burn_in=2_000, thinning=20, draws=300))
    said = " ".join(map(str, found.warnings))
    assert "The chains do not agree: R-hat is" in said
    medians = found.diagnostics["chain_medians"]
    assert isinstance(medians, list)
    assert len(medians) == 20


def test_draws_near_the_end_of_the_range_are_said() -> None:
    found = estimate_lcm(make_table("ABC", [0, 40, 40, 1, 40, 0, 0, 0]), SHORT)
    assert any("which ends at 2541 persons" in str(caution) for caution in found.warnings)


def test_progress_is_told_to_the_end() -> None:
    heard: list[float] = []
    draw_totals(uk_table(), SHORT, seed=1, tell=heard.append)
    assert heard == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("wrong", [Sampling(chains=0), Sampling(thinning=0), Sampling(classes=0), Sampling(rate=0.0)])
def test_a_setting_without_meaning_is_refused(wrong: Sampling) -> None:
    with pytest.raises(WrongSetting):
        estimate_lcm(uk_table(), wrong)


def test_ten_lists_are_sampled_too() -> None:
    rng = np.random.default_rng(8)
    patterns = (rng.random((300, 10)) < 0.2) @ (1 << np.arange(10))
    counts = np.bincount(patterns, minlength=1024)
    counts[0] = 0
    found = estimate_lcm(make_table("ABCDEFGHIJ", counts), SHORT)
    assert found.total == pytest.approx(300, rel=0.1)


# --- convergence -------------------------------------------------------------------------------------------------
def slow_size(values: Floats) -> float:
    """Give the effective sample size with every sum written out (Vehtari et al. 2021, equations 1 to 11)."""
    chains, length = values.shape
    means = [sum(chain) / length for chain in values.tolist()]
    inside = sum(
        sum((x - mean) ** 2 for x in chain) / (length - 1) for chain, mean in zip(values.tolist(), means, strict=True)
    )
    inside /= chains
    middle = sum(means) / chains
    between = sum((mean - middle) ** 2 for mean in means) / (chains - 1)
    pooled = (length - 1) / length * inside + between
    total, previous, lag = 0.0, float("inf"), 0
    while lag + 1 < length:
        pair = 0.0
        for step in (lag, lag + 1):
            shared = sum(
                sum((chain[t] - mean) * (chain[t + step] - mean) for t in range(length - step)) / length
                for chain, mean in zip(values.tolist(), means, strict=True)
            )
            pair += 1 - (inside - shared / chains) / pooled if step else 1.0
        if pair <= 0:
            break
        previous = min(pair, previous)
        total += previous
        lag += 2
    return float(chains * length / (2 * total - 1))


def autoregression(chains: int, length: int, kept: float) -> Floats:
    rng = np.random.default_rng(9)
    values = np.zeros((chains, length))
    values[:, 0] = rng.normal(size=chains)
    for step in range(1, length):
        values[:, step] = kept * values[:, step - 1] + np.sqrt(1 - kept**2) * rng.normal(size=chains)
    return values


def test_the_effective_size_is_that_of_writing_every_sum_out() -> None:
    values = autoregression(3, 40, 0.4)
    assert convergence.find_effective_size(values) == pytest.approx(slow_size(values), rel=1e-9)


def test_the_effective_size_of_an_autoregression_is_what_theory_says() -> None:
    found = convergence.judge_chains(autoregression(4, 20_000, 0.8))
    assert found.bulk == pytest.approx(80_000 * (1 - 0.8) / (1 + 0.8), rel=0.1)
    assert found.r_hat == pytest.approx(1.0, abs=0.005)
    assert found.is_reached


def test_chains_that_differ_in_place_or_spread_do_not_agree() -> None:
    values = autoregression(4, 500, 0.0)
    moved, wider = values.copy(), values.copy()
    moved[0] += 3
    wider[0] *= 10
    assert convergence.judge_chains(moved).r_hat > 1.1
    assert convergence.judge_chains(wider).r_hat > 1.05
    assert not convergence.judge_chains(moved).is_reached


def test_chains_that_never_move_agree() -> None:
    assert convergence.judge_chains(np.full((4, 10), 7)).r_hat == 1.0
