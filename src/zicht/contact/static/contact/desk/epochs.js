/**
 * Keys of a desk: a lead makes them and wraps them for every colleague whom a lead vouched for; later members get them from
 * anybody who has them, after two approved. `api`, `me` and `keys` are those of enrolment.js; times are in seconds since 1970.
 */
import { makeKey } from "../chat/box.js";
import { decode, encode } from "../chat/bytes.js";
import { readDeskKey, readLead, readSigned, signStatement, trustDeskKey, isSignedBy } from "../chat/statements.js";
import { unwrapDeskKey, wrapDeskKey } from "../chat/wraps.js";
import { isPair } from "./enrolment.js";
import { ChangedKeysError, KeysDifferError, NoKeysYetError } from "./errors.js";
import { SealingError } from "../chat/errors.js";
import {
  checkMember,
  memberOf,
  readVoucher,
  signApproval,
  signingKeys,
  signVoucher,
  trustApprovals,
  trustOwnCertificate,
  vouchedMember,
} from "./vouching.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Api, Me, OwnKeys } from "./enrolment.js" */
/** @import { Member, MemberRow, WireSigned } from "./vouching.js" */
/** @typedef {{ epoch: number, key: { lead: WireSigned, key: WireSigned }, not_before: number, not_after: number, is_taken_back: boolean, wrap: string | null, wrapped_for: string[] }} EpochRow as the server shows it */
/** @typedef {{ epoch: number, wrapped: string[], leftOut: { user: string, why: Error }[] }} MadeEpoch */

const DAY = 24 * 3600;
export const USUAL_DAYS = 7;
export const MOST_DAYS = 30;

const clock = () => Math.floor(Date.now() / 1000);

// --- for the stewards -------------------------------------------------------------------------------------------
/**
 * Give what the stewards need for a certificate, to be kept in a file for `zicht desk-key certificate`.
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string[]} desks
 */
export function certificateRequest(me, keys, desks) {
  return { org: me.org, desks: [...new Set(desks)].sort(), lead: me.user, ed_pk: encode(keys.edPk) };
}

/**
 * Give what the stewards need to approve, for `zicht desk-key approve`.
 * @param {Member} member
 * @param {EpochRow[]} rows
 */
export function approvalRequest(member, rows) {
  const { first, last } = rangeOf(rows);
  return { ...member, first_epoch: first, last_epoch: last };
}

// --- vouching ---------------------------------------------------------------------------------------------------
/**
 * Vouch for the keys in a row, whose words were compared; the row is the one that was shown, and is not fetched again.
 * @param {Api} api
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {WireSigned} certificate
 * @param {MemberRow} row
 * @param {number} [now]
 */
export async function vouch(api, me, keys, desk, certificate, row, now = clock()) {
  await trustOwnCertificate(certificate, me, keys, desk, now);
  const signed = await signVoucher(keys, certificate, memberOf(me.org, desk, row), now);
  await api.post(`desks/${desk}/vouch`, { user: row.user, ...signed });
}

/**
 * Sign one's own vouchers anew under a new certificate, where the keys are still those that were compared.
 * @param {Api} api
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {WireSigned} certificate
 * @param {number} [now]
 * @returns {Promise<string[]>} for whom
 */
export async function renewVouchers(api, me, keys, desk, certificate, now = clock()) {
  await trustOwnCertificate(certificate, me, keys, desk, now);
  const renewed = [];
  for (const row of await membersOf(api, desk)) {
    const own = row.vouched.find(({ by }) => by === me.user);
    if (own && (await isOwnVoucher(own, memberOf(me.org, desk, row), keys))) {
      await vouch(api, me, keys, desk, certificate, row, now);
      renewed.push(row.user);
    }
  }
  return renewed;
}

/**
 * Tell whether one signed this oneself for exactly these keys, under whichever certificate.
 * @param {WireSigned} voucher
 * @param {Member} member
 * @param {OwnKeys} keys
 */
