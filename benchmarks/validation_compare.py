"""Our numbers beside published ones and those of R packages, for docs/methods/validation."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from zicht.stats.bic import estimate_bic, rank
from zicht.stats.dga import estimate_dga
from zicht.stats.existence import find_status
from zicht.stats.lcm import Sampling, estimate_lcm
from zicht.stats.loglinear import estimate_loglinear
from zicht.stats.models import pairs_of, read_model
from zicht.stats.shipped import FOLDER, PEERS, read_shipped
from zicht.stats.stepwise import estimate_stepwise, select
from zicht.stats.tables import overlaps

KEPT = Path("build/validation/compared.json")
PUBLISHED = FOLDER / "published.csv"
# As MSETools runs LCMCR: no burn-in, so that the way from the start is in the numbers too.
MSETOOLS = Sampling(chains=200, burn_in=0, thinning=1_000, draws=100)

Numbers = tuple[float | None, float | None, float | None]
Ours = Callable[["Row"], Numbers]


@dataclass(frozen=True)
class Row:
    """Hold a row of one of the two files: on which table, who or how, the call or setting, what it is, and numbers."""

    dataset: str
    source: str
    setting: str
    what: str
    theirs: Numbers

    @property
    def key(self) -> str:
        """Name the row."""
        return "|".join([self.dataset, self.source, self.setting, self.what])

    def find(self, pattern: str, otherwise: str = "") -> str:
        """Find a part of the setting."""
        found = re.search(pattern, self.setting)
        return found[1] if found else otherwise


def level_of(row: Row) -> float:
    """Give the level of the bounds."""
    return 0.8 if "80%" in row.setting + row.what else 0.95


def by_stepwise(row: Row) -> Numbers:
    """Select, with bootstrap."""
    found = estimate_stepwise(read_shipped(row.dataset), level=level_of(row))
    return found.total, found.lower, found.upper


def by_selected(row: Row) -> Numbers:
    """Select at a threshold, with the bounds of the selected model alone."""
    table = read_shipped(row.dataset)
    chosen = select(table.counts[np.newaxis], float(row.find(r"pthresh=([0-9.]+)"))).models[0]
    found = estimate_loglinear(table, chosen)
    return found.total, found.lower, found.upper


def by_main_effects(row: Row) -> Numbers:
    """Fit independent lists."""
    found = estimate_loglinear(read_shipped(row.dataset))
    return found.total, found.lower, found.upper


def by_main_bootstrap(row: Row) -> Numbers:
    """Fit independent lists, with bootstrap: at threshold 0 nothing is added."""
    found = estimate_stepwise(read_shipped(row.dataset), threshold=0.0)
    return found.total, found.lower, found.upper


def by_profile(row: Row) -> Numbers:
    """Fit one model, multinomial."""
    table = read_shipped(row.dataset)
    found = estimate_loglinear(table, read_model(row.what, len(table.lists)) if "mX=model" in row.setting else None)
    return (found.profile.total, found.profile.lower, found.profile.upper) if found.profile else (None, None, None)


def by_lowest_bic(row: Row) -> Numbers:
    """Take the lowest BIC, without bounds."""
    return estimate_bic(read_shipped(row.dataset), int(row.find(r"maxorder=(\d)")), times=0).total, None, None


def by_symmetric(row: Row) -> Numbers:
    """Take the lowest BIC with pairs, with symmetric bounds of that model."""
    table = read_shipped(row.dataset)
    model = read_model(estimate_bic(table, 2, times=0).model, len(table.lists))
    found = estimate_loglinear(table, model)
    bounds = [found.diagnostics[name] for name in ("lower_symmetric", "upper_symmetric")]
    return found.total, *(one if isinstance(one, float) else None for one in bounds)  # type: ignore[return-value]


def by_bic(row: Row) -> Numbers:
    """Take the lowest BIC, with bootstrap over the best models."""
    order = row.find(r"maxorder (\d)")
    top = row.find(r"ntop(?:models)?=(\d+)")
    table = read_shipped(row.dataset)
    found = estimate_bic(table, int(order) if order else None, int(top) if top else None, level=level_of(row))
    return (None if row.theirs[0] is None else found.total), found.lower, found.upper


def by_dga(row: Row) -> Numbers:
    """Average over graphs."""
    found = estimate_dga(read_shipped(row.dataset), reach=int(row.find(r"1\.\.(\d+)n", "30")))
    return found.total, found.lower, found.upper


def by_lcm(row: Row) -> Numbers:
    """Sample as usual: twenty chains, each as long as one of the package's."""
    return _sample(row.dataset, Sampling())


