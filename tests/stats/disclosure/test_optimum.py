"""No more is hidden than trying everything finds enough: in random small tables, linked ones, places in provinces."""

from itertools import product

import numpy as np
import pytest
from tests.stats.disclosure.made import Counts, crosstab, fewest, inner_solutions, is_safe, joined, read

from zicht.stats.disclosure.linking import Linked, link
from zicht.stats.disclosure.published import Published
from zicht.stats.disclosure.suppress import hide

LEAST = 2  # so that every way to fill a table can be tried
MOST = 6  # no sum of two counts of these tables is more
SEEDS = range(5)
ABOVE = {"a": "North", "b": "North", "c": "South", "d": "South"}


def compare(linked: Linked, tables: list[Published], solutions: Counts) -> None:
    """Compare with exhaustive search; solutions have a column for each count of the tables, in their order."""
    hidden = hide(linked, LEAST)
    flat = [linked.cells[number, one.row, one.column] for number, table in enumerate(tables) for one in table.entries]
    twins = {place: flat.index(cell) for place, cell in enumerate(flat) if flat.index(cell) < place}
    truth = linked.values[flat]
    shown = {place for place, cell in enumerate(flat) if cell in hidden.cells}
    assert is_safe(solutions, truth, shown, LEAST)
    found = (len(hidden.cells), int(linked.values[list(hidden.cells)].sum()))
    assert found == fewest(solutions, truth, twins, LEAST)
    assert hidden.bound == len(hidden.cells)


def counts_of(seed: int, *shape: int) -> Counts:
    chance = np.random.default_rng(seed)
    return np.where(chance.random(shape) < 0.3, chance.integers(0, LEAST, shape), chance.integers(LEAST, 4, shape))


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_table(seed: int) -> None:
    counts = counts_of(seed, 2, 2)
    table = read(crosstab(counts))
    compare(link([table], is_crossed=True), [table], inner_solutions(2, 2, MOST).reshape(-1, 9))


@pytest.mark.parametrize("seed", SEEDS)
def test_in_two_tables_of_the_same_regions(seed: int) -> None:
    counts = counts_of(seed, 2, 2)
    # The same people once more, by another question.
    other = np.random.default_rng(seed).binomial(counts.sum(1), 0.5)
    others = np.column_stack([other, counts.sum(1) - other])
    tables = [read(crosstab(counts), "a.csv"), read(crosstab(others, across="age"), "b.csv")]
    both = joined(inner_solutions(2, 2, MOST), inner_solutions(2, 2, MOST))
    compare(link(tables, is_crossed=True), tables, both)


@pytest.mark.parametrize("seed", SEEDS)
def test_in_places_that_lie_in_provinces(seed: int) -> None:
    leaves = counts_of(seed, 4)
    table, solutions = _places(leaves[:, None])
    compare(link([table], above=ABOVE), [table], solutions)


@pytest.mark.parametrize("seed", SEEDS)
def test_in_places_that_lie_in_provinces_by_sex(seed: int) -> None:
    leaves = counts_of(seed + 50, 3, 2)
    table, solutions = _places(leaves)
    compare(link([table], above=ABOVE), [table], solutions)


def _places(leaves: Counts) -> tuple[Published, Counts]:
    """Give a table of places in provinces, with every way to fill it."""
    size = len(leaves)
    inner = np.array(list(product(range(MOST + 1), repeat=leaves.size))).reshape(-1, *leaves.shape)
    names = [*"abcd"[:size], *(["North", "South"] if size > 3 else ["North"]), "total"]
    lines = ["place,sex,count"]
    for name, row in zip(names, _with_sums(leaves[None])[0], strict=True):
        cells = [*(f"s{number}" for number in range(leaves.shape[1])), *(["total"] if leaves.shape[1] > 1 else [])]
        lines += [f"{name},{sex},{count}" for sex, count in zip(cells, row, strict=True)]
    return read("\n".join(lines) + "\n"), _with_sums(inner).reshape(len(inner), -1)


def _with_sums(inner: Counts) -> Counts:
    """Add provinces and the total to places, and both sexes together; the last place alone is in no province."""
    rows = [inner, inner[:, :2].sum(1, keepdims=True)]
    rows += [inner[:, 2:].sum(1, keepdims=True)] if inner.shape[1] > 3 else []
    whole = np.concatenate([*rows, inner.sum(1, keepdims=True)], axis=1)
    return np.concatenate([whole, whole.sum(2, keepdims=True)], axis=2) if inner.shape[2] > 1 else whole
