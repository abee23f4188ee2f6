/**
 * The visitor's page: shows one conversation. Everything it says stands in the page already, in its language; every text of a person is
 * put in as text, never as HTML.
 */
import { NoPictureError, sendPicture } from "./attaching.js";
import { askForDesk, begin, ClosedError, comeBack, goOnElsewhere, historyOf, keepUnderCode } from "./begin.js";
import { decode } from "./bytes.js";
import { Calls } from "./calls.js";
import { bubble, element, onClick, setText, text } from "./dom.js";
import { CodeError } from "./errors.js";
import { createTransport } from "./http.js";
import { FROM_VISITOR } from "./keys.js";
import { watchExit } from "./leaving.js";
import { reasonOf } from "./reasons.js";
import { trustDeskKey } from "./statements.js";

/** @import { Conversation } from "./conversation.js" */
/** @import { Entry } from "./talk.js" */

const OFFER_CODE_AFTER = 120_000; // milliseconds of waiting; telephones close pages that nobody looks at
const SHOW_GAP_AFTER = 15_000; // milliseconds; until then it may still be on its way

const main = element("content", HTMLElement);
const org = String(main.dataset["org"]);
const root = decode(main.dataset["root"]);
const tools = { transport: createTransport(), changed: () => draw() };

/** @type {Conversation | null} */
let conversation = null;
let code = "";
let drawn = 0;
let gapSince = 0;
let notMoved = ""; // why a chat could not go on at another desk
let desk = "";
let takesFiles = false;
let isLeaving = false;

/**
 * Show one part of the page instead of the others.
 * @param {"start" | "working" | "talk" | "refused"} part
 */
function show(part) {
  for (const one of ["start", "working", "talk", "refused"]) {
    element(one, HTMLElement).hidden = one !== part;
  }
}

/**
 * @param {string} reason name of a sentence
 * @param {Record<string, string | number>} [values]
 */
function refuse(reason, values) {
  element("refused-why", HTMLElement).textContent = text(reason, values);
  show("refused");
  element("refused", HTMLElement).focus();
}

// --- beginning --------------------------------------------------------------------------------------------------

/** The desk that was chosen, or the only one there is. */
function chosenDesk() {
  const choice = document.querySelector("#desk option:checked, input#desk");
  return choice instanceof HTMLOptionElement || choice instanceof HTMLInputElement ? choice.value : "";
}

/** Say whether somebody is there, before anything is typed. */
async function showDesk() {
  const state = element("desk-state", HTMLElement);
  const found = await askForDesk(new Calls(tools.transport), chosenDesk()).catch(() => null);
  takesFiles = found?.takes_files === true;
  const refusal = found?.key ? await refusalOf(found.key) : "no-desk";
  if (!found || refusal) {
    state.textContent = text(refusal || "no-desk");
  } else if (!found.is_open) {
    state.textContent = found.opens_at ? text("closed-until", { time: found.opens_at }) : text("closed");
  } else {
    state.textContent = `${text(found.somebody ? "is-open" : "nobody-free")} ${found.queue.waiting ? text("queue", found.queue) : ""} ${sayWait(found.queue.wait)}`;
  }
}

/**
 * Name the sentence that says why a key cannot be used; nothing when it can.
 * @param {unknown} key
 */
function refusalOf(key) {
  return trustDeskKey(key, root, { org, desk: chosenDesk() }, Math.floor(Date.now() / 1000)).then(() => "", reasonOf);
}

/** @param {{ median: number, p90: number } | null} wait in minutes */
function sayWait(wait) {
  return wait ? text("wait", wait) : text("wait-unknown");
}

/** @param {SubmitEvent} event */
async function beginChat(event) {
  event.preventDefault();
  const field = element("first", HTMLTextAreaElement);
  const body = field.value.trim();
  if (!body) {
    field.focus();
    return;
  }
  show("working");
  desk = chosenDesk();
  try {
    conversation = await chatOrMessage((wish) => begin(tools, place(), wish));
  } catch (error) {
    refuse(reasonOf(error));
    return;
  }
  field.value = "";
  talk();
  void conversation.say({ t: "text", body });
}

/**
 * Ask for a chat, and leave a message where nobody is there now.
 * @template T
 * @param {(wish: import("./begin.js").Wish) => Promise<T>} ask
 */
function chatOrMessage(ask) {
  const language = document.documentElement.lang;
  return ask({ kind: isPractice() ? "practice" : "chat", language }).catch((error) => {
    if (error instanceof ClosedError) {
      return ask({ kind: "message", language });
    }
    throw error;
  });
}

/** Counsellors practise with the same page; such a chat counts nowhere. */
function isPractice() {
  return window.location.hash === "#practice";
}

