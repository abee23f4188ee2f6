/**
 * A counsellor's desk without a page: her keys, the rows of her desks, and the conversations she has open.
 */
import { decode, encode } from "../chat/bytes.js";
import { Calls } from "../chat/calls.js";
import { FROM_VISITOR } from "../chat/keys.js";
import { openOpening } from "../chat/opening.js";
import { trustDeskKey } from "../chat/statements.js";
import { openingFromWire } from "../chat/wire.js";
import { RefusedError } from "./api.js";
import { DeskChat } from "./desk_chat.js";
import { unlock } from "./enrolment.js";
import { openEpoch, throwUnlessRefusal } from "./epochs.js";
import { NoDeskKeyError } from "./errors.js";
import { openNote, sealNote } from "./notes.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Pace } from "../chat/calls.js" */
/** @import { ServerEvent } from "../chat/events.js" */
/** @import { Api } from "./api.js" */
/** @import { Row } from "./desk_chat.js" */
/** @import { OwnKeys } from "./enrolment.js" */
/** @import { EpochRow } from "./epochs.js" */
/** @import { Note } from "./notes.js" */
/** @typedef {{ epoch: number, sk: Bytes }} OpenKey */
/** @typedef {{ desk: string, label: Record<string, string>, is_lead: boolean, purpose: string, takes_files: boolean, languages: string[], is_open: boolean }} OwnDesk */

const FOLLOW_TRIES = 5;
const WARN_BEFORE = 2 * 24 * 3600 * 1000; // milliseconds before the key of a desk ends
const ORDER = ["waiting", "open", "closed"];

export class Desk {
  /**
   * @param {Api} api
   * @param {() => void} changed is called after every change
   * @param {Partial<Pace>} [pace]
   */
  constructor(api, changed, pace) {
    this.api = api;
    this.pace = pace ?? {};
    this.changed = changed;
    this.calls = new Calls(api.transport, this.pace);
    this.me = /** @type {any} */ (null);
    this.keys = /** @type {OwnKeys | null} */ (null);
    /** By desk and epoch. @type {Map<string, Bytes>} */
    this.deskKeys = new Map();
    /** Desks whose key has not come to this counsellor, that nobody can trust, or that ends soon. @type {Map<string, "waiting" | "not-trusted" | "ending">} */
    this.withoutKey = new Map();
    /** Desks whose people or keys changed since the page was opened. @type {Set<string>} */
    this.withChanges = new Set();
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** How many notes of each conversation were looked through, and those in which somebody may be hurt. @type {Map<string, number>} */
    this.lookedThrough = new Map();
    /** @type {Set<string>} */
    this.inDanger = new Set();
    /** @type {Map<string, DeskChat>} */
    this.chats = new Map();
    this.isConnected = false;
    this.isSignedOut = false;
    /** Is called with the conversation in which a visitor goes on. @type {(name: string) => void} */
    this.followed = () => {};
  }

  /** @returns {OwnDesk[]} */
  get desks() {
    return this.me?.desks ?? [];
  }

  /** What a desk is for. @param {string} name */
  purposeOf(name) {
    return this.desks.find((one) => one.desk === name)?.purpose ?? "";
  }

  async load() {
    this.me = await this.api.get("me");
    return this.me;
  }

  /**
   * Open one's own keys and with them those of the desks.
   * @param {number} kind
   * @param {string | Bytes} typed
   */
  async unlock(kind, typed) {
    this.keys = await unlock(this.me, kind, typed);
    await this.loadDeskKeys();
  }

  async loadDeskKeys() {
    for (const { desk } of this.desks) {
      const { epochs } = await this.api.get(`desks/${desk}/epochs`);
      for (const epoch of epochs) {
        await this.takeEpoch(desk, epoch);
      }
      await this.noteNewest(desk, epochs);
    }
    this.changed();
  }

  /**
   * Take the key of an epoch; one behind which the root does not stand is left alone, whoever wrapped it.
   * @param {string} desk
   * @param {EpochRow} row
   */
  async takeEpoch(desk, row) {
    const name = `${desk}/${row.epoch}`;
    if (this.keys && row.wrap && !this.deskKeys.has(name)) {
      const key = await openEpoch(this.me, this.keys, desk, row).catch(throwUnlessRefusal);
      if (!(key instanceof Error)) {
        this.deskKeys.set(name, key);
      }
    }
  }

  /**
   * Note a desk whose newest key is not here, or is not signed: visitors would refuse it too.
   * @param {string} desk
   * @param {EpochRow[]} epochs the newest first
   */
  async noteNewest(desk, epochs) {
    const newest = epochs.find((one) => !one.is_taken_back);
    this.withoutKey.delete(desk);
    if (!newest?.wrap) {
      this.withoutKey.set(desk, "waiting");
    } else if (!this.deskKeys.has(`${desk}/${newest.epoch}`) || (this.keys && !(await this.isTrusted(desk, newest.key)))) {
      this.withoutKey.set(desk, "not-trusted");
    } else if (newest.not_after * 1000 < Date.now() + WARN_BEFORE) {
      this.withoutKey.set(desk, "ending");
    }
  }

