"""What is refused about contact records, each with a sentence for the person who asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RecordsError(Exception):
    """Stand above every refusal here; its text is a sentence in the language of the reader."""

    sentence: str | Promise = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotForAccountError(RecordsError):
    """The account may not do this, or the record is not there for it; pages answer as if the address did not exist."""

    sentence = _("This record is not there (any more).")


class ChangedMeanwhileError(RecordsError):
    """Somebody changed the record since the page was opened."""

    sentence = _("Somebody else changed this record meanwhile. Nothing was saved: look at it and fill it in again.")
