import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, encode, isSame, random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import * as errors from "../../src/zicht/contact/static/contact/chat/errors.js";
import { publicKeyOf, signStatement } from "../../src/zicht/contact/static/contact/chat/statements.js";
import { wrapDeskKey } from "../../src/zicht/contact/static/contact/chat/wraps.js";
import { isPair, makeUserKeys } from "../../src/zicht/contact/static/contact/desk/enrolment.js";
import * as epochs from "../../src/zicht/contact/static/contact/desk/epochs.js";
import * as refusals from "../../src/zicht/contact/static/contact/desk/errors.js";
import { memberOf, signApproval, signVoucher } from "../../src/zicht/contact/static/contact/desk/vouching.js";

const DAY = 86_400;
const NOW = 1_800_000_000;
const DESK = "desk-a";
const rootSecret = random(32);
const root = await publicKeyOf(rootSecret);

/**
 * @param {string} user
 * @param {any} keys
 * @param {object} [changes]
 * @param {Uint8Array<ArrayBuffer>} [by]
 */
function certify(user, keys, changes = {}, by = rootSecret) {
  const fields = { org: "org-1", desks: [DESK], lead: user, ed_pk: encode(keys.edPk) };
  return signStatement("lead", by, { ...fields, not_before: NOW, not_after: NOW + 60 * DAY, ...changes });
}

/** A server that keeps what browsers give it, and shows what a test makes it show. */
class Server {
  constructor() {
    /** @type {any[]} */
    this.members = [];
    /** @type {any[]} */
    this.epochs = [];
  }

  /** @param {string} user */
  async enrol(user) {
    const keys = await makeUserKeys(root);
    const me = { user, org: "org-1", root: encode(root), x_pk: encode(keys.xPk), ed_pk: encode(keys.edPk), wraps: [] };
    this.members.push({ ...me, shown_as: user, is_lead: false, vouched: [], approved: [] });
    return { me, keys, api: this.apiOf(user) };
  }

  /** @param {string} user */
  row(user) {
    return this.members.find((one) => one.user === user);
  }

  /** @param {string} user */
  apiOf(user) {
    const get = async (/** @type {string} */ path) => structuredClone(this.look(user, path));
    const post = async (/** @type {string} */ path, /** @type {any} */ body) => this.take(user, path, structuredClone(body));
    return { get, post, put: post };
  }

  /** @param {string} user @param {string} path */
  look(user, path) {
    if (path.endsWith("/members")) {
      return { members: this.members };
    }
    const shown = this.epochs.map((one) => ({ ...one, wrap: one.wraps[user] ?? null, wrapped_for: Object.keys(one.wraps) }));
    return { epochs: shown.reverse() };
  }

  /** @param {string} by @param {string} path @param {any} body */
  take(by, path, body) {
    const what = path.replace(`desks/${DESK}/`, "");
    const { user, statement, signature } = body;
    if (what === "vouch" || what === "approve") {
      const kept = this.row(user)[what === "vouch" ? "vouched" : "approved"];
      kept.push({ by, statement, signature });
    } else if (what === "epochs") {
      const wraps = Object.fromEntries(body.wraps.map((/** @type {any} */ one) => [one.user, one.wrap]));
      const stated = JSON.parse(Buffer.from(body.key.key.statement, "base64url").toString());
      this.epochs.push({ ...stated, key: body.key, is_taken_back: false, wraps });
    } else if (what === "epochs/end") {
      this.epochs.find((one) => one.epoch === body.epoch).is_taken_back = true;
    } else {
      this.epochs.find((one) => one.epoch === body.epoch).wraps[user] = body.wrap;
    }
  }
}

/** A desk with a lead and two members of whom she knows the keys, and a key of the desk. */
async function makeDesk() {
  const server = new Server();
  const [lead, anna, bea] = [await server.enrol("lead-1"), await server.enrol("anna"), await server.enrol("bea")];
  const certificate = await certify("lead-1", lead.keys);
  for (const user of ["anna", "bea"]) {
    await epochs.vouch(lead.api, lead.me, lead.keys, DESK, certificate, server.row(user), NOW);
  }
  const made = await epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, certificate, { now: NOW });
  return { server, lead, anna, bea, certificate, made };
}

