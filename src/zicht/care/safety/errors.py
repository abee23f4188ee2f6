"""What safety refuses, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class NotSafeNowError(CasesError):
    """Contact would be made outside the hours that the person named."""

    sentence = _("Do not make contact now: this is outside the hours that are safe for the person. Nothing was shown.")


class CaseIsClosedError(CasesError):
    """An agreement on contact would outlive its case."""

    sentence = _("This case is closed: an agreement on contact ends with it. Nothing was saved.")


class WayToReachError(CasesError):
    """A text holds what somebody could be reached or found with."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence
