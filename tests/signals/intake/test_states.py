"""Where a report stands is moved by the table of the rules alone, which is the one of the words."""

from collections.abc import Callable

import pytest
from tests.signals.intake.cast import Cast, steps

from zicht import words
from zicht.signals import rules
from zicht.signals.intake import actions
from zicht.signals.intake.errors import ClosedError, NotInThisStateError, NotOpenedAgainError
from zicht.signals.models import Intake

Deed = Callable[[Cast, Intake, int], object]
DEEDS: dict[str, Deed] = {
    "taken_on": lambda cast, one, version: actions.take_on(cast.weigher, one, version=version),
    "handed_on": lambda cast, one, version: actions.hand_on(cast.weigher, one, cast.second_weigher, version=version),
    "put_back": lambda cast, one, version: actions.put_back(cast.weigher, one, version=version),
    "closed": lambda cast, one, version: actions.close(cast.weigher, one, "no_action", "Why.", version=version),
    "opened_again": lambda cast, one, version: actions.open_again(cast.weigher, one, version=version),
}
STATES = [code.code for code in words.vocabulary().lists["intake_state"].codes.values()]
WAY = {"new": [], "weighing": ["taken_on"], "closed": ["closed"]}


def test_the_moves_are_those_of_the_words_and_each_of_those_can_be_made() -> None:
    moves = {(begin, after) for before, after in rules.MOVES.values() for begin in before if begin != after}
    codes = words.vocabulary().lists["intake_state"].codes
    assert moves == {(code, following) for code, state in codes.items() for following in state.texts("next")}
    assert set(rules.MOVES) == set(DEEDS)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", list(DEEDS))
def test_a_deed_moves_a_report_as_the_table_says_or_is_refused_and_changes_nothing(
    cast: Cast, deed: str, state: str
) -> None:
    found = cast.intake
    for before in WAY[state]:
        DEEDS[before](cast, found, found.version)
        found = Intake.objects.get()
    told = steps(found)
    after = rules.state_after(deed, state)
    if after is None:
        with pytest.raises((NotInThisStateError, ClosedError, NotOpenedAgainError)):
            DEEDS[deed](cast, found, found.version)
    else:
        DEEDS[deed](cast, found, found.version)
    moved = Intake.objects.get()
    assert moved.state == (after or state)
    assert steps(moved) == [*told, *([deed] if after else [])]
