"""Load the vocabulary once, and refuse to start with a mistake in it."""

from functools import lru_cache
from pathlib import Path

from zicht.words.build import build
from zicht.words.checks import find_mistakes
from zicht.words.errors import VocabularyError
from zicht.words.files import DATA, read_data
from zicht.words.vocabulary import Vocabulary


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Give the vocabulary that comes with Zicht; raise VocabularyError with every mistake when it has any."""
    return load(DATA)


def load(folder: Path) -> Vocabulary:
    """Load and check the vocabulary in a folder; raise VocabularyError with every mistake when it has any.

    Files that cannot be read at all are reported first: without them nearly every cross-reference would seem broken.
    """
    data, unreadable = read_data(folder)
    if unreadable:
        raise VocabularyError(unreadable)
    built, mistakes = build(data)
    mistakes.extend(find_mistakes(built))
    if mistakes:
        raise VocabularyError(mistakes)
    return built
