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
