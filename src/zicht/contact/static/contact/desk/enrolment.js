/**
 * A counsellor's own keys: made in her browser, kept by the server only under what she knows or has.
 *
 * `api` has get(path), post(path, body) and put(path, body) for paths behind /staff/desk/v1/, such as "me/keys"; each gives the
 * body of the answer and rejects when it is a refusal. `me` is what get("me") gives.
 */
import { makeKey, sealFor, unsealWith } from "../chat/box.js";
import { decode, encode, isSame, join, random } from "../chat/bytes.js";
import { makeCode, RECOVERY_CODE_LENGTH } from "../chat/codes.js";
import { DoesNotOpenError, WrongRootError } from "../chat/errors.js";
import { publicKeyOf } from "../chat/statements.js";
import {
  PASSKEY,
  PASSPHRASE,
  RECOVERY,
  SALT_LENGTH,
  saltOf,
  secretOfPassphrase,
  secretOfRecoveryCode,
  unwrapUserKeys,
  wrapUserKeys,
} from "../chat/wraps.js";
import { KeysDifferError, NoSuchWrapError, PassphraseTooShortError } from "./errors.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { User, UserKeys } from "../chat/wraps.js" */
/** @typedef {UserKeys & { xPk: Bytes, edPk: Bytes }} OwnKeys with their public halves */
/** @typedef {{ kind: number, credential: string, wrap: string }} WireWrap */
/** @typedef {{ user: string, org: string, root: string | null, x_pk: string | null, ed_pk: string | null, wraps: WireWrap[] }} Me */
/**
 * @typedef {object} Api
 * @property {(path: string) => Promise<any>} get
 * @property {(path: string, body: object) => Promise<any>} post
 * @property {(path: string, body: object) => Promise<any>} put
 */

// Whoever holds the server can guess as long as she likes; NIST SP 800-63B-4, 3.1.1.2 asks for 15 where nothing else protects.
export const SHORTEST_PASSPHRASE = 15; // characters

/**
 * Make keys for opening and for signing; the root is kept with them and compared at every unlocking.
 * @param {Bytes} root of the organisation, 32 bytes, compared by people before
 * @returns {Promise<OwnKeys>}
 */
export async function makeUserKeys(root) {
  const { privateKey, publicKey } = await makeKey();
  const edSk = random(32);
  return { xSk: privateKey, edSk, root, xPk: publicKey, edPk: await publicKeyOf(edSk) };
}

/**
 * Seal keys under a passphrase, a recovery code (both as typed) or what a passkey gives (32 bytes).
 * @param {number} kind
 * @param {string | Bytes} secretInput
 * @param {User} owner
 * @param {UserKeys} keys
 * @param {Bytes} [credential] which passkey
 * @returns {Promise<WireWrap>}
 */
export async function wrapUnder(kind, secretInput, owner, keys, credential = new Uint8Array()) {
  if (kind === PASSPHRASE && !isLongEnough(String(secretInput))) {
    throw new PassphraseTooShortError();
  }
  const salt = random(SALT_LENGTH);
  const wrap = wrapUserKeys(kind, await secretOf(kind, secretInput, salt), salt, owner, keys);
  return { kind, credential: encode(credential), wrap: encode(wrap) };
}

/** @param {string} passphrase */
export function isLongEnough(passphrase) {
  return [...passphrase.normalize("NFKC").trim()].length >= SHORTEST_PASSPHRASE;
}

/**
 * Open one's keys, and refuse them when the server shows another root or other public halves than theirs.
 * @param {Me} me
 * @param {number} kind
 * @param {string | Bytes} typed
 * @param {Bytes} [credential] which passkey
 * @returns {Promise<OwnKeys>}
 */
export async function unlock(me, kind, typed, credential) {
  const fitting = me.wraps.filter((one) => one.kind === kind && (!credential || one.credential === encode(credential)));
  if (fitting.length === 0) {
    throw new NoSuchWrapError();
  }
  if (me.root === null) {
    throw new WrongRootError();
  }
  const keys = await openFirst(fitting, kind, typed, { org: me.org, user: me.user }, decode(me.root));
  return withPublicHalves(keys, me);
}

/**
 * @param {WireWrap[]} wraps
 * @param {number} kind
 * @param {string | Bytes} typed
 * @param {User} owner
 * @param {Bytes} root
 */
