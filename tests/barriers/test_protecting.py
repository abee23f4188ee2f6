"""No case can be told from sums: an attacker who knows every number shown, in areas that overlap, finds no small one.

The attacker here is written apart from the product: it asks a solver in whole numbers what a hidden count can be.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from zicht import words
from zicht.barriers.holding import sums
from zicht.barriers.holding.nesting import MOST_COVERS, Signs, covered_too_often, covers, nested, signs_of
from zicht.barriers.holding.protecting import Total, link, protect
from zicht.barriers.holding.reading import area_of
from zicht.barriers.holding.rules import reading_of
from zicht.barriers.models import BarrierModel
from zicht.barriers.processes.content import write
from zicht.barriers.rules import EVERYWHERE, PROVINCES, REGIONS
from zicht.stats.disclosure.attack import find_farthest, knots_of
from zicht.words import Label, Process, Step

LEAST = 5
# Two areas that overlap in one part, and the whole: whoever subtracts one area from the other has the parts.
PARTS = ("left", "middle", "right")
OVERLAPPING: list[Total] = [
    ("left area", ("left", "middle")),
    ("right area", ("middle", "right")),
    ("whole", PARTS),
]


def add_up(parts: Mapping[str, int], totals: Sequence[Total]) -> dict[str, int]:
    counts = dict(parts)
    for total, inside in totals:
        counts[total] = sum(counts[one] for one in inside)
    return counts


def range_of(
    key: str, counts: Mapping[str, int], shown: Mapping[str, int | None], totals: Sequence[Total]
) -> tuple[int, int]:
    """Ask what a count can be, for somebody who knows what is shown and what adds up to what."""
    keys = list(counts)
    rows = np.zeros((len(totals), len(keys)))
    for line, (total, inside) in enumerate(totals):
        rows[line, [keys.index(one) for one in inside]] = 1
        rows[line, keys.index(total)] = -1
    known = [shown.get(one) for one in keys]
    low = np.array([0 if one is None else one for one in known], float)
    high = np.array([1_000 if one is None else one for one in known], float)
    found = []
    for sign in (1, -1):
        aim = np.zeros(len(keys))
        aim[keys.index(key)] = sign
        solved = milp(
            aim, constraints=LinearConstraint(rows, 0, 0), bounds=Bounds(low, high), integrality=np.ones(len(keys), int)
        )
        assert solved.x is not None
        found.append(round(sign * solved.fun))
    return found[0], found[1]


@settings(max_examples=25)
@given(st.tuples(*[st.integers(0, 12)] * 3))
def test_two_areas_that_overlap_tell_of_no_part_that_is_small(numbers: tuple[int, int, int]) -> None:
    counts = add_up(dict(zip(PARTS, numbers, strict=True)), OVERLAPPING)
    shown = protect(counts, OVERLAPPING, LEAST, PARTS)
    assert not set(PARTS) & set(shown), "a part stands on no page"
    assert all(shown[key] in (None, counts[key]) for key in shown), "what is shown is true"
    for key, count in counts.items():
        if count < LEAST:
            low, high = range_of(key, counts, shown, OVERLAPPING)
            assert low == 0
            assert high >= LEAST - 1


def test_what_the_difference_of_two_areas_would_tell_is_hidden() -> None:
    counts = add_up({"left": 1, "middle": 30, "right": 40}, OVERLAPPING)
    shown = protect(counts, OVERLAPPING, LEAST, PARTS)
    # 71 in all and 70 in the right area would leave one case in the left part.
    assert shown["whole"] is None or shown["right area"] is None


# --- the sums themselves ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel(process="STATELAB", number=1, content=write(words.vocabulary().processes["STATELAB"]))


def test_the_attacker_of_disclosure_control_finds_no_small_count_in_the_sums(model: BarrierModel) -> None:
    found = sums.Counted(Counter(), Counter())
    for part, place in enumerate(sorted(sums._atoms())[::5]):
        found.atoms["STATELAB", "T4", *place, sums.OPEN] = 3 * part % 8
        found.atoms["STATELAB", "T3", *place, sums.OPEN] = 3 * part % 8 + part % 3
    found.atoms["STATELAB", "T3", "", "", sums.BLOCKED] = 7
    found.confirmed["STATELAB", "T3"] = 3
    shown = sums.protect_cases(found, [model], LEAST)
    signs = {step: one for step, one in signs_of([reading_of(model.steps)]).items() if step[1] in ("T3", "T4")}
    counts, totals, never = sums._build(found, signs, covers(signs), LEAST)
    hidden, values = np.array([key not in shown for key in counts]), list(counts.values())
    attacked = 0
    for knot in knots_of(link(counts, totals, LEAST, never)):
        up = np.where(hidden[knot.cells], 100.0, 0.0)
        down = np.where(hidden[knot.cells], knot.truth, 0.0)
        for at, cell in enumerate(knot.cells):
            if 0 < values[cell] < LEAST:
                attacked += 1
                assert find_farthest(knot, up, down, at, 1).reach >= LEAST - 1 - values[cell] - 1e-6
                assert find_farthest(knot, up, down, at, -1).reach >= values[cell] - 1e-6
    assert attacked >= 5


def test_steps_of_which_one_holds_the_other_are_protected_together(model: BarrierModel) -> None:
    found = sums.Counted(Counter(), Counter())
    found.atoms["STATELAB", "T4", "Utrecht", "midden_nederland", sums.BLOCKED] = 20
    found.atoms["STATELAB", "T3", "Utrecht", "midden_nederland", sums.BLOCKED] = 21
    shown = sums.protect_cases(found, [model], LEAST)
    both = [sums.key_of("STATELAB", step, EVERYWHERE, sums.BLOCKED) for step in ("T3", "T4")]
    assert not set(both) <= shown.keys(), "21 and 20 would tell of one case"


def test_steps_that_cover_another_together_tell_of_no_case_in_which_both_show() -> None:
    sides = {"A1": ("ONL01", "MOV06"), "A2": ("HOU03", "DOC01")}
    steps = {**sides, "A3": ("ONL01", "MOV06", "HOU03", "DOC01")}
    made = {code: Step(code, Label(code, code), ("police",), (), (), signals, {}) for code, signals in steps.items()}
    model = BarrierModel(
        process="MADE", number=1, content=write(Process("MADE", Label("x", "x"), "", ("sexual",), made))
    )
    signs = signs_of([reading_of(model.steps)])
    assert (("MADE", "A3"), (("MADE", "A1"), ("MADE", "A2"))) in covers(signs)
    found = sums.Counted(Counter(), Counter())
    for province, unit in sums._atoms():
        together = 49 if province == "Drenthe" else 40
        for step, count in (("A1", 20), ("A2", 30), ("A3", together)):
            found.atoms["MADE", step, province, unit, sums.OPEN] = count
    shown = sums.protect_cases(found, [model], LEAST)
    of_drenthe, of_limburg = (
        {sums.key_of("MADE", step, area, sums.OPEN) for step in steps} for area in ("Drenthe", "Limburg")
    )
    assert of_limburg <= shown.keys(), "ten cases in which both show are not few"
    assert not of_drenthe <= shown.keys(), "20 and 30 less 49 would tell of one case in which both steps show"


@settings(max_examples=25)
@given(st.lists(st.frozensets(st.sampled_from("abcde"), min_size=1), min_size=2, max_size=5))
def test_what_covers_a_step_is_what_a_search_of_every_case_finds(made: list[frozenset[str]]) -> None:
    signs = {("P", str(number)): Signs(frozenset({"f"}), letters) for number, letters in enumerate(made)}
    cases = [frozenset(one) for size in range(1, 6) for one in combinations("abcde", size)]
    shows = {step: {case for case in cases if case & one.any_of} for step, one in signs.items()}
    slow = {
        (whole, parts)
        for whole in signs
        for size in (2, 3)
        for parts in combinations([step for step in signs if step != whole], size)
        if shows[whole] <= set().union(*(shows[part] for part in parts))
        and not any(shows[whole] <= set().union(*(shows[one] for one in fewer))
                    for less in range(1, size) for fewer in combinations(parts, less))
    }  # fmt: skip
    assert set(covers(signs)) == slow
    assert set(nested(signs)) <= {(whole, part) for whole in signs for part in signs if shows[part] <= shows[whole]}


def test_a_step_that_many_others_cover_is_not_shown_and_protecting_ends() -> None:
    worked = list(words.vocabulary().processes.values())
    some = sorted({signal for step in words.vocabulary().processes["SEXMIN"].steps.values() for signal in step.signals})
    chance = Random(5)
    steps = {
        f"A{size}": Step(f"A{size}", Label("x", "x"), ("police",), (), (), tuple(chance.sample(some[:14], size)), {})
        for size in range(1, 13)
    }
    processes = [*worked, Process("MADE", Label("x", "x"), "", ("sexual",), steps)]
    models = [BarrierModel(process=one.name, number=1, content=write(one)) for one in processes]
    signs = signs_of(reading_of(model.steps) for model in models)
    assert not covered_too_often(covers(signs_of(map(reading_of, worked)))), "what Zicht brings is all shown"
    gone = covered_too_often(covers(signs))
    assert gone
    left = Counter(whole for whole, _parts in covers({step: one for step, one in signs.items() if step not in gone}))
    assert max(left.values(), default=0) <= MOST_COVERS
    found = sums.Counted(Counter(), Counter())
    for name, step in signs:
        for place in sums._atoms():
            found.atoms[name, step, *place, sums.OPEN] = chance.choice([0, 1, 3, 7, 12, 20])
    shown = {tuple(key.split("/")[:2]) for key in sums.protect_cases(found, models, LEAST)}
    assert not shown & gone
    assert len(shown) > len(signs) / 2


def test_signals_by_step_do_not_tell_how_often_one_rare_signal_was_confirmed(model: BarrierModel) -> None:
    # Money (T4) has the signal STA06 alone, trade (T3) has STA05 too.
    shown = sums.protect_signals({"STA06": 30, "STA05": 1}, [model], LEAST)
    assert len([step for step in ("T3", "T4") if sums.key_of("STATELAB", step, EVERYWHERE, sums.ALL) in shown]) < 2


def test_every_area_is_the_sum_of_parts_and_each_part_lies_in_the_country() -> None:
    areas = sums.areas()
    assert len(areas) == 1 + 4 + 12 + 10
    assert {part for inside in areas.values() for part in inside} <= set(areas[EVERYWHERE])
    in_regions = Counter(part for region in REGIONS for part in areas[region])
    assert in_regions == Counter(part for province in PROVINCES for part in areas[province])
    assert set(in_regions.values()) == {1}, "regions share no part"
    towns = {code: area_of(code) for code in words.municipalities()}
    assert all(province and unit for province, unit in towns.values())
