/**
 * OPEN: the first bytes of a conversation, with its secret sealed for a desk.
 */
import { ENC_LENGTH, sealFor, TAG_LENGTH, unsealWith } from "./box.js";
import { checkLength, checkName, concat, isSame, join, Reader, u32, VERSION } from "./bytes.js";
import { BearerMismatchError, WrongDeskError } from "./errors.js";
import { hash, HASH_LENGTH, keysOf, SECRET_LENGTH } from "./keys.js";

/** @import { Bytes } from "./bytes.js" */
/** @typedef {{ org: string, desk: string, epoch: number }} Desk */
/** @typedef {{ convId: Bytes, desk: string, epoch: number, enc: Bytes, ct: Bytes, hCap: Bytes, hWipe: Bytes }} Opening */

export const CONVERSATION_ID_LENGTH = 16;
const SEALED_LENGTH = SECRET_LENGTH + TAG_LENGTH;

/**
 * Give the one form that is hashed.
 * @param {Opening} opening
 */
export function writeOpening(opening) {
  const name = new TextEncoder().encode(checkName(opening.desk));
  return concat(
    Uint8Array.of(VERSION),
    checkLength(opening.convId, CONVERSATION_ID_LENGTH),
    Uint8Array.of(name.length),
    name,
    u32(opening.epoch),
    checkLength(opening.enc, ENC_LENGTH),
    checkLength(opening.ct, SEALED_LENGTH),
    checkLength(opening.hCap, HASH_LENGTH),
    checkLength(opening.hWipe, HASH_LENGTH),
  );
}

/**
 * @param {Uint8Array} content
 * @returns {Opening}
 */
export function readOpening(content) {
  const reader = new Reader(content);
  reader.version();
  const convId = reader.take(CONVERSATION_ID_LENGTH);
  const desk = checkName(String.fromCharCode(...reader.take(reader.number(1))));
  const epoch = reader.number(4);
  const [enc, ct] = [reader.take(ENC_LENGTH), reader.take(SEALED_LENGTH)];
  const [hCap, hWipe] = [reader.take(HASH_LENGTH), reader.take(HASH_LENGTH)];
  reader.end();
  return { convId, desk, epoch, enc, ct, hCap, hWipe };
}

/** @param {Opening} opening */
export function hashOfOpening(opening) {
  return hash(writeOpening(opening));
}

/**
 * Seal the secret of a new conversation for a desk; who calls this has checked the key (statements.js).
 * @param {Bytes} secret
 * @param {Bytes} convId
 * @param {Desk} desk
 * @param {Bytes} publicKey
 * @returns {Promise<Opening>}
 */
export async function sealOpening(secret, convId, desk, publicKey) {
  const keys = keysOf(secret);
  const { enc, ct } = await sealFor(publicKey, infoOf(desk, convId), secret);
  return { convId, desk: desk.desk, epoch: desk.epoch, enc, ct, hCap: hash(keys.cap), hWipe: hash(keys.wipe) };
}

/**
 * Give the secret of a conversation, and refuse one that was made for another desk or registered with other tokens.
 * @param {Opening} opening
 * @param {Desk} desk
 * @param {Bytes} privateKey
 */
export async function openOpening(opening, desk, privateKey) {
  if (opening.desk !== desk.desk || opening.epoch !== desk.epoch) {
    throw new WrongDeskError();
  }
  const secret = await unsealWith(privateKey, infoOf(desk, opening.convId), opening.enc, opening.ct);
  const keys = keysOf(secret);
  if (!isSame(hash(keys.cap), opening.hCap) || !isSame(hash(keys.wipe), opening.hWipe)) {
    throw new BearerMismatchError();
  }
  return secret;
}

/**
 * @param {Desk} desk
 * @param {Uint8Array} convId
 */
function infoOf(desk, convId) {
  checkLength(convId, CONVERSATION_ID_LENGTH);
  return join("zicht/v1/open", checkName(desk.org), checkName(desk.desk), desk.epoch, convId);
}
