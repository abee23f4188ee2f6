"""Why a file is not taken in or not given out; nothing was changed then."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from zicht.cases.errors import CasesError
from zicht.cases.exchange.findings import RowProblem
from zicht.people.code_fields import language
from zicht.reading.tables import TableError


class ExchangeRefused(CasesError):
    """Stand above every reason for which nothing is taken in or given out."""


class WrongFile(ExchangeRefused):
    """The file cannot be read as a table."""

    def __init__(self, error: TableError) -> None:
        super().__init__()
        self.error = error

    def __str__(self) -> str:
        return self.error.in_language(language())


class ImportedBefore(ExchangeRefused):
    """The same file was taken in before."""

    sentence = _("This very file was read into the register before. Nothing was changed.")


class NothingInFile(ExchangeRefused):
    """There are column names and no rows under them."""

    sentence = _("The file has column names and no rows under them.")


class NobodyToExport(ExchangeRefused):
    """No record is left that may go to this recipient."""

    sentence = _("No record is left that may go to this recipient for this reason. Nothing was exported.")


class NoSuchAccount(ExchangeRefused):
    """Nobody signs in with this name."""

    sentence = _("Nobody signs in with this name.")


class NoSuchOrganisation(ExchangeRefused):
    """No organisation, or more than one, has this name."""

    sentence = _("There is not exactly one organisation of this name. Add it first, or give its full name.")


class WhichWall(ExchangeRefused):
    """The account works behind several walls."""

    sentence = _("This account works behind several walls. Say behind which one: --compartment.")


class WrongRows(ExchangeRefused):
    """Report the first problems in full and count the rest."""

    def __init__(self, problems: Sequence[RowProblem], count: int) -> None:
        super().__init__()
        self.problems, self.count = problems, count

    def __str__(self) -> str:
        head = ngettext(
            "The file has %(count)s mistake. Nothing was read into the register.",
            "The file has %(count)s mistakes. Nothing was read into the register.",
            self.count,
        )
        more = self.count - len(self.problems)
        rest = [ngettext("… and %(more)s more.", "… and %(more)s more.", more) % {"more": more}] if more else []
        return "\n".join([head % {"count": self.count}, *map(str, self.problems), *rest])
