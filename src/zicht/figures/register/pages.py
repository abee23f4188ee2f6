"""Bring together what a table of the register is on a page: sentence, plots, tables, and how to read them."""

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.figures.beside_register import ACTION, CASE, CLAIM, POLICY
from zicht.figures.drawing import draw
from zicht.figures.extract import REFERRAL, REPORT, SIGNAL, STAY
from zicht.figures.justice.keeping import JUSTICE
from zicht.figures.plots import SIZES
from zicht.figures.register.axes import Axis, Place
from zicht.figures.register.counting import ABOUT_THB, FUNNEL
from zicht.figures.register.plots import describe_rows
from zicht.figures.register.releases import Cell, Release, ShownBlock, ShownTable
from zicht.figures.register.sentences import say
from zicht.figures.sentences import Said, count
from zicht.people.code_fields import language

HIDDEN = "•"
UNIVERSES = {
    "all": gettext_lazy("Everybody who was registered for the first time in the year, whatever the status."),
    "possible and identified": gettext_lazy(
        "Possible and identified victims who were registered for the first time in the year."
    ),
    "registered_national": gettext_lazy(
        "Possible and identified victims who were registered for the first time in the year, and of whom a case is "
        "registered at the coordination centre."
    ),
    "not family": gettext_lazy(
        "Everybody who was registered for the first time in the year and of whom no alleged perpetrator is family; "
        "who is alleged to have done it may be unknown."
    ),
    ABOUT_THB: gettext_lazy(
        "Contacts of the year about trafficking, however they came. Tests, misuse, contacts without content and those "
        "marked as not to be counted are in no figure."
    ),
    REFERRAL: gettext_lazy(
        "Referrals that were sent in the year, by their state on the day of the figure. Nobody who said no to use in "
        "statistics, or the use of whose data is limited, is among them."
    ),
    STAY: gettext_lazy(
        "Stays in the shelters of the organisation that began in the year. Occupancy counts nights, against the places "
        "there are now."
    ),
    REPORT: gettext_lazy(
        "Reports of a suspicion that came in in the year. Those of a news desk are in no figure, and one that came in "
        "before is counted once. Where it lies is told by regional unit of the police."
    ),
    SIGNAL: gettext_lazy(
        "Signals in everything that came in in the year, as they stand on the day of the figure: noted, or judged by a "
        "named person. Those of a news desk are in no figure."
    ),
    CASE: gettext_lazy(
        "Cases that the organisation opened in the year, with the basis on which they are registered and what the "
        "people in them answered about registration. Nobody who said no to use in statistics is among them."
    ),
    CLAIM: gettext_lazy(
        "Claims that were made in the year from statements in sources. A claim is corroborated when at least two "
        "independent sources say so. What a news desk keeps is in no figure."
    ),
    ACTION: gettext_lazy("Actions against a step of a criminal process, as they stand on the day of the figure."),
    JUSTICE: gettext_lazy(
        "Persons before police and courts for trafficking in the year, as justice partners deliver them. They are not "
        "the alleged perpetrators of the register, and are protected as persons of the register are."
    ),
    POLICY: gettext_lazy("Every municipality, by its policy on trafficking as it was last looked up."),
    "role self_victim": gettext_lazy(
        "Unique visitors of the year, at most, who said that trafficking happens or happened to them. Who spoke for "
        "somebody else is not among them."
    ),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """Hold one row; `is_apart` stands under the values: what is known in part or not at all, and the total."""

    heading: str
    cells: tuple[str, ...]
    share: str
    is_apart: bool


@dataclass(frozen=True, slots=True)
class TableOnPage:
    """Hold one pair of rows and columns."""

    code: str
    heading: str
    row_heading: str
    col_heading: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def has_shares(self) -> bool:
        """Tell whether any row has a share: else there is no column for them."""
        return any(row.share for row in self.rows)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold the rows of a table as a picture, in each size."""

    heading: str
    drawings: tuple[tuple[str, SafeString], ...]


@dataclass(frozen=True, slots=True)
class RegisterFigure:
    """Hold one standard table in the language of the reader."""

    code: str
    heading: str
    said: Said
    plots: tuple[Drawn, ...]
    tables: tuple[TableOnPage, ...]
    notes: tuple[str, ...]
    universe: str


def make_page(release: Release, code: str) -> RegisterFigure:
    """Make the figure of a table, with its plots."""
    figure = make_texts(release, code)
    return replace(figure, plots=_draw(release.tables[code], f"{figure.heading}. {figure.said}"))


def make_texts(release: Release, code: str) -> RegisterFigure:
    """Make the figure of a table without plots."""
    table = release.tables[code]
    return RegisterFigure(
        code,
        table.table.label.in_language(language()),
        say(release, table),
        (),
        tuple(_table(block, number) for number, block in enumerate(table.blocks)),
        tuple(_notes(release, table)),
        str(UNIVERSES[table.table.universe]),
    )


def _draw(table: ShownTable, label: str) -> tuple[Drawn, ...]:
    drawn: dict[Axis, Drawn] = {}
    for block in table.blocks:
        if block.rows not in drawn:
            heading = block.rows.label.in_language(language())
            drawn[block.rows] = draw_rows(block, f"{table.table.code}-{len(drawn)}", f"{heading}. {label}")
    return tuple(drawn.values())


def draw_rows(block: ShownBlock, name: str, label: str) -> Drawn:
    """Draw the rows of a table in each size; `label` is what a screen reader says instead."""
    drawings = tuple(
        (
            size.code,
            draw(describe_rows(block, size), name=f"{name}-{size.code}", label=label, language=language()),
        )
        for size in SIZES
    )
    return Drawn(block.rows.label.in_language(language()), drawings)


# --- tables -----------------------------------------------------------------------------------------------------------
def _table(block: ShownBlock, number: int) -> TableOnPage:
    rows, cols = (axis.label.in_language(language()) for axis in (block.rows, block.cols))
    is_by_field = block.rows.name == "field"
    heading = rows if is_by_field else _("%(rows)s by %(cols)s") % {"rows": rows, "cols": _in_sentence(cols)}
    columns = tuple(place.label.in_language(language()) for place in block.cols.places)
    return TableOnPage(
        str(number),
        heading,
        rows,
        "" if is_by_field else cols,
        columns,
        tuple(_row(block, row) for row in block.rows.places),
    )


def _row(block: ShownBlock, row: Place) -> TableRow:
    cells = tuple(_shown(block.cell(row, col)) for col in block.cols.places)
    whole = block.cols.places[0] if row.kind == "field" else block.whole
    share = block.cell(row, whole).share
    heading = row.label.in_language(language())
    return TableRow(heading, cells, "" if share is None else f"{share}%", row.kind not in ("value", "field"))


def _shown(cell: Cell) -> str:
    return HIDDEN if cell.value is None else count(cell.value)


def _in_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


# --- how to read it --------------------------------------------------------------------------------------------------
def _notes(release: Release, table: ShownTable) -> list[str]:
    notes = [
        _hidden(release, table),
        _visitors(table),
        _several(table),
        _stages(table),
        _shares(table),
        _court(table),
        _class_unknown(table),
        _running(release),
    ]
    return [note for note in notes if note]


def _hidden(release: Release, table: ShownTable) -> str:
    cells = [cell for block in table.blocks for line in block.cells for cell in line]
    if all(cell.value is not None for cell in cells):
        return ""
    sentence = _(
        "%(sign)s: hidden. Counts under %(least)s could point to a person, zero included; beside them others are "
        "hidden with which they could be worked out."
    )
    return sentence % {"sign": HIDDEN, "least": release.least}


def _visitors(table: ShownTable) -> str:
    if table.table.unit != "visitor":
        return ""
    return _(
        "Unique visitors are an upper bound: all contacts but those that a counsellor marked as coming back in the "
        "year. Who came back unrecognised, or also went to another organisation, is counted again. Of somebody who "
        "came back, what the first contact told is counted."
    )


def _several(table: ShownTable) -> str:
    axes = [axis for block in table.blocks for axis in (block.rows, block.cols)]
    several = [axis for axis in axes if axis.field and not axis.adds_up and not axis.is_nested and not axis.is_single]
    names = dict.fromkeys(axis.label.in_language(language()) for axis in several)
    if not names:
        return ""
    sentence = (
        _("One person can stand in several rows or columns of %(names)s: shares can add up to more than 100%%.")
        if table.table.unit == "person"
        else _(
            "One and the same can stand in several rows or columns of %(names)s: shares can add up to more than 100%%."
        )
    )
    return sentence % {"names": get_text_list([f"“{name}”" for name in names], _("and"))}


def _stages(table: ShownTable) -> str:
    if table.table.code != FUNNEL:
        return ""
    return _(
        "Nobody is followed from a contact to a case: neither can be found from the other, so visitors and persons are "
        "counted apart. Persons are those first registered in the year, whom no other organisation referred here, by "
        "how far they came until the day of the figure: referred, arrived there, and then every case closed, one of "
        "them with its goals met. Whose goals were met without a referral stays at the opened case."
    )


def _court(table: ShownTable) -> str:
    if table.table.universe != JUSTICE or not table.source:
        return ""
    return _(
        "Each stage is counted in the year in which it happened: who was convicted in it was often suspected and "
        "prosecuted in an earlier one. So one stage is no share of another. Source: %(source)s."
    ) % {"source": table.source.rstrip(".")}


def _shares(table: ShownTable) -> str:
    if table.table.universe == JUSTICE:
        return ""
    if table.table.code == FUNNEL:
        return _("Shares are shares of the first stage: of visitors, and of persons.")
    if not any(block.rows.of_kind("value") for block in table.blocks):
        return _("The share is that of people of whom the field is known.")
    return _("Shares are shares of those of whom it is known: the row “Known”, or “Total” where it is known of all.")


def _class_unknown(table: ShownTable) -> str:
    axes = [axis for block in table.blocks for axis in (block.rows, block.cols)]
    if not any(axis.of_kind("beside") for axis in axes):
        return ""
    return _("Of some people only that they are under 18, or 18 or over, is known: they stand beside the classes.")


def _running(release: Release) -> str:
    if not release.is_running:
        return ""
    return _("The year %(year)s was not over on this day: the numbers will change.") % {"year": release.year}


def level_choices() -> list[tuple[str, str]]:
    """Give code and label of every release level."""
    return words.choices("release_level", language())


def table_choices(release: Release) -> list[tuple[str, str]]:
    """Give code and label of every table of the register."""
    return [(code, f"{code}: {table.table.label.in_language(language())}") for code, table in release.tables.items()]
