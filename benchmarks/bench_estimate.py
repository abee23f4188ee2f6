"""How fast the estimator is: beside what R packages needed on a quiet machine with two cores (data/peers_quiet.csv)."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.run import Measured, report
from zicht.stats import newton
from zicht.stats.bic import estimate_bic, rank
from zicht.stats.dga import estimate_dga
from zicht.stats.fits import start_near
from zicht.stats.lattice import sum_supersets
from zicht.stats.lcm import estimate_lcm
from zicht.stats.models import all_models, main_effects, pairs_of
from zicht.stats.newton_arrays import NEAR
from zicht.stats.shipped import FOLDER, PEERS_QUIET, read_shipped
from zicht.stats.stepwise import estimate_stepwise
from zicht.stats.tables import OverlapTable

UK, UK_SIX, EIGHT = "uk_2013_5lists", "uk_2013_6lists", "new_orleans_8lists"
KIB_PER_MIB = 1024
EXP_FLOPS = 30  # of our exponential: rounding, reduction, a polynomial of degree 12
# How many floating-point operations a second one core reaches in the product of two large matrices.
PEAK = """
import numpy, time
a = numpy.random.default_rng(1).random((1000, 1000))
times = []
for _ in range(7):
    start = time.perf_counter()
    a @ a
    times.append(time.perf_counter() - start)
print(2e9 / min(times))
"""


@dataclass(frozen=True)
class AtLeast(Measured):
    """One line of which the figure must not be less."""

    @property
    def is_within(self) -> bool:
        """Tell whether the figure that must be reached was reached."""
        return self.value >= self.most

    def __str__(self) -> str:
        word = "ok" if self.is_within else "TOO LITTLE"
        return f"{self.what:<52} {self.value:10.2f} {self.unit:<8} (at least {self.most:g})  {word}"


def best(work: Callable[[], object], times: int = 5) -> float:
    """Give the shortest of several times, in seconds, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def peer_seconds(package: str, dataset: str = UK) -> float:
    """Give the wall time of an R package, in seconds."""
    with PEERS_QUIET.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["package"], row["dataset"]) == (package, dataset)]
    return float(rows[0]["seconds_wall"])


def measure_stepwise() -> list[Measured]:
    """Select and bootstrap a thousand times."""
    tables = {name: read_shipped(name) for name in (UK, UK_SIX, EIGHT)}
    taken = {name: best(partial(estimate_stepwise, table), 3) for name, table in tables.items()}
    print(f"  SparseMSE took {peer_seconds('SparseMSE') / taken[UK]:,.0f} times as long on five lists")
    print(
        f"  MultipleSystemsEstimation took {peer_seconds('MultipleSystemsEstimation') / taken[UK]:,.0f} times as long"
    )
    return [
        Measured("stepwise, 1,000 BCa replicates, five lists", taken[UK], 0.4, "s"),
        Measured("stepwise, 1,000 BCa replicates, six lists", taken[UK_SIX], 2, "s"),
        Measured("stepwise, 1,000 BCa replicates, eight lists", taken[EIGHT], 10, "s"),
    ]


def measure_bic() -> list[Measured]:
    """Fit all models, then bootstrap over the best hundred."""
    table = read_shipped(UK)
    pairs, triples = best(lambda: rank(table, 2)), best(lambda: rank(table, 3))
    print(f"  Rcapture took {peer_seconds('Rcapture') / pairs:,.0f} times as long for the pair models")
    cpu = time.process_time()
    start = time.perf_counter()
    estimate_bic(table)
    whole = time.perf_counter() - start
    cores = (time.process_time() - cpu) / whole
    return [
        Measured("all 1,024 pair models of five lists", pairs, 0.02, "s"),
        Measured("all 6,212 models to order 3", triples, 0.2, "s"),
        Measured("bic with 1,000 replicates over 100 models", whole, 5, "s"),
        AtLeast("cores at work meanwhile", cores, 1.2 if newton.count_cores() > 1 else 0.5, "cores"),
    ]


