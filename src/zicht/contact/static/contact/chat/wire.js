/**
 * Openings and envelopes as they travel: JSON with base64url, as docs/chat-protocol.md says.
 */
import { checkFields, decode, encode, VERSION } from "./bytes.js";
import { FormatError, WrongVersionError } from "./errors.js";
import { writeEnvelope } from "./messages.js";
import { writeOpening } from "./opening.js";

/** @import { Fields } from "./bytes.js" */
/** @import { Envelope } from "./messages.js" */
/** @import { Opening } from "./opening.js" */

const OPENING_FIELDS = ["v", "conv_id", "desk", "epoch", "enc", "ct", "h_cap", "h_wipe"];
const MESSAGE_FIELDS = ["v", "conv_id", "dir", "seq", "prev", "nonce", "ct"];

/** @param {Opening} opening */
export function openingToWire(opening) {
  return {
    v: VERSION,
    conv_id: encode(opening.convId),
    desk: opening.desk,
    epoch: opening.epoch,
    enc: encode(opening.enc),
    ct: encode(opening.ct),
    h_cap: encode(opening.hCap),
    h_wipe: encode(opening.hWipe),
  };
}

/**
 * @param {unknown} value
 * @returns {Opening}
 */
export function openingFromWire(value) {
  const fields = checkVersion(checkFields(value, OPENING_FIELDS));
  const opening = {
    convId: decode(fields["conv_id"]),
    desk: String(fields["desk"]),
    epoch: wholeNumber(fields["epoch"]),
    enc: decode(fields["enc"]),
    ct: decode(fields["ct"]),
    hCap: decode(fields["h_cap"]),
    hWipe: decode(fields["h_wipe"]),
  };
  writeOpening(opening); // refuses other lengths
  return opening;
}

/** @param {Envelope} envelope */
export function envelopeToWire(envelope) {
  return {
    v: VERSION,
    conv_id: encode(envelope.convId),
    dir: envelope.direction,
    seq: envelope.seq,
    prev: encode(envelope.prev),
    nonce: encode(envelope.nonce),
    ct: encode(envelope.ct),
  };
}

/**
 * @param {unknown} value
 * @returns {Envelope}
 */
export function envelopeFromWire(value) {
  const fields = checkVersion(checkFields(value, MESSAGE_FIELDS));
  const envelope = {
    convId: decode(fields["conv_id"]),
    direction: wholeNumber(fields["dir"]),
    seq: wholeNumber(fields["seq"]),
    prev: decode(fields["prev"]),
    nonce: decode(fields["nonce"]),
    ct: decode(fields["ct"]),
  };
  writeEnvelope(envelope); // refuses other lengths
  return envelope;
}

/** @param {Fields} fields */
function checkVersion(fields) {
  if (fields["v"] !== VERSION) {
    throw new WrongVersionError();
  }
  return fields;
}

/** @param {unknown} value */
function wholeNumber(value) {
  if (typeof value !== "number") {
    throw new FormatError();
  }
  return value;
}
