"""Find names of persons, organisations, places, vessels and laws, by rules and gazetteers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its place in the text (code points, end exclusive), its words, and what kind of thing bears it."""

    start: int
    end: int
    text: str
    type: str
