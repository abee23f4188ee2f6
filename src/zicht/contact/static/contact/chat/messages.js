/**
 * MSG: one message in its envelope, and what is written inside.
 */
import { NONCE_LENGTH, seal, TAG_LENGTH, unseal } from "./box.js";
import {
  canonical,
  checkFields,
  checkLength,
  concat,
  decode,
  encode,
  isWhole,
  Reader,
  readCanonical,
  u32,
  VERSION,
} from "./bytes.js";
import { FormatError, WrongLengthError } from "./errors.js";
import { FILE_ID_LENGTH, FROM_VISITOR, hash, HASH_LENGTH, TO_VISITOR } from "./keys.js";
import { CONVERSATION_ID_LENGTH } from "./opening.js";
import { BUCKETS, padToBucket, unpad } from "./padding.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { ConversationKeys } from "./keys.js" */
/** @typedef {{ file_id: string, name: string, type: string, size: number, hash: string }} FileBody */
/** @typedef {{ kind: string, value: string }} SystemBody */
/** @typedef {{ [language: string]: string }} Label */
/** @typedef {{ q: string, ask: Label, codes: string[], said: Label[], text: string, field: string }} ReportAnswer */
/** @typedef {{ indicator: string, state: string, basis: string, observed_on: string }} ChecklistMark */
/**
 * @typedef {object} ChecklistBody codes and dates; a text is empty where nothing was filled in
 * @property {string} finished_on
 * @property {string} observer
 * @property {string} situation
 * @property {string} age minor or adult
 * @property {string} municipality
 * @property {string} postcode
 * @property {string} house_number
 * @property {ChecklistMark[]} signals
 */
/** @typedef {{ form: string, version: number, audience: string, part: number, parts: number, answers: ReportAnswer[] }} ReportBody */
/** @typedef {{ t: "text" | "end", body: string } | { t: "file", body: FileBody } | { t: "system", body: SystemBody } | { t: "report", body: ReportBody } | { t: "checklist", body: ChecklistBody }} Content */
/** @typedef {Content & { ack: Bytes, by?: string }} Inner ack: the last envelope seen; by: in o2v alone */
/** @typedef {{ convId: Bytes, direction: number, seq: number, prev: Bytes }} Place */
/** @typedef {Place & { nonce: Bytes, ct: Bytes }} Envelope */

const SYSTEM_KINDS = ["joined", "left", "closing", "linked", "ended", "danger"];
const CHECKLIST_TEXTS = ["finished_on", "observer", "situation", "age", "municipality", "postcode", "house_number"];
const LONGEST_BY = 64; // characters of the name a counsellor uses towards visitors

/** @param {Envelope} envelope */
export function writeEnvelope(envelope) {
  if (!BUCKETS.includes(envelope.ct.length - TAG_LENGTH)) {
    throw new WrongLengthError();
  }
  return concat(headOf(envelope), checkLength(envelope.nonce, NONCE_LENGTH), envelope.ct);
}

/**
 * @param {Uint8Array} content
 * @returns {Envelope}
 */
export function readEnvelope(content) {
  const reader = new Reader(content);
  reader.version();
  const envelope = {
    convId: reader.take(CONVERSATION_ID_LENGTH),
    direction: reader.number(1),
    seq: reader.number(4),
    prev: reader.take(HASH_LENGTH),
    nonce: reader.take(NONCE_LENGTH),
    ct: reader.rest(),
  };
  writeEnvelope(envelope);
  return envelope;
}

/** @param {Envelope} envelope */
export function hashOfEnvelope(envelope) {
  return hash(writeEnvelope(envelope));
}

/**
 * Seal a message in its place; the nonce must be drawn anew for every message that differs.
 * @param {ConversationKeys} keys
 * @param {Place} place
 * @param {Inner} inner
 * @param {Bytes} nonce
 * @returns {Envelope}
 */
export function sealMessage(keys, place, inner, nonce) {
  const padded = padToBucket(writeInner(inner, place.direction));
  return { ...place, nonce, ct: seal(keyOf(keys, place.direction), nonce, padded, headOf(place)) };
}

/**
 * Open an envelope; whether it stands in its place is the chain's business.
 * @param {ConversationKeys} keys
 * @param {Envelope} envelope
 */
export function openMessage(keys, envelope) {
  writeEnvelope(envelope);
  const padded = unseal(keyOf(keys, envelope.direction), envelope.nonce, envelope.ct, headOf(envelope));
  return readInner(unpad(padded), envelope.direction);
}

/**
 * Write the JSON inside an envelope, and refuse what `readInner` would refuse.
 * @param {Inner} inner
 * @param {number} direction
 */
export function writeInner(inner, direction) {
  const by = inner.by === undefined ? {} : { by: inner.by };
  const content = canonical({ t: inner.t, body: inner.body, ack: encode(inner.ack), ...by });
  readInner(content, direction);
  return content;
}

/**
 * @param {Uint8Array} content
 * @param {number} direction
 * @returns {Inner}
 */
