"""The checks that the vocabulary as a whole must pass: cross-references, mappings, and rules of privacy."""

from collections.abc import Callable, Iterator

from zicht.words.checks.barriers import check_barriers
from zicht.words.checks.entities import check_entities
from zicht.words.checks.figures import check_examples, check_stated_figures, check_tables
from zicht.words.checks.indicators import check_indicators, check_search_words, check_situations
from zicht.words.checks.labels import check_labels
from zicht.words.checks.lists import check_attributes, check_lists, check_use_of_lists, check_walls
from zicht.words.checks.municipalities import check_municipalities
from zicht.words.checks.privacy import check_kept_rules, check_privacy
from zicht.words.checks.standards import check_htcds_coverage, check_mappings, check_sources
from zicht.words.errors import Mistake
from zicht.words.vocabulary import Vocabulary

CHECKS: tuple[Callable[[Vocabulary], Iterator[Mistake]], ...] = (
    check_labels,
    check_lists,
    check_attributes,
    check_use_of_lists,
    check_walls,
    check_sources,
    check_mappings,
    check_htcds_coverage,
    check_entities,
    check_privacy,
    check_kept_rules,
    check_indicators,
    check_search_words,
    check_situations,
    check_barriers,
    check_tables,
    check_stated_figures,
    check_examples,
    check_municipalities,
)


def find_mistakes(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Run every check over a vocabulary."""
    for check in CHECKS:
        yield from check(vocabulary)
