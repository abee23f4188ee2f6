/**
 * The checklist on a phone. Everything it says stands in the page already, in its language; nothing is sent before somebody finishes.
 */
import { decode } from "../../../contact/static/contact/chat/bytes.js";
import { element, onClick, setText, text } from "../../../contact/static/contact/chat/dom.js";
import { ExpiredError, NotYetValidError, SealingError } from "../../../contact/static/contact/chat/errors.js";
import { createTransport } from "../../../contact/static/contact/chat/http.js";
import { counting } from "../../../contact/static/contact/signs/dimensions.js";
import { chosenGroups, readCatalogue } from "./catalogue.js";
import { isFound, isOffered } from "./choosing.js";
import { dropDraft, emptyDraft, isOver, keepDraft, LONGEST, readDraft } from "./drafts.js";
import { contentOf, putInPlaceOfDraft, sealChecklist } from "./finishing.js";
import { addControls } from "./marks.js";
import { askToSendLater, beginWorker } from "./offline.js";
import { hearOfChanges, listOutbox, sendAll, sendUnkept } from "./outbox.js";
import { drawOutbox } from "./outbox_view.js";
import { checkPlace, readPlace, showPlace } from "./place.js";
import { drawReview } from "./review.js";
import { eraseAll, read, write } from "./store.js";
import { showDanger, showSuggestion } from "./suggesting.js";

/** @import { Mark } from "./drafts.js" */
/** @import { Waiting } from "./outbox.js" */

const STEPS = ["who", "signals", "place", "check", "done"];
const TRY_AGAIN = 30_000; // milliseconds between looks whether there is a network, while something waits
const PATIENCE = 8000; // milliseconds for the newest key of the desk; the one that is kept may do

const main = element("content", HTMLElement);
const place = { org: String(main.dataset["org"]), desk: String(main.dataset["desk"]), root: decode(main.dataset["root"]) };
const transport = createTransport();
const catalogue = readCatalogue();
/** @type {(() => void)[]} */
const redraws = [];

let draft = emptyDraft(Date.now());
let isKept = false; // whether there is anything to keep
/** The draft as it was changed last, until it is kept. @type {ReturnType<typeof emptyDraft> | null} */
let changed = null;
let saving = Promise.resolve();
let isFinishing = false;
/** The newest key of the desk that came since the page was opened. @type {unknown} */
let deskKey = null;
/** What was locked on a phone without room to keep it, and what it says. @type {{ waiting: Waiting, content: string } | null} */
let unkept = null;
let hasWaited = false; // whether something waited when this page looked last
/** @type {ReturnType<typeof setTimeout> | undefined} */
let tryAgain;

// --- steps ------------------------------------------------------------------------------------------------------
function currentStep() {
  const wanted = window.location.hash.slice(1);
  return STEPS.includes(wanted) ? wanted : "who";
}

/** @param {boolean} [isMoved] the focus goes along, except when the page opens */
function showStep(isMoved = true) {
  const current = currentStep();
  for (const step of STEPS) {
    element(`step-${step}`, HTMLElement).hidden = step !== current;
  }
  element("intro", HTMLElement).hidden = current !== "who";
  if (current === "signals") {
    choose();
  }
  if (current === "check") {
    drawCheck();
  }
  if (isMoved) {
    const heading = element(`step-${current}`, HTMLElement).querySelector("h2");
    window.scrollTo(0, 0);
    heading?.focus();
  }
}

/** @param {string} step */
function go(step) {
  if (step !== "place" && currentStep() === "place" && !checkPlace()) {
    return;
  }
  window.location.hash = step;
}

// --- the draft --------------------------------------------------------------------------------------------------
/** Keep what was changed. Of several changes while the phone writes only the last is written: a tab may be closed at any moment. */
function keep() {
  isKept = true;
  changed = structuredClone(draft);
  saving = saving.then(keepLast).catch(() => setText("notice", text("not-kept")));
  showDanger(noted(), catalogue);
}

async function keepLast() {
  const last = changed;
  changed = null;
  if (last && isKept) {
    await keepDraft(last);
  }
}

