/**
 * The part of a page where a counsellor opens her keys: with a passphrase, a passkey, or the code on paper.
 */
import { element, onClick } from "../chat/dom.js";
import { WrongRootError } from "../chat/errors.js";
import { PASSKEY, PASSPHRASE, RECOVERY } from "../chat/wraps.js";
import { RefusedError, SignedOutError } from "./api.js";
import { KeysDifferError } from "./errors.js";
import { show } from "./parts.js";
import { askPasskey } from "./passkeys.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Me } from "./enrolment.js" */
/** @typedef {(kind: number, ask: () => Promise<string | Bytes>) => Promise<unknown>} Open */

/**
 * Call `open` with what somebody typed or has; what was typed does not stay in its field.
 * @param {Open} open
 * @param {() => Me} me
 */
export function watchUnlocking(open, me) {
  const onTyped = (/** @type {string} */ form, /** @type {string} */ id, /** @type {number} */ kind) =>
    element(form, HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const field = element(id, HTMLInputElement);
      const typed = field.value;
      field.value = "";
      void open(kind, () => Promise.resolve(typed));
    });
  onTyped("unlock-form", "passphrase", PASSPHRASE);
  onTyped("recover-form", "recovery-field", RECOVERY);
  onClick("unlock-passkey", () => void open(PASSKEY, () => askPasskey(me())));
}

/** @param {Me} me */
export function showUnlocking(me) {
  element("unlock-passkey", HTMLButtonElement).hidden = !me.wraps.some((one) => one.kind === PASSKEY);
  show("locked");
  element("passphrase", HTMLInputElement).focus();
}

/** Say that keys are being opened, and let the page show it before the work begins. */
export async function showWorking() {
  show("working");
  await new Promise((resolve) => setTimeout(resolve));
}

/**
 * Give what the server says of who is here; null for somebody who is not signed in or answers nowhere.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {Promise<T | null>}
 */
export function whoIsHere(load) {
  return load().catch((error) => {
    if (error instanceof SignedOutError || error instanceof RefusedError) {
      return null;
    }
    throw error;
  });
}

/**
 * Name the sentence that says why keys did not open.
 * @param {unknown} error
 */
export function whyLocked(error) {
  if (error instanceof WrongRootError) {
    return "wrong-root";
  }
  if (error instanceof KeysDifferError) {
    return "keys-differ";
  }
  return error instanceof RefusedError || error instanceof TypeError ? "failed" : "passphrase-wrong";
}