  /**
   * @param {string} desk
   * @param {unknown} key
   */
  async isTrusted(desk, key) {
    const place = { org: this.me.org, desk };
    const root = /** @type {OwnKeys} */ (this.keys).root;
    return trustDeskKey(key, root, place, Math.floor(Date.now() / 1000)).then(
      () => true,
      () => false,
    );
  }

  /** Forget every key and every word, as after closing the page. */
  lock() {
    this.calls.stop();
    this.chats.forEach((chat) => chat.forget());
    this.chats.clear();
    this.rows.clear();
    this.lookedThrough.clear();
    this.inDanger.clear();
    [...this.deskKeys.values(), ...(this.keys ? [this.keys.xSk, this.keys.edSk] : [])].forEach((key) => key.fill(0));
    this.deskKeys.clear();
    this.keys = null;
    this.calls = new Calls(this.api.transport, this.pace);
    this.changed();
  }

  // --- hearing ---

  /** Hear what happens at one's desks until it is locked. */
  async start() {
    const { calls } = this;
    while (!calls.isStopped) {
      try {
        await this.hearOnce(calls);
      } catch {
        // Broken off, or begun anew because a message was missing; what was refused is noted by its conversation.
      }
      this.noteConnected(false);
      await calls.pause(calls.pace.first);
    }
  }

  /** @param {Calls} calls */
  async hearOnce(calls) {
    const { conversations } = await this.api.get("conversations");
    this.takeRows(conversations);
    const line = calls.line();
    const headers = { "Zicht-Reading": [...this.chats.values()].map((chat) => `${chat.name}=${chat.last()}`).join(";") };
    try {
      const request = { method: "GET", path: "/staff/desk/v1/stream", headers, signal: line.signal };
      const answer = await this.api.transport.listen(request, (event) => {
        line.live();
        this.hear(event);
      });
      this.isSignedOut = answer.status === 0;
    } finally {
      line.end();
    }
  }

  /**
   * Take the rows of all conversations; one that is not among them is destroyed.
   * @param {Row[]} rows
   */
  takeRows(rows) {
    const known = new Set(rows.map((row) => row.conv_id));
    [...this.rows.keys()].filter((name) => !known.has(name)).forEach((name) => this.dropRow(name));
    rows.forEach((row) => this.takeRow(row));
    this.noteConnected(true);
    this.changed();
  }

  /** @param {ServerEvent} event */
  hear({ event, data }) {
    this.noteConnected(true);
    if (event === "status") {
      this.takeRow(data);
    } else if (event === "message" || event === "typing") {
      this.hearIn(this.chats.get(data.conv_id), { event, data });
    } else if (event === "wiped") {
      this.dropRow(data.conv_id);
    } else if (event === "members") {
      this.withChanges.add(data.desk);
      void this.loadDeskKeys();
    }
    this.changed();
  }

  /**
   * @param {DeskChat | undefined} chat
   * @param {ServerEvent} event
   */
  hearIn(chat, event) {
    const known = chat?.entries.length ?? 0;
    chat?.hear(event);
    const [fresh] = chat?.entries.slice(known) ?? [];
    const inner = fresh?.inner;
    if (chat?.wasMine && fresh?.direction === FROM_VISITOR && inner?.t === "system" && inner.body.kind === "linked") {
      // The visitor goes on under another secret: whoever talked with her goes along.
      void this.follow(inner.body.value);
    }
  }

  /** @param {string} name of the conversation that goes on, if it is at one of one's own desks */
  async follow(name) {
    for (let tries = 0; tries < FOLLOW_TRIES && !this.calls.isStopped; tries += 1) {
      try {
        await this.claim(name);
        await this.open(name);
        this.followed(name);
        return;
      } catch (error) {
        if (!(error instanceof RefusedError) || !error.body?.most) {
          return; // it is at a desk of others, or a colleague has it
        }
      }
      await this.calls.pause(this.calls.pace.first); // the old one counts until it has ended
    }
  }

  /** @param {Row} row */
  takeRow(row) {
    this.rows.set(row.conv_id, row);
    this.chats.get(row.conv_id)?.noteRow(row);
    if (row.state !== "closed" && row.notes > (this.lookedThrough.get(row.conv_id) ?? 0)) {
      void this.lookForDanger(row);
    }
  }

