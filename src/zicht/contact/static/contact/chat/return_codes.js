/**
 * Let a visitor come back: the secret of a conversation, sealed under a code that only she has.
 */
import { argon2idAsync } from "../vendor/sealing.js";
import { NONCE_LENGTH, seal, TAG_LENGTH, unseal } from "./box.js";
import { checkLength, checkName, concat, join, random, Reader, VERSION } from "./bytes.js";
import { readCode, RETURN_CODE_LENGTH } from "./codes.js";
import { hash, SECRET_LENGTH } from "./keys.js";
import { CONVERSATION_ID_LENGTH } from "./opening.js";

/** @import { Bytes } from "./bytes.js" */

const LABEL = "zicht/v1/return";
const SALT_LENGTH = 16;
// A cheap phone has to do this too; the code itself has 80 bits. m in KiB.
const COST = { m: 8 * 1024, t: 3, p: 1, dkLen: 64 };
const SEALED_LENGTH = 1 + NONCE_LENGTH + SECRET_LENGTH + TAG_LENGTH;

/**
 * Derive from a code as somebody typed it where its record is found and what opens it.
 * @param {string} typed
 * @param {string} org
 */
export async function returnKeys(typed, org) {
  const code = new TextEncoder().encode(readCode(typed, RETURN_CODE_LENGTH));
  const salt = hash(join(LABEL, checkName(org))).slice(0, SALT_LENGTH);
  const derived = new Uint8Array(await argon2idAsync(code, salt, COST));
  return { lookup: derived.slice(0, 32), kRet: derived.slice(32) };
}

/**
 * @param {Bytes} kRet
 * @param {string} org
 * @param {Bytes} convId
 * @param {Bytes} secret
 * @param {Bytes} [nonce]
 */
export function sealReturn(kRet, org, convId, secret, nonce = random(NONCE_LENGTH)) {
  checkLength(secret, SECRET_LENGTH);
  return concat(Uint8Array.of(VERSION), nonce, seal(kRet, nonce, secret, aadOf(org, convId)));
}

/**
 * @param {Bytes} kRet
 * @param {string} org
 * @param {Bytes} convId
 * @param {Uint8Array} sealed
 */
export function openReturn(kRet, org, convId, sealed) {
  const reader = new Reader(checkLength(sealed, SEALED_LENGTH));
  reader.version();
  return unseal(kRet, reader.take(NONCE_LENGTH), reader.rest(), aadOf(org, convId));
}

/**
 * @param {string} org
 * @param {Uint8Array} convId
 */
function aadOf(org, convId) {
  return join(LABEL, checkName(org), checkLength(convId, CONVERSATION_ID_LENGTH));
}
