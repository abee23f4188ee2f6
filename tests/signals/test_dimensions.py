"""The dimension rule against cases written by hand, a slow recomputation, and what must hold for any signals."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht import words
from zicht.signals.dimensions import NOTHING, counting, is_positive, suggest, weigh

VECTORS = json.loads((Path(__file__).parent / "vectors" / "dimensions.json").read_bytes())
CATALOGUE = words.vocabulary().indicators
# As the survey's report gives them.
ENOUGH = [
    ("strong", "strong"),
    ("medium", "strong"),
    ("strong", "weak"),
    ("medium", "medium", "medium"),
    ("medium", "medium", "weak"),
]
codes = st.lists(st.sampled_from(sorted(CATALOGUE)))
ages = st.sampled_from([True, False, None])


@dataclass(frozen=True)
class MadeUp:
    dimension: str
    strength: str
    palermo_element: str


def made_up() -> Mapping[str, MadeUp]:
    return {
        code: MadeUp(one["dimension"], one["strength"], one["element"]) for code, one in VECTORS["catalogue"].items()
    }


def test_a_dimension_is_positive_with_each_combination_of_the_survey_and_with_no_less() -> None:
    for one in VECTORS["strengths"]:
        strong, medium, weak = one["counts"]
        have = ["strong"] * strong + ["medium"] * medium + ["weak"] * weak
        slowly = any(tuple(sorted(some)) in ENOUGH for size in (2, 3) for some in combinations(have, size))
        assert is_positive(have) == slowly == one["is_positive"], one["counts"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["case"])
def test_signals_suggest_what_was_worked_out_by_hand(case: dict[str, Any]) -> None:
    found = suggest(case["noted"], made_up(), is_minor=case["is_minor"])
    positive = [one.code for one in found.dimensions if one.is_positive]
    assert (found.kind, positive, list(found.rests_on)) == (case["kind"], case["positive"], case["rests_on"])


def test_a_code_that_the_catalogue_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        suggest(["XXX01"], CATALOGUE)


@given(st.sampled_from(sorted(CATALOGUE)), ages)
def test_one_signal_never_decides(code: str, is_minor: bool | None) -> None:
    assert suggest([code, code], CATALOGUE, is_minor=is_minor).kind == NOTHING


@given(codes, ages)
def test_context_never_decides(noted: list[str], is_minor: bool | None) -> None:
    without = [code for code in noted if CATALOGUE[code].dimension != "context"]
    found, bare = suggest(noted, CATALOGUE, is_minor=is_minor), suggest(without, CATALOGUE, is_minor=is_minor)
    assert (found.kind, found.rests_on) == (bare.kind, bare.rests_on)


@given(codes, codes)
def test_a_further_signal_takes_no_dimension_away(noted: list[str], more: list[str]) -> None:
    before = {one.code for one in weigh(noted, CATALOGUE) if one.is_positive}
    assert before <= {one.code for one in weigh([*noted, *more], CATALOGUE) if one.is_positive}


@given(codes, st.randoms(use_true_random=False))
def test_the_order_in_which_signals_were_noted_changes_nothing(noted: list[str], random: Any) -> None:
    shuffled = random.sample(noted, len(noted))
    assert suggest(shuffled, CATALOGUE) == suggest(noted, CATALOGUE)


@given(codes, codes, st.sampled_from(["absent", "rejected"]))
def test_what_is_absent_or_rejected_changes_nothing(noted: list[str], others: list[str], state: str) -> None:
    signals = [(code, "noted") for code in noted]
    more = [*signals, *((code, state) for code in others)]
    assert suggest(counting(more), CATALOGUE) == suggest(noted, CATALOGUE)
