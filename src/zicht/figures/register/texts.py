"""Write tables of the register as plain text: the sentence, and the numbers in columns."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from zicht.figures.register.pages import RegisterFigure, TableOnPage, make_texts
from zicht.figures.register.releases import Release

GAP = "  "


def as_text(release: Release, chosen: Iterable[str]) -> str:
    """Write the chosen tables under each other, and the source under them."""
    source = _("Data as of %(day)s. Definitions: words, version %(version)s. Release level: %(level)s.") % {
        "day": release.cutoff.isoformat(),
        "version": release.version,
        "level": release.level,
    }
    return "\n\n".join([*(_figure(make_texts(release, code)) for code in chosen), source]) + "\n"


def _figure(figure: RegisterFigure) -> str:
    tables = [f"{table.heading}\n{_table(table)}" for table in figure.tables]
    return "\n\n".join([f"{figure.code} {figure.heading}", str(figure.said), *tables, "\n".join(figure.notes)])


def _table(table: TableOnPage) -> str:
    lines = [("", *table.columns, _("Share of known")), *((row.heading, *row.cells, row.share) for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        GAP.join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines
    )
