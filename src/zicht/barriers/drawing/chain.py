"""Draw a process as a chain that reads from left to right: a step an arrow, its barriers as marks under it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# Px, of an arrow, between two, and how far its point sticks out: nine of them fit beside the steps on a desk.
WIDTH, HEIGHT, GAP, POINT = 99, 92, 3, 10
BEGIN = POINT + 6  # px from the left of an arrow to what is written in it
INSIDE = WIDTH - BEGIN  # px that a name may take
LETTERS, LINE = 12, 16  # px, of letters and from one line to the next
FIRST_MARK, MARK_LINE, MARK = HEIGHT + 18, 24, 14  # px
MOST_LINES = 4
# How wide letters are, in shares of their size, in the widest font a reader is likely to have (DejaVu Sans).
NARROW, WIDE = frozenset("ijlIJtfr.,:;'’()|-/ "), frozenset("mwMWOQGDNHU@%–—")
NARROW_WIDTH, USUAL_WIDTH, WIDE_WIDTH = 0.42, 0.65, 1.0
# How a mark is drawn: full, half, or an outline only, so that no colour is needed to tell them apart.
STANDS, AGREED, NOTHING = "stands", "agreed", "nothing"


@dataclass(frozen=True, slots=True)
class Mark:
    """One barrier: its code, and whether it stands, is agreed, or nothing is done."""

    code: str
    look: str


@dataclass(frozen=True, slots=True)
class StepToDraw:
    """One step: code, name, and its barriers."""

    code: str
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text with its place, in px."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class MarkDrawn:
    """A mark with its place, in px; the half of an agreed one is a path."""

    x: float
    y: float
    look: str
    half: str
    text: Text


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step as it is drawn."""

    path: str
    code: Text
    lines: tuple[Text, ...]
    marks: tuple[MarkDrawn, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The whole picture with its size, in px."""

    arrows: tuple[Arrow, ...]
    width: int
    height: int


def draw_chain(steps: Sequence[StepToDraw]) -> Chain:
    """Give the picture of a chain."""
    most = max((len(step.marks) for step in steps), default=0)
    arrows = tuple(_arrow(place, step) for place, step in enumerate(steps))
    return Chain(arrows, len(steps) * (WIDTH + GAP) + POINT, HEIGHT + 12 + most * MARK_LINE)


def width_of(text: str) -> float:
    """Give about how wide a text is, and rather too much than too little; in shares of the size of its letters."""
    return sum(NARROW_WIDTH if one in NARROW else WIDE_WIDTH if one in WIDE else USUAL_WIDTH for one in text)


def wrap(text: str, room: float) -> list[str]:
    """Break a text into lines that fit; a word that is too long is broken with a hyphen. `room` is as of width_of."""
    lines: list[str] = [""]
    for word in _cut(text.split(), room):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _cut(words: Iterable[str], room: float) -> Iterator[str]:
    for word in words:
        rest = word
        while width_of(rest) > room and len(rest) > 1:
            fits = (size for size in range(len(rest) - 1, 1, -1) if width_of(rest[:size] + "-") <= room)
            size = next(fits, 1)
            yield rest[:size] + "-"
            rest = rest[size:]
        yield rest


def _arrow(place: int, step: StepToDraw) -> Arrow:
    left = place * (WIDTH + GAP)
    notch = left + POINT if place else left
    path = (
        f"M{left} 0H{left + WIDTH}L{left + WIDTH + POINT} {HEIGHT // 2}L{left + WIDTH} {HEIGHT}H{left}"
        f"L{notch} {HEIGHT // 2}z"
    )
    begin = left + BEGIN
    lines = wrap(step.name, INSIDE / LETTERS)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + "…"]
    written = tuple(Text(begin, 36 + number * LINE, words) for number, words in enumerate(lines))
    marks = tuple(_mark(begin, FIRST_MARK + number * MARK_LINE, mark) for number, mark in enumerate(step.marks))
    return Arrow(path, Text(begin, 18, step.code), written, marks)


def _mark(x: float, y: float, mark: Mark) -> MarkDrawn:
    half = f"M{x} {y + MARK}V{y}L{x + MARK} {y + MARK}z" if mark.look == AGREED else ""
    return MarkDrawn(x, y, mark.look, half, Text(x + MARK + 8, y + 12, mark.code))
