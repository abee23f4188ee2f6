/**
 * Let a passkey give a secret that opens the keys (WebAuthn, extension PRF). Whether an authenticator can is only known once it
 * was asked.
 */
import { decode, random } from "../chat/bytes.js";
import { PASSKEY } from "../chat/wraps.js";
import { NoSecretOfPasskeyError } from "./errors.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Me } from "./enrolment.js" */

const INPUT = new TextEncoder().encode("zicht/v1/unlock"); // what every passkey is asked, so that nothing must be kept beside it
const ED25519 = -8;
const ES256 = -7;
const RS256 = -257;

/**
 * Ask one of the passkeys that open the keys.
 * @param {Me} me
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function askPasskey(me) {
  const known = me.wraps.filter((one) => one.kind === PASSKEY);
  return ask(known.map((one) => decode(one.credential)));
}

/**
 * Make a passkey that can open the keys, and give its secret.
 * @param {Me & { shown_as: string }} me
 * @returns {Promise<{ credential: Bytes, secret: Bytes }>}
 */
export async function makePasskey(me) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { name: "Zicht" },
      // Not the account itself: on a shared computer the list of passkeys would name it.
      user: { id: random(16), name: me.shown_as, displayName: me.shown_as },
      pubKeyCredParams: [ED25519, ES256, RS256].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { userVerification: "required" },
      extensions: { prf: { eval: { first: INPUT } } },
    },
  });
  if (!(made instanceof PublicKeyCredential)) {
    throw new NoSecretOfPasskeyError();
  }
  const credential = new Uint8Array(made.rawId);
  // Some give the secret at once, others only when they are asked.
  return { credential, secret: secretIn(made) ?? (await ask([credential])) };
}

/** @param {Bytes[]} credentials */
async function ask(credentials) {
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: credentials.map((id) => ({ type: "public-key", id })),
      userVerification: "required",
      extensions: { prf: { eval: { first: INPUT } } },
    },
  });
  const secret = found instanceof PublicKeyCredential ? secretIn(found) : null;
  if (!secret) {
    throw new NoSecretOfPasskeyError();
  }
  return secret;
}

/** @param {PublicKeyCredential} credential */
function secretIn(credential) {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  return first instanceof ArrayBuffer ? new Uint8Array(first) : null;
}
