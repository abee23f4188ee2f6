"""What can be wrong with something sealed. Every refusal has its own name, so that a page can say what happened."""


class SealingError(Exception):
    """Stand above everything that is refused here; the sentence is fixed and holds nothing of what was refused."""

    sentence = "Something sealed was refused."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class FormatError(SealingError):
    """The bytes are not what the format says."""

    sentence = "This does not have the form it must have."


class WrongVersionError(FormatError):
    sentence = "This was made by another version than this one can read."


class WrongLengthError(FormatError):
    sentence = "This is longer or shorter than it can be."


class UnknownFieldError(FormatError):
    sentence = "A field is missing, or there is one that does not belong here."


class PaddingError(FormatError):
    sentence = "What was sealed is not filled up as it must be."


class TooLongError(FormatError):
    sentence = "This is too long to be sent in one piece."


class DoesNotOpenError(SealingError):
    """The key is another one, or a bit was changed on the way; the two cannot be told apart."""

    sentence = "This was sealed with another key, or changed on the way."


class WrongConversationError(SealingError):
    sentence = "This belongs to another conversation."


class WrongDeskError(SealingError):
    sentence = "This was made for another desk."


class BearerMismatchError(SealingError):
    """What the server checks bearers with does not come from the secret that was opened."""

    sentence = "The conversation was registered with other tokens than its own."


class ChainError(SealingError):
    """The messages of one direction are not a chain any more."""

    sentence = "The order of the messages was broken."


class ReplayedError(ChainError):
    sentence = "This message was there before."


class MissingBeforeError(ChainError):
    sentence = "Messages before this one are missing."


class BrokenChainError(ChainError):
    sentence = "This message does not follow the one before it."


class AckWentBackError(ChainError):
    sentence = "The other side says that it has seen less than before."


class CutTailError(ChainError):
    """The other side has seen messages that did not come here."""

    sentence = "Messages at the end were held back."


class TrustError(SealingError):
    """A key cannot be trusted; nothing may be sealed for it."""

    sentence = "The key of the desk cannot be trusted."


class InventedLeadError(TrustError):
    sentence = "Whoever signed the key of the desk was not appointed by the organisation."


class UnsignedDeskKeyError(TrustError):
    sentence = "The key of the desk is not signed by its lead."


class UnsignedPageError(TrustError):
    sentence = "The page is not signed by the organisation."


class WrongOrganisationError(TrustError):
    sentence = "A statement about a key comes from another organisation."


class LeadNotForDeskError(TrustError):
    sentence = "The key was signed by somebody who does not lead this desk."


class ValidTooLongError(TrustError):
    sentence = "A statement about a key is meant to be valid for too long."


class NotYetValidError(TrustError):
    sentence = "A key is not valid yet, or the clock of this device is slow."


class ExpiredError(TrustError):
    sentence = "A key is not valid any more, or the clock of this device is fast."


class DemoRootError(TrustError):
    sentence = "The key of the demo organisation may only be used in the demo."


class WrongRootError(TrustError):
    sentence = "The organisation's root key is another one than the one that was kept here."


class UnvouchedError(TrustError):
    sentence = "Nobody who leads the desk vouched for these keys."


class ChangedKeysError(TrustError):
    sentence = "These are other keys than those that were compared."


class InventedColleagueError(TrustError):
    sentence = "A statement about keys is about somebody else, or by somebody for whom no lead vouched."


class NotApprovedError(TrustError):
    sentence = "Two people of the desk, one of them a lead, have to approve this first."


class CodeError(SealingError):
    sentence = "This is not a code that was given out here."
