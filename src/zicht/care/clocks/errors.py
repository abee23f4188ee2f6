"""What the clocks refuse, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class ClockRunsError(CasesError):
    """A term of this kind runs already."""

    sentence = _("A term of this kind runs already. Nothing was saved: stop that one first.")


class NotYetInForceError(CasesError):
    """The term would begin before the rule that it is computed by was in force."""

    sentence = _("This rule was not in force on that day. Nothing was saved: choose another rule, or the day itself.")


class NeedsLastDayError(CasesError):
    """Only the decision says when the term ends."""

    sentence = _("Fill in the last day as the decision names it. Nothing was saved.")


class ClockIsOverError(CasesError):
    """The term was ended already."""

    sentence = _("This term was met or stopped already. Nothing was changed.")
