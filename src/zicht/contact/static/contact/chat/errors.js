/**
 * What can be wrong with something sealed; the same names as in zicht.contact.sealing.errors. The page finds its sentence by class.
 */

export class SealingError extends Error {}

/** The bytes are not what the format says. */
export class FormatError extends SealingError {}
export class WrongVersionError extends FormatError {}
export class WrongLengthError extends FormatError {}
export class UnknownFieldError extends FormatError {}
export class PaddingError extends FormatError {}
export class TooLongError extends FormatError {}

/** The key is another one, or a bit was changed on the way; the two cannot be told apart. */
export class DoesNotOpenError extends SealingError {}
export class WrongConversationError extends SealingError {}
export class WrongDeskError extends SealingError {}
/** What the server checks bearers with does not come from the secret that was opened. */
export class BearerMismatchError extends SealingError {}

/** The messages of one direction are not a chain any more. */
export class ChainError extends SealingError {}
export class ReplayedError extends ChainError {}
export class MissingBeforeError extends ChainError {}
export class BrokenChainError extends ChainError {}
export class AckWentBackError extends ChainError {}
/** The other side has seen messages that did not come here. */
export class CutTailError extends ChainError {}

/** A key cannot be trusted; nothing may be sealed for it. */
export class TrustError extends SealingError {}
export class InventedLeadError extends TrustError {}
export class UnsignedDeskKeyError extends TrustError {}
export class WrongOrganisationError extends TrustError {}
export class LeadNotForDeskError extends TrustError {}
export class ValidTooLongError extends TrustError {}
export class NotYetValidError extends TrustError {}
export class ExpiredError extends TrustError {}
export class WrongRootError extends TrustError {}

export class CodeError extends SealingError {}