function noted() {
  return counting(Object.entries(draft.marks).map(([indicator, { state }]) => ({ indicator, state })));
}

/**
 * @param {string} code
 * @param {Mark | null} mark
 */
function setMark(code, mark) {
  if (mark) {
    draft.marks[code] = mark;
  } else {
    delete draft.marks[code];
  }
  keep();
  drawCount();
}

function startAnew() {
  draft = emptyDraft(Date.now());
  isKept = false;
  fill();
}

/** Put what is in the draft into the page. */
function fill() {
  element("observer", HTMLSelectElement).value = draft.observer;
  element("situation", HTMLSelectElement).value = draft.situation;
  const age = document.querySelector(`input[name="age"][value="${draft.age}"]`);
  if (age instanceof HTMLInputElement) {
    age.checked = true;
  }
  element("search", HTMLInputElement).value = "";
  showPlace(draft);
  redraws.forEach((draw) => draw());
  drawCount();
  showDanger(noted(), catalogue);
}

/** Delete a draft whose time is over, also when the phone slept. */
async function dropIfOver() {
  if (isKept && isOver(draft, Date.now())) {
    startAnew();
    await saving;
    await dropDraft();
    setText("notice", text("over"));
    window.location.hash = "who";
  }
}

// --- signals ----------------------------------------------------------------------------------------------------
/** Show the indicators that fit, or those that were searched for; what was marked always stays in sight. */
function choose() {
  const typed = element("search", HTMLInputElement).value.trim();
  const all = element("show-all", HTMLInputElement).checked;
  let shown = 0;
  for (const one of catalogue.values()) {
    const fits = typed ? isFound(typed, one.searched) : all || isOffered(one, draft.observer, chosenGroups(), draft.age);
    one.item.hidden = !fits && (typed !== "" || !draft.marks[one.code]);
    shown += one.item.hidden ? 0 : 1;
  }
  for (const group of document.querySelectorAll("[data-group]")) {
    group.toggleAttribute("hidden", !group.querySelector("[data-indicator]:not([hidden])"));
  }
  setText("shown", shown ? text("shown", { shown }) : text("none-shown"));
}

function drawCount() {
  const marks = Object.values(draft.marks);
  const seen = marks.filter(({ state }) => state === "noted").length;
  setText("count", text("count", { seen, absent: marks.length - seen }));
}

function drawCheck() {
  drawReview(draft, catalogue);
  showSuggestion(noted(), catalogue, draft.age);
  element("finish", HTMLButtonElement).disabled = Object.keys(draft.marks).length === 0;
  setText("finish-state", Object.keys(draft.marks).length === 0 ? text("nothing-marked") : "");
}

