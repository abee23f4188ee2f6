/**
 * Hide how long something is: ISO/IEC 7816-4, a byte 0x80 and then zeros.
 */
import { PaddingError, TooLongError } from "./errors.js";

export const BUCKETS = [256, 1024, 4096, 16384]; // bytes
const MARK = 0x80;

/**
 * @param {Uint8Array} content
 * @param {number} length
 */
export function pad(content, length) {
  if (content.length >= length) {
    throw new TooLongError();
  }
  const padded = new Uint8Array(length);
  padded.set(content);
  padded[content.length] = MARK;
  return padded;
}

/** @param {Uint8Array} content */
export function padToBucket(content) {
  const fitting = BUCKETS.find((bucket) => content.length < bucket);
  if (fitting === undefined) {
    throw new TooLongError();
  }
  return pad(content, fitting);
}

/** @param {Uint8Array} padded */
export function unpad(padded) {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) {
    end -= 1;
  }
  if (padded[end] !== MARK) {
    throw new PaddingError();
  }
  return padded.slice(0, end);
}
