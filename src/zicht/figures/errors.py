"""What can go wrong in this room: one tree, and each error is one sentence that says what to do."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_QUOTE = 40  # characters of a wrong value that are shown
# A row is looked up in the file and a year in a calendar: both are written as they are, without separators.
PLAIN = frozenset({"row", "year", "first", "last"})


def fill(sentence: "str | _StrPromise", values: dict[str, object]) -> str:
    """Put values into a sentence in the language of the reader, counts with its separators."""
    shown = {name: _show(name, value) for name, value in values.items()}
    return str(sentence) % shown


def _show(name: str, value: object) -> str:
    if isinstance(value, int) and name not in PLAIN:
        return number_format(value, force_grouping=True)
    return str(value)


def quote(value: str) -> str:
    """Shorten a value from a file, and make what cannot be printed visible."""
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value)
    return printable if len(printable) <= LONGEST_QUOTE else printable[: LONGEST_QUOTE - 1] + "…"


class FiguresError(Exception):
    """Stand above every error of this room."""

    sentence: ClassVar["str | _StrPromise"] = ""

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        return fill(self.sentence, self.values)


class ImportRefused(FiguresError):
    """Stand above every reason for which a file is not imported; what was there before is then untouched."""


class NotOneFile(ImportRefused):
    sentence = _("Give one file at a time: %(count)s were given. Nothing was imported.")


class NoSuchFile(ImportRefused):
    sentence = _("There is no file %(name)s, or this program may not read it.")


class FileTooLarge(ImportRefused):
    sentence = _(
        "The file has %(size)s MB; more than %(most)s MB is not read. "
        "UNODC's file has about 3 MB: is this the right one?"
    )


class UnpackedTooLarge(ImportRefused):
    sentence = _(
        "Unpacked, the file would be larger than %(most)s MB, or its parts are packed more tightly "
        "than figures can be. "
        "It is not read: this is not UNODC's file."
    )


class TooManyRows(ImportRefused):
    sentence = _("The file has more than %(most)s rows; UNODC's has about 60,000. It is not read.")


class WrongFileType(ImportRefused):
    sentence = _("This is %(found)s. UNODC's file is a .xlsx, a .csv or a .csv.gz.")


class WrongEncoding(ImportRefused):
    sentence = _(
        "Row %(row)s is not in UTF-8. Save the file as “CSV UTF-8”, or give UNODC's .xlsx as it was downloaded."
    )


class LineTooLong(ImportRefused):
    sentence = _("Row %(row)s has more than %(most)s bytes: this is not UNODC's file.")


class RowTooLong(ImportRefused):
    sentence = _(
        "The row that begins on line %(row)s goes on for more than %(most)s bytes over several lines: "
        "a quotation mark was probably opened there and not closed. Download the file again."
    )


class FileCutOff(ImportRefused):
    sentence = _(
        "The last row, %(row)s, is cut off or ends without a line break. Download the file again, "
        "or add a line break at its end if it is complete."
    )


class FileDamaged(ImportRefused):
    sentence = _("The file is damaged and cannot be unpacked. Download it again.")


class QuoteNotClosed(ImportRefused):
    sentence = _("Row %(row)s: a quotation mark is opened and not closed, or text follows it. Download the file again.")


class ColumnsNotFound(ImportRefused):
    sentence = _(
        "The first %(rows)s rows do not have UNODC's column names. Expected are: %(expected)s. "
        "In a .csv the columns are separated by commas."
    )


class WrongColumns(ImportRefused):
    sentence = _(
        "Row %(row)s does not have the columns of UNODC's file. Missing: %(missing)s. Found and not known: %(found)s. "
        "Is this another sheet?"
    )


class ColumnTwice(ImportRefused):
    sentence = _("Row %(row)s: the column %(column)s is there more than once.")


class NoRows(ImportRefused):
    sentence = _("The file has column names and no figures under them.")


class DateAhead(ImportRefused):
    sentence = _(
        "The date of the file, %(dated)s, has yet to come. Give the date that UNODC gives it: --dated YYYY-MM-DD."
    )


class AlreadyImported(ImportRefused):
    sentence = _("This file was imported before, on %(day)s, and is the one in use. Nothing was changed.")


class FewerRows(ImportRefused):
    sentence = _(
        "The file has %(rows)s rows, and the one in use has %(rows_in_use)s: it may be cut off at the end of a row. "
        "Nothing was changed. If UNODC did remove rows, import it with --fewer-rows."
    )


class PartOfFile(ImportRefused):
    sentence = _(
        "The file has %(rows)s rows about %(countries)s countries, and UNODC's whole file has more than %(fewest)s: "
        "it may be cut off at the end of a row. Nothing was changed. "
        "If it is meant to be a part of UNODC's file, import it with --fewer-rows."
    )


class OlderEdition(ImportRefused):
    sentence = _(
        "The file is of %(dated)s, and the one in use is newer: %(dated_in_use)s. Nothing was changed. "
        "To go back to the older one, import it with --older."
    )


class ImportBusy(ImportRefused):
    sentence = _("The database is busy, probably with another import. Nothing was changed. Try again in a minute.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong in one place of a file."""

    row: int
    column: str
    sentence: "str | _StrPromise"
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        where = _("Row %(row)s, column %(column)s:") if self.column else _("Row %(row)s:")
        return f"{fill(where, {'row': self.row, 'column': self.column})} {fill(self.sentence, self.values)}"


class WrongCells(ImportRefused):
    """Report the first problems in full and count the rest."""

    def __init__(self, problems: list[Problem], count: int) -> None:
        super().__init__(count=count)
        self.problems, self.count = problems, count

    def __str__(self) -> str:
        head = ngettext(
            "The file has %(count)s mistake. Nothing was imported.",
            "The file has %(count)s mistakes. Nothing was imported.",
            self.count,
        )
        more = self.count - len(self.problems)
        rest = [fill(ngettext("… and %(more)s more.", "… and %(more)s more.", more), {"more": more})] if more else []
        return "\n".join([fill(head, {"count": self.count}), *map(str, self.problems), *rest])


class NoFigures(FiguresError):
    """Stand above what a reader can ask for and is not there."""


class NothingImported(NoFigures):
    sentence = _("There are no figures yet. Import UNODC's file first: zicht import-glotip FILE.")


class UnknownCountry(NoFigures):
    sentence = _("There are no figures for %(country)s.")
    with_near = _("There are no figures for %(country)s. Is one of these meant: %(near)s?")

    def __str__(self) -> str:
        return fill(self.with_near if self.values["near"] else self.sentence, self.values)


class NoCountryGiven(UnknownCountry):
    sentence = _("Give a country by its code of three letters, such as NLD.")


class UnknownIndicator(NoFigures):
    sentence = _("%(indicator)s is not counted in UNODC's file. Known are: %(known)s.")


class NotForAccount(NoFigures):
    sentence = _("There is no account of this name that may see figures of the register.")


class NobodyRegistered(NoFigures):
    sentence = _("Nobody is registered yet, so there is nothing to count.")


class UnknownYear(NoFigures):
    sentence = _("Nobody was registered in %(asked)s. There are figures for: %(known)s.")


class UnknownLevel(NoFigures):
    sentence = _("%(level)s is not a release level. Known are: %(known)s.")


class UnknownTable(NoFigures):
    sentence = _("There is no table %(table)s of the register. There are: %(known)s.")

    def __str__(self) -> str:
        return f"{fill(self.sentence, self.values)} {self.values['why']}".strip()