async function isOwnVoucher({ statement, signature }, member, keys) {
  try {
    const signed = readSigned({ statement, signature });
    checkMember(readVoucher(signed.statement), member);
    return await isSignedBy(keys.edPk, "voucher", signed);
  } catch (error) {
    throwUnlessRefusal(error);
    return false;
  }
}

// --- making -----------------------------------------------------------------------------------------------------
/**
 * Make a new key of a desk, sign it, and wrap it for oneself and every member whom a lead vouched for. Who is left out is said
 * with the reason: nobody is added because the server shows somebody.
 * @param {Api} api
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {WireSigned} certificate
 * @param {{ days?: number, now?: number }} [options]
 * @returns {Promise<MadeEpoch>}
 */
export async function makeEpoch(api, me, keys, desk, certificate, { days = USUAL_DAYS, now = clock() } = {}) {
  const lead = await trustOwnCertificate(certificate, me, keys, desk, now);
  const [rows, epochs] = [await membersOf(api, desk), await epochsOf(api, desk)];
  const epoch = Math.max(0, ...epochs.map((one) => one.epoch)) + 1;
  const { privateKey, publicKey } = await makeKey();
  // Browsers of visitors check both at the same moment, so the key ends when the certificate does.
  const notAfter = Math.min(now + Math.min(days, MOST_DAYS) * DAY, lead.not_after);
  const stated = { org: me.org, desk, epoch, not_before: now, not_after: notAfter, pk: encode(publicKey) };
  const place = { org: me.org, desk, epoch };
  const own = { user: me.user, wrap: encode(await wrapDeskKey(keys.xPk, place, me.user, privateKey)) };
  const { wraps, leftOut } = await wrapForVouched(rows, me, keys, place, privateKey, now);
  const { statement, signature } = certificate;
  const key = { lead: { statement, signature }, key: await signStatement("desk-key", keys.edSk, stated) };
  await api.post(`desks/${desk}/epochs`, { key, wraps: [own, ...wraps] });
  return { epoch, wrapped: [me.user, ...wraps.map(({ user }) => user)], leftOut };
}

/**
 * @param {MemberRow[]} rows
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {{ org: string, desk: string, epoch: number }} place
 * @param {Bytes} privateKey
 * @param {number} now
 */
async function wrapForVouched(rows, me, keys, place, privateKey, now) {
  const wraps = [];
  const leftOut = [];
  for (const row of rows.filter(({ user }) => user !== me.user)) {
    try {
      const member = await vouchedMember(place.org, place.desk, row, keys.root, now);
      wraps.push({ user: row.user, wrap: encode(await wrapDeskKey(decode(member.x_pk), place, row.user, privateKey)) });
    } catch (error) {
      leftOut.push({ user: row.user, why: throwUnlessRefusal(error) });
    }
  }
  return { wraps, leftOut };
}

/**
 * Make a new key, and let visitors get the older ones no more: somebody left, or a key may be known.
 * @param {Api} api
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {WireSigned} certificate
 * @param {{ days?: number, now?: number }} [options]
 */
export async function rotate(api, me, keys, desk, certificate, options = {}) {
  const made = await makeEpoch(api, me, keys, desk, certificate, options);
  const now = options.now ?? clock();
  for (const older of await epochsOf(api, desk)) {
    if (older.epoch < made.epoch && !older.is_taken_back && older.not_after >= now) {
      await api.post(`desks/${desk}/epochs/end`, { epoch: older.epoch });
    }
  }
  return made;
}

// --- having -----------------------------------------------------------------------------------------------------
/**
 * Give the private key of an epoch, and refuse one that is not the key behind which the root stands: anybody could wrap a key
 * of their own, and what is sealed with it at the desk would be theirs to read.
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {EpochRow} row
 * @param {number} [now]
 * @returns {Promise<Bytes>}
 */
export async function openEpoch(me, keys, desk, row, now = clock()) {
  if (row.wrap === null) {
    throw new NoKeysYetError();
  }
  const published = await trustDeskKey(row.key, keys.root, { org: me.org, desk }, inItsTime(row, now));
  const place = { org: me.org, desk, epoch: published.epoch };
  const privateKey = await unwrapDeskKey(keys.xSk, place, me.user, decode(row.wrap));
  if (published.epoch !== row.epoch || !(await isPair(privateKey, published.pk))) {
    throw new KeysDifferError();
  }
  return privateKey;
}

