import assert from "node:assert/strict";
import { test } from "node:test";

import { makeKey } from "../../src/zicht/contact/static/contact/chat/box.js";
import { decode, encode, isSame, random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { Transcript } from "../../src/zicht/contact/static/contact/chat/chain.js";
import { makeCode, readCode, showCode } from "../../src/zicht/contact/static/contact/chat/codes.js";
import * as errors from "../../src/zicht/contact/static/contact/chat/errors.js";
import { openFile, sealFile } from "../../src/zicht/contact/static/contact/chat/files.js";
import { keysOf } from "../../src/zicht/contact/static/contact/chat/keys.js";
import { readEnvelope, readInner, writeEnvelope, writeInner } from "../../src/zicht/contact/static/contact/chat/messages.js";
import { openOpening, readOpening, sealOpening, writeOpening } from "../../src/zicht/contact/static/contact/chat/opening.js";
import { pad, unpad } from "../../src/zicht/contact/static/contact/chat/padding.js";
import { publicKeyOf, signStatement, trustDeskKey } from "../../src/zicht/contact/static/contact/chat/statements.js";

const DESK = { org: "org-1", desk: "desk-a", epoch: 7 };
const DAY = 86_400;
const NOW = 1_800_000_000;
const secret = random(32);
const convId = random(16);
const start = random(32);
const [root, lead, other] = [random(32), random(32), random(32)];

/** @param {Uint8Array} [id] @param {Uint8Array} [key] */
function fresh(id = convId, key = secret) {
  return new Transcript(keysOf(key), new Uint8Array(id), start);
}

/** Three messages from the visitor, and two back after the first and the third. */
function talk() {
  const transcript = fresh();
  return [0, 1, 0, 0, 1].map((direction) => {
    const by = direction ? "Anna" : undefined;
    const envelope = transcript.sealNext(direction, { t: "text", body: "words" }, random(24), by);
    transcript.receive(envelope);
    return envelope;
  });
}

/** @param {Uint8Array} content @param {number} bit */
function flip(content, bit) {
  const changed = new Uint8Array(content);
  changed[bit >> 3] = Number(changed[bit >> 3]) ^ (1 << (bit & 7));
  return changed;
}

const said = talk();
const [first, second, third, fourth, fifth] = /** @type {[any, any, any, any, any]} */ (said);

test("no flipped bit of an envelope opens", () => {
  const content = writeEnvelope(first);
  for (let bit = 0; bit < content.length * 8; bit += 1) {
    assert.throws(() => fresh().receive(readEnvelope(flip(content, bit))), errors.SealingError);
  }
});

test("no flipped bit of an opening opens, and neither does one for another desk", async () => {
  const { privateKey, publicKey } = await makeKey();
  const opening = await sealOpening(secret, convId, DESK, publicKey);
  assert.ok(isSame(await openOpening(opening, DESK, privateKey), secret));
  const content = writeOpening(opening);
  for (let bit = 0; bit < content.length * 8; bit += 7) {
    const open = async () => openOpening(readOpening(flip(content, bit)), DESK, privateKey);
    await assert.rejects(open, errors.SealingError);
  }
  await assert.rejects(openOpening(opening, { ...DESK, desk: "desk-b" }, privateKey), errors.WrongDeskError);
  await assert.rejects(openOpening(opening, { ...DESK, org: "org-2" }, privateKey), errors.DoesNotOpenError);
  const swapped = { ...opening, hCap: opening.hWipe };
  await assert.rejects(openOpening(swapped, DESK, privateKey), errors.BearerMismatchError);
});

test("a repeated message, a gap, a second history and another conversation are refused by name", () => {
  const transcript = fresh();
  transcript.receive(first);
  assert.throws(() => transcript.receive(first), errors.ReplayedError);
  assert.throws(() => transcript.receive(fourth), errors.MissingBeforeError);
  const fork = fresh().sealNext(0, { t: "text", body: "other words" }, random(24));
  assert.throws(() => transcript.receive(fork), errors.BrokenChainError);
  assert.throws(() => fresh(random(16)).receive(first), errors.WrongConversationError);
  assert.throws(() => fresh(convId, random(32)).receive(first), errors.DoesNotOpenError);
  assert.throws(() => fresh().receive({ ...first, direction: 1 }), errors.DoesNotOpenError);
  assert.equal(transcript.receive(second).body, "words");
});

test("an end that was held back shows when the other side has seen it", () => {
  const transcript = fresh();
  [first, second, third, fifth].forEach((envelope) => transcript.receive(envelope));
  assert.throws(() => transcript.checkWhole(), errors.CutTailError);
  transcript.receive(fourth);
  transcript.checkWhole();
  assert.deepEqual([transcript.unseen(0), transcript.unseen(1)], [0, 1]);
});

test("who confirms less than before is refused", () => {
  const [transcript, behind] = [fresh(), fresh()];
  said.forEach((envelope) => transcript.receive(envelope));
  [second, fifth].forEach((envelope) => behind.receive(envelope));
  const late = behind.sealNext(1, { t: "text", body: "late" }, random(24), "Anna");
  assert.throws(() => transcript.receive(late), errors.AckWentBackError);
});

test("what is written inside has one form and one of the kinds there are", () => {
  const ack = random(32);
  const spell = (/** @type {string} */ text) => new TextEncoder().encode(text.replace("ACK", encode(ack)));
  assert.equal(readInner(spell('{"ack":"ACK","body":"words","t":"text"}'), 0).body, "words");
  for (const spelling of [
    '{"ack":"ACK","body":"words","t":"text"} ',
    '{"body":"words","ack":"ACK","t":"text"}',
    '{"ack":"ACK","body":"other","body":"words","t":"text"}',
    '{"ack":"ACK","body":"words","more":"","t":"text"}',
    '{"ack":"ACK","body":"words","by":"Anna","t":"text"}',
    '{"ack":"ACK","body":"words","t":"picture"}',
    '{"ack":"ACK","body":"","t":"text"}',
    '{"ack":"ACK","body":"\\ud83d","t":"text"}',
    '\ufeff{"ack":"ACK","body":"words","t":"text"}',
    "[]",
    "",
  ]) {
    assert.throws(() => readInner(spell(spelling), 0), errors.FormatError, spelling);
  }
  assert.throws(() => writeInner({ t: "text", body: "\ud83d", ack }, 0), errors.FormatError);
  assert.throws(() => fresh().sealNext(0, { t: "text", body: "x".repeat(16384) }, random(24)), errors.TooLongError);
});

test("other spellings of the same bytes are refused", () => {
  for (const text of ["A", "AB==", "AB", "A+AA", "é", 1]) {
    assert.throws(() => decode(text), errors.FormatError);
  }
  assert.throws(() => unpad(new Uint8Array(256)), errors.PaddingError);
  assert.throws(() => pad(new Uint8Array(256), 256), errors.TooLongError);
});

test("a code is read however it is copied, and nothing else is", () => {
  const code = makeCode(16);
  const copied = showCode(code).toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replaceAll("-", " ");
  assert.equal(readCode(copied, 16), code);
  assert.throws(() => readCode(`${code}0`, 16), errors.CodeError);
  assert.throws(() => readCode("U".repeat(16), 16), errors.CodeError);
});

test("chunks of a file cannot be moved, left out or cut off", () => {
  const place = { convId, direction: 0, fileId: random(16) };
  const sealed = sealFile(secret, place, random(65536));
  const chunks = [sealed.subarray(16, 16 + 65552), sealed.subarray(16 + 65552)];
  const build = (/** @type {any[]} */ parts) => new Uint8Array(Buffer.concat([sealed.subarray(0, 16), ...parts]));
  assert.equal(openFile(secret, place, build(chunks)).length, 65536);
  for (const parts of [[chunks[1], chunks[0]], [chunks[0]], [chunks[1]], [...chunks, chunks[1]]]) {
    assert.throws(() => openFile(secret, place, build(parts)), errors.DoesNotOpenError);
  }
  assert.throws(() => openFile(secret, place, sealed.subarray(1)), errors.WrongLengthError);
});

const certificate = {
  org: "org-1",
  desks: ["desk-a"],
  lead: "lead-1",
  ed_pk: encode(await publicKeyOf(lead)),
  not_before: NOW - 45 * DAY,
  not_after: NOW + 45 * DAY,
};
const key = { org: "org-1", desk: "desk-a", epoch: 7, not_before: NOW - DAY, not_after: NOW + 6 * DAY, pk: encode(random(32)) };

/** @param {object} [changedLead] @param {object} [changedKey] @param {Uint8Array<ArrayBuffer>} [byRoot] @param {Uint8Array<ArrayBuffer>} [byLead] */
async function publish(changedLead = {}, changedKey = {}, byRoot = root, byLead = lead) {
  return {
    lead: await signStatement("lead", byRoot, { ...certificate, ...changedLead }),
    key: await signStatement("desk-key", byLead, { ...key, ...changedKey }),
  };
}

const REFUSED = /** @type {[object, object, any][]} */ ([
  [{ org: "org-2" }, {}, errors.WrongOrganisationError],
  [{}, { org: "org-2" }, errors.WrongOrganisationError],
  [{ desks: ["desk-b"] }, {}, errors.LeadNotForDeskError],
  [{}, { desk: "desk-b" }, errors.WrongDeskError],
  [{ not_before: NOW - 46 * DAY }, {}, errors.ValidTooLongError],
  [{}, { not_after: NOW + 31 * DAY }, errors.ValidTooLongError],
  [{ not_before: NOW + 2 * DAY }, {}, errors.NotYetValidError],
  [{}, { not_before: NOW + 2 * DAY }, errors.NotYetValidError],
  [{ not_after: NOW - 2 * DAY }, {}, errors.ExpiredError],
  [{}, { not_before: NOW - 9 * DAY, not_after: NOW - 2 * DAY }, errors.ExpiredError],
  [{ desks: ["desk-b", "desk-a"] }, {}, errors.FormatError],
  [{ desks: [] }, {}, errors.FormatError],
  [{}, { v: 2 }, errors.WrongVersionError],
  [{}, { more: 1 }, errors.UnknownFieldError],
  [{}, { epoch: 2 ** 32 }, errors.FormatError],
]);

test("a desk key is trusted from the root down, and refused by name for every other reason", async () => {
  const pinned = await publicKeyOf(root);
  const trust = (/** @type {unknown} */ published) => trustDeskKey(published, pinned, DESK, NOW);
  assert.equal((await trust(await publish())).epoch, 7);
  await assert.rejects(trust(await publish({}, {}, other)), errors.InventedLeadError);
  await assert.rejects(trust(await publish({}, {}, root, other)), errors.UnsignedDeskKeyError);
  for (const [changedLead, changedKey, refusal] of REFUSED) {
    await assert.rejects(trust(await publish(changedLead, changedKey)), refusal, JSON.stringify([changedLead, changedKey]));
  }
});
