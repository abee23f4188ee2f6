/**
 * Put bytes together and take them apart in one way only; the same as zicht.contact.sealing.parts.
 */
import { FormatError, UnknownFieldError, WrongLengthError, WrongVersionError } from "./errors.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{ [field: string]: unknown }} Fields */

export const VERSION = 1;
const LONGEST_PART = 0xffff; // bytes, the length stands in two bytes
const LARGEST_U32 = 0xffffffff;
const NAME = /^[a-z0-9-]{1,64}$/;
const BASE64URL = /^[A-Za-z0-9_-]*$/;
// Half of a pair of code units: no character, and UTF-8 cannot hold it.
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * @param {...Uint8Array} parts
 * @returns {Bytes}
 */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/**
 * Give the label followed by each part with its length before it; lists of parts that differ never give the same bytes.
 * @param {string} label
 * @param {...(Uint8Array | string | number)} parts a number is written as four bytes
 */
export function join(label, ...parts) {
  const contents = parts.map(toBytes);
  if (contents.some((content) => content.length > LONGEST_PART)) {
    throw new WrongLengthError();
  }
  return concat(
    toBytes(label),
    ...contents.flatMap((content) => [Uint8Array.of(content.length >> 8, content.length & 0xff), content]),
  );
}

/** @param {Uint8Array | string | number} part */
function toBytes(part) {
  if (typeof part === "number") {
    return u32(part);
  }
  return typeof part === "string" ? new TextEncoder().encode(part) : part;
}

/** @param {number} number */
export function u32(number) {
  if (!Number.isInteger(number) || number < 0 || number > LARGEST_U32) {
    throw new FormatError();
  }
  return Uint8Array.of(number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff);
}

/** @param {number} length */
export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
export function isSame(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

/** @param {unknown} name */
export function checkName(name) {
  if (typeof name !== "string" || !NAME.test(name)) {
    throw new FormatError();
  }
  return name;
}

/**
 * @template {Uint8Array} T
 * @param {T} content
 * @param {number} length
 * @returns {T}
 */
export function checkLength(content, length) {
  if (content.length !== length) {
    throw new WrongLengthError();
  }
  return content;
}

/** Take fields off the front of some bytes, each of a known length, and nothing left at the end. */
export class Reader {
  /** @param {Uint8Array} content */
  constructor(content) {
    this.content = content;
    this.place = 0;
  }

  /** @param {number} length */
  take(length) {
    const end = this.place + length;
    if (end > this.content.length) {
      throw new WrongLengthError();
    }
    const taken = new Uint8Array(this.content.subarray(this.place, end));
    this.place = end;
    return taken;
  }

  /** @param {number} length */
  number(length) {
    return this.take(length).reduce((number, byte) => number * 256 + byte, 0);
  }

  version() {
    if (this.number(1) !== VERSION) {
      throw new WrongVersionError();
    }
  }

  rest() {
    return this.take(this.content.length - this.place);
  }

  end() {
    if (this.place !== this.content.length) {
      throw new WrongLengthError();
    }
  }
}

/** @param {Uint8Array} content */
export function encode(content) {
  let signs = "";
  for (const byte of content) {
    signs += String.fromCharCode(byte);
  }
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Read base64url; refuse anything that `encode` would not write.
 * @param {unknown} text
 */
export function decode(text) {
  if (typeof text !== "string" || !BASE64URL.test(text) || text.length % 4 === 1) {
    throw new FormatError();
  }
  const signs = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const content = Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
  // The last sign may carry bits that belong to no byte: two spellings of the same bytes would be two hashes.
  if (encode(content) !== text) {
    throw new FormatError();
  }
  return content;
}

/**
 * Write JSON in its one form: UTF-8, keys sorted, no spaces.
 * @param {Fields} value
 */
export function canonical(value) {
  return new TextEncoder().encode(JSON.stringify(sorted(value)));
}

/**
 * Read a JSON object with exactly these fields in its one form. Another spelling of the same would be another hash, and
 * two readers may take different ones of two equal fields.
 * @param {Uint8Array} content
 * @param {readonly string[]} fields
 */
export function readCanonical(content, fields) {
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content));
  } catch {
    throw new FormatError();
  }
  const checked = checkFields(value, fields);
  if (!isSame(canonical(checked), content)) {
    throw new FormatError();
  }
  return checked;
}

/**
 * @param {unknown} value
 * @param {readonly string[]} fields
 * @returns {Fields}
 */
export function checkFields(value, fields) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FormatError();
  }
  const names = Object.keys(value);
  if (names.length !== fields.length || !fields.every((field) => Object.hasOwn(value, field))) {
    throw new UnknownFieldError();
  }
  return /** @type {Fields} */ (value);
}

/**
 * Tell whether a value is a whole number from 0 on that both sides count alike.
 * @param {unknown} value
 * @returns {value is number}
 */
export function isWhole(value) {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function sorted(value) {
  if (typeof value === "string" && HALF_CHARACTER.test(value)) {
    throw new FormatError();
  }
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([name, one]) => [name, sorted(one)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)));
}