  /**
   * Look whether a note marks danger: the server knows that there are notes, and not what they say.
   * @param {Row} row
   */
  async lookForDanger(row) {
    this.lookedThrough.set(row.conv_id, row.notes);
    const notes = await this.notes(row.conv_id).catch(() => null);
    if (!notes) {
      this.lookedThrough.delete(row.conv_id); // the next row asks again
    } else if (notes.some((/** @type {Note} */ note) => note.t === "danger") && this.rows.has(row.conv_id)) {
      this.inDanger.add(row.conv_id);
      this.changed();
    }
  }

  /** @param {string} name */
  dropRow(name) {
    this.rows.delete(name);
    this.lookedThrough.delete(name);
    this.inDanger.delete(name);
    this.chats.get(name)?.noteGone("wiped");
  }

  /** @param {boolean} isConnected */
  noteConnected(isConnected) {
    if (isConnected !== this.isConnected) {
      this.isConnected = isConnected;
      this.changed();
    }
  }

  /** Give the rows in the order of the list: waiting, open, closed, each in order of arrival. */
  list() {
    const place = (/** @type {Row} */ row) => ORDER.indexOf(row.state);
    return [...this.rows.values()].sort((one, other) => place(one) - place(other) || one.number - other.number);
  }

  // --- doing ---

  /**
   * Open a conversation; the server logs it, and the desk sees it.
   * @param {string} name
   */
  async open(name) {
    const known = this.chats.get(name);
    if (known && !known.gone) {
      return known;
    }
    const body = await this.ask(name, "read");
    const opening = openingFromWire(body.opening);
    const key = this.keyOf(body.row);
    const place = { org: this.me.org, desk: body.row.desk, epoch: body.row.epoch };
    const secret = await openOpening(opening, place, key);
    const tools = { transport: this.api.transport, pace: this.pace, changed: this.changed };
    const chat = new DeskChat(tools, secret, opening, this.me, body.row);
    this.chats.set(name, chat);
    if (chat.takeEvents({ status: 200, body, retryAfter: 0 })) {
      await chat.catchUp();
    }
    chat.checkWhole();
    this.changed();
    return chat;
  }

  /** @param {{ desk: string, epoch: number }} row */
  keyOf({ desk, epoch }) {
    const key = this.deskKeys.get(`${desk}/${epoch}`);
    if (!key) {
      throw new NoDeskKeyError();
    }
    return key;
  }

  /**
   * Make a conversation one's own, or take it over from a colleague.
   * @param {string} name
   * @param {"claim" | "take-over"} how
   */
  async claim(name, how = "claim") {
    this.takeRow((await this.ask(name, how)).row);
  }

  /**
   * Close what one has open of a conversation on this page; the visitor no longer sees somebody who reads along.
   * @param {string} name
   */
  async putAway(name) {
    const chat = this.chats.get(name);
    this.chats.delete(name);
    chat?.forget();
    this.changed();
    if (chat && !chat.gone && !chat.isMine) {
      await this.ask(name, "leave").catch(ignoreGone);
    }
  }

  /**
   * @param {string} name
   * @param {string} what
   * @param {object} [body]
   */
  ask(name, what, body) {
    return this.api.post(`conversations/${what}`, body, { "Zicht-Conversation": name });
  }

  /**
   * Let a conversation wait for a colleague, with a note for her.
   * @param {string} name
   * @param {string} words
   */
  async release(name, words) {
    const sealed = words ? this.sealNote(name, { t: "text", body: words }) : null;
    await this.ask(name, "release", sealed ? { note: sealed } : undefined);
  }

  /** @param {string} name */
  async notes(name) {
    const headers = { "Zicht-Conversation": name };
    const { notes } = await this.api.ask({ method: "GET", path: "conversations/notes", headers });
    return notes.map((/** @type {any} */ one) => ({ by: one.by, ...this.openNote(name, one.sealed) }));
  }

  /**
   * @param {string} name
   * @param {Note} note
   */
  addNote(name, note) {
    return this.ask(name, "notes", { sealed: this.sealNote(name, note) });
  }

  /**
   * @param {string} name
   * @param {Note} note
   */
  sealNote(name, note) {
    return encode(sealNote(this.keyOf(this.rowOf(name)), decode(name), note));
  }

  /**
   * @param {string} name
   * @param {string} sealed
   */
  openNote(name, sealed) {
    try {
      return openNote(this.keyOf(this.rowOf(name)), decode(name), decode(sealed));
    } catch {
      return { t: "unreadable", body: "" };
    }
  }

  /** @param {string} name */
  rowOf(name) {
    const row = this.rows.get(name);
    if (!row) {
      throw new NoDeskKeyError();
    }
    return row;
  }
}

/** @param {unknown} error */
function ignoreGone(error) {
  if (!(error instanceof RefusedError) || error.status !== 404) {
    throw error;
  }
}
