"""What is refused about intake, each with a sentence for the person who asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class IntakeError(Exception):
    """Stand above every refusal here; its text is a sentence in the language of the reader."""

    sentence: str | Promise = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotThereError(IntakeError):
    """The record is not there, or not for this account: which of both is not told; pages answer 404."""

    sentence = _("This record is not there (any more).")


class ChangedMeanwhileError(IntakeError):
    """Somebody else changed or decided it since the page was opened."""

    sentence = _("Somebody else changed this meanwhile. Nothing was saved. Look at it and try again.")


class ClosedError(IntakeError):
    """What is closed is only read, until somebody opens it again."""

    sentence = _("This is closed. Open it again to change it.")


class NotOpenedAgainError(IntakeError):
    """Only what is closed can be opened again."""

    sentence = _("This is open already.")


class NotInThisStateError(IntakeError):
    """Where a report stands, this cannot be done: it was put back already, for instance."""

    sentence = _("This cannot be done where the report stands now. Nothing was changed. Look at it again.")


class NotAColleagueError(IntakeError):
    """It can only be handed to somebody who may weigh it."""

    sentence = _("Choose a colleague who weighs behind this wall. Nothing was changed.")


class SourceHasNotAgreedError(IntakeError):
    """Nothing leaves a news desk without the yes of the source."""

    sentence = _("Nothing leaves the news desk before the source said yes. Record the answer of the source first.")


class AlreadyNotedError(IntakeError):
    """One signal stands in a report once."""

    sentence = _("One of these signals stands here already. Nothing was added.")
