"""What this room refuses, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class NoDraftError(CasesError):
    """A published version is changed: only drafts are."""

    sentence = _(
        "This version is published and stays as it is. Nothing was changed: make a new version from it and change "
        "that one."
    )


class DraftThereError(CasesError):
    """A second draft of one process would be made."""

    sentence = _("A draft of this process is there already. Nothing was made: go on with that one.")


class NotWholeError(CasesError):
    """A draft cannot be published as it is."""

    sentence = _(
        "This draft cannot be published yet: it needs a step, each step a partner, and each barrier a partner of its "
        "step and a measure. What is missing is marked in the draft, which is kept."
    )


class StepInUseError(CasesError):
    """A step or a process has a code that another has."""

    sentence = _("This code is in use already. Nothing was saved: choose another one.")


class TooMuchError(CasesError):
    """A process or a step would get more parts than a meeting can look at."""

    sentence = _("A chain has at most twelve steps, and a step at most twelve barriers. Nothing was saved.")


class NotInModelError(CasesError):
    """An action or a decision names something that the version does not have."""

    sentence = _("This version of the model has no such step or barrier. Nothing was saved.")


class WrongActionStepError(CasesError):
    """An action cannot go from its state to that one."""

    sentence = _("This action is in another state by now. Nothing was changed: look at it again.")


class NotEvaluatedYetError(CasesError):
    """An action that did not run yet is evaluated."""

    sentence = _("An action is evaluated while it runs or after it. Nothing was saved.")


class DecidedMeanwhileError(CasesError):
    """Somebody else decided about a step of a case since the page was opened."""

    sentence = _("Somebody else decided about this step meanwhile. Nothing was saved: look at that decision first.")


class ReportNotThereError(CasesError):
    """A report is named that is not there, or not for this account: which of both is not told."""

    sentence = _("There is no report with this code that this account may see. Nothing was added.")


class PeriodNotOverError(CasesError):
    """Sums of a half-year would be made while it runs."""

    sentence = _("This half-year is not over yet. Sums are made once, after it: nothing was made.")


class AlreadySummedError(CasesError):
    """Sums of a half-year would be made twice."""

    sentence = _(
        "The sums of this half-year are made and stay as they are: a second version could be compared with the first, "
        "and tell about single cases. Nothing was made."
    )
