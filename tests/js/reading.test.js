import assert from "node:assert/strict";
import { test } from "node:test";

import { codePoints, partOf } from "../../src/zicht/evidence/static/evidence/reading.js";

test("characters are counted as the server does, whatever plane they are of", () => {
  assert.equal(codePoints("a𝄞b", 3), 2);
  assert.equal(codePoints("één", 2), 2);
});

test("a part of a picture is the same whichever way it was dragged, and lies within it", () => {
  const box = { left: 10, top: 20, width: 100, height: 50 };
  const forth = partOf({ x: 20, y: 25 }, { x: 60, y: 45 }, box);
  assert.deepEqual(forth, partOf({ x: 60, y: 45 }, { x: 20, y: 25 }, box));
  assert.deepEqual(forth, [0.1, 0.1, 0.4, 0.4]);
  assert.deepEqual(partOf({ x: -500, y: 0 }, { x: 900, y: 900 }, box), [0, 0, 1, 1]);
});