def measure_others() -> list[Measured]:
    """Average over graphs, and sample latent classes as long as the peer did."""
    table = read_shipped(UK)
    graphs = best(lambda: estimate_dga(table))
    print(f"  dga took {peer_seconds('dga') / graphs:,.1f} times as long")
    start = time.perf_counter()
    result = estimate_lcm(table)
    taken = time.perf_counter() - start
    print(f"  lcm: {taken:.2f} s, {json.dumps({k: v for k, v in result.diagnostics.items() if 'effective' in k})}")
    chains = result.settings["chains"]
    assert isinstance(chains, int)
    # The chain is the peer's own, step for step, so as many of its draws are worth as many independent ones.
    return [
        Measured("dga, five lists", graphs, 0.02, "s"),
        AtLeast("lcm, draws a second beside LCMCR", peer_seconds("LCMCR") * chains / taken, 3, "times"),
    ]


def measure_fits() -> None:
    """Print how many fits a second one core makes, and which share of its peak that is."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    peak = float(subprocess.run([sys.executable, "-c", PEAK], env=environment, capture_output=True, check=True).stdout)
    print(f"  one core reaches {peak / 1e9:.1f} GFLOP/s in a product of matrices")
    for name in ("artificial", "uk_2013_4lists", UK, UK_SIX, EIGHT):
        table = read_shipped("artificial_3lists") if name == "artificial" else read_shipped(name)
        rate, flops = fit_rate(table)
        print(f"  K = {len(table.lists)}: {rate:10,.0f} fits a second and core, {rate * flops / peak:6.1%} of that")


def fit_rate(table: OverlapTable) -> tuple[float, float]:
    """Give fits a second on one core, of the model of all pairs that overlap well, and operations of a fit."""
    lists, cells = len(table.lists), table.counts.size
    together = sum_supersets(table.counts)
    model = main_effects(lists)
    model[[pair for pair in pairs_of(lists) if together[pair] > (3 if lists > 3 else 10)]] = True
    rows = 4_096
    counts = np.random.default_rng(1).multinomial(table.observed, table.counts / table.observed, size=rows)
    tops = sum_supersets(counts).astype(float)
    live = model & (tops > 0)
    start = np.where(live, start_near(tops), 0.0)
    start[model & ~live] = -np.inf
    terms, sizes = newton.list_terms(live)
    engine = newton.choose_engine(rows)

    def fit(steps: int) -> np.ndarray:
        moved = np.full(rows, np.inf)
        engine.fit_share(tops, terms, sizes, start.copy(), moved, False, steps)
        return moved

    # A fit takes one step more for each number of steps after which it has not settled.
    steps = sum(float(np.mean(fit(steps) >= NEAR)) for steps in range(25))
    size = int(model.sum())
    transforms = 3 * lists * cells / 2
    each = transforms + EXP_FLOPS * cells + size**3 / 3 + 2.5 * size**2
    return rows / best(lambda: fit(60)), steps * each


def measure_command() -> list[Measured]:
    """Run the whole command in a process of its own: first on a machine where nothing is translated yet."""
    program = (
        "import resource, sys\nfrom zicht.stats.__main__ import main\ncode = main(sys.argv[1:])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\nsys.exit(code)"
    )
    words = [sys.executable, "-c", program, str(FOLDER / f"{UK}.csv"), "--method", "all", "--json"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
            taken.append(time.perf_counter() - start)
    return [
        Measured("all methods on five lists, nothing translated yet", taken[0], 10, "s"),
        Measured("all methods on five lists, from start to end", min(taken[1:]), 4, "s"),
        Measured("memory of that at its peak", int(done.stderr.split()[-1]) / KIB_PER_MIB, 300, "MiB"),
    ]


def main() -> int:
    """Measure, and say how busy the machine was: others at work make all of it slower."""
    print(f"  load of the machine: {os.getloadavg()[0]:.1f} on {newton.count_cores()} cores")
    all_models(5, 3)
    measured = [*measure_stepwise(), *measure_bic(), *measure_others()]
    measure_fits()
    measured += measure_command()
    print(f"  load of the machine: {os.getloadavg()[0]:.1f}")
    return report(measured)


if __name__ == "__main__":
    sys.exit(main())
