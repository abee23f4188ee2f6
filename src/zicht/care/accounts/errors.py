"""What accounts refuse, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class AlreadyNotedError(CasesError):
    """The same was noted of an account before, or the person took it back."""

    sentence = _("This was noted of this account already, or the person took it back. Nothing was changed.")
