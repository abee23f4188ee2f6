"""In which order the report tells its tables, and which of them a level leaves out."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.figures.register.releases import Release, ShownTable, least_shown

CHAPTERS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Who made contact"), ("F01", "F02", "F04", "F18")),
    (gettext_lazy("Who the victims are"), ("F03", "F12")),
    (gettext_lazy("What happened to them"), ("F05", "F06", "F07", "F08", "F09")),
    (gettext_lazy("Who registered them"), ("F10", "F11", "F19")),
    (gettext_lazy("Reports and signals"), ("F14", "F15")),
    (gettext_lazy("Care and shelter"), ("F16", "F17")),
    (gettext_lazy("What remains unseen"), ("F20", "F21")),
    (gettext_lazy("Suspects and convicted persons"), ("F13",)),
    (gettext_lazy("Barriers and policy"), ("F22", "F23")),
    (gettext_lazy("Documentation"), ("F24",)),
    (gettext_lazy("How well this is known"), ("F25",)),
)


DATA_QUALITY_TABLE, OF_COURTS = "F25", "F13"
# Made from lists that organisations match, and protected when the estimate was made.
OF_ESTIMATES = frozenset({"F20", "F21"})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Name a standard table that is not in the report, with the reason."""

    code: str
    reason: str


def tables_at(release: Release) -> set[str]:
    """Give the tables of a release that its level may show, and in which it shows anything."""
    return {code for code, table in release.tables.items() if _may_show(code, release) and _shows_any(table)}


def left_out(release: Release, shown: Collection[str]) -> list[LeftOut]:
    """Say of every other standard table why it is not there."""
    return [LeftOut(code, _reason(code, release)) for code in words.vocabulary().tables if code not in shown]


def _shows_any(table: ShownTable) -> bool:
    return table.total != 0 and any(cell.value for block in table.blocks for line in block.cells for cell in line)


def _may_show(code: str, release: Release) -> bool:
    level = words.vocabulary().tables[code].release
    return not level or release.least <= least_shown(level)


def _reason(code: str, release: Release) -> str:
    if code in OF_ESTIMATES:
        return _(
            "It is made from the overlap of lists. Nothing of it that may be shown here was taken into the report."
        )
    if not _may_show(code, release):
        return _("Only for partners: its rows are too small a part of the country, or of the people, to be published.")
    if code == OF_COURTS and not (code in release.tables and release.tables[code].source):
        return _("Justice partners delivered no figures.")
    if code in release.tables and release.tables[code].total == 0:
        return _("Nothing was recorded in the year.")
    if code in release.tables:
        return _("Every number in it would have to be hidden.")
    if code == DATA_QUALITY_TABLE and any(table.is_narrow for table in release.tables.values()):
        return _("Nearly every number in it would have to be hidden. What is not known has a row in each table.")
    return _("This Zicht has no data for it.")
