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


class NoMoreSharedError(CasesError):
    """What a dossier would hold may not go to the partner, or not any more."""

    sentence = _(
        "Nothing of this referral may go to the partner (any more): it was not sent, it ended, the consent was "
        "withdrawn or does not count, or the use of the data is limited. No dossier was made."
    )


class NoSigningKeyError(CasesError):
    """No key is there with which a dossier could be signed."""

    sentence = _(
        "This Zicht has no key to sign with, so the partner could not see who made the dossier. No dossier was made: "
        "ask whoever runs the server for the command zicht make-keys."
    )


class NothingToDeleteError(CasesError):
    """No dossier of a referral is with a partner any more, or it may still be there."""

    sentence = _("There is no dossier that the partner still has to delete. Nothing was saved.")


class IsInsideError(CasesError):
    """The organisation answers in Zicht itself."""

    sentence = _("This organisation answers in Zicht itself. Nothing was saved.")


class StillRunsError(CasesError):
    """A case cannot go over while something else about its persons is going on."""

    sentence = _(
        "This case cannot go over yet: somebody in it is in another case too, is counted as one with a record outside "
        "it, has a request that waits for an answer, or the use of the data is limited. Nothing was changed."
    )


class TransferIsOverError(CasesError):
    """A transfer was answered or taken back already."""

    sentence = _("This was answered or taken back already. Nothing was changed: look at it again.")


class AlreadyAskedError(CasesError):
    """A transfer of the same case waits for an answer."""

    sentence = _("A transfer of this case was asked already and waits for an answer. Nothing was changed.")


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
