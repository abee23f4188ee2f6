import assert from "node:assert/strict";
import { test } from "node:test";

import { encode, random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "../../src/zicht/contact/static/contact/vendor/sealing.js";
import { ExpiredError, TrustError } from "../../src/zicht/contact/static/contact/chat/errors.js";
import { keysOf } from "../../src/zicht/contact/static/contact/chat/keys.js";
import { openMessage } from "../../src/zicht/contact/static/contact/chat/messages.js";
import { openOpening } from "../../src/zicht/contact/static/contact/chat/opening.js";
import { publicKeyOf, signStatement } from "../../src/zicht/contact/static/contact/chat/statements.js";
import { envelopeFromWire, openingFromWire } from "../../src/zicht/contact/static/contact/chat/wire.js";
import { emptyDraft, isOver, LONGEST } from "../../src/zicht/signals/checklist/scripts/drafts.js";
import { contentOf, sealChecklist } from "../../src/zicht/signals/checklist/scripts/finishing.js";
import { readManifest } from "../../src/zicht/signals/checklist/scripts/keeping.js";

const DAY = 24 * 3600;
const NOW = 1_800_000_000;
const DESK = { org: "org-1", desk: "intake-1" };

async function madeUpDesk() {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: /** @type {any} */ ({ id: 3 }) });
  const pair = await suite.kem.generateKeyPair();
  const [pk, sk] = await Promise.all([suite.kem.serializePublicKey(pair.publicKey), suite.kem.serializePrivateKey(pair.privateKey)]);
  const [root, lead] = [random(32), random(32)];
  const times = { not_before: NOW - DAY, not_after: NOW };
  const certificate = { org: DESK.org, desks: [DESK.desk], lead: "lead", ed_pk: encode(await publicKeyOf(lead)), ...times };
  const key = { ...DESK, epoch: 1, pk: encode(new Uint8Array(pk)), ...times };
  const published = { lead: await signStatement("lead", root, certificate), key: await signStatement("desk-key", lead, key) };
  return { published, place: { ...DESK, root: await publicKeyOf(root) }, sk: new Uint8Array(sk), root };
}

function filled() {
  const draft = emptyDraft(NOW * 1000);
  draft.observer = "police";
  draft.marks["DOC01"] = { state: "noted", basis: "seen", observed_on: "2027-01-15" };
  return contentOf(draft, "2027-01-15");
}

test("what a phone seals opens with the key of the desk, and holds what was filled in", async () => {
  const { published, place, sk } = await madeUpDesk();
  const waiting = await sealChecklist(published, place, filled(), { now: NOW, language: "nl" });
  const opening = openingFromWire(waiting.opening);
  const secret = await openOpening(opening, { ...DESK, epoch: 1 }, sk);
  const inner = openMessage(keysOf(secret), envelopeFromWire(waiting.envelope));
  assert.deepEqual({ t: inner.t, body: inner.body }, { t: "checklist", body: filled() });
  assert.ok(!JSON.stringify(waiting).includes("DOC01"));
});

test("nothing is sealed for a key that is over, although the server would still take it for a day", async () => {
  const { published, place } = await madeUpDesk();
  await sealChecklist(published, place, filled(), { now: NOW, language: "nl" });
  await assert.rejects(sealChecklist(published, place, filled(), { now: NOW + 1, language: "nl" }), ExpiredError);
});

test("nothing is sealed for a key behind which the root of the page does not stand", async () => {
  const { published, place } = await madeUpDesk();
  const other = { ...place, root: await publicKeyOf(random(32)) };
  await assert.rejects(sealChecklist(published, other, filled(), { now: NOW, language: "nl" }), TrustError);
});

test("the worker keeps no page whose list another root signed", async () => {
  const { root } = await madeUpDesk();
  const files = { "checklist.html": "0".repeat(64) };
  const signed = await signStatement("page", root, { org: DESK.org, files, made_at: NOW, is_demo: false });
  const content = new TextEncoder().encode(JSON.stringify({ ...signed, root: encode(await publicKeyOf(root)) }));
  assert.deepEqual((await readManifest(content, await publicKeyOf(root))).files, files);
  await assert.rejects(readManifest(content, await publicKeyOf(random(32))), TrustError);
});

test("a draft is over after 24 hours, and when the clock was set far back", () => {
  const draft = emptyDraft(NOW);
  assert.ok(!isOver(draft, NOW + LONGEST - 1));
  assert.ok(isOver(draft, NOW + LONGEST));
  assert.ok(isOver(draft, NOW - LONGEST - 1));
});