def by_many_chains(row: Row) -> Numbers:
    """Sample as MSETools does."""
    return _sample(row.dataset, MSETOOLS)


@lru_cache
def _sample(dataset: str, sampling: Sampling) -> Numbers:
    found = estimate_lcm(read_shipped(dataset), sampling)
    return found.total, found.lower, found.upper


def count_empty_pairs(row: Row) -> Numbers:
    """Count pairs that share nobody."""
    table = read_shipped(row.dataset)
    return float((overlaps(table)[pairs_of(len(table.lists))] == 0).sum()), None, None


def find_their_status(row: Row) -> Numbers:
    """Look at existence and identifiability."""
    text = {"all": "[12,13,23]", "AB": "[12,3]", "AC": "[13,23]"}[row.setting.split()[0]]
    return float(find_status(read_shipped(row.dataset).counts > 0, read_model(text, 3))), None, None


def count_models(row: Row) -> Numbers:
    """Count the models that have an estimate."""
    return float((rank(read_shipped(row.dataset), 3).scores < np.inf).sum()), None, None


# Source and setting, as patterns; the first that fits. Other rows are of methods that are not here.
RULES: list[tuple[str, str, Ours]] = [
    (r"SparseMSE 2", r"estimatepopulation\.0", by_selected),
    (r"SparseMSE 2|MultipleSystems", r"estimatepopulation\(|stepwise\(", by_stepwise),
    (r"MultipleSystems", r"bic\(.*nboot=0", by_lowest_bic),
    (r"MultipleSystems", r"method='auto'", by_bic),
    (r"Rcapture 1", r"closedpMS", by_symmetric),
    (r"Rcapture 1", r"closedpCI", by_profile),
    (r"modslavmse", r"mainonly=TRUE", by_profile),
    (r"dga 2", "", by_dga),
    (r"LCMCR 0", "", by_lcm),
    (r"^stepwise Poisson|^stepwise; BCa", "", by_stepwise),
    (r"^main effects only", "", by_main_bootstrap),
    (r"^existence and ident", "", count_empty_pairs),
    (r"^extended MLE", "", find_their_status),
    (r"^BIC over hier.*|^BIC, all models|^BIC \+ BCa", r"^(?!.*(degree 2|Inf, maxorder))", by_bic),
    (r"^number of admissible", "", count_models),
    (r"^independence$", "", by_main_effects),
    (r"^SparseMSE$", "", by_stepwise),
    (r"^dga$", "", by_dga),
    (r"^LCMCR \(200 chains\)", "", by_many_chains),
]


def read_rows(path: Path) -> Iterator[Row]:
    """Read one of the files; a row that says `same` has the call of the row before."""
    call = ""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if "call" in row:
                call = f"{call} | {row['call']}" if row["call"].startswith("same") else row["call"]
                names, texts = ("estimate", "lower", "upper"), (row["package"], call, row["note"])
            else:
                names, texts = ("value", "lower", "upper"), (row["method"], row["setting"], row["statistic"])
            first, second, third = (_number(row[name]) for name in names)
            yield Row(row["dataset"], *texts, (first, second, third))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def compare() -> list[tuple[Row, Numbers]]:
    """Compute ours for every row that a method of ours is for; what was computed before is kept."""
    kept: dict[str, Numbers] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    found = []
    for row in [*read_rows(PUBLISHED), *read_rows(PEERS)]:
        if (ours := find_rule(row)) is None:
            continue
        if row.key not in kept:
            kept[row.key] = ours(row)
            KEPT.parent.mkdir(parents=True, exist_ok=True)
            KEPT.write_text(json.dumps(kept), encoding="utf-8")
        found.append((row, kept[row.key]))
    return found


