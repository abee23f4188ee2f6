import assert from "node:assert/strict";
import { test } from "node:test";

import { chooseShortcut } from "../../src/zicht/site/static/site/shortcuts.js";

/** @param {string} key */
const press = (key) => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false });
const reading = { isTyping: false, isOn: true };

test("a question mark shows the help, a slash goes to the search field, and n adds something", () => {
  assert.equal(chooseShortcut(press("?"), reading), "help");
  assert.equal(chooseShortcut(press("/"), reading), "search");
  assert.equal(chooseShortcut(press("n"), reading), "add");
});

test("an n in a text is an n", () => {
  assert.equal(chooseShortcut(press("n"), { ...reading, isTyping: true }), null);
});

test("other keys mean nothing", () => {
  assert.equal(chooseShortcut(press("a"), reading), null);
});

test("a question mark in a text is a question mark", () => {
  assert.equal(chooseShortcut(press("?"), { ...reading, isTyping: true }), null);
});

test("shortcuts that are turned off do nothing", () => {
  assert.equal(chooseShortcut(press("?"), { ...reading, isOn: false }), null);
});

test("the browser's own shortcuts are left alone", () => {
  assert.equal(chooseShortcut({ ...press("/"), ctrlKey: true }, reading), null);
});

test("a key that is held down counts once", () => {
  assert.equal(chooseShortcut({ ...press("?"), repeat: true }, reading), null);
});
