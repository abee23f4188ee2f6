/**
 * The visitor's page: shows one conversation. Everything it says stands in the page already, in its language; every text of a person is
 * put in as text, never as HTML.
 */
import { createPressCounter } from "../presses.js";
import { askForDesk, begin, ClosedError, comeBack, keepUnderCode, UnavailableError } from "./begin.js";
import { decode } from "./bytes.js";
import { Calls } from "./calls.js";
import { bubble, element, onClick, text } from "./dom.js";
import { CodeError, ExpiredError, NotYetValidError } from "./errors.js";
import { createTransport } from "./http.js";
import { FROM_VISITOR } from "./keys.js";

/** @import { Conversation } from "./conversation.js" */
/** @import { Entry } from "./talk.js" */

const PRESSES_TO_LEAVE = 3;
const OFFER_CODE_AFTER = 120_000; // milliseconds of waiting; telephones close pages that nobody looks at
const SHOW_GAP_AFTER = 15_000; // milliseconds; until then it may still be on its way

const main = element("content", HTMLElement);
const exit = element("exit", HTMLAnchorElement);
const org = String(main.dataset["org"]);
const root = decode(main.dataset["root"]);
const tools = { transport: createTransport(), changed: () => draw() };

/** @type {Conversation | null} */
let conversation = null;
let code = "";
let drawn = 0;
let gapSince = 0;
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

// --- leaving ----------------------------------------------------------------------------------------------------

/** Empty the page: a screen that is slow to change must not show it any longer. */
function blank() {
  isLeaving = true;
  document.title = "";
  document.body.replaceChildren();
  conversation?.leave();
}

function leave() {
  const address = exit.href;
  blank();
  // replace, not href: Back must not lead here.
  window.location.replace(address);
}

function watchExit() {
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  const isEnough = createPressCounter(["Escape", "Shift"], PRESSES_TO_LEAVE);
  document.addEventListener("keydown", (event) => {
    if (!event.repeat && isEnough(event.key, event.timeStamp)) {
      leave();
    }
  });
  window.addEventListener("pagehide", blank);
  window.addEventListener("pageshow", (event) => {
    // Taken back out of the browser's memory, emptied: fetch it again for whoever wants to be here.
    if (event.persisted) {
      window.location.reload();
    }
  });
  document.addEventListener("click", replaceInsteadOfVisiting);
}

/**
 * Keep all pages of this side in one place of the browser's history, so that leaving it leaves all of them.
 * @param {MouseEvent} event
 */
function replaceInsteadOfVisiting(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link === exit || link.origin !== window.location.origin || link.hash || event.button !== 0) {
    return;
  }
  event.preventDefault();
  window.location.replace(link.href);
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
  if (!found || !found.key) {
    state.textContent = text("no-desk");
  } else if (!found.is_open) {
    state.textContent = found.opens_at ? text("closed-until", { time: found.opens_at }) : text("closed");
  } else {
    state.textContent = `${text("is-open")} ${found.queue.waiting ? text("queue", found.queue) : ""} ${sayWait(found.queue.wait)}`;
  }
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
  const place = { org, desk: chosenDesk(), root };
  const language = document.documentElement.lang;
  try {
    conversation = await begin(tools, place, { kind: "chat", language }).catch((error) => {
      if (error instanceof ClosedError) {
        return begin(tools, place, { kind: "message", language });
      }
      throw error;
    });
  } catch (error) {
    refuse(reasonOf(error));
    return;
  }
  field.value = "";
  talk();
  void conversation.say({ t: "text", body });
}

/** @param {SubmitEvent} event */
async function goOn(event) {
  event.preventDefault();
  const field = element("code-field", HTMLInputElement);
  show("working");
  try {
    conversation = await comeBack(tools, org, field.value);
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

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof NotYetValidError || error instanceof ExpiredError) {
    return "wrong-clock";
  }
  return error instanceof UnavailableError ? "unavailable" : "not-trusted";
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
  element("status", HTMLElement).textContent = sayStatus(conversation);
  drawTrouble(conversation);
  element("typing", HTMLElement).hidden = !conversation.isTyping;
  element("say", HTMLFormElement).hidden = conversation.isEnded;
}

/** @param {Conversation} conversation */
function drawEntries({ entries, unsent }) {
  const log = element("log", HTMLOListElement);
  for (const entry of entries.slice(drawn)) {
    const isMine = entry.direction === FROM_VISITOR;
    log.append(bubble(sayEntry(entry), isMine, isMine ? text("you") : (entry.inner.by ?? "")));
  }
  drawn = entries.length;
  const waiting = unsent.map(({ content }) => bubble(String(content.body), true, `${text("you")} (${text("not-sent")})`));
  element("unsent", HTMLOListElement).replaceChildren(...waiting);
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
  return `${status.position ? text("position", { position: status.position }) : text("waiting")} ${sayWait(status.wait)}`;
}

/** @param {Conversation} conversation */
function drawTrouble({ trouble, hasGap }) {
  gapSince = hasGap ? gapSince || Date.now() : 0;
  const isLong = gapSince > 0 && Date.now() - gapSince > SHOW_GAP_AFTER;
  const notice = element("trouble", HTMLElement);
  notice.textContent = trouble ? text("trouble") : isLong ? text("gap") : "";
  notice.hidden = !trouble && !isLong;
  if (hasGap && !isLong) {
    setTimeout(draw, SHOW_GAP_AFTER);
  }
}

// --- code, end, wiping ------------------------------------------------------------------------------------------

async function makeCode() {
  const shown = element("code", HTMLElement);
  if (!conversation || code) {
    return;
  }
  element("offer", HTMLElement).hidden = true;
  shown.hidden = false;
  shown.textContent = text("making-code");
  try {
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
  watchExit();
  for (const one of document.querySelectorAll("[data-needs-script]")) {
    one.removeAttribute("hidden");
  }
  element("begin", HTMLFormElement).addEventListener("submit", beginChat);
  element("go-on", HTMLFormElement).addEventListener("submit", goOn);
  element("say", HTMLFormElement).addEventListener("submit", sayIt);
  element("desk", HTMLElement).addEventListener("change", showDesk);
  element("message", HTMLElement).addEventListener("input", () => void conversation?.typing(Date.now()));
  onClick("make-code", () => void makeCode());
  onClick("make-code-offered", () => void makeCode());
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