/** @param {SubmitEvent} event */
async function goOn(event) {
  event.preventDefault();
  const field = element("code-field", HTMLInputElement);
  show("working");
  try {
    conversation = await comeBack(tools, org, field.value);
    if (conversation.status?.kind === "report") {
      refuse("is-report");
      return;
    }
    desk = conversation.desk;
    code = field.value;
  } catch (error) {
    if (!(error instanceof CodeError)) {
      refuse(reasonOf(error));
      return;
    }
    show("start");
    element("code-error", HTMLElement).hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.focus();
    return;
  }
  field.value = "";
  talk();
}

function talk() {
  if (isLeaving || !conversation) {
    conversation?.leave();
    return;
  }
  show("talk");
  draw();
  element("message", HTMLTextAreaElement).focus();
  void conversation.start();
  setTimeout(offerCode, OFFER_CODE_AFTER);
}

function offerCode() {
  if (!isLeaving && !code && conversation?.status?.state === "waiting") {
    element("offer", HTMLElement).hidden = false;
  }
}

// --- talking ----------------------------------------------------------------------------------------------------

/** @param {SubmitEvent} event */
function sayIt(event) {
  event.preventDefault();
  const field = element("message", HTMLTextAreaElement);
  const body = field.value.trim();
  if (body && conversation) {
    void conversation.say({ t: "text", body });
    field.value = "";
  }
  field.focus();
}

function draw() {
  if (isLeaving || !conversation || element("talk", HTMLElement).hidden) {
    return;
  }
  if (conversation.gone) {
    refuse(conversation.gone === "wiped" ? "wiped" : "over");
    return;
  }
  drawEntries(conversation);
  drawMove(conversation);
  element("attach", HTMLElement).hidden = !takesFiles;
  setText("status", sayStatus(conversation));
  drawTrouble(conversation);
  element("typing", HTMLElement).hidden = !conversation.isTyping;
  element("say", HTMLFormElement).hidden = conversation.isEnded;
}

/** @param {Conversation} conversation */
function drawEntries({ entries, unsent }) {
  const log = element("log", HTMLOListElement);
  for (const entry of entries.slice(drawn)) {
    const isMine = entry.direction === FROM_VISITOR;
    showDanger(entry);
    log.append(bubble(sayEntry(entry), isMine, isMine ? text("you") : (entry.inner.by ?? "")));
  }
  drawn = entries.length;
  const waiting = unsent.map(({ content }) => bubble(String(content.body), true, `${text("you")} (${text("not-sent")})`));
  element("unsent", HTMLOListElement).replaceChildren(...waiting);
}

/**
 * Put the number on top that the desk pointed at.
 * @param {Entry} entry
 */
function showDanger({ inner }) {
  for (const box of document.querySelectorAll("[data-danger]")) {
    if (inner.t === "system" && inner.body.kind === "danger" && box.getAttribute("data-danger") === inner.body.value) {
      box.removeAttribute("hidden");
    }
  }
}

/** @param {Entry} entry */
function sayEntry({ inner }) {
  if (inner.t === "text") {
    return inner.body;
  }
  return inner.t === "system" ? text(`system-${inner.body.kind}`, inner.body) : text(inner.t);
}

/** @param {Conversation} conversation */
function sayStatus({ isConnected, status, isEnded }) {
  if (isEnded) {
    return text("ended");
  }
  if (!isConnected || !status) {
    return text("not-connected");
  }
  if (status.kind === "message" && status.state === "waiting") {
    return text("message-left");
  }
  const readers = status.readers ? text("readers", { readers: status.readers }) : "";
  if (status.state === "open") {
    return `${text("open")} ${readers}`;
  }
  const place = status.position ? text("position", { position: status.position }) : text("waiting");
  return `${place} ${status.closes_soon ? text("system-closing") : sayWait(status.wait)}`;
}

/** @param {Conversation} conversation */
function drawTrouble({ trouble, hasGap }) {
  gapSince = hasGap ? gapSince || Date.now() : 0;
  const isLong = gapSince > 0 && Date.now() - gapSince > SHOW_GAP_AFTER;
  const notice = element("trouble", HTMLElement);
  notice.textContent = trouble ? text("trouble") : isLong ? text("gap") : notMoved;
  notice.hidden = !notice.textContent;
  if (hasGap && !isLong) {
    setTimeout(draw, SHOW_GAP_AFTER);
  }
}

// --- another desk, pictures --------------------------------------------------------------------------------------

/** A desk that stands in this page; nothing for any other. @param {string} name */
function onPage(name) {
  return /** @type {HTMLElement | null} */ (document.querySelector(`#places [data-desk="${CSS.escape(name)}"]`));
}

/** The desk one is at, under the root that is pinned for it: that of another organisation stands in this page too. */
function place() {
  const { org: orgOfDesk, root: rootOfDesk } = onPage(desk)?.dataset ?? {};
  return orgOfDesk && rootOfDesk ? { org: orgOfDesk, desk, root: decode(rootOfDesk) } : { org, desk, root };
}

