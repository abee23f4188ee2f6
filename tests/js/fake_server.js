/**
 * A small server after docs/chat-protocol.md that keeps everything in memory, and a network in front of it that loses requests,
 * loses answers, sends twice, and cuts streams. Chance comes from a seed, so that a failing run can be repeated.
 */
import { createHash } from "node:crypto";

import { decode, encode, isSame } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { hashOfEnvelope, readEnvelope, writeEnvelope } from "../../src/zicht/contact/static/contact/chat/messages.js";
import { hashOfOpening } from "../../src/zicht/contact/static/contact/chat/opening.js";
import { envelopeFromWire, openingFromWire } from "../../src/zicht/contact/static/contact/chat/wire.js";
import { zeroBits } from "../../src/zicht/contact/static/contact/chat/work.js";

/** @param {number} seed */
export function createChance(seed) {
  let state = seed;
  return () => {
    // mulberry32, enough for tests
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sha256 = (/** @type {Uint8Array} */ content) => new Uint8Array(createHash("sha256").update(content).digest());
const answer = (/** @type {number} */ status, /** @type {any} */ body = null, retryAfter = 0) => ({ status, body, retryAfter });
const refuse = (/** @type {number} */ status, /** @type {string} */ error, more = {}) => answer(status, { error, ...more });

export class FakeServer {
  /** @param {any} desk what GET desks answers */
  constructor(desk) {
    this.desk = desk;
    /** @type {Map<string, any>} */
    this.conversations = new Map();
    /** @type {any[]} */
    this.returns = [];
    this.price = desk.price;
    this.log = /** @type {string[]} */ ([]);
  }

  /** @param {import("../../src/zicht/contact/static/contact/chat/http.js").Call} request */
  handle(request) {
    const { method, path, body = {}, headers = {} } = /** @type {any} */ (request);
    this.log.push(`${method} ${path}`);
    if (path.startsWith("/chat/v1/desks/")) {
      return answer(200, { ...this.desk, price: this.price });
    }
    if (path === "/chat/v1/open") {
      return this.open(body);
    }
    if (path === "/chat/v1/return/find") {
      const found = this.returns.find((one) => one.h_lookup === encode(sha256(decode(body.lookup))));
      return found ? answer(200, { conv_id: found.conv_id, sealed: found.sealed, opening: found.opening }) : refuse(404, "unknown");
    }
    return this.handleKnown(method, path, body, headers);
  }

  /** @param {any} body */
  open(body) {
    const { kind, language, pow, ...fields } = body;
    const opening = openingFromWire(fields);
    const kept = this.conversations.get(fields.conv_id);
    if (kept) {
      const isSameOpening = kept.digest === encode(hashOfOpening(opening));
      return isSameOpening ? answer(200, { state: "waiting", kind, hash: kept.digest }) : refuse(409, "duplicate");
    }
    const work = new Uint8Array([...decode(this.price.challenge), ...opening.convId, ...decode(pow.nonce)]);
    if (pow.bits < this.price.bits || zeroBits(sha256(work)) < this.price.bits) {
      return refuse(429, "price", { price: this.price });
    }
    if (kind === "chat" && !this.desk.is_open) {
      return refuse(503, "closed", { opens_at: this.desk.opens_at });
    }
    const digest = encode(hashOfOpening(opening));
    this.conversations.set(fields.conv_id, { opening, fields, digest, kind, language, chains: [[], []], order: [], state: "waiting", hears: new Set() });
    return answer(200, { state: "waiting", kind, hash: digest });
  }

  /** @param {string} method @param {string} path @param {any} body @param {any} headers */
  handleKnown(method, path, body, headers) {
    const found = this.conversations.get(headers["Zicht-Conversation"]);
    const token = sha256(decode(String(headers.Authorization).slice(7)));
    const expected = path.endsWith("/wipe") ? found?.opening.hWipe : found?.opening.hCap;
    if (!found || !isSame(token, expected)) {
      return refuse(404, "unknown");
    }
    if (found.state === "wiped") {
      return path.endsWith("/wipe") ? answer(204) : refuse(410, "wiped");
    }
    switch (`${method} ${path}`) {
      case "POST /chat/v1/messages":
        return this.store(found, body);
      case "GET /chat/v1/messages":
        return answer(200, { events: [this.status(found), ...this.since(found, headers["Last-Event-ID"])], last: "", more: false });
      case "POST /chat/v1/end":
        found.state = "closed";
        this.tell(found, this.status(found));
        return answer(204);
      case "POST /chat/v1/wipe":
        found.state = "wiped";
        this.tell(found, { event: "wiped", data: { why: "wiped" } });
        return answer(204);
      case "PUT /chat/v1/return":
        this.returns.push({ ...body, conv_id: found.fields.conv_id, opening: found.fields });
        return answer(204);
      default:
        return answer(204);
    }
  }

  /** @param {any} found @param {any} body */
  store(found, body) {
    const envelope = envelopeFromWire(body);
    const chain = found.chains[envelope.direction];
    const digest = encode(hashOfEnvelope(envelope));
    const sameNonce = chain.find((/** @type {any} */ one) => one.nonce === body.nonce);
    if (sameNonce) {
      return sameNonce.digest === digest ? answer(200, { seq: body.seq, hash: digest }) : refuse(409, "nonce");
    }
    if (found.state === "closed") {
      return refuse(409, "ended");
    }
    const last = chain.at(-1);
    if (body.seq !== chain.length || body.prev !== (last?.digest ?? found.digest)) {
      return refuse(409, "behind", { last: last ? { seq: chain.length - 1, hash: last.digest } : null });
    }
    const kept = { nonce: body.nonce, digest, wire: body, direction: envelope.direction };
    chain.push(kept);
    found.order.push(kept);
    this.tell(found, { event: "message", data: body });
    return answer(200, { seq: body.seq, hash: digest });
  }

  /** @param {any} found @param {string} last */
  since(found, last) {
    const seen = last.split(",").map(Number);
    return found.order
      .filter((/** @type {any} */ one) => one.wire.seq > Number(seen[one.direction]))
      .map((/** @type {any} */ one) => ({ event: "message", data: one.wire }));
  }

  /** @param {any} found */
  status(found) {
    const data = { state: found.state, kind: found.kind, position: 1, wait: null, readers: 0, closes_soon: false, move: null, can_return: false };
    return { event: "status", data };
  }

  /** @param {any} found @param {any} event */
  tell(found, event) {
    for (const hear of found.hears) {
      hear(event);
    }
  }

  /**
   * Write from the desk, as a browser there would.
   * @param {string} convId @param {import("../../src/zicht/contact/static/contact/chat/messages.js").Envelope} envelope
   */
  writeFromDesk(convId, envelope) {
    const again = readEnvelope(writeEnvelope(envelope));
    const wire = { v: 1, conv_id: convId, dir: 1, seq: again.seq, prev: encode(again.prev), nonce: encode(again.nonce), ct: encode(again.ct) };
    return this.store(this.conversations.get(convId), wire);
  }
}

/**
 * Put a network in front of a server. `trouble` is the chance of each of its faults for each request.
 * @param {FakeServer} server
 * @param {{ chance?: () => number, trouble?: number, streams?: boolean }} [how]
 */
export function createNetwork(server, { chance = createChance(1), trouble = 0, streams = true } = {}) {
  const network = {
    isDown: false,
    /** Faults for the next request with this path, in order. @type {{ path: string, fault: string }[]} */
    planned: [],
    /** @type {(event: any) => any[]} what becomes of an event on its way down */
    bend: (/** @type {any} */ event) => [event],
    call,
    listen,
  };

  /** @param {string} path */
  function faultFor(path) {
    const place = network.planned.findIndex((one) => one.path === path);
    if (place >= 0) {
      return network.planned.splice(place, 1)[0]?.fault;
    }
    const faults = ["lost", "answer lost", "twice", "500"];
    return chance() < trouble ? faults[Math.floor(chance() * faults.length)] : "";
  }

  /** @param {any} request */
  async function call(request) {
    await new Promise((resolve) => setTimeout(resolve, chance() * 3));
    const fault = faultFor(request.path);
    if (network.isDown || fault === "lost" || request.signal?.aborted) {
      throw new TypeError("not reached");
    }
    if (fault === "500") {
      return answer(502);
    }
    let given = server.handle(request);
    if (fault === "twice") {
      given = server.handle(request);
    }
    if (fault === "answer lost") {
      throw new TypeError("not reached");
    }
    return structuredClone(given);
  }

  /** @param {any} request @param {(event: any) => void} hear */
  function listen(request, hear) {
    if (network.isDown) {
      return Promise.reject(new TypeError("not reached"));
    }
    const found = server.conversations.get(request.headers["Zicht-Conversation"]);
    if (!found || found.state === "wiped") {
      return Promise.resolve(answer(found ? 410 : 404));
    }
    return new Promise((_, reject) => {
      let isCut = false;
      const end = (/** @type {unknown} */ error) => {
        isCut = true;
        found.hears.delete(pass);
        reject(error);
      };
      const pass = (/** @type {any} */ event) => {
        if (!streams || isCut) {
          return; // something on the way holds everything back, or nothing comes after a cut
        }
        if (network.isDown || chance() < trouble) {
          end(new TypeError("cut"));
          return;
        }
        try {
          network.bend(event).forEach((one) => hear(structuredClone(one)));
        } catch (error) {
          end(error);
        }
      };
      request.signal.addEventListener("abort", () => end(new TypeError("aborted")));
      found.hears.add(pass);
      [server.status(found), ...server.since(found, request.headers["Last-Event-ID"])].forEach(pass);
    });
  }

  return network;
}
