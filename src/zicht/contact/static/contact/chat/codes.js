/**
 * Codes that people copy by hand: Crockford's base 32, without letters that look like others (crockford.com/base32).
 */
import { random } from "./bytes.js";
import { CodeError } from "./errors.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const RETURN_CODE_LENGTH = 16; // signs, 80 bits
export const RECOVERY_CODE_LENGTH = 26; // signs, 130 bits

/** @param {number} length */
export function makeCode(length) {
  // 256 is eight times 32, so that every sign is as likely as every other.
  return Array.from(random(length), (byte) => ALPHABET[byte % 32]).join("");
}

/**
 * Give a code in groups of four, as people read it.
 * @param {string} code
 */
export function showCode(code) {
  return (code.match(/.{1,4}/g) ?? []).join("-");
}

/**
 * Read a code as somebody typed it.
 * @param {string} typed
 * @param {number} length
 */
export function readCode(typed, length) {
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replaceAll("O", "0");
  if (code.length !== length || [...code].some((sign) => !ALPHABET.includes(sign))) {
    throw new CodeError();
  }
  return code;
}
