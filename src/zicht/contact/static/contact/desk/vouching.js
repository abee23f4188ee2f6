/**
 * Statements about people's keys: a lead vouches for a colleague, and two approve that she gets older keys of a desk; the same
 * as zicht.contact.sealing.vouching. Everything but the pinned root comes from a server that may invent people and keys.
 */
import { checkLength, checkName, decode, encode, isWhole, readCanonical, VERSION } from "../chat/bytes.js";
import {
  ExpiredError,
  FormatError,
  LeadNotForDeskError,
  NotYetValidError,
  SealingError,
  WrongDeskError,
  WrongOrganisationError,
  WrongVersionError,
} from "../chat/errors.js";
import { isSignedBy, readSigned, signStatement, trustLead } from "../chat/statements.js";
import {
  ChangedKeysError,
  InventedColleagueError,
  NoKeysYetError,
  NotApprovedError,
  NotYourCertificateError,
  UnvouchedError,
} from "./errors.js";

/** @import { Bytes, Fields } from "../chat/bytes.js" */
/** @import { Me, OwnKeys } from "./enrolment.js" */
/** @typedef {{ statement: string, signature: string }} WireSigned */
/** @typedef {WireSigned & { by: string }} SignedBy */
/** @typedef {{ org: string, desk: string, user: string, x_pk: string, ed_pk: string }} Member keys as they travel */
/** @typedef {{ user: string, shown_as: string, is_lead: boolean, x_pk: string | null, ed_pk: string | null, vouched: SignedBy[], approved: SignedBy[] }} MemberRow as the server shows it */
/** @typedef {{ first: number, last: number }} Epochs */
/** @typedef {{ [user: string]: string | null }} SigningKeys of all members; null where no lead vouched */

const DAY = 24 * 3600; // seconds
const TOLERANCE = DAY;
const APPROVAL_HOLDS = 14 * DAY;
const APPROVALS = 2;
const FEW_MEMBERS = 3; // with fewer, a steward stands in for the second colleague
const LARGEST_U32 = 0xffffffff;
const KEY_LENGTH = 32;
const MEMBER_FIELDS = /** @type {const} */ (["org", "desk", "user", "x_pk", "ed_pk"]);
const VOUCHER_FIELDS = ["v", ...MEMBER_FIELDS, "lead", "at"];
const APPROVAL_FIELDS = ["v", ...MEMBER_FIELDS, "first_epoch", "last_epoch", "by", "lead", "at"];

/**
 * Give what a statement says about somebody whom the server shows.
 * @param {string} org
 * @param {string} desk
 * @param {MemberRow} row
 * @returns {Member}
 */
export function memberOf(org, desk, row) {
  if (row.x_pk === null || row.ed_pk === null) {
    throw new NoKeysYetError();
  }
  return { org, desk, user: row.user, x_pk: row.x_pk, ed_pk: row.ed_pk };
}

/**
 * Give one's own certificate if the organisation stands behind it now, and refuse one that is for somebody else.
 * @param {unknown} certificate
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {number} now in seconds since 1970
 */
export async function trustOwnCertificate(certificate, me, keys, desk, now) {
  const lead = await trustLead(certificate, keys.root, me.org, now);
  if (!lead.desks.includes(desk)) {
    throw new LeadNotForDeskError();
  }
  if (lead.lead !== me.user || lead.ed_pk !== encode(keys.edPk)) {
    throw new NotYourCertificateError();
  }
  return lead;
}

/**
 * Vouch, as a lead, for the keys of a member, after both have read six words to each other.
 * @param {OwnKeys} keys
 * @param {WireSigned} certificate
 * @param {Member} member
 * @param {number} now
 */
export function signVoucher(keys, certificate, member, now) {
  return signStatement("voucher", keys.edSk, { ...member, lead: onlySigned(certificate), at: now });
}

/**
 * Give the certificate of the lead who vouched for exactly these keys, and refuse with the reason if nobody did.
 * @param {WireSigned} value
 * @param {Member} member
 * @param {Bytes} root
 * @param {number} now
 */
export async function trustVoucher(value, member, root, now) {
  const signed = readSigned(onlySigned(value));
  const stated = read(signed.statement, VOUCHER_FIELDS);
  const lead = await leadOf(stated["lead"], member, root, now);
  if (!(await isSignedBy(decode(lead.ed_pk), "voucher", signed))) {
    throw new UnvouchedError();
  }
  checkMember(stated, member);
  return lead;
}

/**
 * Give a member whose keys a lead vouched for, and refuse any other with the reason that says most.
 * @param {string} org
 * @param {string} desk
 * @param {MemberRow} row
 * @param {Bytes} root
 * @param {number} now
 * @returns {Promise<Member>}
 */
export async function vouchedMember(org, desk, row, root, now) {
  const member = memberOf(org, desk, row);
  /** @type {unknown} */
  let refusal = new UnvouchedError();
  for (const voucher of row.vouched) {
    try {
      await trustVoucher(voucher, member, root, now);
      return member;
    } catch (error) {
      refusal = asRefusal(error);
    }
  }
  throw refusal;
}

/**
 * Give the signing keys of all members, as far as a lead vouched for them; one's own are known.
 * @param {MemberRow[]} rows
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {number} now
 * @returns {Promise<SigningKeys>}
 */
export async function signingKeys(rows, me, keys, desk, now) {
  /** @type {SigningKeys} */
  const found = { [me.user]: encode(keys.edPk) };
  for (const row of rows.filter(({ user }) => user !== me.user)) {
    const member = await vouchedMember(me.org, desk, row, keys.root, now).catch(asRefusal);
    found[row.user] = member instanceof Error ? null : member.ed_pk;
  }
  return found;
}

