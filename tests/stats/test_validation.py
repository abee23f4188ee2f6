"""What the documentation says of the methods is what the simulations that ship with it found."""

import csv
from pathlib import Path

import numpy as np
import pytest

from zicht.stats.scenarios import list_scenarios

RECOMMENDED = "bic"

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Give the shipped results, one for each scenario and method."""
    path = Path(__file__).resolve().parents[2] / "docs" / "methods" / "validation" / "coverage.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find(rows: Rows, **wanted: str) -> Rows:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_there_are_results_for_every_scenario(rows: Rows) -> None:
    assert {row["scenario"] for row in rows} == {scenario.code for scenario in list_scenarios()}


def test_families_are_those_of_the_scenarios(rows: Rows) -> None:
    families = {scenario.code: scenario.families for scenario in list_scenarios()}
    for row in rows:
        assert (row["considers"] == "yes") is (row["method"] in families[row["scenario"]])


def test_the_recommended_method_covers_93_percent_where_it_considers_the_truth(rows: Rows) -> None:
    mine = find(rows, method=RECOMMENDED, considers="yes")
    shares, sets = (np.array([float(row[name]) for row in mine]) for name in ("covered", "sets"))
    error = np.sqrt((shares * (1 - shares) / sets).sum()) / len(mine)
    assert len(mine) >= 10
    assert shares.mean() >= 0.93 - 2 * error


def test_stepwise_covers_what_its_authors_found_on_the_british_fit(rows: Rows) -> None:
    """90% of 500 data sets where 95% was asked: Chan, Silverman & Vincent (2021), section 3.4."""
    (row,) = find(rows, method="stepwise", scenario="uk-stepwise")
    assert int(row["sets"]) == 500
    assert float(row["covered"]) == pytest.approx(0.90, abs=0.03)


def test_nobody_counts_people_whom_no_list_can_reach_and_the_page_says_so(rows: Rows, project: Path) -> None:
    for row in find(rows, scenario="out-of-reach"):
        assert float(row["bias"]) == pytest.approx(-0.30, abs=0.05)
        assert float(row["covered"]) < 0.5
    page = (project / "docs" / "methods" / "estimates.md").read_text(encoding="utf-8")
    assert "**People whom no list can reach** (`out-of-reach`) are in nobody's estimate." in page


def test_the_page_names_the_recommended_method(project: Path) -> None:
    page = (project / "docs" / "methods" / "estimates.md").read_text(encoding="utf-8")
    assert f"**`{RECOMMENDED}` is the method we recommend**" in page
