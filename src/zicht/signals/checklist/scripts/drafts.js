/**
 * The draft of a checklist: kept on the phone for 24 hours at most, so that a closed tab loses nothing.
 *
 * It never stands on the phone as it was typed. A browser may leave bytes of deleted records on the disk until it tidies up;
 * under a key that is deleted with the draft, they say nothing by themselves. It is no lock: the key lies beside it.
 */
import { read, transact } from "./store.js";

/** @import { Store } from "./store.js" */
/** @typedef {{ state: "noted" | "absent", basis: string, observed_on: string }} Mark */
/**
 * @typedef {object} Draft
 * @property {number} startedAt milliseconds since 1970
 * @property {string} observer
 * @property {string} situation
 * @property {string} age minor, adult, or nothing
 * @property {Record<string, Mark>} marks by code of the indicator
 * @property {string} municipality
 * @property {string} postcode
 * @property {string} houseNumber
 */

export const LONGEST = 24 * 3600 * 1000; // milliseconds that a draft is kept
const DRAFT = "draft";
const CIPHER = "AES-GCM";
const NONCE_LENGTH = 12;
/** @type {Store[]} */
const STORES = ["draft", "key"];

/** @param {number} now */
export function emptyDraft(now) {
  /** @type {Draft} */
  const draft = {
    startedAt: now, observer: "", situation: "", age: "", marks: {}, municipality: "", postcode: "", houseNumber: "",
  };
  return draft;
}

/**
 * @param {Draft} draft
 * @param {number} now
 */
export function isOver(draft, now) {
  // A clock that was set back must not keep it for longer either.
  return now >= draft.startedAt + LONGEST || now < draft.startedAt - LONGEST;
}

/** @param {Draft} draft */
export async function keepDraft(draft) {
  const key = (await read("key", DRAFT)) ?? (await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  const content = new TextEncoder().encode(JSON.stringify(draft));
  const sealed = await crypto.subtle.encrypt({ name: CIPHER, iv: nonce }, key, content);
  await transact(STORES, "readwrite", (transaction) => {
    transaction.objectStore("key").put(key, DRAFT);
    transaction.objectStore("draft").put({ startedAt: draft.startedAt, nonce, sealed }, DRAFT);
  });
}

/**
 * Give the draft that is kept; one that is too old, or does not open, is deleted.
 * @param {number} now
 * @returns {Promise<Draft | null>}
 */
export async function readDraft(now) {
  const [kept, key] = [await read("draft", DRAFT), await read("key", DRAFT)];
  if (!kept) {
    return null;
  }
  try {
    const content = await crypto.subtle.decrypt({ name: CIPHER, iv: kept.nonce }, key, kept.sealed);
    /** @type {Draft} */
    const draft = JSON.parse(new TextDecoder().decode(content));
    if (!isOver(draft, now)) {
      return draft;
    }
  } catch {
    // Not a draft any more: it goes like one that is too old.
  }
  await dropDraft();
  return null;
}

/** Delete the draft and its key. */
export function dropDraft() {
  return transact(STORES, "readwrite", forgetDraft);
}

/** @param {IDBTransaction} transaction */
export function forgetDraft(transaction) {
  STORES.forEach((store) => transaction.objectStore(store).delete(DRAFT));
}
