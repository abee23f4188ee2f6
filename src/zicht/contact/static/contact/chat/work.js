/**
 * Pay the price the server asks when many knock at once: find a number whose hash begins with zeros.
 */
import { concat, decode, encode } from "./bytes.js";
import { hash } from "./keys.js";

/** @typedef {{ stamp: string, bits: number, challenge: string }} Price */

const SLICE = 20; // milliseconds before the page gets its turn; a worker would need a policy that allows making scripts
const MOST_BITS = 26; // more than a telephone does in minutes: somebody wants to keep it busy

/**
 * @param {Price} price
 * @param {Uint8Array} convId
 */
export async function payPrice(price, convId) {
  if (!Number.isInteger(price.bits) || price.bits < 0 || price.bits > MOST_BITS) {
    throw new RangeError();
  }
  const content = concat(decode(price.challenge), convId, new Uint8Array(8));
  const nonce = content.subarray(content.length - 8);
  let pause = Date.now() + SLICE;
  while (zeroBits(hash(content)) < price.bits) {
    countUp(nonce);
    if (Date.now() > pause) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      pause = Date.now() + SLICE;
    }
  }
  return { stamp: price.stamp, bits: price.bits, nonce: encode(nonce) };
}

/** @param {Uint8Array} digest */
export function zeroBits(digest) {
  const whole = digest.findIndex((byte) => byte !== 0);
  return whole < 0 ? digest.length * 8 : whole * 8 + Math.clz32(Number(digest[whole])) - 24;
}

/** @param {Uint8Array} number eight bytes, the least first */
function countUp(number) {
  let place = 0;
  do {
    number[place] = (Number(number[place]) + 1) & 0xff;
  } while (number[place++] === 0 && place < number.length);
}
