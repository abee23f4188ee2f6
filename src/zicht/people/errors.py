"""What this room refuses, each with a sentence for the person who asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PeopleError(Exception):
    """Stand above every refusal of this room; its text is a sentence in the language of the reader."""

    sentence: str | Promise = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowedError(PeopleError):
    """The account has no right to do this; pages answer as if the thing did not exist."""

    sentence = _("This account may not do that.")


class CodeNotValidError(PeopleError):
    """A set-up code is wrong, used or too old; which of these is not told."""

    sentence = _(
        "This code does not work: it is mistyped, used already or older than 72 hours. "
        "Check it, or ask the administrator of the organisation for a new one."
    )


class AccountClosedError(PeopleError):
    """A closed account stays closed."""

    sentence = _("This account is closed. Invite the person again under another sign-in name.")


class RoleOutsideRegimeError(PeopleError):
    """None of the walls of the role exist under the legal regime of the organisation."""

    sentence = _("This role does not exist under the legal regime of this organisation.")


class RolesStandApartError(PeopleError):
    """Administrator and privacy officer each stand alone: who manages does not look, who supervises does not do."""

    sentence = _(
        "An administrator and a privacy officer have no other role beside it. Give the person a second account."
    )


class RoleHeldAlreadyError(PeopleError):
    """The account has this role now."""

    sentence = _("The account has this role already.")


class LastAdministratorError(PeopleError):
    """Without an administrator nobody could let anybody in again."""

    sentence = _("This is the last active administrator. Make somebody else administrator first.")


class PurposeNotAllowedError(PeopleError):
    """The purpose given for looking is none of those of the account's roles."""

    sentence = _("This purpose does not belong to any role of this account.")


class TooManyTokensError(PeopleError):
    """Nobody keeps an eye on this many keys."""

    sentence = _("This account has 20 keys that can be used. End one that is no longer needed first.")
