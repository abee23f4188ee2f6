"""What is refused about the rights of a person, each with a sentence for the colleague who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class SuspectedGiverError(CasesError):
    """A parent is coded as suspected perpetrator, and a parent or guardian answers for the person."""

    sentence = _(
        "A parent of this person is coded as suspected perpetrator. No parent or guardian can give, refuse or withdraw "
        "consent here by default. Nothing was saved. If this is somebody else, put it before a colleague."
    )


class OwnDecisionError(CasesError):
    """A decision for which two people are needed was asked of the one who began it."""

    sentence = _("A colleague has to decide this: whoever recorded it cannot allow it too. Nothing was changed.")


class NothingToDecideError(CasesError):
    """The record is in a state in which there is nothing to decide (any more)."""

    sentence = _("There is nothing to decide here (any more): a colleague may have done it meanwhile.")


class NotCheckedError(CasesError):
    """Who asks could not be checked, so that nothing about the person is given or changed."""

    sentence = _(
        "It was not established who asks. Nothing is given or changed for a request that could not be checked."
    )


class NotDecidedError(CasesError):
    """A parent or guardian asks, and nobody has decided about it yet."""

    sentence = _("A parent or guardian asks this: a colleague decides about it first. Nothing was done yet.")


class AnsweredAlreadyError(CasesError):
    """The request was answered; what was done stays as it is."""

    sentence = _("This request was answered already. Record a new one if the person asks again.")


class TooLateToExtendError(CasesError):
    """A term can be made longer once, within the first month."""

    sentence = _("The term can be made longer once, and only within the first month (GDPR art. 12(3)).")


class NobodyFoundError(CasesError):
    """The request has no record of a person."""

    sentence = _("No record belongs to this request, so there is nothing to give or to change.")


class OnlyRefusalError(CasesError):
    """A suspected perpetrator asks through the right of a parent: the only answer is the one that tells nothing."""

    sentence = _(
        "A parent of this person is coded as suspected perpetrator, or has no say at this age. "
        "The only answer is a refusal that does not tell whether there is a record."
    )


class TermMissingError(CasesError):
    """The law of the organisation names no term, and the organisation has set none."""

    sentence = _("No term is set for this organisation, so nothing is erased by itself.")


class CountChangedError(CasesError):
    """What is due is not what was shown: somebody changed or erased records meanwhile."""

    sentence = _("The records that are due changed since this page was opened. Nothing was erased: look again.")


class NotToldError(CasesError):
    """A breach with a risk is closed only after the supervisory authority was told."""

    sentence = _(
        "This breach cannot be closed yet: the supervisory authority was not told. "
        "Fill in when it was, or change the risk if it turned out to be unlikely."
    )


class StillGoesOnError(CasesError):
    """Something goes on for which the record of the person is needed."""

    sentence = _(
        "Somebody still has a place to stay by this record, and without it that bed would look free. Nothing was "
        "erased. Ask whoever gives the place to end the stay first, or wait until it ends, and then erase."
    )
