"""What attachments refuse, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class WrongFileError(CasesError):
    """The file is of no form that is kept, or it is broken."""

    sentence = _(
        "This file cannot be kept: it is no PDF, JPEG, PNG, MP3, Ogg or WAV, or it is broken. Nothing was saved. "
        "Make a PDF of a document, and try again."
    )


class TooLargeError(CasesError):
    """The file is larger than what is kept."""

    sentence = _("This file is larger than 10 MB. Nothing was saved: make it smaller, or keep a part of it.")
