/**
 * A conversation from the visitor's side, without a page: what is said, heard, unsent and missing.
 *
 * One message is on its way at a time. It is sent again with the same bytes until there is an answer, so that nothing arrives
 * twice; only when the server says that it is not there (409) is it sealed anew.
 */
import { NONCE_LENGTH } from "./box.js";
import { encode, isSame, random } from "./bytes.js";
import { Calls } from "./calls.js";
import { Transcript } from "./chain.js";
import {
  BearerMismatchError,
  BrokenChainError,
  FormatError,
  MissingBeforeError,
  ReplayedError,
  SealingError,
} from "./errors.js";
import { FROM_VISITOR, hash, keysOf, TO_VISITOR } from "./keys.js";
import { listen } from "./listening.js";
import { hashOfEnvelope } from "./messages.js";
import { hashOfOpening } from "./opening.js";
import { envelopeFromWire, envelopeToWire } from "./wire.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { ServerEvent } from "./events.js" */
/** @import { Pace } from "./calls.js" */
/** @import { Answer, Transport } from "./http.js" */
/** @import { Content, Envelope, Inner } from "./messages.js" */
/** @import { Opening } from "./opening.js" */

/** @typedef {{ transport: Transport, pace?: Partial<Pace>, changed?: () => void }} Tools */
/** @typedef {{ direction: number, seq: number, inner: Inner }} Entry */
/** @typedef {{ content: Content, envelope: Envelope | null }} Unsent */
/** @typedef {"wiped" | "over" | "unknown"} Gone */
/** @typedef {{ state: string, kind: string, position: number | null, wait: any, readers: number, move: any, can_return: boolean }} Status */

const MOST_MISSED = 2; // new lines that a gap may need to close itself
const TYPING_PAUSE = 10_000; // milliseconds between two notices

export class Conversation {
  /**
   * @param {Tools} tools
   * @param {Bytes} secret
   * @param {Opening} opening
   */
  constructor(tools, secret, opening) {
    this.calls = new Calls(tools.transport, tools.pace);
    this.calls.connected = (isConnected) => this.noteConnected(isConnected);
    this.changed = tools.changed ?? (() => {});
    /** @type {Bytes | null} */
    this.secret = secret;
    this.convId = opening.convId;
    const keys = keysOf(secret);
    if (!isSame(hash(keys.cap), opening.hCap) || !isSame(hash(keys.wipe), opening.hWipe)) {
      throw new BearerMismatchError();
    }
    this.cap = encode(keys.cap);
    this.wipeToken = encode(keys.wipe);
    this.transcript = new Transcript(keys, opening.convId, hashOfOpening(opening));
    /** What was said and stored, in the order it came here. @type {Entry[]} */
    this.entries = [];
    /** What is not stored yet. @type {Unsent[]} */
    this.unsent = [];
    /** @type {Status | null} */
    this.status = null;
    /** The first thing that was refused. @type {SealingError | null} */
    this.trouble = null;
    /** Why there is nothing any more. @type {Gone | null} */
    this.gone = null;
    this.isConnected = false;
    this.isTyping = false;
    this.lastTyped = -Infinity;
    this.isSending = false;
    this.missed = 0;
  }

  /** Listen, and send what is unsent, until the conversation is over or `stop` is called. */
  start() {
    void this.flush();
    return listen(this);
  }

  stop() {
    this.calls.stop();
  }

  get isOver() {
    return this.gone !== null || this.calls.isStopped;
  }

  get isEnded() {
    return this.status?.state === "closed" && !this.status.can_return;
  }

  /** Tell whether the other side has seen something that did not come here. */
  get hasGap() {
    return !this.transcript.isWhole();
  }

  /** Show it as trouble when, with everything fetched, something is still missing. */
  checkWhole() {
    try {
      this.transcript.checkWhole();
    } catch (error) {
      this.noteTrouble(error);
    }
  }

  /** How many of one's own stored messages the other side has not confirmed. */
  get unseen() {
    return this.transcript.unseen(FROM_VISITOR);
  }

