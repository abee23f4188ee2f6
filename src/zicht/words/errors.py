"""The errors of this room: one tree, so that a caller can catch `WordsError` and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Say what is wrong in one place of one data file."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.what}" if self.place else f"{self.file}: {self.what}"


class WordsError(Exception):
    """Stand above every error that this room raises."""


class VocabularyError(WordsError):
    """Report every mistake in the data files at once, so that one round of repair is enough."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        count = f"{len(self.mistakes)} mistake{'' if len(self.mistakes) == 1 else 's'}"
        super().__init__("\n".join([f"The vocabulary has {count}:", *(f"- {mistake}" for mistake in self.mistakes)]))


class UnknownTermError(WordsError, LookupError):
    """Report that the program asks for a list, entity or field that the vocabulary does not have."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"The vocabulary has no {kind} '{name}'.")
