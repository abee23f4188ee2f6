/**
 * Statements about keys, signed from the organisation's root down to the key of a desk, and the times they hold for.
 */
import { getPublicKeyAsync, signAsync, verifyAsync } from "../vendor/sealing.js";
import { canonical, checkFields, checkLength, checkName, decode, encode, isWhole, join, readCanonical, VERSION } from "./bytes.js";
import {
  ExpiredError,
  FormatError,
  InventedLeadError,
  LeadNotForDeskError,
  NotYetValidError,
  UnsignedDeskKeyError,
  ValidTooLongError,
  WrongDeskError,
  WrongOrganisationError,
  WrongVersionError,
} from "./errors.js";

/** @import { Bytes, Fields } from "./bytes.js" */
/** @typedef {{ statement: Bytes, signature: Bytes }} Signed */
/** @typedef {{ org: string, desks: string[], lead: string, ed_pk: string, not_before: number, not_after: number }} LeadCertificate */
/** @typedef {{ org: string, desk: string, epoch: number, not_before: number, not_after: number, pk: string }} DeskKey */

const DAY = 24 * 3600; // seconds
const TOLERANCE = DAY; // a clock may be off by so much
const LONGEST_LEAD = 90 * DAY;
const LONGEST_DESK_KEY = 31 * DAY;
const LARGEST_U32 = 0xffffffff;
const KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;
const LEAD_FIELDS = ["v", "org", "desks", "lead", "ed_pk", "not_before", "not_after"];
const DESK_KEY_FIELDS = ["v", "org", "desk", "epoch", "not_before", "not_after", "pk"];

/**
 * @param {string} kind
 * @param {Bytes} privateKey
 * @param {LeadCertificate | DeskKey | Fields} fields
 */
export async function signStatement(kind, privateKey, fields) {
  const statement = canonical({ v: VERSION, ...fields });
  const signature = new Uint8Array(await signAsync(join(`zicht/v1/${kind}`, statement), privateKey));
  return { statement: encode(statement), signature: encode(signature) };
}

/** @param {Bytes} privateKey */
export async function publicKeyOf(privateKey) {
  return new Uint8Array(await getPublicKeyAsync(privateKey));
}

/**
 * Give the key of a desk if the organisation's root stands behind it now, and refuse it with the reason if not.
 * @param {unknown} published as the server gives it
 * @param {Bytes} root pinned in the page
 * @param {{ org: string, desk: string }} asked
 * @param {number} now in seconds since 1970
 */
export async function trustDeskKey(published, root, asked, now) {
  const parts = checkFields(published, ["lead", "key"]);
  const lead = await trustLead(parts["lead"], root, asked.org, now);
  if (!lead.desks.includes(asked.desk)) {
    throw new LeadNotForDeskError();
  }
  const signed = readSigned(parts["key"]);
  if (!(await isSignedBy(decode(lead.ed_pk), "desk-key", signed))) {
    throw new UnsignedDeskKeyError();
  }
  const key = readDeskKey(signed.statement);
  if (key.org !== asked.org) {
    throw new WrongOrganisationError();
  }
  if (key.desk !== asked.desk) {
    throw new WrongDeskError();
  }
  checkTimes(key, LONGEST_DESK_KEY, now);
  return { org: key.org, desk: key.desk, epoch: key.epoch, pk: decode(key.pk), notAfter: key.not_after };
}

/**
 * @param {unknown} value
 * @param {Bytes} root
 * @param {string} org
 * @param {number} now
 */
export async function trustLead(value, root, org, now) {
  const signed = readSigned(value);
  if (!(await isSignedBy(root, "lead", signed))) {
    throw new InventedLeadError();
  }
  const lead = readLead(signed.statement);
  if (lead.org !== org) {
    throw new WrongOrganisationError();
  }
  checkTimes(lead, LONGEST_LEAD, now);
  return lead;
}

/**
 * @param {unknown} value
 * @returns {Signed}
 */
export function readSigned(value) {
  const fields = checkFields(value, ["statement", "signature"]);
  return {
    statement: decode(fields["statement"]),
    signature: checkLength(decode(fields["signature"]), SIGNATURE_LENGTH),
  };
}

/**
 * @param {Bytes} publicKey
 * @param {string} kind
 * @param {Signed} signed
 */
export async function isSignedBy(publicKey, kind, signed) {
  checkLength(publicKey, KEY_LENGTH);
  // As RFC 8032 says, which is narrower than the library's usual rule (ZIP 215).
  return verifyAsync(signed.signature, join(`zicht/v1/${kind}`, signed.statement), publicKey, { zip215: false });
}

/**
 * @param {Uint8Array} statement
 * @returns {LeadCertificate}
 */
export function readLead(statement) {
  const fields = read(statement, LEAD_FIELDS);
  checkName(fields["lead"]);
  checkLength(decode(fields["ed_pk"]), KEY_LENGTH);
  const desks = fields["desks"];
  if (!Array.isArray(desks) || desks.length === 0) {
    throw new FormatError();
  }
  desks.forEach((desk, place) => {
    if (place > 0 && checkName(desk) <= desks[place - 1]) {
      throw new FormatError();
    }
  });
  checkName(desks[0]);
  return /** @type {LeadCertificate} */ (/** @type {unknown} */ (fields));
}

/**
 * @param {Uint8Array} statement
 * @returns {DeskKey}
 */
export function readDeskKey(statement) {
  const fields = read(statement, DESK_KEY_FIELDS);
  checkName(fields["desk"]);
  checkLength(decode(fields["pk"]), KEY_LENGTH);
  if (!isWhole(fields["epoch"]) || fields["epoch"] > LARGEST_U32) {
    throw new FormatError();
  }
  return /** @type {DeskKey} */ (/** @type {unknown} */ (fields));
}

/**
 * @param {Uint8Array} statement
 * @param {readonly string[]} names
 * @returns {Fields}
 */
function read(statement, names) {
  const fields = readCanonical(statement, names);
  if (fields["v"] !== VERSION) {
    throw new WrongVersionError();
  }
  checkName(fields["org"]);
  if (!isWhole(fields["not_before"]) || !isWhole(fields["not_after"])) {
    throw new FormatError();
  }
  return fields;
}

/**
 * @param {LeadCertificate | DeskKey} stated
 * @param {number} longest in seconds
 * @param {number} now
 */
function checkTimes(stated, longest, now) {
  if (stated.not_after <= stated.not_before) {
    throw new FormatError();
  }
  if (stated.not_after - stated.not_before > longest) {
    throw new ValidTooLongError();
  }
  if (now < stated.not_before - TOLERANCE) {
    throw new NotYetValidError();
  }
  if (now > stated.not_after + TOLERANCE) {
    throw new ExpiredError();
  }
}
