import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { isPositive, suggest } from "../../src/zicht/contact/static/contact/signs/dimensions.js";
import { isFound, isOffered, plain } from "../../src/zicht/signals/checklist/scripts/choosing.js";

/** @param {string} name */
function read(name) {
  return JSON.parse(readFileSync(new URL(`../signals/vectors/${name}.json`, import.meta.url), "utf8"));
}

const dimensions = read("dimensions");
const choosing = read("choosing");

test("a dimension is positive with the same combinations as in Python", () => {
  for (const { counts, is_positive } of dimensions.strengths) {
    const have = ["strong", "medium", "weak"].flatMap((strength, place) => Array(counts[place]).fill(strength));
    assert.equal(isPositive(have), is_positive, String(counts));
  }
});

test("signals suggest the same as in Python", () => {
  const catalogue = new Map(Object.entries(dimensions.catalogue));
  for (const { case: name, noted, is_minor, kind, positive, rests_on } of dimensions.cases) {
    const found = suggest(noted, /** @type {any} */ (catalogue), is_minor);
    const filled = found.dimensions.filter((one) => one.isPositive).map(({ code }) => code);
    assert.deepEqual([found.kind, filled, found.restsOn], [kind, positive, rests_on], name);
  }
  assert.throws(() => suggest(["XXX01"], /** @type {any} */ (catalogue), null), RangeError);
});

test("who looks and where chooses the same indicators as in Python", () => {
  for (const { case: name, observer, groups, age, offered } of choosing.cases) {
    const found = Object.entries(choosing.indicators).filter(([, { group, applies_to, observers, is_active }]) =>
      isOffered({ group, appliesTo: applies_to, observers, isActive: is_active }, observer, groups, age),
    );
    assert.deepEqual(found.map(([code]) => code), offered, name);
  }
});

test("every word that was typed must be found, whatever its accents and capitals", () => {
  const searched = plain("Eén bankpas of rekening, PASPOORT");
  assert.ok(isFound(" een  Paspoort ", searched));
  assert.ok(isFound("bankpás", searched));
  assert.ok(!isFound("een fiets", searched));
});
