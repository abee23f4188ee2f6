/**
 * Keep both directions of a conversation as chains, so that nobody can leave out, repeat or reorder without a trace.
 */
import { encode, isSame } from "./bytes.js";
import {
  AckWentBackError,
  BrokenChainError,
  CutTailError,
  MissingBeforeError,
  ReplayedError,
  WrongConversationError,
} from "./errors.js";
import { hashOfEnvelope, openMessage, sealMessage } from "./messages.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { ConversationKeys } from "./keys.js" */
/** @import { Content, Envelope, Inner } from "./messages.js" */

const BEFORE_ALL = -1; // the place of the OPEN, before seq 0

/** One direction, as far as it was received. */
class Chain {
  /** @param {Bytes} start hash of the OPEN */
  constructor(start) {
    /** Places by the hash of the envelope. */
    this.places = new Map([[encode(start), BEFORE_ALL]]);
    this.last = start;
    /** How much of it the other side has seen. */
    this.seen = BEFORE_ALL;
    /** Hashes that the other side has seen and that did not come here. @type {Set<string>} */
    this.heldBack = new Set();
  }

  /** How many messages are here, which is the number of the next one. */
  get length() {
    return this.places.size - 1;
  }

  /** @param {Bytes} ack */
  takeAck(ack) {
    const place = this.places.get(encode(ack));
    if (place === undefined) {
      this.heldBack.add(encode(ack));
      return;
    }
    // What is held back comes after everything that is here.
    if (place < this.seen || this.heldBack.size > 0) {
      throw new AckWentBackError();
    }
    this.seen = place;
  }

  /**
   * @param {Bytes} digest
   * @param {number} seq
   */
  add(digest, seq) {
    this.places.set(encode(digest), seq);
    this.last = digest;
    if (this.heldBack.delete(encode(digest))) {
      this.seen = Math.max(this.seen, seq);
    }
  }
}

/** Both directions of one conversation; every refusal leaves it as it was. */
export class Transcript {
  /**
   * @param {ConversationKeys} keys
   * @param {Bytes} convId
   * @param {Bytes} start hash of the OPEN
   */
  constructor(keys, convId, start) {
    this.keys = keys;
    this.convId = convId;
    /** @type {readonly [Chain, Chain]} */
    this.chains = [new Chain(start), new Chain(start)];
  }

  /** @param {number} direction */
  chain(direction) {
    return direction === 0 ? this.chains[0] : this.chains[1];
  }

  /** @param {number} direction */
  length(direction) {
    return this.chain(direction).length;
  }

  /**
   * Give how many messages of a direction the other side has not confirmed.
   * @param {number} direction
   */
  unseen(direction) {
    return this.length(direction) - 1 - this.chain(direction).seen;
  }

  /** Tell whether everything is here that one side says it has seen. */
  isWhole() {
    return this.chains.every((chain) => chain.heldBack.size === 0);
  }

  /** Refuse a history whose end was held back, after all that is kept was received. */
  checkWhole() {
    if (!this.isWhole()) {
      throw new CutTailError();
    }
  }

  /**
   * Seal the next message of a direction; it is only part of the chain once it was received.
   * @param {number} direction
   * @param {Content} content
   * @param {Bytes} nonce
   * @param {string} [by]
   */
  sealNext(direction, content, nonce, by) {
    const chain = this.chain(direction);
    const place = { convId: this.convId, direction, seq: chain.length, prev: chain.last };
    const inner = { ...content, ack: this.chain(1 - direction).last, ...(by === undefined ? {} : { by }) };
    return sealMessage(this.keys, place, inner, nonce);
  }

  /**
   * Take the next envelope of its direction, one's own among them, and give what is inside.
   * @param {Envelope} envelope
   * @returns {Inner}
   */
  receive(envelope) {
    const chain = this.chain(envelope.direction);
    const digest = hashOfEnvelope(envelope);
    this.checkPlace(envelope, chain, digest);
    const inner = openMessage(this.keys, envelope);
    this.chain(1 - envelope.direction).takeAck(inner.ack);
    chain.add(digest, envelope.seq);
    return inner;
  }

  /**
   * @param {Envelope} envelope
   * @param {Chain} chain
   * @param {Bytes} digest
   */
  checkPlace(envelope, chain, digest) {
    if (!isSame(envelope.convId, this.convId)) {
      throw new WrongConversationError();
    }
    if (envelope.seq > chain.length) {
      throw new MissingBeforeError();
    }
    if (envelope.seq < chain.length) {
      // The same once more is a repetition; another one in an old place is a second history.
      throw chain.places.has(encode(digest)) ? new ReplayedError() : new BrokenChainError();
    }
    if (!isSame(envelope.prev, chain.last)) {
      throw new BrokenChainError();
    }
  }
}
