/**
 * Keys under other keys, at the desk: the desk's for a counsellor, and hers under what she knows or has.
 */
import { argon2idAsync } from "../vendor/sealing.js";
import { ENC_LENGTH, KEY_LENGTH, NONCE_LENGTH, seal, sealFor, TAG_LENGTH, unseal, unsealWith } from "./box.js";
import { checkLength, checkName, concat, isSame, join, random, Reader, VERSION } from "./bytes.js";
import { readCode, RECOVERY_CODE_LENGTH } from "./codes.js";
import { FormatError, WrongRootError } from "./errors.js";
import { derive } from "./keys.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { Desk } from "./opening.js" */
/** @typedef {{ org: string, user: string }} User */
/** @typedef {{ xSk: Bytes, edSk: Bytes, root: Bytes }} UserKeys for opening and for signing, and the root she trusts */

export const PASSPHRASE = 1;
export const PASSKEY = 2;
export const RECOVERY = 3;
export const SALT_LENGTH = 16;
// The second choice of RFC 9106, section 4, with one lane instead of four: browsers compute it in one thread. m in KiB.
const COST = { m: 64 * 1024, t: 3, p: 1, dkLen: 32 };
const DESK_WRAP_LENGTH = 1 + ENC_LENGTH + KEY_LENGTH + TAG_LENGTH;
const USER_WRAP_LENGTH = 2 + SALT_LENGTH + NONCE_LENGTH + 3 * KEY_LENGTH + TAG_LENGTH;

/**
 * @param {Bytes} publicKey
 * @param {Desk} desk
 * @param {string} user
 * @param {Bytes} deskPrivate
 */
export async function wrapDeskKey(publicKey, desk, user, deskPrivate) {
  const { enc, ct } = await sealFor(publicKey, deskInfo(desk, user), checkLength(deskPrivate, KEY_LENGTH));
  return concat(Uint8Array.of(VERSION), enc, ct);
}

/**
 * @param {Bytes} privateKey
 * @param {Desk} desk
 * @param {string} user
 * @param {Uint8Array} wrapped
 */
export async function unwrapDeskKey(privateKey, desk, user, wrapped) {
  const reader = new Reader(checkLength(wrapped, DESK_WRAP_LENGTH));
  reader.version();
  return unsealWith(privateKey, deskInfo(desk, user), reader.take(ENC_LENGTH), reader.rest());
}

/**
 * Derive 32 bytes from a passphrase, the same however its letters are composed.
 * @param {string} passphrase
 * @param {Bytes} salt
 */
export async function secretOfPassphrase(passphrase, salt) {
  const composed = new TextEncoder().encode(passphrase.normalize("NFKC"));
  return new Uint8Array(await argon2idAsync(composed, checkLength(salt, SALT_LENGTH), COST));
}

/** @param {string} typed */
export function secretOfRecoveryCode(typed) {
  return new TextEncoder().encode(readCode(typed, RECOVERY_CODE_LENGTH));
}

/**
 * Seal a counsellor's keys under a secret; the salt is the one of the passphrase, if it is one.
 * @param {number} kind
 * @param {Uint8Array} secret
 * @param {Uint8Array} salt
 * @param {User} owner
 * @param {UserKeys} keys
 */
export function wrapUserKeys(kind, secret, salt, owner, keys) {
  const nonce = random(NONCE_LENGTH);
  const parts = [keys.xSk, keys.edSk, keys.root].map((part) => checkLength(part, KEY_LENGTH));
  const aad = userAad(kind, owner);
  const key = derive(secret, aad, checkLength(salt, SALT_LENGTH));
  return concat(Uint8Array.of(VERSION, kind), salt, nonce, seal(key, nonce, concat(...parts), aad));
}

/**
 * Give the salt of a wrap, which a passphrase needs before anything can be opened.
 * @param {Uint8Array} wrapped
 */
export function saltOf(wrapped) {
  return new Uint8Array(checkLength(wrapped, USER_WRAP_LENGTH).subarray(2, 2 + SALT_LENGTH));
}

/**
 * Give a counsellor's keys, and refuse them when the server shows another root than the one she trusts.
 * @param {number} kind
 * @param {Uint8Array} secret
 * @param {User} owner
 * @param {Uint8Array} wrapped
 * @param {Uint8Array} root
 * @returns {UserKeys}
 */
export function unwrapUserKeys(kind, secret, owner, wrapped, root) {
  const reader = new Reader(checkLength(wrapped, USER_WRAP_LENGTH));
  reader.version();
  if (reader.number(1) !== kind) {
    throw new FormatError();
  }
  const [salt, nonce] = [reader.take(SALT_LENGTH), reader.take(NONCE_LENGTH)];
  const aad = userAad(kind, owner);
  const whole = new Reader(unseal(derive(secret, aad, salt), nonce, reader.rest(), aad));
  const keys = { xSk: whole.take(KEY_LENGTH), edSk: whole.take(KEY_LENGTH), root: whole.take(KEY_LENGTH) };
  if (!isSame(keys.root, root)) {
    throw new WrongRootError();
  }
  return keys;
}

/**
 * @param {Desk} desk
 * @param {string} user
 */
function deskInfo(desk, user) {
  return join("zicht/v1/deskwrap", checkName(desk.org), checkName(desk.desk), desk.epoch, checkName(user));
}

/**
 * @param {number} kind
 * @param {User} owner
 */
function userAad(kind, owner) {
  if (![PASSPHRASE, PASSKEY, RECOVERY].includes(kind)) {
    throw new FormatError();
  }
  return join("zicht/v1/unlock", Uint8Array.of(kind), checkName(owner.org), checkName(owner.user));
}
