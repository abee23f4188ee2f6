/**
 * What can be wrong with keys of people and desks; beside ../chat/errors.js, which every visitor loads. The page finds its
 * sentence by class.
 */
import { SealingError, TrustError } from "../chat/errors.js";

/** The private keys that were opened are not those of the public keys that the server shows. */
export class KeysDifferError extends TrustError {}
/** A passphrase that a program could guess: whoever has the server can try as many as there is time for. */
export class PassphraseTooShortError extends SealingError {}
/** There is nothing of this kind to open. */
export class NoSuchWrapError extends SealingError {}

/** The key of a desk has not come to this counsellor. */
export class NoDeskKeyError extends Error {}
/** Nobody who leads the desk vouched for these keys. */
export class UnvouchedError extends TrustError {}
/** These are other keys than those that were compared. */
export class ChangedKeysError extends TrustError {}
/** A statement about keys is about somebody else, or by somebody for whom no lead vouched. */
export class InventedColleagueError extends TrustError {}
/** Two people of the desk, one of them a lead, have to approve this first. */
export class NotApprovedError extends TrustError {}
/** A passkey gave no secret: the browser or the authenticator cannot. */
export class NoSecretOfPasskeyError extends Error {}
/** A certificate is for somebody else, or for other keys than those that were unlocked. */
export class NotYourCertificateError extends TrustError {}
/** There is nothing to vouch for: a colleague has made no keys yet. */
export class NoKeysYetError extends TrustError {}
