/**
 * A conversation from a counsellor's side. Her session says who she is; what she may do follows from the row of the conversation.
 */
import { encode } from "../chat/bytes.js";
import { TO_VISITOR } from "../chat/keys.js";
import { Talk } from "../chat/talk.js";
import { envelopeToWire } from "../chat/wire.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Answer } from "../chat/http.js" */
/** @import { Envelope } from "../chat/messages.js" */
/** @import { Opening } from "../chat/opening.js" */
/** @import { Tools } from "../chat/talk.js" */
/** @typedef {{ user: string, shown_as: string }} Person */
/**
 * @typedef {object} Row what the desk knows of a conversation without opening it
 * @property {string} conv_id
 * @property {string} desk
 * @property {number} epoch
 * @property {"waiting" | "open" | "closed"} state
 * @property {string} kind
 * @property {string} language
 * @property {string} opened
 * @property {number} number
 * @property {Person | null} by
 * @property {Person[]} readers
 * @property {Person[]} seen
 * @property {string} last
 * @property {{ file_id: string, dir: number, chunks: number, is_purged: boolean }[]} files
 * @property {boolean} can_return
 * @property {number} notes
 */

const TYPING_PAUSE = 10_000; // milliseconds between two notices
const NOT_YOURS = 428;

export class DeskChat extends Talk {
  /**
   * @param {Tools} tools
   * @param {Bytes} secret
   * @param {Opening} opening
   * @param {Person} me
   * @param {Row} row
   */
  constructor(tools, secret, opening, me, row) {
    super(tools, secret, opening, { direction: TO_VISITOR, by: me.shown_as });
    this.user = me.user;
    this.row = row;
    /** Whether one talked here, also when it has just been closed. */
    this.wasMine = this.isMine;
    this.name = encode(opening.convId);
    this.lastTyped = -Infinity;
  }

  /** Whether one may write here. */
  get isMine() {
    return this.row.state === "open" && this.row.by?.user === this.user;
  }

  /** @override */
  get isEnded() {
    return !this.isMine;
  }

  /** @override */
  noteEnded() {
    this.noteRow({ ...this.row, state: "closed" });
  }

  /** @param {Row} row */
  noteRow(row) {
    this.row = row;
    this.wasMine = this.isMine || (this.wasMine && row.state === "closed");
    this.changed();
    void this.flush(); // what could not be said may be said now
  }

  /**
   * @override
   * @param {Envelope} envelope
   */
  messageRequest(envelope) {
    return this.request("messages", envelopeToWire(envelope));
  }

  /** @override */
  askForNews() {
    const { headers, ...rest } = this.request("read");
    return this.calls.untilAnswered({ ...rest, headers: { ...headers, "Last-Event-ID": this.last() } });
  }

  /**
   * @param {string} what
   * @param {object} [body]
   */
  request(what, body) {
    const headers = { "Zicht-Conversation": this.name };
    return { method: "POST", path: `/staff/desk/v1/conversations/${what}`, headers, ...(body ? { body } : {}) };
  }

  /**
   * @override
   * @param {Answer} answer
   */
  takeRefusal(answer) {
    if (answer.status === NOT_YOURS) {
      // Somebody else has it now; the stream brings who.
      this.noteRow({ ...this.row, by: null });
      return true;
    }
    return super.takeRefusal(answer);
  }

  /**
   * Say that one is typing; at most once in ten seconds.
   * @param {number} now in milliseconds
   */
  async typing(now) {
    if (this.isMine && now - this.lastTyped >= TYPING_PAUSE) {
      this.lastTyped = now;
      await this.calls.once(this.request("typing"));
    }
  }
}
