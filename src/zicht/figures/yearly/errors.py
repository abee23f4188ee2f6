"""What can go wrong with a yearly report; each error is a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from zicht.figures.errors import NoFigures


class ReportRefused(NoFigures):
    """Stand above every reason for which a report is not made, approved or found."""


class NoReason(ReportRefused):
    sentence = _(
        "A report on %(year)s was published at this level. A correction says what it corrects, and why: give a reason. "
        "Nothing was made."
    )


class YearNotOver(ReportRefused):
    sentence = _("The year %(year)s is not over. A report for others is made of a whole year. Nothing was made.")


class AlreadyApproved(ReportRefused):
    sentence = _("You approved this version before. Somebody else must approve it too.")


class IsPublished(ReportRefused):
    sentence = _("This version is published and stays as it is. To change it, make a correction.")


class Damaged(ReportRefused):
    sentence = _("The package of this report is not what was approved. It is not shown; tell who keeps this Zicht.")


class OvertakenWhileMaking(ReportRefused):
    sentence = _(
        "While this report on %(year)s was being made, another one was published. Nothing was kept. Read that one, and "
        "make a correction if it is still needed."
    )


class ReplacedMeanwhile(ReportRefused):
    sentence = _("The draft you read was thrown away or replaced meanwhile. Nothing was approved. Read the new draft.")
