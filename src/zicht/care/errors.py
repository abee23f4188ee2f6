"""What this room refuses, each with a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class NoConsentError(CasesError):
    """A referral would rest on a consent that is not there."""

    sentence = _(
        "There is no consent for passing on to this organisation, or it does not count (any more). Nothing was sent. "
        "Record the answer of the person first, or name another legal basis and say why."
    )


class NotALegalBasisError(CasesError):
    """A referral would go without a basis, or with one that data about a person never have."""

    sentence = _("Name the legal basis, and why this organisation needs the data. Nothing was sent.")


class WrongReferralStepError(CasesError):
    """A referral cannot go from its state to that one."""

    sentence = _("This referral is in another state by now. Nothing was changed: look at it again.")


class AlreadyReferredError(CasesError):
    """A referral of the same person to the same organisation runs already."""

    sentence = _("A referral of this person to this organisation runs already. Nothing was sent.")


class NoPlaceError(CasesError):
    """Every place of the shelter is taken or held."""

    sentence = _(
        "There is no free place in this shelter any more: a colleague may have taken the last one. Nothing was held. "
        "Put the person on the waiting list, or choose another shelter."
    )


class DoesNotFitError(CasesError):
    """The shelter does not take people of this age or gender."""

    sentence = _("This shelter does not take people of this age band or gender. Nothing was held.")


class NotSafeThereError(CasesError):
    """The shelter lies in a region that is not safe for the person."""

    sentence = _("The region of this shelter is not safe for this person. Nothing was held.")


class AlreadyStaysError(CasesError):
    """The person stays somewhere already."""

    sentence = _("This person stays in a shelter already. End that stay first. Nothing was saved.")


class HoldIsOverError(CasesError):
    """The hold ran out, was given back or became a stay."""

    sentence = _("The place is no longer held for this person. Nothing was saved: hold a place again.")


class StayIsOverError(CasesError):
    """The stay ended already."""

    sentence = _("This stay ended already. Nothing was saved.")


class TooFewPlacesError(CasesError):
    """More places are taken or held than a shelter would have."""

    sentence = _("More places are taken or held than that. End stays first. Nothing was saved.")
