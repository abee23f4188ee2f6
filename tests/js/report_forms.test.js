import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { FormatError } from "../../src/zicht/contact/static/contact/chat/errors.js";
import { FROM_VISITOR } from "../../src/zicht/contact/static/contact/chat/keys.js";
import { readInner, writeInner } from "../../src/zicht/contact/static/contact/chat/messages.js";
import { alongOf, goesAlong } from "../../src/zicht/contact/static/contact/desk/taking.js";
import { faults, pagesOf, shown } from "../../src/zicht/contact/static/contact/report/form_rules.js";
import { writeReport } from "../../src/zicht/contact/static/contact/report/written_report.js";

const vectors = JSON.parse(readFileSync(new URL("../contact/vectors/report_forms.json", import.meta.url), "utf8"));
const PLACES = { GM0363: "Amsterdam" };
const ack = random(32);

/** @param {unknown} body */
function inner(body) {
  return /** @type {any} */ ({ t: "report", body, ack });
}

for (const { form, questions, cases } of vectors.forms) {
  test(`the page asks the same of ${form} as Python, and finds the same faults`, () => {
    for (const { answers, shown: wanted, faults: wrong } of cases) {
      assert.deepEqual(shown(questions, answers), wanted);
      assert.deepEqual(faults(questions, answers, vectors.today), wrong);
      assert.deepEqual(pagesOf(questions, answers).flat().map(({ name }) => name), wanted);
      assert.ok(pagesOf(questions, answers).every((page) => page.length > 0));
    }
  });
}

test("a report is written as in Python, in as many messages as it needs, and each of them can be sealed", () => {
  const { form, answers, bodies } = vectors.report;
  const written = writeReport(form, answers, PLACES);
  assert.deepEqual(written.map(({ body }) => body), bodies);
  assert.ok(bodies.length > 1);
  for (const body of bodies) {
    assert.deepEqual(readInner(writeInner(inner(body), FROM_VISITOR), FROM_VISITOR).body, body);
  }
});

test("a body in another form is refused", () => {
  for (const body of vectors.refused) {
    assert.throws(() => writeInner(inner(body), FROM_VISITOR), FormatError, JSON.stringify(body));
  }
});

// --- what goes along to intake ---

/** @param {unknown[]} bodies */
function entries(bodies) {
  return bodies.map((body, seq) => ({ direction: FROM_VISITOR, seq, inner: inner(body) }));
}

const catalogue = new Map([["DOC02", { urgency: "u3_week" }], ["MOV01", { urgency: "u1_now" }]]);
const row = /** @type {any} */ ({ kind: "report", opened: "2026-11-26T21" });

test("only codes go along to intake, and no word that somebody wrote", () => {
  const along = alongOf(row, "reports", entries(vectors.report.bodies), catalogue);
  assert.deepEqual(along, {
    v: 1, source: "report_box", channel: "webform", kind: "report", role: "bystander_public", urgency: null, received_on: "2026-11-26",
    forms: ["sexual", "labour"], timing: null, age_band: null, municipality: "GM0363", postcode: null, house_number: null,
    observer: null, situation: null, signals: [], source_yes: null, seen: true,
  });
});

test("codes that somebody made up in another program do not go along", () => {
  const answer = (/** @type {string} */ field, /** @type {string[]} */ codes) => ({ q: "a", ask: { nl: "A" }, codes, said: codes.map((nl) => ({ nl })), text: "", field });
  const answers = [
    answer("exploitation.forms", ["labour", "<script>", "Naam van iemand", "unknown"]),
    answer("signal.indicator", ["DOC02", "Jan Jansen", "DOC2"]),
    answer("signal.place_code", ["Dorpsstraat 1", "GM0014"]),
    { ...answer("signal.observed_on", []), text: "toen zij jarig was" },
  ];
  const along = /** @type {any} */ (alongOf(row, "press", entries([{ form: "f", version: 1, audience: "source", part: 1, parts: 1, answers }]), catalogue));
  assert.deepEqual([along.forms, along.municipality, along.channel, along.kind, along.role, along.urgency], [["labour"], "GM0014", "press_tip", "tip", null, "u3_week"]);
  assert.deepEqual(along.signals, [{ indicator: "DOC02", basis: "hearsay", observed_on: null, state: "noted" }]);
  const shown = answers.flatMap(({ field, codes, text }) => [...codes, text].filter((code) => goesAlong(along, field, code)));
  assert.deepEqual(shown, ["labour", "DOC02", "GM0014"], "what is said to go along is what goes along");
});

test("a chat is nothing to take into intake", () => {
  assert.equal(alongOf({ ...row, kind: "chat" }, "chat", entries(vectors.report.bodies), catalogue), null);
  assert.equal(alongOf(row, "reports", [], catalogue), null);
});
