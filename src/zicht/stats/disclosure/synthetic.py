"""Make up records that are like those of persons, so that somebody can explore what no table shows.

Noise goes over how often each combination of answers occurs, and records are made from the noisy numbers alone: the
promise of differential privacy holds for the records too. The unit is one record: with or without one person, every
outcome is as likely up to a factor exp(epsilon), but for a chance delta. The library is pac-synth, made for data on
victims of trafficking (Edge et al., "Design of a privacy-preserving data platform for collaboration against human
trafficking", 2020). It is an extra: nothing else needs it.

The resolution is the fewest records, after noise, of which a combination of two answers or more is taken over.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from zicht.stats.disclosure.private import MOST_EPSILON
from zicht.stats.disclosure.record_errors import LibraryMissing
from zicht.stats.disclosure.records import Records
from zicht.stats.errors import WrongSetting

USUAL_EPSILON, USUAL_DELTA, USUAL_LENGTH = 1.0, 1e-6, 3
MOST_DELTA = 1e-5  # a chance in 100,000 that the promise is broken for somebody
MOST_LENGTH = 4  # answers in a combination
BETWEEN = "\x1f"  # no text holds it


@dataclass(frozen=True)
class Wanted:
    """Say what made-up records may tell of one person, how long combinations are, and from how many records on."""

    epsilon: float = USUAL_EPSILON
    delta: float = USUAL_DELTA
    length: int = USUAL_LENGTH
    resolution: int = 10


def check(wanted: Wanted, columns: int) -> None:
    """Refuse what promises nothing or cannot be made. Raises WrongSetting."""
    if not 0 < wanted.epsilon <= MOST_EPSILON:
        expected = f"more than 0, at most {MOST_EPSILON:g}"
        raise WrongSetting(name="epsilon", value=wanted.epsilon, expected=expected)
    if not 0 < wanted.delta <= MOST_DELTA:
        raise WrongSetting(name="delta", value=wanted.delta, expected=f"more than 0, at most {MOST_DELTA:g}")
    if not 1 <= wanted.length <= min(MOST_LENGTH, columns):
        expected = f"from 1 to {min(MOST_LENGTH, columns)} answers"
        raise WrongSetting(name="length", value=wanted.length, expected=expected)


def make_up(records: Records, wanted: Wanted) -> list[tuple[str, ...]]:
    """Give made-up records, about as many as there are true ones, in order of their values; each time others.

    An empty value was not known, or could not be taken over. Raises LibraryMissing, WrongSetting.
    """
    library = find_library()
    check(wanted, len(records.columns))
    lengths = range(2, wanted.length + 1)
    builder = library.DpAggregateSeededParametersBuilder()
    builder.epsilon(wanted.epsilon).delta(wanted.delta).reporting_length(wanted.length)
    builder.fabrication_mode(library.FabricationMode.custom_fixed({one: float(wanted.resolution) for one in lengths}))
    maker = library.DpAggregateSeededSynthesizer(builder.build())
    maker.fit(_as_dataset(library, records.columns, records.rows))
    # How many there are is told with noise too.
    header, *rows = maker.sample(max(int(maker.get_dp_number_of_records()), 1))
    order = [header.index(column) for column in records.columns]
    return sorted(tuple(row[at] for at in order) for row in rows)


def find_library() -> Any:
    """Give the library. Raises LibraryMissing where this Zicht was installed without it."""
    try:
        return import_module("pacsynth")
    except ImportError as error:
        raise LibraryMissing from error


def count_combinations(records: Records, length: int) -> dict[frozenset[str], int]:
    """Count, without noise, how many records have each combination of up to `length` known answers."""
    library = find_library()
    found = _as_dataset(library, records.columns, records.rows).get_aggregates(length, BETWEEN)
    return {frozenset(text.split(BETWEEN)): int(count) for text, count in found.items()}


def _as_dataset(library: Any, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Any:
    # Zero is an answer like any other; the library would take it for nothing.
    return library.Dataset([list(columns), *map(list, rows)], sensitive_zeros=list(columns))