def find_rule(row: Row) -> Ours | None:
    """Find how to compute a row; None where no method of ours is meant, or the table is not public."""
    if not (FOLDER / f"{row.dataset}.csv").exists():
        return None
    fits = (
        ours for source, setting, ours in RULES if re.search(source, row.source) and re.search(setting, row.setting)
    )
    return next(fits, None)


# --- the tables --------------------------------------------------------------------------------------------------
WHY_NOT = [
    ("modslavmse.*MSEfit.*mainonly=FALSE", "another stepwise: AIC, then Wald tests, existence not looked at"),
    ("modslavmse.*make_", "the same packages called through another, rounded to 100, or other priors"),
    ("conting", "another prior over models"),
    ("bayesthresh|Bayesian threshold", "another method: a threshold on Bayesian effects"),
    ("downhill|degree 2", "a search that does not try all models, or another kind of bounds"),
    ("Inf, maxorder", "all models again on every drawn table: 1,024 or 6,893 a thousand times"),
    ("location of bootstrap", "ranks of models, not totals"),
    ("simulation|threshold study|internal consistency|convergence", "a study of its own, not a total of one table"),
    ("earlier published|Silverman 2014", "a range, with no setting that could be repeated"),
    ("", "the table is not public"),
]


def count_left_out() -> dict[str, int]:
    """Say of how many rows nothing is computed, by the reason."""
    reasons: dict[str, int] = {}
    for row in [*read_rows(PUBLISHED), *read_rows(PEERS)]:
        if find_rule(row) is None:
            text = f"{row.source} {row.setting}"
            reason = next(why for pattern, why in WHY_NOT if re.search(pattern, text))
            reasons[reason] = reasons.get(reason, 0) + 1
    return reasons


def write_tables(folder: Path) -> None:
    """Write published numbers and those of R packages beside ours, and what was left out."""
    rows = compare()
    published = {row.key for row in read_rows(PUBLISHED)}
    for name, chosen in (("published", True), ("packages", False)):
        lines = ["| table | method | setting | theirs | ours |", "| --- | --- | --- | ---: | ---: |"]
        lines += [_line(row, ours) for row, ours in rows if (row.key in published) is chosen]
        (folder / f"{name}.inc").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["| rows | why nothing is computed |", "| ---: | --- |"]
    lines += [f"| {count} | {reason} |" for reason, count in count_left_out().items()]
    (folder / "left-out.inc").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(row: Row, ours: Numbers) -> str:
    cells = [f"`{row.dataset}`", row.source, _shorten(row), _show(row.theirs), _show(ours)]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _shorten(row: Row) -> str:
    """Leave out what is the same in every call, and where a published number was read."""
    text = re.sub(r"\w+::|zdat, |X, |dfreq=TRUE, |returnfit=FALSE|iseed=1234|MSETools defaults \(.*", "", row.setting)
    text = re.sub(r"estimate_?population(\.0)?(_\w+)?|set\.seed\(1\); ", "", text).strip(" ,;|")
    return " ".join(f"{text}; {row.what}".strip("; ").split())[:110]


def _show(numbers: Numbers) -> str:
    total, lower, upper = (
        None if one is None else f"{one:,.0f}" if one >= 10_000 else f"{one:,.6g}" for one in numbers
    )
    bounds = f"[{lower or '…'}, {upper or '…'}]" if lower or upper else ""
    return " ".join(part for part in (total, bounds) if part)