/**
 * Give the moment for which an epoch is judged: old chats are opened with keys whose time is over.
 * @param {EpochRow} row
 * @param {number} now
 */
function inItsTime(row, now) {
  const ends = [readDeskKey(decode(row.key.key.statement)), readLead(decode(row.key.lead.statement))];
  return Math.min(now, ...ends.map((one) => one.not_after));
}

// --- wrapping again ---------------------------------------------------------------------------------------------
/**
 * Approve that a member gets all keys there are, whose words were compared; a lead gives her certificate, others null.
 * @param {Api} api
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {WireSigned | null} certificate
 * @param {MemberRow} row
 * @param {number} [now]
 */
export async function approve(api, me, keys, desk, certificate, row, now = clock()) {
  if (certificate) {
    await trustOwnCertificate(certificate, me, keys, desk, now);
  }
  const range = rangeOf(await epochsOf(api, desk));
  const signed = await signApproval(keys, me.user, certificate, memberOf(me.org, desk, row), range, now);
  await api.post(`desks/${desk}/approve`, { user: row.user, ...signed });
}

/**
 * Wrap every key one has for a member who lacks it, if two approved; a steward's approval is given as it was pasted. The keys
 * are those of the row that was shown; when the server shows others by now, nothing is wrapped.
 * @param {Api} api
 * @param {Me} me
 * @param {OwnKeys} keys
 * @param {string} desk
 * @param {MemberRow} row
 * @param {{ steward?: WireSigned | null, now?: number }} [options]
 * @returns {Promise<number[]>} the epochs that were wrapped
 */
export async function wrapAgain(api, me, keys, desk, row, { steward = null, now = clock() } = {}) {
  const member = memberOf(me.org, desk, row);
  const rows = await membersOf(api, desk);
  const current = rows.find(({ user }) => user === row.user);
  if (!current || current.x_pk !== member.x_pk || current.ed_pk !== member.ed_pk) {
    throw new ChangedKeysError();
  }
  const approvals = [...current.approved, ...(steward ? [{ ...steward, by: me.org }] : [])];
  const members = await signingKeys(rows, me, keys, desk, now);
  const lacking = (await epochsOf(api, desk)).filter((one) => one.wrap && !one.wrapped_for.includes(row.user));
  const wrapped = [];
  for (const one of lacking) {
    await trustApprovals(approvals, member, one.epoch, members, keys.root, now);
    const place = { org: me.org, desk, epoch: one.epoch };
    const privateKey = await openEpoch(me, keys, desk, one, now);
    const wrap = encode(await wrapDeskKey(decode(member.x_pk), place, row.user, privateKey));
    await api.post(`desks/${desk}/epochs/wraps`, { epoch: one.epoch, user: row.user, wrap, approvals });
    wrapped.push(one.epoch);
  }
  return wrapped;
}

// --- parts ------------------------------------------------------------------------------------------------------
/** @param {EpochRow[]} rows */
function rangeOf(rows) {
  const numbers = rows.map(({ epoch }) => epoch);
  return { first: Math.min(...numbers), last: Math.max(...numbers) };
}

/**
 * @param {Api} api
 * @param {string} desk
 * @returns {Promise<MemberRow[]>}
 */
export async function membersOf(api, desk) {
  return (await api.get(`desks/${desk}/members`)).members;
}

/**
 * @param {Api} api
 * @param {string} desk
 * @returns {Promise<EpochRow[]>}
 */
export async function epochsOf(api, desk) {
  return (await api.get(`desks/${desk}/epochs`)).epochs;
}

/**
 * Give a refusal as a value; any other error is a mistake of the program.
 * @param {unknown} error
 * @returns {Error}
 */
export function throwUnlessRefusal(error) {
  if (!(error instanceof SealingError)) {
    throw error;
  }
  return error;
}
