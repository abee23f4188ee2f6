"""Hide the fewest counts so that nobody can work out a small one: against exhaustive search, and against attackers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from tests.stats.disclosure.made import Counts, crosstab, fewest, inner_solutions, is_safe, joined, read, shown_in

from zicht.stats.disclosure.errors import ListedInOneOnly, ShownAlready
from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.protect import Asked, protect_tables
from zicht.stats.disclosure.published import Wording
from zicht.stats.disclosure.suppress import hide

LEAST = 3
SMALL_TABLES = [
    ([[3, 4], [0, 5]], 9),
    ([[1, 4], [4, 5]], 9),
    ([[0, 0], [7, 4]], 9),
    ([[3, 4, 3], [3, 1, 3]], 6),
]
TOO_FEW_HIDDEN = [[[20, 3], [15, 30], [12, 18]], [[2, 40, 30], [50, 60, 70]], [[0, 11], [12, 13]], [[9, 90], [80, 70]]]


@pytest.mark.parametrize(("counts", "most"), SMALL_TABLES)
def test_no_more_is_hidden_than_exhaustive_search_finds_enough(counts: list[list[int]], most: int) -> None:
    table = read(crosstab(counts))
    linked = link([table])
    hidden = hide(linked, LEAST)
    truth = linked.values[[linked.cells[0, entry.row, entry.column] for entry in table.entries]]
    solutions = inner_solutions(len(counts), len(counts[0]), most).reshape(-1, len(truth))
    assert (len(hidden.cells), int(linked.values[list(hidden.cells)].sum())) == fewest(solutions, truth, {}, LEAST)
    assert hidden.bound == len(hidden.cells)


@pytest.mark.parametrize(
    ("first", "second"), [([[3, 1], [4, 0]], [[1, 3], [1, 3]]), ([[1, 2], [4, 1]], [[2, 1], [1, 4]])]
)
def test_two_tables_with_the_same_regions_are_protected_as_one(first: list[list[int]], second: list[list[int]]) -> None:
    tables = [read(crosstab(first), "a.csv"), read(crosstab(second, across="age"), "b.csv")]
    linked = link(tables)
    hidden = hide(linked, LEAST)
    flat = [
        linked.cells[number, entry.row, entry.column] for number, table in enumerate(tables) for entry in table.entries
    ]
    twins = {place: flat.index(cell) for place, cell in enumerate(flat) if flat.index(cell) < place}
    both = joined(inner_solutions(2, 2, most=5), inner_solutions(2, 2, most=5))
    assert (len(hidden.cells), int(linked.values[list(hidden.cells)].sum())) == fewest(
        both, linked.values[flat], twins, LEAST
    )


@pytest.mark.parametrize("counts", TOO_FEW_HIDDEN)
def test_small_counts_alone_would_tell_and_with_what_is_hidden_beside_them_do_not(counts: list[list[int]]) -> None:
    table = read(crosstab(counts))
    protected = protect_tables([table], Asked(release="public"))
    whole = np.array([[entry.value for entry in table.entries]]).reshape(len(counts) + 1, -1)
    only_small = np.where(whole < 10, -1, whole)
    assert any(low == high for low, high in _ranges(only_small)), "the test needs a table that tells"
    hidden = np.array([[-1 if value is None else value for value in row] for row in shown_in(protected.csv(0))])
    assert all(low < high for low, high in _ranges(hidden))


@examples(max_examples=6)
@given(st.data())
def test_no_reader_of_a_release_can_tell_a_small_count(data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(2, 3)), data.draw(st.integers(2, 4))
    count = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 60))
    counts = data.draw(st.lists(st.lists(count, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    protected = protect_tables([read(crosstab(counts))], Asked(release="public"))
    shown = np.array([[-1 if value is None else value for value in row] for row in shown_in(protected.csv(0))])
    assert not ((shown >= 0) & (shown < 10)).any()
    for low, high in _ranges(shown):
        assert low == 0 or low < high
        assert high > low


def test_a_total_that_two_tables_share_and_none_shows_is_reckoned_with() -> None:
    girls = "region,sex,count\nN,f,12\nN,m,2\nS,f,30\nS,m,31\n"
    ages = "region,age,count\nN,minor,3\nN,adult,11\nS,minor,30\nS,adult,31\n"
    alone = protect_tables([read(girls)], Asked(release="partners"))
    together = protect_tables([read(girls, "a.csv"), read(ages, "b.csv")], Asked(release="partners"))
    assert alone.hidden == 1, "without a total nothing tells the one small count"
    assert together.hidden == 3, "12 + ? = 3 + 11 would tell it, and 12 + ? = ? + 11 that there are minors"


def test_a_province_is_the_sum_of_its_municipalities_in_whichever_table_they_stand() -> None:
    places = (
        "province,municipality,count\ntotal,total,96\nN,total,40\nN,Assen,36\nN,Emmen,4\n"
        "Z,total,56\nZ,Breda,20\nZ,Goes,36\n"
    )
    sexes = "municipality,sex,count\nEmmen,f,1\nEmmen,m,3\nGoes,f,16\nGoes,m,20\n"
    protected = protect_tables([read(places, "a.csv"), read(sexes, "b.csv")], Asked(release="partners"))
    first, second = protected.counts
    hidden = {tuple(protected.tables[0].rows[row][:2]) for (row, _), count in first.items() if count is None}
    assert ("N", "Emmen") in hidden
    assert ("N", "Assen") in hidden or ("N", "total") in hidden
    assert [count for _, count in sorted(second.items())] == [None, None, 16, 20]


def test_what_an_earlier_release_shows_is_not_hidden_for_nothing() -> None:
    table = read(crosstab([[20, 3], [15, 30], [12, 18]]))
    before = read("region,count\nregion0,23\n", "before.csv", Wording(is_release=True))
    protected = protect_tables([table], Asked(release="public"), [before])
    shown = shown_in(protected.csv(0))
    assert shown[0][2] == 23
    assert shown[0][1] is None


def test_a_small_count_that_is_out_already_is_said_to_be_beyond_help() -> None:
    table = read(crosstab([[20, 3], [15, 30]]))
    before = read(
        "region,sex,count\nregion0,sex0,20\nregion0,total,23\ntotal,sex1,33\nregion1,sex1,30\n",
        "before.csv",
        Wording(is_release=True),
    )
    with pytest.raises(ShownAlready, match="Earlier releases"):
        protect_tables([table], Asked(release="public"), [before])


def test_a_category_that_one_table_leaves_out_is_said_to_be_why_nothing_can_be_hidden() -> None:
    """Nothing is out yet, so that no earlier release is to blame."""
    first, second = ("sex,count\nm,30\nf,40\n" + more + "Total,70\n" for more in ("not known,0\n", ""))
    with pytest.raises(ListedInOneOnly, match="leaves out"):
        protect_tables([read(first, "a.csv"), read(second, "b.csv")], Asked(release="public"))


def test_nothing_is_hidden_from_colleagues() -> None:
    assert protect_tables([read(crosstab([[0, 1], [2, 3]]))], Asked(release="internal")).hidden == 0


def test_where_girls_cannot_be_counted_nothing_is_hidden() -> None:
    table = read("region\\sex,boys,girls,total\nboys' school,40,.,40\nother,50,60,110\ntotal,90,60,150\n")
    protected = protect_tables([table], Asked(release="public"))
    assert protected.hidden == 0
    assert "boys' school,40,.,40" in protected.csv(0)


def test_a_slow_reader_agrees_with_the_ranges_of_the_attack() -> None:
    truth = np.array([4, 2, 6, 2, 4, 6, 6, 6, 12])
    solutions = inner_solutions(2, 2, most=6).reshape(-1, 9)
    assert not is_safe(solutions, truth, {1}, LEAST)
    assert is_safe(solutions, truth, {0, 1, 3, 4}, LEAST)


def _ranges(shown: Counts) -> list[tuple[int, int]]:
    """Attack a crosstab with totals, -1 where one is hidden: give the least and most whole value of each such one."""
    rows, columns = shown.shape
    places = np.arange(shown.size).reshape(rows, columns)
    lines = np.zeros((rows + columns, shown.size))
    for row in range(rows):
        lines[row, places[row, :-1]], lines[row, places[row, -1]] = 1, -1
    for column in range(columns):
        lines[rows + column, places[:-1, column]], lines[rows + column, places[-1, column]] = 1, -1
    flat = shown.ravel()
    bounds = Bounds(np.where(flat < 0, 0, flat), np.where(flat < 0, 1000, flat))
    found = []
    for cell in np.flatnonzero(flat < 0):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(flat.size)
            aim[cell] = sign
            solved = milp(
                aim, constraints=LinearConstraint(lines, 0, 0), bounds=bounds, integrality=np.ones(flat.size, int)
            )
            assert solved.x is not None
            ends.append(round(float(solved.x[cell])))
        found.append((ends[0], ends[1]))
    return found


@pytest.mark.parametrize("counts", [[[9, 1], [8, 7]], [[9, 0], [8, 7]], [[9, 1], [0, 9]], [[9, 2], [1, 8]]])
def test_a_group_that_nearly_all_gave_one_answer_is_hidden_until_another_answer_is_possible(
    counts: list[list[int]],
) -> None:
    table = read(crosstab(counts, across="means"))
    linked = link([table])
    hidden = hide(linked, LEAST, sensitive=["means"])
    order = [linked.cells[0, entry.row, entry.column] for entry in table.entries]
    truth = linked.values[order].reshape(3, 3)
    solutions = inner_solutions(2, 2, most=20)
    shown = np.array([cell not in hidden.cells for cell in order]).reshape(3, 3)
    possible = solutions[(solutions == truth)[:, shown].all(1)]
    for row in range(2):
        if truth[row].min() < LEAST:
            others = possible[:, row, :2].min(1)
            assert others.max() >= LEAST, "a reader knows that nearly all gave one answer"


def test_a_group_that_does_not_tell_and_one_of_another_question_stay() -> None:
    table = read(crosstab([[9, 5], [8, 7]]))
    assert not hide(link([table]), LEAST, sensitive=["sex"]).cells
    all_of_one = read("region,sex,count\nA,f,40\nA,m,.\nA,unknown,3\nB,f,20\nB,m,30\n")
    assert not hide(link([all_of_one]), LEAST, sensitive=["region"]).cells


def test_who_is_not_known_to_have_answered_does_not_make_a_group_less_telling() -> None:
    table = read(
        "region,means,count\nA,images,40\nA,violence,0\nA,unknown,12\nA,total,52\nB,images,20\nB,violence,30\n"
    )
    linked = link([table])
    assert linked.cells[0, 1, 2] in hide(linked, LEAST, sensitive=["Means"]).cells
