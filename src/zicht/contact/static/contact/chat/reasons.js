/**
 * Why a page of visitors could not go on, as the name of a sentence in its texts.
 */
import { ExpiredError, NotYetValidError, SealingError, TooLongError } from "./errors.js";

/**
 * Say why: whatever is wrong with a key or something sealed is a matter of trust, and everything else of the line or the server.
 * @param {unknown} error
 * @returns {"wrong-clock" | "too-long" | "not-trusted" | "unavailable"}
 */
export function reasonOf(error) {
  if (error instanceof NotYetValidError || error instanceof ExpiredError) {
    return "wrong-clock";
  }
  if (error instanceof TooLongError) {
    return "too-long";
  }
  return error instanceof SealingError ? "not-trusted" : "unavailable";
}
