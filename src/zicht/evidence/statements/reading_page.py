"""Lay out a text for reading: sentence by sentence, with what was suggested and recorded marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from zicht.evidence.models import Anchor, Source, Statement, Suggestion, TextVersion
from zicht.evidence.sources import queries, suggesting, texts
from zicht.people.models import Account

SENTENCES_A_PAGE = 250  # about twelve printed pages
OPEN, PROMOTED, REJECTED = "open", "promoted", "rejected"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that is marked: a suggestion, or the quotation of a statement."""

    start: int
    end: int
    kind: str  # figure, date, name, or statement
    key: UUID
    state: str = OPEN


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; `mark` is the one that a click opens."""

    text: str
    start: int
    mark: Mark | None = None
    is_quoted: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class SentenceShown:
    """A sentence with its pieces; `gap` is what stands before it."""

    number: int
    gap: str
    pieces: list[Piece]


@dataclass(frozen=True)
class ReadingPage:
    """One part of a text as it is shown, and where the other parts are."""

    version: TextVersion
    sentences: list[SentenceShown]
    part: int
    parts: int
    counts: dict[str, int] = field(default_factory=dict)


def lay_out(account: Account, version: TextVersion, part: int, chosen: tuple[int, int] | None) -> ReadingPage:
    """Lay out the part of a text with this number, or the one in which the chosen words stand."""
    text = texts.text_of(version)
    spans = [(start, end) for start, end in version.sentences] or [(0, len(text))]
    part = _part_of(spans, chosen) if chosen else max(1, min(part, _parts(spans)))
    first = (part - 1) * SENTENCES_A_PAGE
    shown = spans[first : first + SENTENCES_A_PAGE]
    marks = _marks(account, version, shown[0][0], shown[-1][1])
    before = spans[first - 1][1] if first else 0
    sentences = _sentences(text, shown, marks, chosen, first, before)
    return ReadingPage(version, sentences, part, _parts(spans), _count(marks))


def _parts(spans: Sequence[Any]) -> int:
    return -(-len(spans) // SENTENCES_A_PAGE)


def _part_of(spans: Sequence[tuple[int, int]], chosen: tuple[int, int]) -> int:
    at = next((number for number, (_start, end) in enumerate(spans) if chosen[0] < end), 0)
    return at // SENTENCES_A_PAGE + 1


def _count(marks: Iterable[Mark]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for mark in marks:
        if mark.state == OPEN and mark.kind != "statement":
            counts[mark.kind] = counts.get(mark.kind, 0) + 1
    return counts


def _marks(account: Account, version: TextVersion, start: int, end: int) -> list[Mark]:
    """Give the marks of a stretch: suggestions that were not rejected, and quotations of statements."""
    rows = version.suggestions.filter(start__lt=end, end__gt=start).prefetch_related("decisions")
    found = [_suggested(account, row) for row in rows]
    anchors = version.anchors.filter(start__lt=end, end__gt=start).prefetch_related("statements")
    seen = set(queries.statements_seen(account).filter(source=version.source).values_list("pk", flat=True))
    quoted = [
        Mark(anchor.start or 0, anchor.end or 0, "statement", statement.pk, PROMOTED)
        for anchor in anchors
        for statement in anchor.statements.all()
        if statement.pk in seen
    ]
    return [mark for mark in found if mark.state != REJECTED] + quoted


def _suggested(account: Account, row: Suggestion) -> Mark:
    decisions = [one for one in row.decisions.all() if not row.source.double_reading or one.by_id == account.pk]
    return Mark(row.start, row.end, row.kind, row.pk, decisions[-1].verdict if decisions else OPEN)


def _sentences(
    text: str,
    spans: Sequence[tuple[int, int]],
    marks: Sequence[Mark],
    chosen: tuple[int, int] | None,
    first: int,
    before: int,
) -> list[SentenceShown]:
    shown = []
    for number, (start, end) in enumerate(spans, start=first):
        here = [mark for mark in marks if mark.start < end and mark.end > start]
        shown.append(SentenceShown(number, text[before:start], _pieces(text, start, end, here, chosen)))
        before = end
    return shown


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], chosen: tuple[int, int] | None) -> list[Piece]:
    """Cut a sentence wherever a mark begins or ends; of several marks the shortest suggestion is opened by a click."""
    edges = {start, end, *(edge for mark in marks for edge in (mark.start, mark.end))} | set(chosen or ())
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    pieces = []
    for left, right in pairwise(cuts):
        over = [mark for mark in marks if mark.start <= left and mark.end >= right]
        suggested = (mark for mark in over if mark.kind != "statement")
        opened = min(suggested, key=lambda mark: mark.end - mark.start, default=None)
        is_chosen = bool(chosen and chosen[0] <= left and right <= chosen[1])
        pieces.append(Piece(text[left:right], left, opened, any(m.kind == "statement" for m in over), is_chosen))
    return pieces


def sentence_at(version: TextVersion, number: int) -> tuple[int, int] | None:
    """Give the place of a sentence by its number."""
    spans = version.sentences
    return (spans[number][0], spans[number][1]) if 0 <= number < len(spans) else None


def told_by(account: Account, source: Source, key: UUID) -> tuple[Suggestion, dict[str, Any]] | None:
    """Give a suggestion of a source with what was read there."""
    found = Suggestion.objects.visible_to(account).filter(source=source, pk=key).first()
    return (found, suggesting.told_of(found)) if found else None


def anchors_to_look_at(version: TextVersion) -> list[Any]:
    """Give the quotations that were not found where they were, and that nobody confirmed yet."""
    waiting = ("unique", "context", "fuzzy", "lost")
    return list(version.anchors.filter(status__in=waiting, next_ones=None).order_by("start"))


def quotation_at(version: TextVersion, key: UUID | None) -> Anchor | None:
    """Give a quotation of a text that is still to be placed by somebody."""
    waiting = version.anchors.filter(pk=key, next_ones=None).select_related("previous") if key else ()
    return next(iter(waiting), None)


def statement_order(statements: Iterable[Statement]) -> list[Statement]:
    """Give statements by when they were recorded."""
    return sorted(statements, key=lambda one: one.recorded_at)
