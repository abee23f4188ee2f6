/**
 * One conversation as a counsellor sees it, and what she can do with it.
 */
import { bubble, element, onClick, setText, text } from "../chat/dom.js";
import { FROM_VISITOR } from "../chat/keys.js";
import { titleOf } from "./list_view.js";
import { fillList, guard, isSure } from "./parts.js";
import { showFile } from "./pictures.js";
import { showReport } from "../report/written_report.js";
import { TakingView } from "./taking_view.js";

/** @import { Entry } from "../chat/talk.js" */
/** @import { Desk } from "./desk.js" */
/** @import { DeskChat, Row } from "./desk_chat.js" */

const SHOW_GAP_AFTER = 15_000; // milliseconds; until then it may still be on its way

export class ChatView {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.name = "";
    this.drawn = 0;
    this.gapSince = 0;
    this.hasOthers = false;
    /** How many messages of each conversation were shown. @type {Map<string, number>} */
    this.seen = new Map();
    /** What was typed and not sent, by conversation. @type {Map<string, string>} */
    this.drafts = new Map();
    /** @type {any[]} */
    this.notes = [];
    this.taking = new TakingView(desk);
    this.listen();
  }

  get chat() {
    return this.desk.chats.get(this.name);
  }

  get row() {
    return this.desk.rows.get(this.name);
  }

  listen() {
    const field = element("message", HTMLTextAreaElement);
    this.onSubmit("say", () => this.say());
    this.onSubmit("release-form", () => this.release());
    this.onSubmit("note-form", () => this.addNote());
    this.onSubmit("move-form", () => this.move());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.say();
      }
    });
    field.addEventListener("input", () => {
      this.drafts.set(this.name, field.value);
      if (this.row?.kind !== "report") {
        void this.chat?.typing(Date.now()); // who reported is seldom there to see it
      }
    });
    element("answers", HTMLSelectElement).addEventListener("change", () => this.takeAnswer());
    this.onAct("claim", () => this.desk.claim(this.name));
    this.onAct("take-over", () => this.desk.claim(this.name, "take-over"));
    this.onAct("end", () => this.end());
    this.onAct("put-away", () => this.putAway());
    this.onAct("heavy", () => this.desk.addNote(this.name, { t: "heavy", body: "" }));
    this.onGrave("block", () => this.desk.ask(this.name, "block"));
    this.onGrave("wipe", () => this.desk.ask(this.name, "wipe"));
    onClick("danger", () => {
      const sure = element("danger-sure", HTMLElement);
      sure.hidden = !sure.hidden;
    });
    for (const button of document.querySelectorAll("[data-danger]")) {
      button.addEventListener("click", () => void guard(() => this.showDanger(String(button.getAttribute("data-danger")))));
    }
  }

  /**
   * @param {string} id
   * @param {() => unknown} act
   */
  onSubmit(id, act) {
    element(id, HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      void guard(async () => act());
    });
  }

  /**
   * @param {string} id
   * @param {() => Promise<unknown>} act
   */
  onAct(id, act) {
    onClick(id, () => void guard(async () => (await act(), this.loadNotes())));
  }

  /**
   * @param {string} id
   * @param {() => Promise<unknown>} act
   */
  onGrave(id, act) {
    const button = element(id, HTMLButtonElement);
    onClick(id, () => void guard(async () => ((await isSure(button)) ? act() : null)));
  }

  /**
   * Show a conversation; what was typed in the one before stays with it.
   * @param {string} name
   */
  async choose(name) {
    await this.desk.open(name);
    this.name = name;
    this.drawn = 0;
    this.gapSince = 0;
    this.notes = [];
    element("log", HTMLOListElement).replaceChildren();
    element("message", HTMLTextAreaElement).value = this.drafts.get(name) ?? "";
    element("danger-sure", HTMLElement).hidden = true;
    this.desk.changed();
    element("chat", HTMLElement).focus();
    await this.loadNotes();
    await this.loadAnswers();
    this.fillMoves();
  }

  /** Offer the other desks of this organisation and those that stand in this page; nothing takes a question back. */
  fillMoves() {
    const language = document.documentElement.lang;
    const others = this.desk.me.others.filter((/** @type {any} */ one) => one.desk !== this.row?.desk);
    const options = others.map((/** @type {any} */ one) => new Option(one.label[language], one.desk));
    const own = [...this.desk.me.others, ...this.desk.desks].map((one) => one.desk);
    for (const one of element("neighbours", HTMLElement).children) {
      const name = one.getAttribute("data-desk") ?? "";
      if (!own.includes(name)) {
        options.push(new Option(one.textContent ?? "", name));
      }
    }
    element("move-to", HTMLSelectElement).replaceChildren(new Option(text("move-nowhere"), ""), ...options);
    this.hasOthers = options.length > 0;
    setText("move-state", "");
    this.desk.changed();
  }

  say() {
    const field = element("message", HTMLTextAreaElement);
    const body = field.value.trim();
    if (body && this.chat?.isMine) {
      void this.chat.say({ t: "text", body });
      field.value = "";
      this.drafts.delete(this.name);
    }
    field.focus();
  }

  async end() {
    if (this.chat?.isMine) {
      await this.desk.ask(this.name, "end");
    }
  }

  async putAway() {
    const { name } = this;
    this.name = "";
    await this.desk.putAway(name);
  }

  async release() {
    const field = element("release-note", HTMLTextAreaElement);
    await this.desk.release(this.name, field.value.trim());
    field.value = "";
    await this.loadNotes();
  }

  /** @param {string} number of whom the visitor is shown; nothing only marks it */
  async showDanger(number) {
    if (number && this.chat?.isMine) {
      void this.chat.say({ t: "system", body: { kind: "danger", value: number } });
    }
    await this.desk.addNote(this.name, { t: "danger", body: number });
    element("danger-sure", HTMLElement).hidden = true;
    await this.loadNotes();
  }

  async move() {
    const choice = element("move-to", HTMLSelectElement);
    await this.desk.ask(this.name, "move", { desk: choice.value || null });
    setText("move-state", choice.value ? text("moved", { desk: choice.selectedOptions[0]?.text }) : "");
  }

  async addNote() {
    const field = element("note", HTMLTextAreaElement);
    if (field.value.trim()) {
      await this.desk.addNote(this.name, { t: "text", body: field.value.trim() });
      field.value = "";
      await this.loadNotes();
    }
  }

  async loadNotes() {
    const { name } = this;
    const notes = this.row ? await this.desk.notes(name) : [];
    if (name === this.name) {
      this.notes = notes;
      this.desk.changed();
    }
  }

  /** Fetch the answers that the desk prepared, in the language of the visitor. */
  async loadAnswers() {
    const row = this.row;
    const { answers } = row ? await this.desk.api.get(`desks/${row.desk}/answers`) : { answers: [] };
    const fitting = answers.filter((/** @type {any} */ one) => one.language === row?.language);
    const options = fitting.map((/** @type {any} */ one) => new Option(one.title, one.words));
    const select = element("answers", HTMLSelectElement);
    select.replaceChildren(/** @type {Node} */ (select.options[0]), ...options);
    element("answers-field", HTMLElement).hidden = options.length === 0;
  }

  /** Put a prepared answer into the field, to be changed and sent by a person. */
  takeAnswer() {
    const select = element("answers", HTMLSelectElement);
    const field = element("message", HTMLTextAreaElement);
    if (select.value) {
      field.setRangeText(select.value, field.selectionStart, field.selectionEnd, "end");
      this.drafts.set(this.name, field.value);
      select.value = "";
      field.focus();
    }
  }

  /** Leave no word on the page. */
  forget() {
    this.name = "";
    this.notes = [];
    this.seen.clear();
    this.drafts.clear();
    element("log", HTMLOListElement).replaceChildren();
    element("message", HTMLTextAreaElement).value = "";
  }

  // --- drawing ---

  draw() {
    const { chat, row } = this;
    element("nothing", HTMLElement).hidden = Boolean(chat);
    element("open-chat", HTMLElement).hidden = !chat;
    if (chat) {
      this.drawHead(chat, row ?? chat.row);
      this.drawEntries(chat);
      this.drawTrouble(chat);
      this.drawNotes();
      this.drawActs(chat, Boolean(row));
      this.taking.draw(chat.gone || !row ? null : chat);
    }
  }

  /**
   * @param {DeskChat} chat
   * @param {Row} row
   */
  drawHead(chat, row) {
    element("chat-title", HTMLElement).textContent = titleOf(row);
    const unseen = chat.isMine && chat.unseen > 0 ? ` ${text("unseen", { count: chat.unseen })}` : "";
    setText("chat-state", chat.gone ? text("wiped") : `${sayState(chat, row)}${unseen}`);
    setText("typing", chat.isTyping ? text("typing") : "");
    const danger = this.notes.find((note) => note.t === "danger");
    const notice = element("chat-danger", HTMLElement);
    notice.hidden = !danger;
    notice.textContent = danger ? text("note-danger", { name: danger.by.shown_as }) : "";
  }

  /** @param {DeskChat} chat */
  drawEntries(chat) {
    const log = element("log", HTMLOListElement);
    if (chat.gone) {
      log.replaceChildren();
    }
    const fresh = chat.entries.slice(this.drawn);
    log.append(...fresh.map((entry) => this.drawEntry(chat, entry)));
    if (fresh.length > 0) {
      // A report is read from its beginning, a talk from its end.
      log.scrollTop = this.drawn === 0 && fresh[0]?.inner.t === "report" ? 0 : log.scrollHeight;
    }
    this.drawn = chat.entries.length;
    this.seen.set(this.name, this.drawn);
    const waiting = chat.unsent.map(({ content }) => bubble(sayContent(content), true, text("not-sent")));
    element("unsent", HTMLOListElement).replaceChildren(...waiting);
  }

  /**
   * @param {DeskChat} chat
   * @param {Entry} entry
   */
  drawEntry(chat, { inner, direction }) {
    const isMine = direction !== FROM_VISITOR;
    const sender = text(isReported(chat.row) ? "reporter" : "visitor");
    const item = bubble(sayContent(inner), isMine, isMine ? (inner.by ?? "") : sender);
    if (inner.t === "report") {
      item.className = "report";
      item.append(showReport(inner.body, document.documentElement.lang));
    }
    if (inner.t === "file") {
      item.append(showFile(this.desk, chat, direction, inner.body));
    }
    return item;
  }

  /** @param {DeskChat} chat */
  drawTrouble({ trouble, hasGap, gone }) {
    this.gapSince = hasGap ? this.gapSince || Date.now() : 0;
    const isLong = this.gapSince > 0 && Date.now() - this.gapSince > SHOW_GAP_AFTER;
    const notice = element("chat-trouble", HTMLElement);
    notice.hidden = gone !== null || (!trouble && !isLong);
    notice.textContent = trouble ? text("trouble") : text("gap");
    if (hasGap && !isLong) {
      setTimeout(() => this.desk.changed(), SHOW_GAP_AFTER);
    }
  }

  drawNotes() {
    const items = this.notes.map((note) => {
      const item = document.createElement("li");
      const who = document.createElement("span");
      who.className = "muted";
      who.textContent = text(note.t === "text" ? "note-by" : `note-${note.t}`, { name: note.by.shown_as });
      const words = document.createElement("p");
      words.textContent = note.t === "text" ? note.body : "";
      item.append(who, words);
      return item;
    });
    fillList("notes", items);
  }

  /**
   * @param {DeskChat} chat
   * @param {boolean} isThere
   */
  drawActs(chat, isThere) {
    const { state, by } = chat.row;
    const isLive = isThere && !chat.gone;
    element("taking", HTMLElement).hidden = !isLive || chat.isMine || state === "closed";
    element("claim", HTMLElement).hidden = Boolean(by);
    element("take-over", HTMLElement).hidden = !by;
    // Nobody can come back to a checklist, so nobody would read an answer.
    const isReport = isReported(chat.row);
    element("say", HTMLElement).hidden = !chat.isMine || !isLive || chat.row.kind === "checklist";
    setText("claim", text(isReport ? "claim-report" : "claim-chat"));
    setText("end", text(isReport ? "end-report" : "end-chat"));
    for (const id of ["end", "danger", "release-form", "block"]) {
      element(id, HTMLElement).hidden = !chat.isMine || !isLive;
    }
    element("move-form", HTMLElement).hidden = !chat.isMine || !isLive || !this.hasOthers || isReport;
    // A closed one can still be destroyed, or be marked to be talked over.
    element("more", HTMLElement).hidden = !isLive || (!chat.isMine && state !== "closed");
    element("note-form", HTMLElement).hidden = !isLive;
    element("record-link", HTMLAnchorElement).href = `/staff/contacts/new?desk=${chat.row.desk}&channel=chat`;
    element("record", HTMLElement).hidden = (state !== "closed" && !chat.gone) || isReport;
  }
}

/** @param {import("../chat/messages.js").Content} content */
function sayContent(content) {
  if (content.t === "text") {
    return content.body;
  }
  if (content.t === "checklist") {
    return text("checklist-of"); // its codes stand below, where they are taken into intake
  }
  if (content.t === "report") {
    return text("report-of", { version: content.body.version });
  }
  if (content.t === "file") {
    return text("file", { name: content.body.name });
  }
  return content.t === "system" ? text(`system-${content.body.kind}`, content.body) : text("end");
}

/** @param {Row} row */
function isReported({ kind }) {
  return kind === "report" || kind === "checklist";
}

/**
 * @param {DeskChat} chat
 * @param {Row} row
 */
function sayState(chat, row) {
  const isReport = isReported(row);
  if (chat.isMine) {
    return text(row.kind === "checklist" ? "mine-checklist" : isReport ? "mine-report" : "mine-state");
  }
  if (row.state === "open") {
    return text(isReport ? "other-report" : "other-state", { name: row.by?.shown_as });
  }
  return row.state === "closed" ? text("closed-state") : text(isReport || row.kind === "message" ? "waiting-message" : "waiting-state");
}
