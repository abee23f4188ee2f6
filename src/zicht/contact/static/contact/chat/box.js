/**
 * XChaCha20-Poly1305, and HPKE in base mode, from the packages in ../vendor.
 */
import {
  chacha20poly1305,
  CipherSuite,
  DhkemX25519HkdfSha256,
  HkdfSha256,
  xchacha20poly1305,
} from "../vendor/sealing.js";
import { checkLength } from "./bytes.js";
import { DoesNotOpenError, WrongLengthError } from "./errors.js";

/** @import { Bytes } from "./bytes.js" */

export const KEY_LENGTH = 32;
export const NONCE_LENGTH = 24;
export const TAG_LENGTH = 16;
export const ENC_LENGTH = 32;

/**
 * @param {Uint8Array} key
 * @param {Uint8Array} nonce
 * @param {Uint8Array} plaintext
 * @param {Uint8Array} aad
 */
export function seal(key, nonce, plaintext, aad) {
  return new Uint8Array(cipher(key, nonce, aad).encrypt(plaintext));
}

/**
 * @param {Uint8Array} key
 * @param {Uint8Array} nonce
 * @param {Uint8Array} sealed
 * @param {Uint8Array} aad
 * @returns {Bytes}
 */
export function unseal(key, nonce, sealed, aad) {
  if (sealed.length < TAG_LENGTH) {
    throw new WrongLengthError();
  }
  const opener = cipher(key, nonce, aad);
  try {
    return new Uint8Array(opener.decrypt(sealed));
  } catch {
    throw new DoesNotOpenError();
  }
}

/**
 * @param {Uint8Array} key
 * @param {Uint8Array} nonce
 * @param {Uint8Array} aad
 */
function cipher(key, nonce, aad) {
  return xchacha20poly1305(checkLength(key, KEY_LENGTH), checkLength(nonce, NONCE_LENGTH), aad);
}

// What HPKE asks of an AEAD (RFC 9180, section 7.3), with the cipher that is here already: a second one would weigh 3 KB.
const CHACHA = {
  id: /** @type {any} */ (0x0003), // ChaCha20Poly1305 in the registry of RFC 9180
  keySize: KEY_LENGTH,
  nonceSize: 12,
  tagSize: TAG_LENGTH,
  /** @param {BufferSource} key */
  createEncryptionContext(key) {
    const of = (/** @type {BufferSource} */ nonce, /** @type {BufferSource} */ aad) => chacha20poly1305(bytes(key), bytes(nonce), bytes(aad));
    return {
      /** @param {BufferSource} nonce @param {BufferSource} data @param {BufferSource} aad */
      seal: async (nonce, data, aad) => new Uint8Array(of(nonce, aad).encrypt(bytes(data))).buffer,
      /** @param {BufferSource} nonce @param {BufferSource} data @param {BufferSource} aad */
      open: async (nonce, data, aad) => new Uint8Array(of(nonce, aad).decrypt(bytes(data))).buffer,
    };
  },
};

/** @param {BufferSource} source */
function bytes(source) {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}

function suite() {
  return new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: CHACHA,
  });
}

/**
 * Seal something for whoever holds the private key (RFC 9180); what it is bound to stands in info.
 * @param {Bytes} publicKey
 * @param {Bytes} info
 * @param {Bytes} plaintext
 */
export async function sealFor(publicKey, info, plaintext) {
  const hpke = suite();
  const recipientPublicKey = await hpke.kem.deserializePublicKey(checkLength(publicKey, KEY_LENGTH).buffer);
  const { ct, enc } = await hpke.seal({ recipientPublicKey, info: info.buffer }, plaintext.buffer);
  return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) };
}

/**
 * Open what `sealFor` made for this key and this info.
 * @param {Bytes} privateKey
 * @param {Bytes} info
 * @param {Bytes} enc
 * @param {Bytes} ciphertext
 */
export async function unsealWith(privateKey, info, enc, ciphertext) {
  checkLength(privateKey, KEY_LENGTH);
  checkLength(enc, ENC_LENGTH);
  const hpke = suite();
  try {
    const recipientKey = await hpke.kem.importKey("raw", privateKey.buffer, false);
    return new Uint8Array(await hpke.open({ recipientKey, enc: enc.buffer, info: info.buffer }, ciphertext.buffer));
  } catch {
    throw new DoesNotOpenError();
  }
}

/** Make a private key and give it with its public half, 32 bytes each. */
export async function makeKey() {
  const { kem } = suite();
  const pair = await kem.generateKeyPair();
  return {
    privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)),
    publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
  };
}
