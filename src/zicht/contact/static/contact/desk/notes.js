/**
 * What counsellors tell each other about a conversation, under the key of the desk.
 */
import { NONCE_LENGTH, seal, unseal } from "../chat/box.js";
import { canonical, concat, join, random, Reader, readCanonical, VERSION } from "../chat/bytes.js";
import { FormatError } from "../chat/errors.js";
import { derive } from "../chat/keys.js";
import { padToBucket, unpad } from "../chat/padding.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @typedef {{ t: "text" | "danger" | "heavy", body: string }} Note danger: somebody may be hurt; heavy: talk it over afterwards */

const KINDS = ["text", "danger", "heavy"];

/**
 * @param {Bytes} deskPrivate
 * @param {Uint8Array} convId
 * @param {Note} note
 */
export function sealNote(deskPrivate, convId, note) {
  const nonce = random(NONCE_LENGTH);
  const padded = padToBucket(canonical(checkNote(note.t, note.body)));
  return concat(Uint8Array.of(VERSION), nonce, seal(keyOf(deskPrivate, convId), nonce, padded, aadOf(convId)));
}

/**
 * @param {Bytes} deskPrivate
 * @param {Uint8Array} convId
 * @param {Uint8Array} sealed
 */
export function openNote(deskPrivate, convId, sealed) {
  const reader = new Reader(sealed);
  reader.version();
  const nonce = reader.take(NONCE_LENGTH);
  const found = readCanonical(unpad(unseal(keyOf(deskPrivate, convId), nonce, reader.rest(), aadOf(convId))), ["t", "body"]);
  return checkNote(found["t"], found["body"]);
}

/**
 * @param {unknown} kind
 * @param {unknown} body
 * @returns {Note}
 */
function checkNote(kind, body) {
  if (!KINDS.includes(String(kind)) || typeof body !== "string") {
    throw new FormatError();
  }
  return /** @type {Note} */ ({ t: kind, body });
}

/**
 * @param {Bytes} deskPrivate
 * @param {Uint8Array} convId
 */
function keyOf(deskPrivate, convId) {
  return derive(deskPrivate, join("zicht/v1/note", convId));
}

/** @param {Uint8Array} convId */
function aadOf(convId) {
  return join("zicht/v1/note", convId);
}
