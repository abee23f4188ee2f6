"""What support refuses, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class HasPlanError(CasesError):
    """A person has an open plan at this organisation already."""

    sentence = _("There is an open support plan of this person already. Nothing was saved: add goals to that one.")


class NoPlanError(CasesError):
    """There is no open plan."""

    sentence = _("There is no open support plan of this person any more. Nothing was saved.")


class WrongTaskStepError(CasesError):
    """A task cannot go from its state to that one."""

    sentence = _("This task is in another state by now. Nothing was changed: look at it again.")


class NotAColleagueError(CasesError):
    """A task or a question would go to somebody who may not see the person."""

    sentence = _("This colleague may not see this person. Nothing was saved: choose somebody of the team.")


class OwnApprovalError(CasesError):
    """Somebody would approve what they asked to approve."""

    sentence = _("Somebody else approves: nobody approves what they asked for themselves. Nothing was saved.")


class NothingAskedError(CasesError):
    """What was asked to approve was answered, or changed since."""

    sentence = _("Nothing waits for an approval here any more: it was answered, or changed since. Nothing was saved.")