/**
 * Approve that a member gets keys of a desk; a lead adds her certificate.
 * @param {OwnKeys} keys
 * @param {string} by
 * @param {WireSigned | null} certificate
 * @param {Member} member
 * @param {Epochs} epochs
 * @param {number} now
 */
export function signApproval(keys, by, certificate, member, { first, last }, now) {
  const lead = certificate && onlySigned(certificate);
  return signStatement("approval", keys.edSk, { ...member, first_epoch: first, last_epoch: last, by, lead, at: now });
}

/**
 * Refuse unless two others approved that a member gets the key of an epoch, one of them a lead. A steward counts where there
 * are fewer than three members, and counts as a lead. An approval that does not hold counts for nothing, and hides no other.
 * @param {WireSigned[]} approvals
 * @param {Member} member
 * @param {number} epoch
 * @param {SigningKeys} members
 * @param {Bytes} root
 * @param {number} now
 */
export async function trustApprovals(approvals, member, epoch, members, root, now) {
  /** @type {Map<string, boolean>} */
  const leads = new Map();
  for (const signed of approvals) {
    const approval = await trustApproval(signed, member, epoch, members, root, now).catch(asRefusal);
    if (approval instanceof Error) {
      continue;
    }
    const isSteward = approval.by === member.org;
    if (!isSteward || Object.keys(members).length < FEW_MEMBERS) {
      leads.set(approval.by, isSteward || approval.isLead || leads.get(approval.by) === true);
    }
  }
  if (leads.size < APPROVALS || ![...leads.values()].includes(true)) {
    throw new NotApprovedError();
  }
}

/**
 * Give an approval that holds, and refuse any other with the reason.
 * @param {WireSigned} value
 * @param {Member} member
 * @param {number} epoch
 * @param {SigningKeys} members
 * @param {Bytes} root
 * @param {number} now
 */
export async function trustApproval(value, member, epoch, members, root, now) {
  const signed = readSigned(onlySigned(value));
  const stated = read(signed.statement, APPROVAL_FIELDS);
  const [first, last, by] = [stated["first_epoch"], stated["last_epoch"], checkName(stated["by"])];
  if (!isWhole(first) || !isWhole(last) || first > last || last > LARGEST_U32) {
    throw new FormatError();
  }
  checkMember(stated, member);
  if (epoch < first || epoch > last || by === member.user) {
    throw new NotApprovedError();
  }
  checkAge(Number(stated["at"]), now);
  const key = await keyOf(stated, by, member, members, root, now);
  if (!(await isSignedBy(key, "approval", signed))) {
    throw new NotApprovedError();
  }
  return { by, isLead: stated["lead"] !== null };
}

/**
 * Give the key with which an approval must be signed.
 * @param {Fields} stated
 * @param {string} by
 * @param {Member} member
 * @param {SigningKeys} members
 * @param {Bytes} root
 * @param {number} now
 */
async function keyOf(stated, by, member, members, root, now) {
  if (stated["lead"] !== null) {
    const lead = await leadOf(stated["lead"], member, root, now);
    if (lead.lead !== by) {
      throw new NotApprovedError();
    }
    return decode(lead.ed_pk);
  }
  if (by === member.org) {
    return root;
  }
  const key = Object.hasOwn(members, by) ? members[by] : null;
  if (!key) {
    throw new InventedColleagueError();
  }
  return decode(key);
}

/**
 * @param {unknown} certificate
 * @param {Member} member
 * @param {Bytes} root
 * @param {number} now
 */
async function leadOf(certificate, member, root, now) {
  const lead = await trustLead(certificate, root, member.org, now);
  if (!lead.desks.includes(member.desk)) {
    throw new LeadNotForDeskError();
  }
  return lead;
}

/**
 * @param {number} at
 * @param {number} now
 */
function checkAge(at, now) {
  if (now < at - TOLERANCE) {
    throw new NotYetValidError();
  }
  if (now > at + APPROVAL_HOLDS + TOLERANCE) {
    throw new ExpiredError();
  }
}

/**
 * Say in what a statement is about somebody or something else.
 * @param {Fields} stated
 * @param {Member} member
 */
export function checkMember(stated, member) {
  if (stated["org"] !== member.org) {
    throw new WrongOrganisationError();
  }
  if (stated["desk"] !== member.desk) {
    throw new WrongDeskError();
  }
  if (stated["user"] !== member.user) {
    throw new InventedColleagueError();
  }
  if (stated["x_pk"] !== member.x_pk || stated["ed_pk"] !== member.ed_pk) {
    throw new ChangedKeysError();
  }
}

/** @param {Uint8Array} statement */
export function readVoucher(statement) {
  return read(statement, VOUCHER_FIELDS);
}

/**
 * @param {Uint8Array} statement
 * @param {readonly string[]} names
 */
function read(statement, names) {
  const fields = readCanonical(statement, names);
  if (fields["v"] !== VERSION) {
    throw new WrongVersionError();
  }
  ["org", "desk", "user"].forEach((name) => checkName(fields[name]));
  ["x_pk", "ed_pk"].forEach((name) => checkLength(decode(fields[name]), KEY_LENGTH));
  if (!isWhole(fields["at"])) {
    throw new FormatError();
  }
  return fields;
}

/**
 * @param {WireSigned} value what the server shows has more fields beside
 * @returns {WireSigned}
 */
function onlySigned({ statement, signature }) {
  return { statement, signature };
}

/**
 * Give a refusal as a value; any other error is a mistake of the program.
 * @param {unknown} error
 */
function asRefusal(error) {
  if (!(error instanceof SealingError)) {
    throw error;
  }
  return error;
}
