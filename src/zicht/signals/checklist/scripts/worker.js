/**
 * The worker behind the checklist: gives the page without a network, and sends what waits when the network is back.
 */
import { createTransport } from "../../../contact/static/contact/chat/http.js";
import { keepNewest, keptFile } from "./keeping.js";
import { sendAll } from "./outbox.js";

/** @typedef {Event & { waitUntil: (work: Promise<unknown>) => void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith: (answer: Promise<Response>) => void }} Fetching */
/** @typedef {Lasting & { data: unknown }} Asked */
/**
 * @typedef {object} Worker what a worker of this kind is to itself; the types of a page do not know it
 * @property {{ scope: string }} registration
 * @property {{ claim: () => Promise<void> }} clients
 * @property {() => Promise<void>} skipWaiting
 * @property {(kind: string, hear: (event: any) => void) => void} addEventListener
 * @property {Location} location
 */

const me = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
const folder = me.registration.scope;
// The root stands in the page, which names this script with it: its bytes are the same for every organisation.
const root = new URLSearchParams(me.location.search).get("root") ?? "";
const FIRST = "checklist.html";

me.addEventListener("install", (/** @type {Lasting} */ event) => {
  event.waitUntil(keepNewest(folder, root).then(() => me.skipWaiting()));
});
me.addEventListener("activate", (/** @type {Lasting} */ event) => event.waitUntil(me.clients.claim()));
me.addEventListener("message", (/** @type {Asked} */ event) => {
  if (event.data === "look") {
    event.waitUntil(keepNewest(folder, root).catch(() => {}));
  }
});
me.addEventListener("sync", (/** @type {Lasting} */ event) => event.waitUntil(sendAll(createTransport())));
me.addEventListener("fetch", (/** @type {Fetching} */ event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(folder)) {
    event.respondWith(keptFile(request.url, folder, FIRST).then((kept) => kept ?? fetch(request)));
  }
});