/** @param {any} who @param {number} [now] */
async function openNewest(who, now = NOW) {
  return epochs.openEpoch(who.me, who.keys, DESK, (await epochs.epochsOf(who.api, DESK))[0] ?? assert.fail(), now);
}

test("a lead makes a key that every member she vouched for opens, and nobody else", async () => {
  const { server, lead, anna, bea, made } = await makeDesk();
  assert.deepEqual([made.epoch, made.wrapped, made.leftOut], [1, ["lead-1", "anna", "bea"], []]);
  const own = await openNewest(lead);
  assert.ok(isSame(own, await openNewest(anna)));
  assert.ok(isSame(own, await openNewest(bea)));
  assert.ok(await isPair(own, decode(server.epochs[0].pk)));
  assert.ok(!JSON.stringify(server).includes(encode(own)));
  assert.equal(server.epochs[0].not_after, NOW + 7 * DAY);
});

test("who was invented, is unvouched, changed keys or was vouched for by an invented lead is left out by name", async () => {
  const { server, lead, bea, certificate } = await makeDesk();
  const [ghost, liar] = [await server.enrol("ghost"), await makeUserKeys(root)];
  const invented = await certify("ghost", liar, {}, random(32));
  const carl = await server.enrol("carl");
  const member = memberOf("org-1", DESK, server.row("carl"));
  server.row("carl").vouched.push({ by: "ghost", ...(await signVoucher(liar, invented, member, NOW)) });
  const other = await makeUserKeys(root);
  Object.assign(server.row("anna"), { x_pk: encode(other.xPk) });
  // The voucher for one is shown for another, with her keys beside it.
  await server.enrol("dora");
  Object.assign(server.row("dora"), { vouched: server.row("bea").vouched, x_pk: bea.me.x_pk, ed_pk: bea.me.ed_pk });
  server.members.push({ ...server.row("ghost"), user: "empty", x_pk: null, ed_pk: null });
  const made = await epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, certificate, { now: NOW });
  assert.deepEqual(made.wrapped, ["lead-1", "bea"]);
  assert.deepEqual(
    Object.fromEntries(made.leftOut.map(({ user, why }) => [user, why.constructor])),
    {
      anna: refusals.ChangedKeysError,
      ghost: refusals.UnvouchedError,
      carl: errors.InventedLeadError,
      dora: refusals.InventedColleagueError,
      empty: refusals.NoKeysYetError,
    },
  );
  assert.equal((await epochs.epochsOf(ghost.api, DESK))[0]?.wrap, null);
  assert.ok(carl);
});

test("a certificate of somebody else, of other keys, of another desk or of another root makes no key and no voucher", async () => {
  const { server, lead, anna, certificate } = await makeDesk();
  /** @type {[any, any][]} */
  const wrong = [
    [await certify("anna", anna.keys), refusals.NotYourCertificateError],
    [await certify("lead-1", anna.keys), refusals.NotYourCertificateError],
    [await certify("lead-1", lead.keys, { desks: ["desk-b"] }), errors.LeadNotForDeskError],
    [await certify("lead-1", lead.keys, {}, random(32)), errors.InventedLeadError],
    [await certify("lead-1", lead.keys, { not_after: NOW + 91 * DAY }), errors.ValidTooLongError],
  ];
  for (const [certificate_, refusal] of wrong) {
    const making = epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, certificate_, { now: NOW });
    await assert.rejects(making, refusal);
    const vouching = epochs.vouch(lead.api, lead.me, lead.keys, DESK, certificate_, server.row("anna"), NOW);
    await assert.rejects(vouching, refusal);
  }
  const late = epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, certificate, { now: NOW + 62 * DAY });
  await assert.rejects(late, errors.ExpiredError);
  assert.equal(server.epochs.length, 1);
});

test("a key holds no longer than the certificate and no longer than a month, and rotating takes the older ones back", async () => {
  const { server, lead, certificate } = await makeDesk();
  await epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, certificate, { days: 90, now: NOW });
  const soon = await certify("lead-1", lead.keys, { not_after: NOW + 3 * DAY });
  const made = await epochs.rotate(lead.api, lead.me, lead.keys, DESK, soon, { now: NOW });
  assert.deepEqual([made.epoch, server.epochs.map((one) => (one.not_after - NOW) / DAY)], [3, [7, 30, 3]]);
  assert.deepEqual(server.epochs.map((one) => one.is_taken_back), [true, true, false]);
});