async function openFirst(wraps, kind, typed, owner, root) {
  for (const one of wraps) {
    const wrap = decode(one.wrap);
    const secret = await secretOf(kind, typed, saltOf(wrap));
    try {
      return unwrapUserKeys(kind, secret, owner, wrap, root);
    } catch (error) {
      if (!(error instanceof DoesNotOpenError)) {
        throw error;
      }
    }
  }
  throw new DoesNotOpenError();
}

/**
 * @param {number} kind
 * @param {string | Bytes} input
 * @param {Bytes} salt
 */
async function secretOf(kind, input, salt) {
  if (typeof input !== "string") {
    return input;
  }
  return kind === PASSPHRASE ? secretOfPassphrase(input, salt) : secretOfRecoveryCode(input);
}

/**
 * @param {UserKeys} keys
 * @param {Me} me
 * @returns {Promise<OwnKeys>}
 */
async function withPublicHalves(keys, me) {
  const [xPk, edPk] = [decode(me.x_pk), decode(me.ed_pk)];
  if (!isSame(await publicKeyOf(keys.edSk), edPk) || !(await isPair(keys.xSk, xPk))) {
    throw new KeysDifferError();
  }
  return { ...keys, xPk, edPk };
}

/**
 * Tell whether a private and a public X25519 key belong together, by opening what was sealed for it.
 * @param {Bytes} privateKey
 * @param {Bytes} publicKey
 */
export async function isPair(privateKey, publicKey) {
  const info = join("zicht/v1/pair");
  const probe = random(32);
  try {
    const { enc, ct } = await sealFor(publicKey, info, new Uint8Array(probe));
    return isSame(await unsealWith(privateKey, info, enc, ct), probe);
  } catch {
    return false;
  }
}

/**
 * Make keys and give them to the server, sealed under a passphrase and a recovery code. The code is shown once, printed,
 * and kept nowhere. Colleagues must vouch for the keys before they are of use.
 * @param {Api} api
 * @param {Me} me
 * @param {Bytes} root as people compared it, not as the server says
 * @param {string} passphrase
 */
export async function enrol(api, me, root, passphrase) {
  if (me.root !== encode(root)) {
    throw new WrongRootError();
  }
  const owner = { org: me.org, user: me.user };
  const keys = await makeUserKeys(root);
  const code = makeCode(RECOVERY_CODE_LENGTH);
  const wraps = [await wrapUnder(PASSPHRASE, passphrase, owner, keys), await wrapUnder(RECOVERY, code, owner, keys)];
  await api.put("me/keys", { x_pk: encode(keys.xPk), ed_pk: encode(keys.edPk), wraps });
  return { keys, code };
}

/**
 * Put the same keys under another passphrase. A copy of the old wrap still opens with the old one: who fears that it was
 * seen enrols anew.
 * @param {Api} api
 * @param {Me} me
 * @param {UserKeys} keys
 * @param {string} passphrase
 */
export async function changePassphrase(api, me, keys, passphrase) {
  const made = await wrapUnder(PASSPHRASE, passphrase, me, keys);
  return replaceWraps(api, [...me.wraps.filter((one) => one.kind !== PASSPHRASE), made]);
}

/**
 * Draw another recovery code; the old one is worth nothing on this server any more.
 * @param {Api} api
 * @param {Me} me
 * @param {UserKeys} keys
 */
export async function changeRecoveryCode(api, me, keys) {
  const code = makeCode(RECOVERY_CODE_LENGTH);
  const made = await wrapUnder(RECOVERY, code, me, keys);
  await replaceWraps(api, [...me.wraps.filter((one) => one.kind !== RECOVERY), made]);
  return code;
}

/**
 * Let a passkey open the keys too.
 * @param {Api} api
 * @param {Me} me
 * @param {UserKeys} keys
 * @param {{ credential: Bytes, secret: Bytes }} passkey which one, and what it gave (passkeys.js)
 */
export async function addPasskey(api, me, keys, passkey) {
  const made = await wrapUnder(PASSKEY, passkey.secret, me, keys, passkey.credential);
  const others = me.wraps.filter((one) => one.kind !== PASSKEY || one.credential !== made.credential);
  return replaceWraps(api, [...others, made]);
}

/**
 * Let a passkey that was lost open nothing any more.
 * @param {Api} api
 * @param {Me} me
 * @param {string} credential as in `me.wraps`
 */
export async function removePasskey(api, me, credential) {
  return replaceWraps(
    api,
    me.wraps.filter((one) => one.kind !== PASSKEY || one.credential !== credential),
  );
}

/**
 * @param {Api} api
 * @param {WireWrap[]} wraps
 */
async function replaceWraps(api, wraps) {
  await api.put("me/wraps", { wraps });
  return wraps;
}