  /**
   * Say something; it waits here until it is stored.
   * @param {Content} content
   */
  say(content) {
    this.unsent.push({ content, envelope: null });
    this.changed();
    return this.flush();
  }

  /** Send what is unsent, one after the other. */
  async flush() {
    if (this.isSending) {
      return;
    }
    this.isSending = true;
    try {
      for (let next = this.unsent[0]; next && !this.isOver && !this.isEnded; next = this.unsent[0]) {
        await this.sendOnce(next);
      }
    } finally {
      this.isSending = false;
    }
  }

  /** @param {Unsent} unsent */
  async sendOnce(unsent) {
    if (this.hasGap && !unsent.envelope) {
      await this.catchUp(); // so that this does not confirm less than what was written here before
    }
    unsent.envelope ??= this.transcript.sealNext(FROM_VISITOR, unsent.content, random(NONCE_LENGTH));
    const answer = await this.calls.untilAnswered(this.messageRequest(unsent.envelope));
    if (!answer || this.unsent[0] !== unsent) {
      return; // it is over, or the stream brought it back before the answer came
    }
    if (answer.status === 200) {
      await this.noteStored(unsent.envelope, answer);
    } else if (answer.status === 409 && answer.body?.error === "ended") {
      this.noteStatus({ ...this.statusOrWaiting(), state: "closed", can_return: false });
    } else if (answer.status === 409) {
      await this.sealAnew(unsent);
    } else if (!this.takeRefusal(answer)) {
      await this.waitAfter(answer);
    }
  }

  /**
   * Fetch what somebody else wrote in this direction, and seal after it.
   * @param {Unsent} unsent
   */
  async sealAnew(unsent) {
    const before = this.last();
    await this.catchUp();
    unsent.envelope = null;
    if (this.last() === before) {
      await this.calls.pause(this.calls.pace.first);
    }
  }

  /** @param {Answer} answer */
  async waitAfter({ status, retryAfter }) {
    if (status !== 429) {
      this.noteTrouble(new FormatError());
    }
    await this.calls.pause(status === 429 ? Math.max(retryAfter * 1000, this.calls.pace.first) : this.calls.pace.longest);
  }

  /** @param {Envelope} envelope */
  messageRequest(envelope) {
    return { method: "POST", path: "/chat/v1/messages", headers: this.headers(), body: envelopeToWire(envelope) };
  }

  /**
   * @param {Envelope} envelope
   * @param {Answer} answer
   */
  async noteStored(envelope, answer) {
    try {
      if (answer.body?.hash !== encode(hashOfEnvelope(envelope))) {
        throw new BrokenChainError(); // it says that it stored something else
      }
      this.takeEnvelope(envelope);
    } catch (error) {
      this.noteTrouble(error);
      await this.calls.pause(this.calls.pace.longest);
    }
  }

  /** Fetch everything that is new. */
  async catchUp() {
    let more = true;
    while (more && !this.isOver) {
      const request = { method: "GET", path: "/chat/v1/messages", headers: this.headersSince() };
      const answer = await this.calls.untilAnswered(request);
      more = answer !== null && this.takeEvents(answer);
    }
  }

  /**
   * Take the events of an answer; tell whether there are more to fetch.
   * @param {Answer} answer
   */
  takeEvents(answer) {
    if (answer.status !== 200) {
      this.takeRefusal(answer);
      return false;
    }
    const before = this.last();
    try {
      for (const event of answer.body.events) {
        this.hear(event);
      }
    } catch (error) {
      this.noteTrouble(error);
    }
    // Without something new, asking again would go on for ever.
    return answer.body.more === true && this.last() !== before;
  }

  /**
   * Take one event. A message that does not follow throws, so that a stream is begun anew from what is here.
   * @param {ServerEvent} event
   */
  hear({ event, data }) {
    if (this.isOver) {
      return;
    }
    this.noteConnected(true);
    if (event === "message") {
      this.hearMessage(data);
    } else if (event === "status") {
      this.noteStatus(data);
    } else if (event === "typing") {
      this.isTyping = true;
      this.changed();
    } else if (event === "wiped") {
      this.noteGone(data.why === "wiped" ? "wiped" : "over");
    }
  }