test("a key that somebody else wrapped is refused by who opens it, and an old one still opens", async () => {
  const { server, anna } = await makeDesk();
  assert.ok(await openNewest(anna, NOW + 200 * DAY));
  const planted = await wrapDeskKey(anna.keys.xPk, { org: "org-1", desk: DESK, epoch: 1 }, "anna", random(32));
  server.epochs[0].wraps.anna = encode(planted);
  await assert.rejects(openNewest(anna), refusals.KeysDifferError);
  const liar = await makeUserKeys(root);
  const pair = await makeUserKeys(root);
  const stated = JSON.parse(Buffer.from(server.epochs[0].key.key.statement, "base64url").toString());
  const { v: _version, ...fields } = { ...stated, pk: encode(pair.xPk) };
  server.epochs[0].key = {
    lead: await certify("lead-1", liar, {}, random(32)),
    key: await signStatement("desk-key", liar.edSk, fields),
  };
  server.epochs[0].wraps.anna = encode(await wrapDeskKey(anna.keys.xPk, { org: "org-1", desk: DESK, epoch: 1 }, "anna", pair.xSk));
  await assert.rejects(openNewest(anna), errors.InventedLeadError);
});

/** A desk to which somebody came later. */
async function makeLater() {
  const desk = await makeDesk();
  const later = await desk.server.enrol("later");
  const { server, lead, anna, certificate } = desk;
  const approve = (/** @type {any} */ who, /** @type {any} */ certificate_) =>
    epochs.approve(who.api, who.me, who.keys, DESK, certificate_, server.row("later"), NOW);
  const wrapAgain = (/** @type {any} */ who, /** @type {any} */ options = {}) =>
    epochs.wrapAgain(who.api, who.me, who.keys, DESK, server.row("later"), { now: NOW, ...options });
  const byLead = () => approve(lead, certificate);
  const byAnna = () => approve(anna, null);
  return { ...desk, later, byLead, byAnna, wrapAgain };
}

test("a later member gets the key from anybody who has it, after a lead and a colleague approved", async () => {
  const { later, bea, byLead, byAnna, wrapAgain } = await makeLater();
  await assert.rejects(wrapAgain(bea), refusals.NotApprovedError);
  await byLead();
  await assert.rejects(wrapAgain(bea), refusals.NotApprovedError);
  await byLead(); // the same person twice is one
  await assert.rejects(wrapAgain(bea), refusals.NotApprovedError);
  await byAnna();
  assert.deepEqual(await wrapAgain(bea), [1]);
  assert.ok(isSame(await openNewest(later), await openNewest(bea)));
  assert.deepEqual(await wrapAgain(bea), []);
});

test("two colleagues without a lead, an unvouched colleague, an invented lead and old approvals do not count", async () => {
  const { server, lead, anna, bea, later, byLead, byAnna, wrapAgain, certificate } = await makeLater();
  const row = server.row("later");
  const member = memberOf("org-1", DESK, row);
  const range = { first: 1, last: 1 };
  await byAnna();
  await epochs.approve(bea.api, bea.me, bea.keys, DESK, null, row, NOW);
  await assert.rejects(wrapAgain(lead), refusals.NotApprovedError);

  const ghost = await makeUserKeys(root);
  const invented = await certify("ghost", ghost, {}, random(32));
  row.approved.push({ by: "ghost", ...(await signApproval(ghost, "ghost", invented, member, range, NOW)) });
  row.approved.push({ by: "later", ...(await signApproval(later.keys, "later", null, member, range, NOW)) });
  row.approved.push({ by: "lead-1", ...(await signApproval(anna.keys, "lead-1", certificate, member, range, NOW)) });
  await assert.rejects(wrapAgain(lead), refusals.NotApprovedError);

  await byLead();
  await assert.rejects(wrapAgain(lead, { now: NOW + 16 * DAY }), refusals.NotApprovedError);
  // Whoever approved is no colleague for whom a lead vouched any more.
  Object.assign(server.row("anna"), { vouched: [] });
  Object.assign(server.row("bea"), { vouched: [] });
  await assert.rejects(wrapAgain(lead), refusals.NotApprovedError);
});

