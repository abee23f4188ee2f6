/**
 * What only the desk seals: notes that no other conversation and no other desk opens.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { SealingError } from "../../src/zicht/contact/static/contact/chat/errors.js";
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
