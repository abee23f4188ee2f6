/**
 * One side of a conversation, without a page: what is said, heard, unsent and missing.
 *
 * One message is on its way at a time. It is sent again with the same bytes until there is an answer, so that nothing arrives
 * twice; only when the server says that it is not there (409) is it sealed anew.
 */
import { NONCE_LENGTH } from "./box.js";
import { encode, isSame, random } from "./bytes.js";
import { Calls } from "./calls.js";
import { Transcript } from "./chain.js";
import { BrokenChainError, FormatError, MissingBeforeError, ReplayedError, SealingError } from "./errors.js";
import { FROM_VISITOR, hash, keysOf, TO_VISITOR } from "./keys.js";
import { hashOfEnvelope } from "./messages.js";
import { hashOfOpening } from "./opening.js";
import { envelopeFromWire } from "./wire.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { ServerEvent } from "./events.js" */
/** @import { Pace } from "./calls.js" */
/** @import { Answer, Call, Transport } from "./http.js" */
/** @import { Content, Envelope, Inner } from "./messages.js" */
/** @import { Opening } from "./opening.js" */

/** @typedef {{ transport: Transport, pace?: Partial<Pace>, changed?: () => void }} Tools */
/** @typedef {{ direction: number, seq: number, inner: Inner }} Entry */
/** @typedef {{ content: Content, envelope: Envelope | null }} Unsent */
/** @typedef {"wiped" | "over" | "unknown"} Gone */

const MOST_MISSED = 2; // new lines that a gap may need to close itself

export class Talk {
  /**
   * @param {Tools} tools
   * @param {Bytes} secret whose tokens were compared with the opening
   * @param {Opening} opening
   * @param {{ direction: number, by?: string }} side in which direction one writes, and the name that goes with it
   */
  constructor(tools, secret, opening, side) {
    this.calls = new Calls(tools.transport, tools.pace);
    this.calls.connected = (isConnected) => this.noteConnected(isConnected);
    this.changed = tools.changed ?? (() => {});
    this.direction = side.direction;
    this.by = side.by;
    /** @type {Bytes | null} */
    this.secret = secret;
    this.convId = opening.convId;
    this.transcript = new Transcript(keysOf(secret), opening.convId, hashOfOpening(opening));
    /** What was said and stored, in the order it came here. @type {Entry[]} */
    this.entries = [];
    /** What is not stored yet. @type {Unsent[]} */
    this.unsent = [];
    /** The first thing that was refused. @type {SealingError | null} */
    this.trouble = null;
    /** Why there is nothing any more. @type {Gone | null} */
    this.gone = null;
    this.isConnected = false;
    this.isTyping = false;
    this.isSending = false;
    this.missed = 0;
  }

  // --- what each side does in its own way ---

  /** Whether nothing can be said any more. */
  get isEnded() {
    return false;
  }

  /** Note that nothing can be said any more. */
  noteEnded() {}

  /**
   * @param {Envelope} _envelope
   * @returns {Call}
   */
  messageRequest(_envelope) {
    throw new FormatError();
  }

  /**
   * Ask for everything that is new; null when it was stopped before there was an answer.
   * @returns {Promise<Answer | null>}
   */
  askForNews() {
    throw new FormatError();
  }

  /**
   * Take an event that is not a message.
   * @param {ServerEvent} _event
   */
  hearOther(_event) {}

  // --- what both sides do ---

  stop() {
    this.calls.stop();
  }

  get isOver() {
    return this.gone !== null || this.calls.isStopped;
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
    return this.transcript.unseen(this.direction);
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

  /** @param {Content} content */
  sealNext(content) {
    return this.transcript.sealNext(this.direction, content, random(NONCE_LENGTH), this.by);
  }

  /** @param {Unsent} unsent */
  async sendOnce(unsent) {
    if (this.hasGap && !unsent.envelope) {
      await this.catchUp(); // so that this does not confirm less than what was written here before
    }
    unsent.envelope ??= this.sealNext(unsent.content);
    const answer = await this.calls.untilAnswered(this.messageRequest(unsent.envelope));
    if (!answer || this.unsent[0] !== unsent) {
      return; // it is over, or the stream brought it back before the answer came
    }
    if (answer.status === 200) {
      await this.noteStored(unsent.envelope, answer);
    } else if (answer.status === 409 && answer.body?.error === "ended") {
      this.noteEnded();
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
      const answer = await this.askForNews();
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
  hear(event) {
    if (this.isOver) {
      return;
    }
    this.noteConnected(true);
    if (event.event === "message") {
      this.hearMessage(event.data);
    } else if (event.event === "typing") {
      this.isTyping = true;
      this.changed();
    } else {
      this.hearOther(event);
    }
  }

  /** @param {unknown} data */
  hearMessage(data) {
    try {
      this.takeEnvelope(envelopeFromWire(data));
      this.missed = 0;
      if (this.trouble instanceof MissingBeforeError) {
        this.trouble = null; // what was missing came after all
        this.changed();
      }
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
    this.isTyping &&= envelope.direction === this.direction;
    const mine = this.unsent[0]?.envelope;
    if (mine && isSame(hashOfEnvelope(mine), hashOfEnvelope(envelope))) {
      this.unsent.shift();
    }
    this.changed();
  }

  /** Drop the secret and every word. */
  forget() {
    this.stop();
    [this.secret, ...this.transcript.keys.of].forEach((key) => key?.fill(0));
    this.secret = null;
    this.entries = [];
    this.unsent = [];
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

/**
 * Tell whether a secret gives the tokens that its conversation was opened with.
 * @param {Bytes} secret
 * @param {Opening} opening
 */
export function isSecretOf(secret, opening) {
  const { cap, wipe } = keysOf(secret);
  return isSame(hash(cap), opening.hCap) && isSame(hash(wipe), opening.hWipe);
}
