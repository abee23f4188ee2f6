/**
 * Send what was sealed, once: the same bytes under the same number until there is an answer, however often answers get lost.
 */
import { decode } from "../../../contact/static/contact/chat/bytes.js";
import { payPrice } from "../../../contact/static/contact/chat/work.js";
import { read, readAll, remove, write } from "./store.js";

/** @import { Transport, Answer } from "../../../contact/static/contact/chat/http.js" */
/** @import { Price } from "../../../contact/static/contact/chat/work.js" */
/**
 * @typedef {object} Waiting what was sealed; nothing in it opens it
 * @property {string} id the number of the conversation, base64url
 * @property {string} desk
 * @property {string} language
 * @property {"waiting" | "late" | "gone"} state late: the key of the desk ended before there was a network; gone: the desk
 *   ended or destroyed it before an answer came here
 * @property {number} finishedAt milliseconds since 1970
 * @property {object} opening
 * @property {object} envelope
 * @property {string} cap lets somebody add to the conversation, and opens nothing
 */

const LOCK = "zicht-checklist-outbox";
const CHANGES = "zicht-checklist-outbox-changes";
const MOST_PRICES = 3; // times that a price may change under way

/** @returns {Promise<Waiting[]>} */
export function listOutbox() {
  return readAll("outbox");
}

/**
 * Send everything that waits. Two windows and the worker take turns.
 * @param {Transport} transport
 */
export function sendAll(transport) {
  return navigator.locks.request(LOCK, async () => {
    for (const one of await listOutbox()) {
      if (one.state === "waiting") {
        await send(transport, one);
      }
    }
    const channel = new BroadcastChannel(CHANGES);
    channel.postMessage("changed");
    channel.close();
  });
}

/**
 * Hear when a window or the worker sent something.
 * @param {() => void} hear
 */
export function hearOfChanges(hear) {
  new BroadcastChannel(CHANGES).addEventListener("message", hear);
}

/**
 * @param {Transport} transport
 * @param {Waiting} waiting
 */
async function send(transport, waiting) {
  const answer = await handIn(transport, waiting);
  const state = answer ? stateAfter(answer) : "waiting";
  if (answer?.status === 200) {
    await remove("outbox", waiting.id);
  } else if (state !== waiting.state && (await read("outbox", waiting.id))) {
    await write("outbox", waiting.id, { ...waiting, state }); // unless somebody erased it meanwhile
  }
}

/**
 * Send what a phone without room could not keep, and tell whether it is with the desk; the same one may be tried again.
 * @param {Transport} transport
 * @param {Waiting} waiting
 */
export async function sendUnkept(transport, waiting) {
  return (await handIn(transport, waiting))?.status === 200;
}

/**
 * @param {Transport} transport
 * @param {Waiting} waiting
 */
async function handIn(transport, waiting) {
  const opened = await open(transport, waiting);
  return opened?.status === 200 ? post(transport, "/chat/v1/messages", waiting.envelope, headersOf(waiting)) : opened;
}

/**
 * Name how it stands after a refusal; whatever may pass by itself leaves it waiting.
 * @param {Answer} answer
 * @returns {Waiting["state"]}
 */
function stateAfter({ status, body }) {
  if (status === 409 && body?.error === "gone_from_desk") {
    return "late";
  }
  // The number is random: a conversation that had it was opened from here, and the desk ended or destroyed it.
  return status === 410 || (status === 409 && ["duplicate", "ended"].includes(body?.error)) ? "gone" : "waiting";
}

/**
 * @param {Transport} transport
 * @param {Waiting} waiting
 */
async function open(transport, waiting) {
  const found = await reach(transport, { method: "GET", path: `/chat/v1/desks/${encodeURIComponent(waiting.desk)}` });
  /** @type {Price | undefined} */
  let price = found?.status === 200 ? found.body.price : undefined;
  let answer = null;
  for (let times = 0; price && times < MOST_PRICES; times += 1) {
    const pow = await payPrice(price, decode(waiting.id));
    answer = await post(transport, "/chat/v1/open", { ...waiting.opening, kind: "checklist", language: waiting.language, pow }, {});
    price = answer?.body?.error === "price" ? answer.body.price : undefined;
  }
  return answer;
}

/** @param {Waiting} waiting */
function headersOf(waiting) {
  return { "Zicht-Conversation": waiting.id, Authorization: `Bearer ${waiting.cap}` };
}

/**
 * @param {Transport} transport
 * @param {string} path
 * @param {object} body
 * @param {Record<string, string>} headers
 */
function post(transport, path, body, headers) {
  return reach(transport, { method: "POST", path, headers, body });
}

/**
 * @param {Transport} transport
 * @param {import("../../../contact/static/contact/chat/http.js").Call} request
 * @returns {Promise<Answer | null>}
 */
function reach(transport, request) {
  return transport.call(request).catch(() => null);
}
