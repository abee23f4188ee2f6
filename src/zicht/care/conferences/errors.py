"""What conferences refuse, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class NotPresentError(CasesError):
    """An organisation that was not there would do or approve something."""

    sentence = _("This organisation did not take part in the conference. Nothing was saved.")


class AlreadyApprovedError(CasesError):
    """A decision would be added to what somebody approved already."""

    sentence = _(
        "Somebody answered already what was decided, so no decision is added any more. Nothing was saved: "
        "write down a next conference."
    )


class AlreadyAnsweredError(CasesError):
    """An organisation answered already."""

    sentence = _("The answer of this organisation is written down already. Nothing was saved.")
