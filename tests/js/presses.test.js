import assert from "node:assert/strict";
import { test } from "node:test";

import { LONGEST_PAUSE, createPressCounter } from "../../src/zicht/contact/static/contact/presses.js";

/**
 * @param {[string, number][]} presses
 * @returns {boolean} whether the last press was enough
 */
function press(presses) {
  const isEnough = createPressCounter(["Escape", "Shift"], 3);
  return presses.map(([key, time]) => isEnough(key, time)).at(-1) ?? false;
}

test("three quick presses of Escape are enough", () => {
  assert.equal(press([["Escape", 0], ["Escape", 200], ["Escape", 400]]), true);
});

test("three quick presses of Shift are enough", () => {
  assert.equal(press([["Shift", 0], ["Shift", 200], ["Shift", 400]]), true);
});

test("two presses are not enough", () => {
  assert.equal(press([["Escape", 0], ["Escape", 200]]), false);
});

test("typing capitals does not leave the page, because letters come in between", () => {
  assert.equal(press([["Shift", 0], ["A", 50], ["Shift", 300], ["B", 350], ["Shift", 600]]), false);
});

test("two different keys do not add up", () => {
  assert.equal(press([["Escape", 0], ["Shift", 100], ["Escape", 200]]), false);
});

test("a pause starts the count again", () => {
  const late = 200 + LONGEST_PAUSE + 1;
  assert.equal(press([["Escape", 0], ["Escape", 200], ["Escape", late]]), false);
  assert.equal(press([["Escape", 0], ["Escape", 200], ["Escape", late], ["Escape", late + 1], ["Escape", late + 2]]), true);
});

test("another key pressed three times does nothing", () => {
  assert.equal(press([["a", 0], ["a", 100], ["a", 200]]), false);
});
