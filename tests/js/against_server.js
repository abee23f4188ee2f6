/**
 * The visitor's client against a real server: node tests/js/against_server.js ADDRESS ROOT. It says each step on a line, and waits for a
 * line before it goes on. tests/contact/test_scripts_and_server.py runs it.
 */
import { createInterface } from "node:readline";

import { askForDesk, begin, comeBack, keepUnderCode } from "../../src/zicht/contact/static/contact/chat/begin.js";
import { decode } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { Calls } from "../../src/zicht/contact/static/contact/chat/calls.js";
import { createTransport } from "../../src/zicht/contact/static/contact/chat/http.js";

const [address, root] = process.argv.slice(2).map(String);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const fetchPath = globalThis.fetch;
// A page asks its own server without naming it.
globalThis.fetch = (/** @type {any} */ path, /** @type {any} */ options) => fetchPath(new URL(String(path), address), options);

/** @param {object} step */
async function tell(step) {
  console.log(JSON.stringify(step));
  await lines.next();
}

/** @param {() => boolean} isSo */
async function until(isSo) {
  for (let tries = 0; !isSo() && tries < 1000; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const tools = { transport: createTransport(), pace: { first: 50, longest: 500 } };
const { org } = await askForDesk(new Calls(tools.transport), "chat");
const place = { org, desk: "chat", root: decode(root) };
const conversation = await begin(tools, place, { kind: "message", language: "nl" });
void conversation.start();
await conversation.say({ t: "text", body: "hallo" });
await tell({ conv_id: Buffer.from(conversation.convId).toString("hex") });
await until(() => conversation.entries.length === 2);
const bodies = conversation.entries.map(({ inner }) => inner.body);
const code = await keepUnderCode(conversation, org);
const again = await comeBack(tools, org, code);
const trouble = [conversation.trouble, again.trouble].map((one) => one?.constructor.name ?? null);
await tell({ bodies, again: again.entries.map(({ inner }) => inner.body), trouble, unseen: conversation.unseen });
const isWiped = await again.wipe();
await until(() => conversation.gone !== null);
await tell({ isWiped, gone: conversation.gone, left: conversation.entries.length });
process.exit(0);