export function readInner(content, direction) {
  const fields = direction === TO_VISITOR ? ["t", "body", "ack", "by"] : ["t", "body", "ack"];
  const found = readCanonical(content, fields);
  const by = direction === TO_VISITOR ? { by: checkBy(found["by"]) } : {};
  const ack = checkLength(decode(found["ack"]), HASH_LENGTH);
  return { ...checkBody(found["t"], found["body"]), ack, ...by };
}

/**
 * @param {unknown} kind
 * @param {unknown} body
 * @returns {Content}
 */
function checkBody(kind, body) {
  if ((kind === "text" && typeof body === "string" && body) || (kind === "end" && body === "")) {
    return { t: kind, body };
  }
  if (kind === "file") {
    return { t: kind, body: checkFile(checkFields(body, ["file_id", "name", "type", "size", "hash"])) };
  }
  if (kind === "system") {
    return { t: kind, body: checkSystem(checkFields(body, ["kind", "value"])) };
  }
  // The page that only talks is bundled without forms (tools/vendor.py): it has no use for them, and each byte is waited for.
  if (!(/** @type {any} */ (globalThis).ONLY_TALKS)) {
    if (kind === "report") {
      return { t: kind, body: checkReport(checkFields(body, ["form", "version", "audience", "part", "parts", "answers"])) };
    }
    if (kind === "checklist") {
      return { t: kind, body: checkChecklist(checkFields(body, [...CHECKLIST_TEXTS, "signals"])) };
    }
  }
  throw new FormatError();
}

/**
 * @param {{ [field: string]: unknown }} body
 * @returns {ChecklistBody}
 */
function checkChecklist(body) {
  const marks = body["signals"];
  if (!Array.isArray(marks) || !CHECKLIST_TEXTS.every((name) => isText(body[name]))) {
    throw new FormatError();
  }
  for (const mark of marks) {
    if (!Object.values(checkFields(mark, ["indicator", "state", "basis", "observed_on"])).every(isText)) {
      throw new FormatError();
    }
  }
  return /** @type {ChecklistBody} */ (/** @type {unknown} */ (body));
}

/**
 * @param {{ [field: string]: unknown }} body
 * @returns {FileBody}
 */
function checkFile(body) {
  checkLength(decode(body["file_id"]), FILE_ID_LENGTH);
  checkLength(decode(body["hash"]), HASH_LENGTH);
  if (typeof body["name"] !== "string" || typeof body["type"] !== "string" || !isWhole(body["size"])) {
    throw new FormatError();
  }
  return /** @type {FileBody} */ (body);
}

/**
 * @param {{ [field: string]: unknown }} body
 * @returns {SystemBody}
 */
function checkSystem(body) {
  if (!SYSTEM_KINDS.includes(String(body["kind"])) || typeof body["value"] !== "string") {
    throw new FormatError();
  }
  return /** @type {SystemBody} */ (body);
}

/**
 * Check the answers to a form, which bring along the words that were asked.
 * @param {{ [field: string]: unknown }} body
 * @returns {ReportBody}
 */
function checkReport(body) {
  const { form, version, audience, part, parts, answers } = body;
  const areWhole = [version, part, parts].every((one) => isWhole(one)) && Number(part) > 0 && Number(part) <= Number(parts);
  if (!areWhole || !isText(form) || !isText(audience) || !Array.isArray(answers)) {
    throw new FormatError();
  }
  answers.forEach((answer) => checkAnswer(checkFields(answer, ["q", "ask", "codes", "said", "text", "field"])));
  return /** @type {ReportBody} */ (body);
}

/** @param {{ [field: string]: unknown }} answer */
function checkAnswer({ q, ask, codes, said, text, field }) {
  const areTexts = [q, text, field].every(isText);
  if (!areTexts || !Array.isArray(codes) || !Array.isArray(said) || codes.length !== said.length || !codes.every(isText)) {
    throw new FormatError();
  }
  for (const label of [ask, ...said]) {
    if (typeof label !== "object" || label === null || Array.isArray(label) || !Object.values(label).every(isText)) {
      throw new FormatError();
    }
  }
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} by */
function checkBy(by) {
  if (typeof by !== "string" || !by || [...by].length > LONGEST_BY) {
    throw new FormatError();
  }
  return by;
}

/**
 * @param {ConversationKeys} keys
 * @param {number} direction
 */
function keyOf(keys, direction) {
  return direction === FROM_VISITOR ? keys.of[FROM_VISITOR] : keys.of[TO_VISITOR];
}

/**
 * Give what stands before the nonce, which the seal is bound to.
 * @param {Place} place
 */
function headOf(place) {
  if (place.direction !== FROM_VISITOR && place.direction !== TO_VISITOR) {
    throw new FormatError();
  }
  return concat(
    Uint8Array.of(VERSION),
    checkLength(place.convId, CONVERSATION_ID_LENGTH),
    Uint8Array.of(place.direction),
    u32(place.seq),
    checkLength(place.prev, HASH_LENGTH),
  );
}
