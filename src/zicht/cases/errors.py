"""What this room refuses, each with a sentence for the person who asked."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CasesError(Exception):
    """Stand above every refusal of this room; its text is a sentence in the language of the reader."""

    sentence: str | Promise = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotThereError(CasesError):
    """The record is not there, or not for this account: which of both is not told."""

    sentence = _("This record is not there (any more).")


class NotAllowedError(CasesError):
    """The account sees the record and may not do this with it; pages answer as if the address did not exist."""

    sentence = _("This account may not do that.")


class RestrictedError(CasesError):
    """The use of the person's data is limited: kept, and not changed or shared."""

    sentence = _(
        "The use of these data was limited at the person's request. They are kept and not changed. "
        "Whoever handles the request can lift the limit."
    )


class WrongStepError(CasesError):
    """A case cannot go from its state to that one."""

    sentence = _("A case cannot go from its present state to that one. Open it again first.")


class ChangedMeanwhileError(CasesError):
    """Somebody else changed the same fields since the page was opened; nothing was saved."""

    sentence = _("Somebody else changed this record meanwhile. Nothing was saved yet: choose which values to keep.")

    def __init__(self, theirs: Mapping[str, object], version: int) -> None:
        super().__init__()
        self.theirs, self.version = theirs, version
