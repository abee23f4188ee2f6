"""From how many independent roots a claim comes: known cases, and what holds whatever is recorded."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from zicht.evidence.corroboration import Link, Range, Said, count_roots, state_of

REPORT = Link("lantern")
NEWS = [Said("north paper", "repeated", (REPORT,)), Said("south paper", "repeated", (REPORT,))]
EYEWITNESS = Said("interview", "saw", (Link("mira", is_person=True),))
GROUP = Link()


def test_two_newspapers_that_quote_one_report_are_one_root() -> None:
    assert count_roots(NEWS) == Range(1, 1)


def test_a_later_interview_with_an_eyewitness_makes_two() -> None:
    assert count_roots([*NEWS, EYEWITNESS]) == Range(2, 2)


def test_newspapers_that_rest_on_one_report_without_naming_who_says_it_are_one_root() -> None:
    said = [Said("north", "repeated"), Said("south", "repeated")]
    assert count_roots(said, {"north": ["report"], "south": ["wire"], "wire": ["report"]}) == Range(1, 1)


def test_what_is_not_known_to_be_independent_counts_as_possible_only() -> None:
    assert count_roots([Said("north", "repeated"), Said("south", "repeated")]) == Range(1, 2)


def test_a_group_heard_through_one_report_is_one_root_however_often_it_is_printed() -> None:
    said = [Said(paper, "heard", (GROUP, REPORT)) for paper in ("north", "south", "west")]
    assert count_roots(said) == Range(1, 1)


def test_a_witness_may_be_one_of_a_group_without_names_until_somebody_judged_that() -> None:
    said = [Said("north", "heard", (GROUP, REPORT)), EYEWITNESS]
    assert count_roots(said) == Range(1, 2)
    assert count_roots(said, judged={frozenset({"north", "interview"}): "independent"}) == Range(2, 2)


def test_two_reports_on_the_same_interviews_are_not_independent() -> None:
    said = [Said("report a", "heard"), Said("report b", "heard")]
    assert count_roots(said, {"report a": ["interviews"], "report b": ["interviews"]}) == Range(1, 1)


def test_two_sources_that_somebody_judged_to_be_one_root_are_one() -> None:
    said = [Said("a", "saw"), Said("b", "saw")]
    assert count_roots(said) == Range(2, 2)
    assert count_roots(said, judged={frozenset("ab"): "dependent"}) == Range(1, 1)


def test_a_source_on_two_others_adds_no_root_to_theirs() -> None:
    said = [Said("a", "saw"), Said("b", "saw"), Said("both", "repeated")]
    assert count_roots(said, {"both": ["a", "b"]}) == Range(2, 2)


def test_sources_that_rest_on_each_other_in_a_circle_end() -> None:
    assert count_roots([Said("a", "repeated")], {"a": ["b"], "b": ["a"]}).possible == 1


def test_the_state_of_a_claim_follows_from_its_roots() -> None:
    assert state_of(Range(2, 2), False) == "corroborated"
    assert state_of(Range(1, 3), False) == "single"
    assert state_of(Range(2, 2), True) == "disputed"
    assert state_of(Range(0, 0), False) == "withdrawn"


# --- whatever is recorded -----------------------------------------------------------------------------------------
SOURCES = st.sampled_from("abcdef")
LINKS = st.builds(Link, st.sampled_from(["", "", "p", "q", "r"]), st.booleans())
SAID = st.builds(
    Said, SOURCES, st.sampled_from(["lived", "heard", "derived", "repeated"]), st.lists(LINKS, max_size=2).map(tuple)
)
DERIVED = st.dictionaries(SOURCES, st.lists(SOURCES, max_size=2), max_size=4)


@given(st.lists(SAID, max_size=8), DERIVED)
def test_the_certain_count_is_never_above_the_possible_one_nor_that_above_the_statements(
    said: list[Said], derived: dict[str, list[str]]
) -> None:
    found = count_roots(said, derived)
    assert 0 <= found.certain <= found.possible <= len(said)
    assert (found.certain == 0) == (not said)


@given(st.lists(SAID, min_size=1, max_size=6), DERIVED, st.integers(0, 5))
def test_saying_a_thing_once_more_in_the_same_words_of_the_same_source_adds_nothing(
    said: list[Said], derived: dict[str, list[str]], which: int
) -> None:
    again = said[which % len(said)]
    assert count_roots([*said, again], derived) == count_roots(said, derived)


@given(st.lists(SAID, max_size=6), SAID, DERIVED)
def test_another_statement_never_lowers_what_is_possible(
    said: list[Said], more: Said, derived: dict[str, list[str]]
) -> None:
    assert count_roots([*said, more], derived).possible >= count_roots(said, derived).possible


@given(st.lists(SAID, max_size=6), DERIVED)
def test_what_judgements_call_one_root_is_at_most_one(said: list[Said], derived: dict[str, list[str]]) -> None:
    judged = {frozenset(pair): "dependent" for pair in combinations("abcdef", 2)}
    assert count_roots(said, derived, judged) == Range(min(1, len(said)), min(1, len(said)))
