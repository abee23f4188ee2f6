"""Every wording: no stray spaces, no words that the field has left behind."""

import re
from collections.abc import Iterator

from zicht.words.errors import Mistake
from zicht.words.types import Label
from zicht.words.vocabulary import Vocabulary

# Words that blame or that mix sex work with exploitation. "Illegal adoption" is what the directive calls it.
BANNED = re.compile(
    r"prostitu(ee|é)|\bhoer|pooier|\billega(al|len?)\b(?! adopt)|illegal (immigrant|alien)|\bpimp|\bhooker",
    re.IGNORECASE,
)


def check_labels(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check every wording in both languages."""
    for file, place, label in every_label(vocabulary):
        for language, text in (("English", label.en), ("Dutch", label.nl)):
            if text != text.strip() or "  " in text:
                yield Mistake(file, place, f"the {language} label has stray spaces")
            if banned := BANNED.search(text):
                yield Mistake(file, place, f"the {language} label uses a word we do not use: {banned.group(0)}")
        if "loverboy" in label.nl and "voorheen" not in label.nl:
            yield Mistake(file, place, "the Dutch label uses an abandoned word: loverboy")


def every_label(vocabulary: Vocabulary) -> Iterator[tuple[str, str, Label]]:
    """Give every wording with its file and place."""
    yield from _labels_of_codes(vocabulary)
    yield from _labels_of_entities(vocabulary)
    for indicator in vocabulary.indicators.values():
        yield "indicators.csv", indicator.code, indicator.label
        yield "indicators.csv", f"{indicator.code} group", indicator.group_label
    yield from _labels_of_barriers(vocabulary)
    for table in vocabulary.tables.values():
        yield "figures.yaml", f"tables.{table.code}", table.label


def _labels_of_codes(vocabulary: Vocabulary) -> Iterator[tuple[str, str, Label]]:
    for name, label in vocabulary.missing_values.items():
        yield "codes.yaml", f"missing_values.{name}", label
    for code_list in vocabulary.lists.values():
        yield "codes.yaml", f"lists.{code_list.name}", code_list.label
        for code in code_list.codes.values():
            yield "codes.yaml", f"lists.{code_list.name}.{code.code}", code.label


def _labels_of_entities(vocabulary: Vocabulary) -> Iterator[tuple[str, str, Label]]:
    for sensitivity in vocabulary.sensitivity.values():
        yield "entities.yaml", f"sensitivity.{sensitivity.name}", sensitivity.label
    for entity in vocabulary.entities.values():
        yield "entities.yaml", f"entities.{entity.name}", entity.label
        for field in entity.fields.values():
            yield "entities.yaml", f"entities.{entity.name}.{field.name}", field.label
            for value, label in field.value_labels.items():
                yield "entities.yaml", f"entities.{entity.name}.{field.name}.{value}", label
        for topic in entity.topics.values():
            yield "entities.yaml", f"entities.{entity.name}.topics.{topic.name}", topic.label
        for derived in entity.derived.values():
            yield "entities.yaml", f"entities.{entity.name}.{derived.name}", derived.label


def _labels_of_barriers(vocabulary: Vocabulary) -> Iterator[tuple[str, str, Label]]:
    for process in vocabulary.processes.values():
        yield "barriers.yaml", f"processes.{process.name}", process.label
        for step in process.steps.values():
            place = f"processes.{process.name}.{step.code}"
            for label in (step.label, *step.facilitators, *step.opportunities):
                yield "barriers.yaml", place, label
            for barrier in step.barriers.values():
                yield "barriers.yaml", f"{place}.{barrier.code}", barrier.label
