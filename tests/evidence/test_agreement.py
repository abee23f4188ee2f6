"""How far readers agree: against published worked examples, and what holds for all labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.evidence.agreement import cohens_kappa, krippendorffs_alpha

LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


def test_kappa_of_a_table_with_twenty_yes_and_fifteen_no_in_common_is_0_4() -> None:
    """The table of the article on Cohen's kappa in Wikipedia: 20 and 15 of 50 agree, 5 and 10 do not."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    one, other = zip(*pairs, strict=True)
    assert cohens_kappa(one, other) == pytest.approx(0.4)


def test_alpha_of_krippendorffs_own_example_is_0_743() -> None:
    """Krippendorff (2011), part C: four observers, twelve units, nominal data, values missing."""
    rows = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = list(zip(*rows, strict=True))
    assert krippendorffs_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_where_all_gave_one_label_agreement_beyond_chance_is_not_defined() -> None:
    assert cohens_kappa("aaa", "aaa") is None
    assert krippendorffs_alpha([("a", "a")]) is None
    assert krippendorffs_alpha([("a", None)]) is None


def test_readers_of_different_numbers_of_units_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same units"):
        cohens_kappa("ab", "a")


@given(LABELS)
def test_full_agreement_is_one_and_nothing_is_above_it(pairs: list[tuple[str, str]]) -> None:
    one, other = zip(*pairs, strict=True)
    for measured in (cohens_kappa(one, one), krippendorffs_alpha((label, label) for label in one)):
        assert measured in (None, pytest.approx(1.0))
    for measured in (cohens_kappa(one, other), krippendorffs_alpha(pairs)):
        assert measured is None or measured <= 1 + 1e-12
