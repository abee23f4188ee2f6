/**
 * Everything that comes from the secret of a conversation, by HKDF-SHA256.
 */
import { hkdf, sha256 } from "../vendor/sealing.js";
import { checkLength, join } from "./bytes.js";

/** @import { Bytes } from "./bytes.js" */

export const SECRET_LENGTH = 32;
export const FILE_ID_LENGTH = 16;
export const HASH_LENGTH = 32;
// Directions, as they stand in an envelope.
export const FROM_VISITOR = 0;
export const TO_VISITOR = 1;

/**
 * @typedef {object} ConversationKeys
 * @property {readonly [Bytes, Bytes]} of the key of each direction
 * @property {Bytes} cap lets somebody take part
 * @property {Bytes} wipe lets somebody destroy
 */

/** @param {Uint8Array} content */
export function hash(content) {
  return new Uint8Array(sha256(content));
}

/**
 * @param {Uint8Array} secret
 * @param {Uint8Array} info
 * @param {Uint8Array} [salt]
 */
export function derive(secret, info, salt) {
  return new Uint8Array(hkdf(sha256, secret, salt, info, 32));
}

/**
 * @param {Uint8Array} secret
 * @returns {ConversationKeys}
 */
export function keysOf(secret) {
  checkLength(secret, SECRET_LENGTH);
  const key = (/** @type {string} */ name) => derive(secret, join(`zicht/v1/${name}`));
  return { of: [key("k_v2o"), key("k_o2v")], cap: key("cap"), wipe: key("wipe") };
}

/**
 * @param {Uint8Array} secret
 * @param {number} direction
 * @param {Uint8Array} fileId
 */
export function fileKey(secret, direction, fileId) {
  checkLength(secret, SECRET_LENGTH);
  return derive(secret, join("zicht/v1/file", Uint8Array.of(direction), checkLength(fileId, FILE_ID_LENGTH)));
}