  /** @param {unknown} data */
  hearMessage(data) {
    try {
      this.takeEnvelope(envelopeFromWire(data));
      this.missed = 0;
    } catch (error) {
      this.missed += 1;
      // A gap may close itself on a new line; what is wrong in any other way, or stays away, is shown.
      if (!(error instanceof MissingBeforeError) || this.missed > MOST_MISSED) {
        this.noteTrouble(error);
      }
      throw error;
    }
  }

  /** @param {Envelope} envelope */
  takeEnvelope(envelope) {
    let inner;
    try {
      inner = this.transcript.receive(envelope);
    } catch (error) {
      if (error instanceof ReplayedError) {
        return; // it comes once with the answer and once with the stream
      }
      throw error;
    }
    this.entries.push({ direction: envelope.direction, seq: envelope.seq, inner });
    this.isTyping &&= envelope.direction !== TO_VISITOR;
    const mine = this.unsent[0]?.envelope;
    if (mine && isSame(hashOfEnvelope(mine), hashOfEnvelope(envelope))) {
      this.unsent.shift();
    }
    this.changed();
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
    const request = { method: "POST", path: "/chat/v1/wipe", headers: this.headers(this.wipeToken) };
    const answer = await this.calls.untilAnswered(request);
    const isDone = answer?.status === 204 || answer?.status === 410 || this.gone === "wiped";
    if (isDone) {
      this.noteGone("wiped");
    }
    return isDone;
  }

  /**
   * Leave at once. What is not stored yet is sent once more, and only when there is nothing of that kind the end: on the way
   * out one could overtake the other, and an ended conversation takes no message.
   */
  leave() {
    const pending = this.unsent[0];
    const isLive = !this.isOver && !this.isEnded;
    if (isLive && pending) {
      pending.envelope ??= this.transcript.sealNext(FROM_VISITOR, pending.content, random(NONCE_LENGTH));
      this.calls.sendOff(this.messageRequest(pending.envelope));
    } else if (isLive) {
      const beacon = { conv_id: encode(this.convId), token: this.cap };
      this.calls.sendOff({ method: "POST", path: "/chat/v1/end", headers: this.headers(), beacon });
    }
    this.forget();
  }

  /** Drop the secret and every word. */
  forget() {
    this.stop();
    [this.secret, ...this.transcript.keys.of].forEach((key) => key?.fill(0));
    this.secret = null;
    this.entries = [];
    this.unsent = [];
  }

  /** @param {string} [bearer] */
  headers(bearer = this.cap) {
    return { "Zicht-Conversation": encode(this.convId), Authorization: `Bearer ${bearer}` };
  }

  headersSince() {
    return { ...this.headers(), "Last-Event-ID": this.last() };
  }

  /** Give the last numbers that are here, as the server wants them. */
  last() {
    return `${this.transcript.length(FROM_VISITOR) - 1},${this.transcript.length(TO_VISITOR) - 1}`;
  }

  /**
   * Note that there is nothing any more; tell whether that is what the answer says.
   * @param {Answer} answer
   */
  takeRefusal({ status }) {
    if (status === 404 || status === 410) {
      this.noteGone(status === 410 ? "wiped" : "unknown");
    }
    return status === 404 || status === 410;
  }

  /** @returns {Status} */
  statusOrWaiting() {
    const nothing = { position: null, wait: null, readers: 0, move: null, can_return: false };
    return this.status ?? { state: "waiting", kind: "chat", ...nothing };
  }

  /** @param {Status} status */
  noteStatus(status) {
    this.status = status;
    this.changed();
    void this.flush(); // what could not be said may be said now
  }

  /** @param {boolean} isConnected */
  noteConnected(isConnected) {
    if (isConnected !== this.isConnected) {
      this.isConnected = isConnected;
      this.changed();
    }
  }

  /** @param {unknown} error */
  noteTrouble(error) {
    // Anything else comes from an answer in another form than the protocol's.
    this.trouble ??= error instanceof SealingError ? error : new FormatError();
    this.changed();
  }

  /** @param {Gone} why */
  noteGone(why) {
    this.gone ??= why;
    this.forget();
    this.changed();
  }
}
