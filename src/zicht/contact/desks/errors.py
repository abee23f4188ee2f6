"""Why a desk stays as it is, in sentences for whoever tried to change it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DesksError(Exception):
    """Stand above everything that is refused here."""

    sentence: Promise = _("The desk stays as it is.")

    def __str__(self) -> str:
        """Give the sentence in the language of the reader."""
        return str(self.sentence)


class NameTakenError(DesksError):
    sentence = _("There is a desk with this name already, here or at another organisation of this installation.")


class PurposeError(DesksError):
    """Stand above what is wrong with what a desk is for."""


class PurposeFixedError(PurposeError):
    sentence = _("Somebody belongs to this desk already, so what it is for stays. Make another desk.")


class PurposeNotHereError(PurposeError):
    sentence = _("In this organisation no role could belong to such a desk. Choose another purpose.")


class NoMemberError(DesksError):
    sentence = _("Only an active account of this organisation that may answer at this desk can be added.")


class MemberAlreadyError(DesksError):
    sentence = _("This account belongs to the desk already.")


class RootDiffersError(DesksError):
    sentence = _("This is not the fingerprint of this root. Nothing was changed. Ask the stewards for it again.")


class RootOfDemoError(DesksError):
    sentence = _("This is the root of the demo, which everybody has. It protects nobody and was not kept.")
