"""The barrier model: partners, signals and kinds that exist, and codes that occur once."""

from collections import Counter
from collections.abc import Iterator

from zicht.words.content import Step
from zicht.words.errors import Mistake
from zicht.words.vocabulary import Vocabulary

FILE = "barriers.yaml"


def check_barriers(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check every step and barrier of every process."""
    codes: Counter[str] = Counter()
    for process in vocabulary.processes.values():
        place = f"processes.{process.name}"
        yield from (Mistake(FILE, place, what) for what in _unknown(vocabulary, "form", process.forms))
        for step in process.steps.values():
            codes.update([step.code, *step.barriers])
            yield from _check_step(vocabulary, f"{place}.{step.code}", step)
    for code, count in codes.items():
        if count > 1:
            yield Mistake(FILE, code, "is the code of more than one step or barrier")


def _check_step(vocabulary: Vocabulary, place: str, step: Step) -> Iterator[Mistake]:
    yield from (Mistake(FILE, place, what) for what in _unknown(vocabulary, "org_type", step.partners))
    for signal in step.signals:
        if signal not in vocabulary.indicators:
            yield Mistake(FILE, place, f"signal {signal} does not exist")
        elif not vocabulary.indicators[signal].is_active:
            yield Mistake(FILE, place, f"signal {signal} is retired")
    for barrier in step.barriers.values():
        below = f"{place}.{barrier.code}"
        yield from (Mistake(FILE, below, what) for what in _unknown(vocabulary, "barrier_kind", (barrier.kind,)))
        for partner in barrier.partners:
            if partner not in step.partners:
                yield Mistake(FILE, below, f"partner {partner} is not a partner of step {step.code}")


def _unknown(vocabulary: Vocabulary, list_name: str, terms: tuple[str, ...]) -> Iterator[str]:
    for term in terms:
        if list_name not in vocabulary.lists or term not in vocabulary.lists[list_name].codes:
            yield f"list {list_name} has no {term}"
