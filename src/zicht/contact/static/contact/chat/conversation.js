/**
 * A conversation from the visitor's side, without a page. She proves with tokens made of its secret that it is hers.
 */
import { encode } from "./bytes.js";
import { BearerMismatchError } from "./errors.js";
import { FROM_VISITOR } from "./keys.js";
import { listen } from "./listening.js";
import { isSecretOf, Talk } from "./talk.js";
import { envelopeToWire } from "./wire.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { ServerEvent } from "./events.js" */
/** @import { Envelope } from "./messages.js" */
/** @import { Opening } from "./opening.js" */
/** @import { Tools } from "./talk.js" */

/**
 * @typedef {object} Status
 * @property {string} state
 * @property {string} kind
 * @property {number | null} position
 * @property {any} wait
 * @property {boolean} closes_soon
 * @property {number} readers
 * @property {any} move
 * @property {boolean} can_return
 */

const TYPING_PAUSE = 10_000; // milliseconds between two notices

export class Conversation extends Talk {
  /**
   * @param {Tools} tools
   * @param {Bytes} secret
   * @param {Opening} opening
   */
  constructor(tools, secret, opening) {
    if (!isSecretOf(secret, opening)) {
      throw new BearerMismatchError();
    }
    super(tools, secret, opening, { direction: FROM_VISITOR });
    this.cap = encode(this.transcript.keys.cap);
    this.wipeToken = encode(this.transcript.keys.wipe);
    this.desk = opening.desk;
    /** @type {Status | null} */
    this.status = null;
    this.lastTyped = -Infinity;
    this.isWiping = false;
    /** Whether leaving the page ends nothing: a report waits until somebody has read it. */
    this.isLasting = false;
  }

  /** Listen, and send what is unsent, until the conversation is over or `stop` is called. */
  start() {
    void this.flush();
    return listen(this);
  }

  /** @override */
  get isEnded() {
    return this.status?.state === "closed" && !this.status.can_return;
  }

  /** @override */
  noteEnded() {
    this.noteStatus({ ...this.statusOrWaiting(), state: "closed", can_return: false });
  }

  /**
   * @override
   * @param {Envelope} envelope
   */
  messageRequest(envelope) {
    return { method: "POST", path: "/chat/v1/messages", headers: this.headers(), body: envelopeToWire(envelope) };
  }

  /** @override */
  askForNews() {
    return this.calls.untilAnswered({ method: "GET", path: "/chat/v1/messages", headers: this.headersSince() });
  }

  /**
   * @override
   * @param {ServerEvent} event
   */
  hearOther({ event, data }) {
    if (event === "status") {
      this.noteStatus(data);
    } else if (event === "wiped") {
      this.noteGone(data.why === "wiped" ? "wiped" : "over");
    }
  }

  /**
   * Say that one is typing; at most once in ten seconds.
   * @param {number} now in milliseconds
   */
  async typing(now) {
    if (this.isOver || this.status?.state !== "open" || now - this.lastTyped < TYPING_PAUSE) {
      return;
    }
    this.lastTyped = now;
    // A notice that gets lost is no loss.
    await this.calls.once({ method: "POST", path: "/chat/v1/typing", headers: this.headers() });
  }

  /** Close the conversation; nothing is destroyed. */
  async end() {
    const answer = await this.calls.untilAnswered({ method: "POST", path: "/chat/v1/end", headers: this.headers() });
    if (answer?.status === 204) {
      this.noteStatus({ ...this.statusOrWaiting(), state: "closed" });
    }
  }

  /** Destroy everything, at the server and here; tell whether the server confirmed it. */
  async wipe() {
    this.isWiping = true;
    const answer = await this.calls.untilAnswered(this.wipeRequest());
    const isDone = answer?.status === 204 || answer?.status === 410 || this.gone === "wiped";
    if (isDone) {
      this.noteGone("wiped");
    }
    return isDone;
  }

  wipeRequest() {
    const beacon = { conv_id: encode(this.convId), token: this.wipeToken };
    return { method: "POST", path: "/chat/v1/wipe", headers: this.headers(this.wipeToken), beacon };
  }

  /**
   * Leave at once. A wipe that was asked for and not yet answered is sent once more. Otherwise what is not stored yet is sent,
   * and only when there is nothing of that kind the end: on the way out one could overtake the other, and an ended
   * conversation takes no message. What lasts is not ended.
   */
  leave() {
    const pending = this.unsent[0];
    const isLive = !this.isOver && !this.isEnded;
    if (!this.isOver && this.isWiping) {
      this.calls.sendOff(this.wipeRequest());
    } else if (isLive && pending) {
      pending.envelope ??= this.sealNext(pending.content);
      this.calls.sendOff(this.messageRequest(pending.envelope));
    } else if (isLive && !this.isLasting) {
      const beacon = { conv_id: encode(this.convId), token: this.cap };
      this.calls.sendOff({ method: "POST", path: "/chat/v1/end", headers: this.headers(), beacon });
    }
    this.forget();
  }

  /** @param {string} [bearer] */
  headers(bearer = this.cap) {
    return { "Zicht-Conversation": encode(this.convId), Authorization: `Bearer ${bearer}` };
  }

  headersSince() {
    return { ...this.headers(), "Last-Event-ID": this.last() };
  }

  /** @returns {Status} */
  statusOrWaiting() {
    const nothing = { position: null, wait: null, closes_soon: false, readers: 0, move: null, can_return: false };
    return this.status ?? { state: "waiting", kind: "chat", ...nothing };
  }

  /** @param {Status} status */
  noteStatus(status) {
    this.status = status;
    this.changed();
    void this.flush(); // what could not be said may be said now
  }
}
