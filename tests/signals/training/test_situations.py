"""The invented situations: only indicators that are offered, and none of them decides by one signal."""

from zicht import words
from zicht.signals.dimensions import NOTHING, suggest
from zicht.signals.training.situations import situations


def test_every_situation_offers_signals_of_the_catalogue_and_some_that_are_not_in_it() -> None:
    catalogue = words.vocabulary().indicators
    observers = words.vocabulary().lists["observer"].codes
    for one in situations().values():
        assert all(catalogue[code].is_active for code in one.offered)
        assert set(one.observers) <= set(observers)
        assert one.seen
        assert one.others
        assert not set(one.seen) & set(one.others)


def test_the_situations_show_both_a_filled_dimension_and_none() -> None:
    kinds = {suggest(one.seen, words.vocabulary().indicators).kind for one in situations().values()}
    assert NOTHING in kinds
    assert len(kinds) > 1
