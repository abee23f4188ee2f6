/**
 * Reach the server: POST up, one stream down, read with fetch so that the bearer stays in a header.
 */
import { createEventReader } from "./events.js";

/** @import { ServerEvent } from "./events.js" */
/**
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} [headers]
 * @property {object | Uint8Array<ArrayBuffer>} [body] an object is sent as JSON
 * @property {boolean} [keepalive] goes on when the page is gone
 * @property {object} [beacon] what to send instead where that is not known
 * @property {AbortSignal} [signal]
 */
/** @typedef {{ credentials?: RequestCredentials, redirect?: RequestRedirect, headers?: Record<string, string> }} Own */
/** @typedef {{ status: number, body: any, retryAfter: number }} Answer retryAfter in seconds */
/**
 * @typedef {object} Transport
 * @property {(request: Call) => Promise<Answer>} call rejects when the server was not reached
 * @property {(request: Call, hear: (event: ServerEvent) => void) => Promise<Answer>} listen until the stream ends
 */

const LONGEST_WAIT = 40_000; // milliseconds for an answer; the server holds one back for 25 s at most

/**
 * @param {() => Own} [own] gives what goes with every request; nothing on the visitor's side
 * @returns {Transport}
 */
export function createTransport(own = () => ({})) {
  const complete = (/** @type {Call} */ request) => {
    const { headers, ...others } = own();
    return { ...request, ...others, headers: { ...request.headers, ...headers } };
  };
  return { call: (request) => call(complete(request)), listen: (request, hear) => listen(complete(request), hear) };
}

/**
 * @param {Call & Own} request
 * @returns {Promise<Answer>}
 */
async function call(request) {
  if (request.keepalive && request.beacon && !("keepalive" in Request.prototype)) {
    navigator.sendBeacon(request.path, new Blob([JSON.stringify(request.beacon)], { type: "text/plain" }));
    return { status: 204, body: null, retryAfter: 0 };
  }
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LONGEST_WAIT);
  request.signal?.addEventListener("abort", () => patience.abort());
  try {
    return await readAnswer(await send({ ...request, signal: patience.signal }));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Call & Own} request
 * @param {(event: ServerEvent) => void} hear
 * @returns {Promise<Answer>}
 */
async function listen(request, hear) {
  const response = await send(request);
  if (!response.ok || !response.body) {
    return readAnswer(response);
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const take = createEventReader(hear);
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      take(decoder.decode(part.value, { stream: true }));
    }
  } catch (error) {
    await reader.cancel().catch(() => {}); // it may be broken already
    throw error;
  }
  return { status: response.status, body: null, retryAfter: 0 };
}

/** @param {Call & Own} request */
function send({ method, path, headers = {}, body, keepalive = false, signal, credentials = "omit", redirect = "error" }) {
  const isBytes = body instanceof Uint8Array;
  const type = isBytes ? "application/octet-stream" : "application/json";
  return fetch(path, {
    method,
    headers: body ? { ...headers, "Content-Type": type } : headers,
    body: isBytes ? body : body ? JSON.stringify(body) : null,
    keepalive,
    signal: signal ?? null,
    cache: "no-store",
    credentials,
    redirect,
    referrerPolicy: "no-referrer",
  });
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function readAnswer(response) {
  const type = response.headers.get("Content-Type") ?? "";
  const content = new Uint8Array(await response.arrayBuffer());
  const body = type.startsWith("application/octet-stream") ? content : readJson(content);
  return { status: response.status, body, retryAfter: Number(response.headers.get("Retry-After") ?? 0) };
}

/**
 * Give what an answer says; one without content, or with a page of something on the way, says nothing.
 * @param {Uint8Array} content
 */
function readJson(content) {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    return null;
  }
}
