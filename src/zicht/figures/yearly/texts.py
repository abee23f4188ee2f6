"""What the report says in one language: its chapters, figures and notes, ready for a page and for paper."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from zicht.figures.register.pages import Drawn, TableOnPage


@dataclass(frozen=True, slots=True)
class BarText:
    """Hold one row of a plot on paper: a label, its number, and how long the bar is, as a share of the longest."""

    label: str
    value: str
    length: float
    kind: str  # value, beside, missing, or hidden where there is no bar


@dataclass(frozen=True, slots=True)
class PlotText:
    """Hold a plot: as a picture for a page, as bars for paper, and as what is said instead of it."""

    heading: str
    alternative: str
    bars: tuple[BarText, ...]
    drawn: Drawn | None
    caption: str = ""  # how to read the picture, where it is no bars


@dataclass(frozen=True, slots=True)
class TrendText:
    """Hold the years of a table: a sentence, a row a year, and the breaks between them."""

    said: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[BarText, ...]
    breaks: tuple[str, ...]
    break_years: tuple[str, ...]
    drawn: tuple[tuple[str, SafeString], ...]


@dataclass(frozen=True, slots=True)
class CommitmentText:
    """Hold a commitment or policy question with its source, date and state, and the tables it is tied to."""

    kind: str
    text: str
    made_to: str
    source: str
    dated: str
    due: str
    state: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureText:
    """Hold one standard table as the report tells it."""

    code: str
    heading: str
    unit: str
    head: str
    rest: tuple[str, ...]
    universe: str
    plots: tuple[PlotText, ...]
    trend: TrendText | None
    tables: tuple[TableOnPage, ...]
    notes: tuple[str, ...]
    commitments: tuple[CommitmentText, ...]
    hidden: int
    cells: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """Hold the figures under one heading."""

    heading: str
    figures: tuple[FigureText, ...]


@dataclass(frozen=True)
class ReportText:
    """Hold the whole report in one language."""

    language: str
    title: str
    organisation: str
    year: int
    version: int
    identifier: str
    level: str
    cutoff: str
    citation: str
    key_figures: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    left_out: tuple[tuple[str, str], ...]  # tables that are not in it, and why
    commitments: tuple[CommitmentText, ...]
    breaks: tuple[tuple[str, str], ...]
    method: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str], ...]
    hidden_note: str
    correction: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[FigureText, ...]:
        """Give every figure."""
        return tuple(figure for chapter in self.chapters for figure in chapter.figures)
