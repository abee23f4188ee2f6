"""What this room refuses, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class EvidenceError(CasesError):
    """Stand above every refusal of this room."""


class NotReadableError(EvidenceError):
    """A document cannot be read; the sentence is that of the reading rules."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class NoConsentToTestifyError(EvidenceError):
    """An interview without a yes to use as testimony."""

    sentence = _(
        "Without a yes to use as cited testimony an interview is not stored. Nothing was kept. "
        "Ask the person first, and record the answer here."
    )


class WithdrawnError(EvidenceError):
    """The source was taken back."""

    sentence = _("This source was withdrawn: nothing of it can be read or recorded any more.")


class WrongPlaceError(EvidenceError):
    """A place that is not in the text, or a part of a picture that is none."""

    sentence = _("Select the words that the statement stands on. Nothing was saved.")


class CorrectedAlreadyError(EvidenceError):
    """Somebody corrected or took back the statement meanwhile."""

    sentence = _("This statement was corrected or taken back meanwhile. Nothing was saved: look at it as it is now.")


class DecidedAlreadyError(EvidenceError):
    """A suggestion that the reader decided on before."""

    sentence = _("You decided on this suggestion already. Nothing was saved.")


class PlacedAlreadyError(EvidenceError):
    """Somebody placed a quotation meanwhile."""

    sentence = _("Somebody said meanwhile where this quotation stands. Nothing was saved: look at it as it is now.")


class NotPublicError(EvidenceError):
    """A number in a register of somebody who is no body and no ship."""

    sentence = _("A number is kept of companies, bodies of a state, funds and ships only. Nothing was saved.")


class WhichActorError(EvidenceError):
    """More than one actor has the name that was typed."""

    sentence = _("More than one actor has this name. Choose one from the list: its code stands behind the name.")


class NothingSaidError(EvidenceError):
    """A statement without what is done, and without a number."""

    sentence = _("Say what the subject does, or how many of what are counted. Nothing was saved.")


class NotACuratorError(EvidenceError):
    """A reader of a source decides about it."""

    sentence = _("Whoever reads a source does not decide between the readers. Ask somebody else. Nothing was saved.")


class NotHeardError(EvidenceError):
    """A dossier names somebody about whom no right of reply is recorded."""

    sentence = _(
        "Nothing left. Record for each actor who is named what was asked and answered, "
        "or why asking would endanger somebody."
    )


class NamesProtectedError(EvidenceError):
    """A text that would leave holds the name of somebody who is protected."""

    sentence = _("The name of somebody who is protected stands in this text. Nothing was saved: leave it out.")