/** @param {Conversation} conversation */
function drawMove({ status, isEnded }) {
  const label = status?.move && !isEnded ? (onPage(status.move.desk)?.textContent ?? "") : "";
  element("move", HTMLElement).hidden = !label;
  setText("move-where", label ? text("move", { desk: label }) : "");
}

/** @param {boolean} yes */
async function answerMove(yes) {
  const current = conversation;
  const to = current?.status?.move?.desk;
  element("move", HTMLElement).hidden = true;
  if (!current || !to) {
    return;
  }
  const request = { method: "POST", path: "/chat/v1/move", headers: current.headers(), body: { yes } };
  const answer = await current.calls.untilAnswered(request);
  const ticket = answer?.body?.ticket;
  if (yes && ticket) {
    const history = element("move-history", HTMLInputElement).checked ? historyOf(current, text("you")) : [];
    const from = desk;
    desk = to;
    notMoved = "";
    await goElsewhere(current, { ticket, history }).catch((error) => {
      desk = from; // the chat goes on where it is
      notMoved = text(reasonOf(error));
      draw();
    });
  }
}

/**
 * @param {Conversation} old
 * @param {{ ticket?: string, history?: string[] }} along
 */
async function goElsewhere(old, along) {
  const fresh = await chatOrMessage((wish) => goOnElsewhere(tools, place(), wish, old, along));
  // What was said stays on the screen; the new conversation begins below it.
  conversation = fresh;
  drawn = 0;
  void fresh.start();
  draw();
}

async function attach() {
  const field = element("picture", HTMLInputElement);
  const [file] = field.files ?? [];
  const notice = element("attach-state", HTMLElement);
  if (!file || !conversation) {
    return;
  }
  notice.textContent = text("attaching");
  try {
    await sendPicture(conversation, file);
    notice.textContent = text("attached");
  } catch (error) {
    notice.textContent = text(error instanceof NoPictureError ? "no-picture" : "not-attached");
  }
  field.value = "";
}

// --- code, end, wiping ------------------------------------------------------------------------------------------

/** Ask what the code should open, unless there is one. */
function askForCode() {
  const choice = element("code-choice", HTMLElement);
  element("offer", HTMLElement).hidden = true;
  choice.hidden = Boolean(code);
  element("code-all", HTMLButtonElement).focus();
}

/** @param {boolean} isForAll or only for what comes from now on */
async function makeCode(isForAll) {
  const shown = element("code", HTMLElement);
  element("code-choice", HTMLElement).hidden = true;
  if (!conversation || code) {
    return;
  }
  shown.hidden = false;
  shown.textContent = text("making-code");
  try {
    if (!isForAll) {
      await goElsewhere(conversation, {});
    }
    code = await keepUnderCode(conversation, org);
    shown.textContent = text("code");
    const letters = document.createElement("strong");
    letters.translate = false;
    letters.textContent = code;
    shown.append(" ", letters);
  } catch {
    shown.textContent = text("no-code"); // the way to ask again stays
  }
}

async function wipe() {
  element("wipe-sure", HTMLElement).hidden = true;
  const current = conversation;
  if (current && !(await current.wipe())) {
    element("trouble", HTMLElement).textContent = text("not-wiped");
    element("trouble", HTMLElement).hidden = false;
  }
}

function start() {
  watchExit(() => {
    isLeaving = true;
    conversation?.leave();
  });
  for (const one of document.querySelectorAll("[data-needs-script]")) {
    one.removeAttribute("hidden");
  }
  element("begin", HTMLFormElement).addEventListener("submit", beginChat);
  element("go-on", HTMLFormElement).addEventListener("submit", goOn);
  element("say", HTMLFormElement).addEventListener("submit", sayIt);
  element("desk", HTMLElement).addEventListener("change", showDesk);
  element("message", HTMLElement).addEventListener("input", () => void conversation?.typing(Date.now()));
  onClick("make-code", askForCode);
  onClick("make-code-offered", askForCode);
  onClick("code-all", () => void makeCode(true));
  onClick("code-new", () => void makeCode(false));
  onClick("move-yes", () => void answerMove(true));
  onClick("move-no", () => void answerMove(false));
  element("picture", HTMLInputElement).addEventListener("change", () => void attach());
  onClick("end", () => void conversation?.end());
  onClick("wipe", () => {
    element("wipe-sure", HTMLElement).hidden = false;
    element("wipe-yes", HTMLButtonElement).focus();
  });
  onClick("wipe-no", () => {
    element("wipe-sure", HTMLElement).hidden = true;
  });
  onClick("wipe-yes", () => void wipe());
  show("start");
  void showDesk();
}

start();