// --- finishing and sending --------------------------------------------------------------------------------------
/** Ask for the newest key of the desk, and keep it for a time without a network. */
async function fetchDesk() {
  const path = `/chat/v1/desks/${encodeURIComponent(place.desk)}`;
  const answer = await transport.call({ method: "GET", path, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (answer?.status === 200 && answer.body?.key) {
    deskKey = answer.body.key;
    await write("desk", place.desk, deskKey).catch(() => {}); // without room it holds until the page is closed
  }
}

async function finish() {
  if (isFinishing) {
    return;
  }
  isFinishing = true;
  setText("finish-state", text("locking"));
  try {
    await fetchDesk();
    const published = deskKey ?? (await read("desk", place.desk).catch(() => null));
    if (!published) {
      setText("finish-state", text("no-key"));
      return;
    }
    const when = { now: Math.floor(Date.now() / 1000), language: document.documentElement.lang };
    const content = contentOf(draft, today());
    // What could not be kept may have arrived all the same: it goes again with the same bytes, unless something was changed.
    const isInHand = unkept && unkept.content === JSON.stringify(content);
    const waiting = unkept && isInHand ? unkept.waiting : await sealChecklist(published, place, content, when);
    await saving;
    if (await putInPlaceOfDraft(waiting).then(() => false, () => true)) {
      unkept = { waiting, content: JSON.stringify(content) };
      if (!(await sendUnkept(transport, waiting))) {
        setText("finish-state", text("no-room"));
        return;
      }
      setText("sent-state", text("sent"));
    }
    unkept = null;
    const isDanger = !element("danger-now", HTMLElement).hidden;
    startAnew();
    element("danger-now", HTMLElement).hidden = !isDanger; // it is not over with the checklist
    setText("finish-state", "");
    window.location.hash = "done";
    await sendNow();
  } catch (error) {
    setText("finish-state", text(reasonOf(error)));
  } finally {
    isFinishing = false;
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof ExpiredError) {
    return "key-over";
  }
  if (error instanceof NotYetValidError) {
    return "wrong-clock";
  }
  return error instanceof SealingError ? "not-trusted" : "not-kept";
}

async function sendNow() {
  clearTimeout(tryAgain);
  await showOutbox();
  if (hasWaited) {
    await sendAll(transport);
    await showOutbox();
  }
  if (hasWaited) {
    tryAgain = setTimeout(() => void sendNow(), TRY_AGAIN);
    await askToSendLater();
  }
}

/** Say how it stands; the worker may have sent something meanwhile. */
async function showOutbox() {
  const left = await listOutbox().catch(() => []);
  const isWaiting = left.some(({ state }) => state === "waiting");
  drawOutbox(left, () => void showOutbox());
  if (isWaiting || hasWaited) {
    setText("sent-state", text(isWaiting ? "will-be-sent" : left.length === 0 ? "sent" : "not-sent"));
  }
  hasWaited = isWaiting;
}

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

async function erase() {
  element("erase-sure", HTMLElement).hidden = true;
  startAnew();
  await saving;
  await eraseAll();
  drawOutbox([], () => {});
  setText("notice", text("erased"));
  window.location.hash = "who";
}

// --- beginning --------------------------------------------------------------------------------------------------
function listen() {
  window.addEventListener("hashchange", () => showStep());
  for (const button of document.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => go(button.getAttribute("data-go") ?? "who"));
  }
  element("step-who", HTMLElement).addEventListener("change", () => {
    draft.observer = element("observer", HTMLSelectElement).value;
    draft.situation = element("situation", HTMLSelectElement).value;
    draft.age = String(new FormData(element("who", HTMLFormElement)).get("age") ?? "");
    keep();
  });
  element("step-place", HTMLElement).addEventListener("change", () => {
    Object.assign(draft, readPlace());
    keep();
  });
  element("search", HTMLInputElement).addEventListener("input", choose);
  element("show-all", HTMLInputElement).addEventListener("change", choose);
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  onClick("finish", () => void finish());
  onClick("erase", () => {
    element("erase-sure", HTMLElement).hidden = false;
    element("erase-yes", HTMLButtonElement).focus();
  });
  onClick("erase-no", () => {
    element("erase-sure", HTMLElement).hidden = true;
    element("erase", HTMLButtonElement).focus();
  });
  onClick("erase-yes", () => void erase());
  window.addEventListener("online", () => void sendNow());
  hearOfChanges(() => void showOutbox());
  document.addEventListener("visibilitychange", () => void dropIfOver());
}

async function begin() {
  const kept = await readDraft(Date.now()).catch(() => null); // a browser that keeps nothing says so at the first change
  if (kept) {
    draft = kept;
    isKept = true;
    setText("notice", text("kept"));
  }
  for (const one of catalogue.values()) {
    redraws.push(addControls(one, { get: (code) => draft.marks[code], set: setMark, today }));
  }
  listen();
  for (const one of document.querySelectorAll("[data-needs-script]")) {
    one.removeAttribute("hidden");
  }
  fill();
  showStep(false);
  setInterval(() => void dropIfOver(), LONGEST / 1440);
  void fetchDesk();
  void sendNow();
  beginWorker(String(main.dataset["root"]));
}

/** One window at a time: another one would bring back what was finished in this one. */
function beginAlone() {
  void navigator.locks.request("zicht-checklist-window", { ifAvailable: true }, (lock) => {
    if (!lock) {
      element("elsewhere", HTMLElement).hidden = false;
      return undefined;
    }
    void begin();
    return new Promise(() => {});
  });
}

beginAlone();
