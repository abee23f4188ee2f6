/** Why a page of visitors could not go on: what is wrong with a key is a matter of trust, everything else of the line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as errors from "../../src/zicht/contact/static/contact/chat/errors.js";
import { reasonOf } from "../../src/zicht/contact/static/contact/chat/reasons.js";

const OTHERWISE = new Map([
  ["NotYetValidError", "wrong-clock"],
  ["ExpiredError", "wrong-clock"],
  ["TooLongError", "too-long"],
]);

test("whatever is wrong with a key or something sealed is never called a broken line", () => {
  for (const [name, Wrong] of Object.entries(errors)) {
    assert.equal(reasonOf(new Wrong()), OTHERWISE.get(name) ?? "not-trusted", name);
  }
});

test("a line that broke is no matter of trust", () => {
  for (const error of [new TypeError("fetch"), new Error(), null, "refused"]) {
    assert.equal(reasonOf(error), "unavailable");
  }
});
