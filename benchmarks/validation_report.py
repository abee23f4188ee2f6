"""Put what a validation found into tables and a plot, in docs/methods/validation."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert
from numpy.typing import NDArray

from zicht.stats.scenarios import Scenario

FOLDER = Path("docs/methods/validation")
NOMINAL, ASKED = 0.95, 0.93
RECOMMENDED = "bic"
PLOTTED = ("loglinear", "stepwise", "bic", "dga", "lcm")
COLUMNS = ("scenario", "method", "considers", "sets", "persons", "covered", "bias", "error", "width", "none", "open")


@dataclass(frozen=True)
class Outcome:
    """Hold results of one method on R data sets of a scenario: observed, total, lower, upper; shape (R, 4).

    Numbers are missing where there was no estimate; an upper bound is infinite where there is none.
    """

    scenario: Scenario
    method: str
    numbers: NDArray[np.float64]

    @property
    def sets(self) -> int:
        """Give R."""
        return len(self.numbers)

    @property
    def considers(self) -> bool:
        """Tell whether the method has the truth among what it considers."""
        return self.method in self.scenario.families

    @property
    def held(self) -> NDArray[np.bool_]:
        """Mark the data sets in which the bounds hold the truth; no bounds hold nothing."""
        lower, upper = self.numbers[:, 2], self.numbers[:, 3]
        return np.asarray((lower <= self.scenario.persons) & (self.scenario.persons <= upper))

    @property
    def ratios(self) -> NDArray[np.float64]:
        """Give estimates divided by the truth, of those that there are."""
        totals = self.numbers[:, 1]
        return np.asarray(totals[np.isfinite(totals)] / self.scenario.persons)

    def summarise(self) -> dict[str, str | int | float]:
        """Give one row: median bias and root mean square error of the log, and the usual width, as shares."""
        width = self.numbers[:, 3] / self.numbers[:, 2]
        return {
            "scenario": self.scenario.code,
            "method": self.method,
            "considers": "yes" if self.considers else "no",
            "sets": self.sets,
            "persons": self.scenario.persons,
            "covered": round(float(self.held.mean()), 4),
            "bias": round(float(np.median(self.ratios)) - 1, 4),
            "error": round(float(np.sqrt(np.mean(np.log(self.ratios) ** 2))), 4),
            "width": round(float(np.nanmedian(width)), 3),
            "none": int(np.isnan(self.numbers[:, 2]).sum()),
            "open": int(np.isinf(self.numbers[:, 3]).sum()),
        }


def write_report(outcomes: list[Outcome]) -> int:
    """Write all of it; give 1 when the recommended method does not hold what is asked of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = [one.summarise() for one in outcomes if one.ratios.size]
    with (FOLDER / "coverage.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    _write("coverage.inc", _grid(outcomes, "covered"))
    _write("bias.inc", _grid(outcomes, "bias"))
    _write("pooled.inc", _pooled(outcomes))
    _write("scenarios.inc", _list_scenarios(outcomes))
    svg = vl_convert.vegalite_to_svg(json.dumps(_plot(rows)))
    (FOLDER / "coverage.svg").write_text(svg + "\n", encoding="utf-8")
    share, error = pool([one for one in outcomes if one.considers and one.method == RECOMMENDED])
    print((FOLDER / "pooled.inc").read_text(encoding="utf-8"))
    return 0 if share >= ASKED - 2 * error else 1


def pool(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Give the coverage over scenarios, each with equal weight, and its Monte Carlo standard error."""
    if not outcomes:
        return float("nan"), float("nan")
    shares = np.array([one.held.mean() for one in outcomes])
    errors = shares * (1 - shares) / np.array([one.sets for one in outcomes])
    return float(shares.mean()), float(np.sqrt(errors.sum()) / len(outcomes))


def _grid(outcomes: list[Outcome], what: str) -> str:
    """Make a table of scenarios by methods; bold where the method considers the truth."""
    by_place = {(one.scenario.code, one.method): one for one in outcomes if one.ratios.size}
    methods = list(dict.fromkeys(method for _, method in by_place))
    lines = [_line(["scenario", *methods]), _line(["---"] + ["---:"] * len(methods))]
    for code in dict.fromkeys(code for code, _ in by_place):
        lines.append(_line([f"`{code}`", *(_cell(by_place.get((code, method)), what) for method in methods)]))
    return "\n".join(lines)


def _cell(outcome: Outcome | None, what: str) -> str:
    if outcome is None:
        return "–"
    value = float(outcome.summarise()[what])
    text = f"{100 * value:.1f}" if what == "covered" else f"{100 * value:+.0f}"
    return f"**{text}**" if outcome.considers else text


def _pooled(outcomes: list[Outcome]) -> str:
    lines = [
        _line(["method", "scenarios it considers", "covered there, %", "± (Monte Carlo)", "covered elsewhere, %"]),
        _line(["---"] + ["---:"] * 4),
    ]
    for method in dict.fromkeys(one.method for one in outcomes):
        inside = [one for one in outcomes if one.method == method and one.considers]
        share, error = pool(inside)
        other, _ = pool([one for one in outcomes if one.method == method and not one.considers])
        shown = [f"{100 * one:.1f}" if one == one else "–" for one in (share, error, other)]
        lines.append(_line([method, str(len(inside)), *shown]))
    return "\n".join(lines)


def _list_scenarios(outcomes: list[Outcome]) -> str:
    lines = [
        _line(["scenario", "what it is", "lists", "persons", "seen", "data sets", "considered by"]),
        _line(["---", "---"] + ["---:"] * 4 + ["---"]),
    ]
    for code in dict.fromkeys(one.scenario.code for one in outcomes):
        mine = [one for one in outcomes if one.scenario.code == code]
        scenario, sets = mine[0].scenario, sorted({one.sets for one in mine})
        drawn = f"{sets[0]}–{sets[-1]}" if len(sets) > 1 else str(sets[0])
        seen = f"{100 * (1 - scenario.chances[:, 0].sum()):.0f}%"
        methods = ", ".join(sorted(scenario.families)) or "none"
        size = [str(scenario.lists), f"{scenario.persons:,}", seen, drawn]
        lines.append(_line([f"`{code}`", scenario.sentence, *size, methods]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _write(name: str, text: str) -> None:
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


def _plot(rows: list[dict[str, str | int | float]]) -> dict[str, Any]:
    """Describe small panels, one a method: a point for each scenario, filled where the method considers the truth."""
    values = [row for row in rows if row["method"] in PLOTTED]
    codes = list(dict.fromkeys(row["scenario"] for row in values))
    x: dict[str, Any] = {"field": "covered", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]}}
    x["axis"] = {"format": "%", "values": [0, 0.5, 0.95], "grid": True}
    points = {
        "mark": {"type": "point", "size": 60, "strokeWidth": 1.5, "color": "#1f5f8b"},
        "encoding": {
            "x": x,
            "y": {"field": "scenario", "type": "nominal", "sort": codes, "title": None},
            "fillOpacity": {"condition": {"test": "datum.considers == 'yes'", "value": 1}, "value": 0},
            "fill": {"value": "#1f5f8b"},
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "title": {
            "text": "How often 95% bounds hold the truth",
            "subtitle": "Filled: the method considers what is true. Open: it does not, and nothing is promised.",
            "anchor": "start",
        },
        "data": {"values": values},
        "facet": {"column": {"field": "method", "sort": list(PLOTTED), "title": None}},
        "spec": {"width": 130, "height": 20 * len(codes), **points},
        "config": {"view": {"stroke": "#cccccc"}, "font": "sans-serif", "axis": {"labelFontSize": 12}},
    }
