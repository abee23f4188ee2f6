/**
 * What only the desk seals: notes that no other conversation and no other desk opens.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { encode, random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { SealingError } from "../../src/zicht/contact/static/contact/chat/errors.js";
import { Desk } from "../../src/zicht/contact/static/contact/desk/desk.js";
import { openNote, sealNote } from "../../src/zicht/contact/static/contact/desk/notes.js";

const [deskKey, convId] = [random(32), random(16)];
/** @type {import("../../src/zicht/contact/static/contact/desk/notes.js").Note} */
const note = { t: "text", body: "klinkt jong, vraag naar school" };

test("a note opens with the key of its desk and in its own conversation alone", () => {
  const sealed = sealNote(deskKey, convId, note);
  assert.deepEqual(openNote(deskKey, convId, sealed), note);
  assert.throws(() => openNote(random(32), convId, sealed), SealingError);
  assert.throws(() => openNote(deskKey, random(16), sealed), SealingError);
});

test("a note with any flipped bit does not open", () => {
  const sealed = sealNote(deskKey, convId, note);
  for (let place = 0; place < sealed.length; place += 7) {
    const changed = new Uint8Array(sealed);
    changed[place] = (changed[place] ?? 0) ^ 1;
    assert.throws(() => openNote(deskKey, convId, changed), SealingError);
  }
});

test("short notes have the same length whatever they say", () => {
  const lengths = ["a", "b".repeat(150)].map((body) => sealNote(deskKey, convId, { t: "text", body }).length);
  assert.equal(lengths[0], lengths[1]);
});

/**
 * A desk whose server has notes, and how often it was asked for them.
 * @param {import("../../src/zicht/contact/static/contact/desk/notes.js").Note[]} notes
 */
function deskWith(notes) {
  const by = { user: "u", shown_as: "Chris" };
  const asked = { times: 0 };
  const ask = () => {
    asked.times += 1;
    return Promise.resolve({ notes: notes.map((one) => ({ by, sealed: encode(sealNote(deskKey, convId, one)) })) });
  };
  const desk = new Desk(/** @type {any} */ ({ transport: {}, ask }), () => {});
  desk.deskKeys.set("chat/1", deskKey.slice());
  return { desk, asked };
}

/** @param {object} [changed] */
const rowWith = (changed) => /** @type {any} */ ({ conv_id: encode(convId), desk: "chat", epoch: 1, state: "open", notes: 2, ...changed });

test("a chat whose notes mark danger is shown so in the list of everybody, and notes are looked through once", async () => {
  const { desk, asked } = deskWith([note, { t: "danger", body: "112" }]);
  desk.takeRow(rowWith());
  desk.takeRow(rowWith());
  await new Promise((done) => setImmediate(done));
  assert.deepEqual([...desk.inDanger], [encode(convId)]);
  assert.equal(asked.times, 1);
  desk.dropRow(encode(convId));
  assert.equal(desk.inDanger.size, 0);
});

test("other notes, no notes and closed chats mark no danger", async () => {
  const { desk, asked } = deskWith([note, note]);
  desk.takeRow(rowWith());
  desk.takeRow(rowWith({ conv_id: encode(random(16)), notes: 0 }));
  desk.takeRow(rowWith({ conv_id: encode(random(16)), state: "closed" }));
  await new Promise((done) => setImmediate(done));
  assert.equal(desk.inDanger.size, 0);
  assert.equal(asked.times, 1);
});
