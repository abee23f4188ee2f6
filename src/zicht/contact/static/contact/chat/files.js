/**
 * FILE: a file in chunks, each sealed with its number, so that none can be left out, moved or cut off (STREAM, CRYPTO 2015).
 */
import { seal, TAG_LENGTH, unseal } from "./box.js";
import { checkLength, concat, join, random, u32 } from "./bytes.js";
import { FormatError, TooLongError, WrongLengthError } from "./errors.js";
import { FILE_ID_LENGTH, FROM_VISITOR, TO_VISITOR } from "./keys.js";
import { CONVERSATION_ID_LENGTH } from "./opening.js";
import { pad, unpad } from "./padding.js";

/** @typedef {{ convId: Uint8Array, direction: number, fileId: Uint8Array }} FilePlace */

export const CHUNK = 64 * 1024; // bytes
const SEALED_CHUNK = CHUNK + TAG_LENGTH;
const PREFIX_LENGTH = 16;
const LARGEST = 10 * 1024 * 1024; // bytes of a file before it is filled up

/**
 * Seal a file of at most 10 MiB; the result has a length that many files share.
 * @param {Uint8Array} key
 * @param {FilePlace} place
 * @param {Uint8Array} content
 * @param {Uint8Array} [prefix]
 */
export function sealFile(key, place, content, prefix = random(PREFIX_LENGTH)) {
  if (content.length > LARGEST) {
    throw new TooLongError();
  }
  const count = Math.floor(content.length / CHUNK) + 1;
  const padded = pad(content, count * CHUNK);
  const aad = aadOf(place);
  const chunks = Array.from({ length: count }, (_, number) =>
    seal(key, nonceOf(prefix, number, count), padded.subarray(number * CHUNK, (number + 1) * CHUNK), aad),
  );
  return concat(checkLength(prefix, PREFIX_LENGTH), ...chunks);
}

/**
 * Open a whole file, and refuse it when a chunk was changed, moved or cut off.
 * @param {Uint8Array} key
 * @param {FilePlace} place
 * @param {Uint8Array} sealed
 */
export function openFile(key, place, sealed) {
  const count = Math.floor((sealed.length - PREFIX_LENGTH) / SEALED_CHUNK);
  if (count < 1 || count > LARGEST / CHUNK + 1 || sealed.length !== PREFIX_LENGTH + count * SEALED_CHUNK) {
    throw new WrongLengthError();
  }
  const prefix = sealed.subarray(0, PREFIX_LENGTH);
  const aad = aadOf(place);
  const chunks = Array.from({ length: count }, (_, number) => {
    const start = PREFIX_LENGTH + number * SEALED_CHUNK;
    return unseal(key, nonceOf(prefix, number, count), sealed.subarray(start, start + SEALED_CHUNK), aad);
  });
  return unpad(concat(...chunks));
}

/**
 * @param {Uint8Array} prefix
 * @param {number} number
 * @param {number} count
 */
function nonceOf(prefix, number, count) {
  return concat(prefix, u32(number), Uint8Array.of(number === count - 1 ? 1 : 0, 0, 0, 0));
}

/** @param {FilePlace} place */
function aadOf(place) {
  if (place.direction !== FROM_VISITOR && place.direction !== TO_VISITOR) {
    throw new FormatError();
  }
  const convId = checkLength(place.convId, CONVERSATION_ID_LENGTH);
  const fileId = checkLength(place.fileId, FILE_ID_LENGTH);
  return join("zicht/v1/file", convId, Uint8Array.of(place.direction), fileId);
}
