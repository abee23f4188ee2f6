import assert from "node:assert/strict";
import { test } from "node:test";

import { isPlainClick } from "../../src/zicht/site/static/site/rows.js";

const click = { button: 0, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const empty = { isOnControl: false, hasSelection: false };

test("a click in the open space of a row opens it", () => {
  assert.equal(isPlainClick(click, empty), true);
});

test("a click on the link itself is left to the browser", () => {
  assert.equal(isPlainClick(click, { ...empty, isOnControl: true }), false);
});

test("letting go after selecting text opens nothing", () => {
  assert.equal(isPlainClick(click, { ...empty, hasSelection: true }), false);
});

test("another mouse button or a held key opens nothing", () => {
  assert.equal(isPlainClick({ ...click, button: 1 }, empty), false);
  assert.equal(isPlainClick({ ...click, ctrlKey: true }, empty), false);
  assert.equal(isPlainClick({ ...click, metaKey: true }, empty), false);
  assert.equal(isPlainClick({ ...click, shiftKey: true }, empty), false);
});
