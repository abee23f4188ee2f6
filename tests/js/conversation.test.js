import assert from "node:assert/strict";
import { test } from "node:test";

import { begin, ClosedError, comeBack, keepUnderCode, UnavailableError } from "../../src/zicht/contact/static/contact/chat/begin.js";
import { makeKey } from "../../src/zicht/contact/static/contact/chat/box.js";
import { decode, encode, random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { Transcript } from "../../src/zicht/contact/static/contact/chat/chain.js";
import { Conversation } from "../../src/zicht/contact/static/contact/chat/conversation.js";
import * as errors from "../../src/zicht/contact/static/contact/chat/errors.js";
import { keysOf } from "../../src/zicht/contact/static/contact/chat/keys.js";
import { hashOfOpening, openOpening } from "../../src/zicht/contact/static/contact/chat/opening.js";
import { publicKeyOf, signStatement } from "../../src/zicht/contact/static/contact/chat/statements.js";
import { envelopeFromWire } from "../../src/zicht/contact/static/contact/chat/wire.js";
import { createChance, createNetwork, FakeServer } from "./fake_server.js";

const DAY = 86_400;
const NOW = 1_800_000_000;
const PACE = { silence: 40, first: 2, longest: 8, wait: 0 };
const now = () => NOW;
const [root, lead] = [random(32), random(32)];
const { privateKey, publicKey } = await makeKey();
const place = { org: "org-1", desk: "desk-a", root: await publicKeyOf(root) };
const wish = /** @type {const} */ ({ kind: "chat", language: "nl" });

async function makeDesk(more = {}) {
  const period = { not_before: NOW - DAY, not_after: NOW + 6 * DAY };
  const certificate = { org: "org-1", desks: ["desk-a"], lead: "lead-1", ed_pk: encode(await publicKeyOf(lead)), ...period };
  const key = { org: "org-1", desk: "desk-a", epoch: 7, ...period, pk: encode(publicKey) };
  return {
    is_open: true,
    opens_at: "09:00",
    key: { lead: await signStatement("lead", root, certificate), key: await signStatement("desk-key", lead, key) },
    price: { stamp: "s", bits: 4, challenge: encode(random(16)) },
    ...more,
  };
}

/** @param {any} how */
async function meet(how = {}) {
  const server = new FakeServer(await makeDesk());
  const network = createNetwork(server, how);
  const tools = { transport: network, pace: PACE };
  const conversation = await begin(tools, place, wish, now);
  return { server, network, tools, conversation, convId: encode(conversation.convId) };
}

/** What a counsellor's browser does: open, read everything in its order, write. */
class Counsellor {
  /** @param {any} found */
  constructor(found) {
    this.found = found;
    this.read = 0;
  }

  async open() {
    this.secret = await openOpening(this.found.opening, { ...place, epoch: 7 }, privateKey);
    this.transcript = new Transcript(keysOf(this.secret), this.found.opening.convId, hashOfOpening(this.found.opening));
    return this;
  }

  catchUp() {
    const fresh = this.found.order.slice(this.read);
    this.read = this.found.order.length;
    return fresh.map((/** @type {any} */ one) => this.transcript?.receive(envelopeFromWire(one.wire)).body);
  }

  /** @param {string} body */
  seal(body) {
    this.catchUp();
    return /** @type {any} */ (this.transcript).sealNext(1, { t: "text", body }, random(24), "Anna");
  }
}

/** @param {FakeServer} server @param {string} convId */
const counsellorOf = (server, convId) => new Counsellor(server.conversations.get(convId)).open();

/** @param {() => boolean} isSo */
async function until(isSo) {
  for (let tries = 0; !isSo(); tries += 1) {
    assert.ok(tries < 3000, "it never came to that");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const bodies = (/** @type {Conversation} */ conversation) => conversation.entries.map(({ inner }) => inner.body);

test("both sides read what the other wrote, and each knows what was seen", async () => {
  const { server, conversation, convId } = await meet();
  void conversation.start();
  await conversation.say({ t: "text", body: "hello" });
  const counsellor = await counsellorOf(server, convId);
  server.writeFromDesk(convId, counsellor.seal("you are welcome"));
  await until(() => conversation.entries.length === 2);
  assert.deepEqual(bodies(conversation), ["hello", "you are welcome"]);
  assert.equal(conversation.unseen, 0);
  assert.equal(conversation.status?.state, "waiting");
  conversation.stop();
});

for (const seed of [1, 2, 3, 4]) {
  test(`over a network that loses, repeats and cuts (seed ${seed}) all arrives once and in order`, async (t) => {
    const { server, conversation, convId } = await meet({ chance: createChance(seed), trouble: 0.4 });
    t.after(() => conversation.stop());
    void conversation.start();
    const counsellor = await counsellorOf(server, convId);
    const sent = Array.from({ length: 12 }, (_, number) => `v${number}`);
    const back = Array.from({ length: 12 }, (_, number) => `o${number}`);
    for (const [number, body] of sent.entries()) {
      void conversation.say({ t: "text", body });
      server.writeFromDesk(convId, counsellor.seal(String(back[number])));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await until(() => conversation.entries.length === 24 && conversation.unsent.length === 0);
    counsellor.catchUp();
    const stored = server.conversations.get(convId).chains[0];
    assert.equal(stored.length, 12);
    assert.deepEqual(bodies(conversation).filter((body) => String(body).startsWith("v")), sent);
    assert.deepEqual(bodies(conversation).filter((body) => String(body).startsWith("o")), back);
    assert.equal(conversation.trouble, null);
  });
}

test("where streams do not come through, asking does", async () => {
  const { server, conversation, convId } = await meet({ streams: false });
  void conversation.start();
  const counsellor = await counsellorOf(server, convId);
  server.writeFromDesk(convId, counsellor.seal("here"));
  await until(() => bodies(conversation).includes("here"));
  assert.ok(server.log.includes("GET /chat/v1/messages"));
  conversation.stop();
});

test("a minute without a network loses nothing", async () => {
  const { server, network, conversation, convId } = await meet();
  void conversation.start();
  await conversation.say({ t: "text", body: "before" });
  network.isDown = true;
  void conversation.say({ t: "text", body: "during" });
  const counsellor = await counsellorOf(server, convId);
  server.writeFromDesk(convId, counsellor.seal("meanwhile"));
  await until(() => !conversation.isConnected);
  assert.equal(conversation.unsent.length, 1);
  network.isDown = false;
  await until(() => conversation.entries.length === 3 && conversation.unsent.length === 0);
  assert.equal(conversation.trouble, null);
  conversation.stop();
});

test("two pages of one conversation write into each other's chain and seal again", async () => {
  const { tools, conversation, server, convId } = await meet();
  const code = await keepUnderCode(conversation, "org-1");
  const second = await comeBack(tools, "org-1", code.toLowerCase());
  await Promise.all([
    ...[0, 1, 2].map((number) => conversation.say({ t: "text", body: `a${number}` })),
    ...[0, 1, 2].map((number) => second.say({ t: "text", body: `b${number}` })),
  ]);
  const counsellor = await counsellorOf(server, convId);
  assert.deepEqual(counsellor.catchUp().sort(), ["a0", "a1", "a2", "b0", "b1", "b2"]);
  await conversation.catchUp();
  await second.catchUp();
  assert.deepEqual(bodies(conversation), bodies(second));
});

test("who comes back with a code reads everything again; another code finds nothing", async () => {
  const { server, tools, conversation, convId } = await meet();
  await conversation.say({ t: "text", body: "one" });
  const counsellor = await counsellorOf(server, convId);
  server.writeFromDesk(convId, counsellor.seal("two"));
  const code = await keepUnderCode(conversation, "org-1");
  const again = await comeBack(tools, "org-1", code);
  assert.deepEqual(bodies(again), ["one", "two"]);
  assert.equal(again.trouble, null);
  await assert.rejects(comeBack(tools, "org-1", "0000-0000-0000-0000"), errors.CodeError);
  await assert.rejects(comeBack(tools, "org-1", "no code"), errors.CodeError);
});

test("a history whose end was held back is shown as such to who comes back", async () => {
  const { server, tools, conversation, convId } = await meet();
  await conversation.say({ t: "text", body: "one" });
  await conversation.say({ t: "text", body: "two" });
  const counsellor = await counsellorOf(server, convId);
  server.writeFromDesk(convId, counsellor.seal("three"));
  const code = await keepUnderCode(conversation, "org-1");
  const found = server.conversations.get(convId);
  found.order = found.order.filter((/** @type {any} */ one) => one.wire.dir === 1 || one.wire.seq === 0);
  const again = await comeBack(tools, "org-1", code);
  assert.ok(again.trouble instanceof errors.CutTailError);
});

test("a message changed on the way is shown as trouble and never as text", async () => {
  const { server, network, conversation, convId } = await meet();
  network.bend = (event) => {
    if (event.event !== "message") {
      return [event];
    }
    const ct = decode(event.data.ct);
    ct[0] = Number(ct[0]) ^ 1;
    return [{ event: "message", data: { ...event.data, ct: encode(ct) } }];
  };
  void conversation.start();
  const counsellor = await counsellorOf(server, convId);
  server.writeFromDesk(convId, counsellor.seal("secret"));
  await until(() => conversation.trouble !== null);
  assert.ok(conversation.trouble instanceof errors.DoesNotOpenError);
  assert.deepEqual(bodies(conversation), []);
  conversation.stop();
});

test("a message that comes too early begins the stream anew, one that never comes is shown as missing", async () => {
  const { server, network, conversation, convId } = await meet();
  const counsellor = await counsellorOf(server, convId);
  let isHeldBack = true;
  network.bend = (event) => (isHeldBack && event.data.seq === 0 ? [] : [event]);
  void conversation.start();
  server.writeFromDesk(convId, counsellor.seal("first"));
  server.writeFromDesk(convId, counsellor.seal("second"));
  await until(() => conversation.trouble !== null);
  assert.ok(conversation.trouble instanceof errors.MissingBeforeError);
  isHeldBack = false;
  await until(() => conversation.entries.length === 2);
  assert.deepEqual(bodies(conversation), ["first", "second"]);
  conversation.stop();
});

test("wiping while a message is on its way ends wiped, and nothing is left here", async () => {
  const { server, conversation, convId } = await meet();
  void conversation.start();
  const saying = conversation.say({ t: "text", body: "take it back" });
  assert.equal(await conversation.wipe(), true);
  await saying;
  assert.equal(server.conversations.get(convId).state, "wiped");
  assert.deepEqual([conversation.gone, conversation.secret, conversation.entries, conversation.unsent], ["wiped", null, [], []]);
});

test("wiping goes on until the server confirmed it", async () => {
  const { server, network, conversation, convId } = await meet();
  network.planned = ["lost", "500", "answer lost"].map((fault) => ({ path: "/chat/v1/wipe", fault }));
  assert.equal(await conversation.wipe(), true);
  assert.equal(server.conversations.get(convId).state, "wiped");
  assert.equal(server.log.filter((line) => line.endsWith("/wipe")).length, 2);
});

test("the other side's wiping reaches an open page", async () => {
  const { server, conversation, convId } = await meet();
  const listening = conversation.start();
  await until(() => conversation.isConnected);
  const found = server.conversations.get(convId);
  found.state = "wiped";
  server.tell(found, { event: "wiped", data: { why: "wiped" } });
  await listening;
  assert.equal(conversation.gone, "wiped");
});

test("after the end nothing is sent, and what was typed stays unsent and visible", async () => {
  const { conversation } = await meet();
  await conversation.end();
  await conversation.say({ t: "text", body: "still there?" });
  assert.equal(conversation.isEnded, true);
  assert.equal(conversation.unsent.length, 1);
});

test("leaving sends the end, or the message that is still unsent, and wipes nothing", async () => {
  const { server, conversation, convId } = await meet();
  await conversation.say({ t: "text", body: "hello" });
  conversation.leave();
  await until(() => server.conversations.get(convId).state === "closed");

  const other = await meet();
  other.network.isDown = true;
  void other.conversation.say({ t: "text", body: "he is coming" });
  await until(() => other.conversation.unsent[0]?.envelope !== null);
  other.network.isDown = false;
  other.conversation.leave();
  const found = other.server.conversations.get(other.convId);
  await until(() => found.chains[0].length === 1);
  assert.equal(found.state, "waiting");
  assert.equal(other.conversation.secret, null);
});

test("leaving while a wipe is on its way sends the wipe once more, and not the end", async () => {
  const { server, network, conversation, convId } = await meet();
  network.isDown = true;
  void conversation.wipe();
  await until(() => conversation.isWiping);
  network.isDown = false;
  conversation.leave();
  await until(() => server.conversations.get(convId).state === "wiped");
  assert.equal(server.log.filter((line) => line.endsWith("/end")).length, 0);
});

test("a price that rises is paid, and opening twice is opening once", async () => {
  const server = new FakeServer(await makeDesk());
  const network = createNetwork(server);
  const transport = {
    ...network,
    call: async (/** @type {any} */ request) => {
      const given = await network.call(request);
      server.price = { ...server.price, bits: 6 };
      return given;
    },
  };
  network.planned = [
    { path: "/chat/v1/open", fault: "" },
    { path: "/chat/v1/open", fault: "answer lost" },
  ];
  await begin({ transport, pace: PACE }, place, wish, now);
  assert.equal(server.conversations.size, 1);
});

test("outside hours a chat is refused with the hour of opening, and a message is taken", async () => {
  const server = new FakeServer(await makeDesk({ is_open: false }));
  const tools = { transport: createNetwork(server), pace: PACE };
  await assert.rejects(begin(tools, place, wish, now), (error) => error instanceof ClosedError && error.opensAt === "09:00");
  assert.ok(await begin(tools, place, { ...wish, kind: "message" }, now));
});

test("nothing is sealed when no key of the desk can be trusted", async () => {
  const cases = /** @type {[any, any, any][]} */ ([
    [await makeDesk({ key: null }), place, UnavailableError],
    [await makeDesk(), { ...place, root: await publicKeyOf(lead) }, errors.InventedLeadError],
    [await makeDesk(), { ...place, desk: "desk-b" }, errors.LeadNotForDeskError],
    [await makeDesk(), { ...place, org: "org-2" }, errors.WrongOrganisationError],
  ]);
  for (const [desk, where, refusal] of cases) {
    const server = new FakeServer(desk);
    await assert.rejects(begin({ transport: createNetwork(server), pace: PACE }, where, wish, now), refusal);
    assert.equal(server.conversations.size, 0);
  }
  const server = new FakeServer(await makeDesk());
  const tools = { transport: createNetwork(server), pace: PACE };
  await assert.rejects(begin(tools, place, wish, () => NOW + 8 * DAY), errors.ExpiredError);
});
