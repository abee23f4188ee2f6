import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, encode, random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { createEventReader } from "../../src/zicht/contact/static/contact/chat/events.js";
import { hash } from "../../src/zicht/contact/static/contact/chat/keys.js";
import { payPrice, zeroBits } from "../../src/zicht/contact/static/contact/chat/work.js";

const STREAM =
  'event: status\ndata: {"state":"waiting"}\n\n' +
  ": xxxxxxxxxxxxxxxx\n\n" +
  'id: 0,-1\nevent: message\ndata: {"seq":0}\n: filling\n\n' +
  "event: beat\ndata: {}\n\n" +
  "event: messa";

test("events come whole, in whatever pieces they arrive", () => {
  for (let size = 1; size < STREAM.length; size += 7) {
    /** @type {any[]} */
    const heard = [];
    const take = createEventReader((event) => heard.push(event));
    for (let place = 0; place < STREAM.length; place += size) {
      take(STREAM.slice(place, place + size));
    }
    assert.deepEqual(heard, [
      { event: "status", data: { state: "waiting" } },
      { event: "message", data: { seq: 0 } },
      { event: "beat", data: {} },
    ]);
  }
});

test("the price that is paid is what the server asked for", async () => {
  const convId = random(16);
  const price = { stamp: "now", bits: 11, challenge: encode(random(16)) };
  const paid = await payPrice(price, convId);
  const content = Buffer.concat([decode(price.challenge), convId, decode(paid.nonce)]);
  assert.equal(decode(paid.nonce).length, 8);
  assert.ok(zeroBits(hash(content)) >= 11);
  assert.deepEqual([paid.stamp, paid.bits], ["now", 11]);
  await assert.rejects(payPrice({ ...price, bits: 60 }, convId), RangeError);
});

test("leading zero bits are counted over bytes", () => {
  assert.equal(zeroBits(Uint8Array.of(0x80)), 0);
  assert.equal(zeroBits(Uint8Array.of(0, 0x01, 0xff)), 15);
  assert.equal(zeroBits(new Uint8Array(2)), 16);
});