test("approvals are for the keys that were compared and for the epochs that there were", async () => {
  const { server, lead, bea, byLead, byAnna, wrapAgain, certificate } = await makeLater();
  await byLead();
  await byAnna();
  const shown = structuredClone(server.row("later"));
  const other = await makeUserKeys(root);
  Object.assign(server.row("later"), { x_pk: encode(other.xPk), ed_pk: encode(other.edPk) });
  const again = epochs.wrapAgain(bea.api, bea.me, bea.keys, DESK, shown, { now: NOW });
  await assert.rejects(again, refusals.ChangedKeysError);
  await assert.rejects(wrapAgain(bea), refusals.NotApprovedError);
  Object.assign(server.row("later"), shown);
  await epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, certificate, { now: NOW });
  server.epochs[0].wraps.later = "has it";
  await assert.rejects(wrapAgain(bea), refusals.NotApprovedError);
});

test("at a desk of two a steward's signature stands in, also for a lead who is locked out, and not at a larger one", async () => {
  const server = new Server();
  const [lead, anna] = [await server.enrol("lead-1"), await server.enrol("anna")];
  const certificate = await certify("lead-1", lead.keys);
  await epochs.vouch(lead.api, lead.me, lead.keys, DESK, certificate, server.row("anna"), NOW);
  await epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, certificate, { now: NOW });
  const fresh = await makeUserKeys(root);
  Object.assign(server.row("lead-1"), { x_pk: encode(fresh.xPk), ed_pk: encode(fresh.edPk), vouched: [] });
  delete server.epochs[0].wraps["lead-1"];
  const row = server.row("lead-1");
  const { first_epoch, last_epoch, ...member } = epochs.approvalRequest(
    memberOf("org-1", DESK, row),
    await epochs.epochsOf(anna.api, DESK),
  );
  const fields = { ...member, first_epoch, last_epoch, by: "org-1", lead: null, at: NOW };
  const steward = await signStatement("approval", rootSecret, fields);
  const wrapAgain = () => epochs.wrapAgain(anna.api, anna.me, anna.keys, DESK, row, { steward, now: NOW });
  await assert.rejects(wrapAgain(), refusals.NotApprovedError);
  await epochs.approve(anna.api, anna.me, anna.keys, DESK, null, row, NOW);
  // Her own keys are known to herself, though no lead is there to vouch for them any more.
  assert.deepEqual(await wrapAgain(), [1]);
  assert.ok(await openNewest({ me: lead.me, keys: fresh, api: lead.api }));

  delete server.epochs[0].wraps["lead-1"];
  await server.enrol("third");
  await assert.rejects(wrapAgain(), refusals.NotApprovedError);
});

test("a new certificate renews one's own vouchers where the keys are the same, and no others", async () => {
  const { server, lead, certificate } = await makeDesk();
  const other = await makeUserKeys(root);
  Object.assign(server.row("bea"), { x_pk: encode(other.xPk) });
  const later = NOW + 61 * DAY;
  const renewed = await certify("lead-1", lead.keys, { not_before: later, not_after: later + 90 * DAY });
  await server.enrol("unknown");
  server.row("unknown").vouched.push({ ...server.row("anna").vouched[0] });
  assert.deepEqual(await epochs.renewVouchers(lead.api, lead.me, lead.keys, DESK, renewed, later), ["anna"]);
  server.row("anna").vouched.shift();
  const made = await epochs.makeEpoch(lead.api, lead.me, lead.keys, DESK, renewed, { now: later });
  assert.deepEqual(made.wrapped, ["lead-1", "anna"]);
  assert.ok(certificate);
});

test("what the stewards are asked to sign is in the form that their command reads", async () => {
  const { lead } = await makeDesk();
  const asked = epochs.certificateRequest(lead.me, lead.keys, ["desk-b", "desk-a", "desk-b"]);
  assert.deepEqual(asked, { org: "org-1", desks: ["desk-a", "desk-b"], lead: "lead-1", ed_pk: encode(lead.keys.edPk) });
});
