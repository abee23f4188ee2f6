/**
 * The page of the report box: questions page by page, sealed and sent, and later the way back with a code. Nothing is kept on the
 * device: what was typed lives in this script as long as the page is open.
 */
import { comeBack } from "../chat/begin.js";
import { decode } from "../chat/bytes.js";
import { Calls } from "../chat/calls.js";
import { element, make, onClick, setText, text } from "../chat/dom.js";
import { CodeError } from "../chat/errors.js";
import { createTransport } from "../chat/http.js";
import { watchExit } from "../chat/leaving.js";
import { reasonOf } from "../chat/reasons.js";
import { trustDeskKey } from "../chat/statements.js";
import { markFault, readAnswers, showQuestion } from "./fields.js";
import { FollowUp } from "./follow_up.js";
import { faults, pagesOf } from "./form_rules.js";
import { Parcel } from "./sending.js";
import { inLanguage, showReport, writeReport } from "./written_report.js";

/** @import { Call, Transport } from "../chat/http.js" */
/** @import { Answers, Question } from "./form_rules.js" */
/** @import { Place } from "./sending.js" */
/** @import { Form } from "./written_report.js" */
/** @typedef {Place & { audiences: string[] }} Desk */

const PARTS = ["start", "desks", "ask", "pictures", "check", "working", "receipt", "done", "talk", "refused"];
const MOST_PICTURES = 5;

const language = document.documentElement.lang;
const known = JSON.parse(element("forms", HTMLElement).textContent ?? "{}");
/** @type {Form[]} */
const forms = known.forms;
/** @type {Desk[]} */
const desks = known.desks.map((/** @type {any} */ one) => ({ ...one, root: decode(one.root) }));
const words = { language, optional: text("optional"), places: known.places };
const tools = { transport: watched(createTransport()), changed: () => followUp.draw() };
const followUp = new FollowUp((why) => refuse(why));

/** @type {Form | null} */
let form = null;
/** @type {Desk[]} */
let chosen = [];
/** @type {Answers} */
let answers = {};
/** @type {File[]} */
let pictures = [];
/** @type {Parcel[]} */
let parcels = [];
let place = 0;
let takesFiles = false;
let isLeaving = false;

/**
 * Show one part of the page instead of the others, and begin to read there.
 * @param {string} part
 */
function show(part) {
  PARTS.forEach((one) => (element(one, HTMLElement).hidden = one !== part));
  // Another language is another page, to which nothing that was typed goes along.
  document.querySelectorAll(".language").forEach((link) => link.toggleAttribute("hidden", part !== "start"));
  sayFaults([]);
  const heading = element(part, HTMLElement).querySelector("h2");
  if (heading && part !== "start") {
    heading.tabIndex = -1;
    heading.focus();
    window.scrollTo(0, 0);
  }
}

/** @param {string} why name of a sentence */
function refuse(why) {
  element("refused-why", HTMLElement).textContent = text(why);
  element("refused-back", HTMLButtonElement).hidden = form === null;
  show("refused");
}

/**
 * Say on top what is wrong, with a way to each field.
 * @param {[string, string][]} found ids and sentences
 */
function sayFaults(found) {
  const summary = element("summary", HTMLElement);
  const items = found.map(([id, sentence]) => {
    const item = make("li");
    const link = make("a", { href: `#${id}` }, sentence);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById(id)?.focus();
    });
    item.append(link);
    return item;
  });
  element("summary-list", HTMLUListElement).replaceChildren(...items);
  summary.hidden = found.length === 0;
  if (found.length > 0) {
    summary.focus();
  }
}

// --- who, and to whom -------------------------------------------------------------------------------------------

/** @param {string} name */
function checkedIn(name) {
  const fields = [...document.querySelectorAll(`input[name="${name}"]:checked`)];
  return fields.map((field) => /** @type {HTMLInputElement} */ (field).value);
}

/** @param {SubmitEvent} event */
function chooseAudience(event) {
  event.preventDefault();
  const [audience] = checkedIn("audience");
  if (!audience) {
    sayFaults([[element("start", HTMLElement).querySelector("input")?.id ?? "", text("choose-who")]]);
    return;
  }
  const found = forms.find((one) => one.audience === audience) ?? null;
  if (found !== form) {
    [form, answers, pictures, parcels] = [found, {}, [], []];
  }
  const offered = desks.filter((one) => one.audiences.includes(audience));
  if (offered.length === 1) {
    chosen = offered;
    void beginQuestions();
    return;
  }
  offerDesks(offered, audience === "source");
}

/**
 * @param {Desk[]} offered
 * @param {boolean} areSeveral a source may tell several news desks; anybody else tells one desk
 */
function offerDesks(offered, areSeveral) {
  const items = offered.map((one) => {
    const label = make("label", { className: "check" });
    const input = make("input", { type: areSeveral ? "checkbox" : "radio", name: "desk", value: one.desk, id: `desk-${one.desk}` });
    input.checked = chosen.includes(one);
    label.append(input, ` ${inLanguage(one.label, language)}`);
    return label;
  });
  element("desk-choices", HTMLElement).replaceChildren(...items);
  element("desk-several", HTMLElement).hidden = !areSeveral;
  show("desks");
}

/** @param {SubmitEvent} event */
function chooseDesks(event) {
  event.preventDefault();
  const names = checkedIn("desk");
  chosen = desks.filter((one) => names.includes(one.desk));
  if (chosen.length === 0) {
    sayFaults([[element("desk-choices", HTMLElement).querySelector("input")?.id ?? "", text("choose-desk")]]);
    return;
  }
  void beginQuestions();
}

/** Look whether the desks can be written to, before anything is typed. */
async function beginQuestions() {
  show("working");
  setText("working-words", text("looking"));
  const found = await Promise.all(chosen.map((one) => lookAt(one)));
  const refusal = found.every((one) => one.refusal) ? found[0]?.refusal : "";
  if (refusal) {
    form = null;
    refuse(refusal);
    return;
  }
  takesFiles = found.every((one) => one.takesFiles);
  place = 0;
  ask();
}

/** @param {Desk} desk */
async function lookAt(desk) {
  const path = `/chat/v1/desks/${encodeURIComponent(desk.desk)}`;
  const answer = await new Calls(tools.transport).once({ method: "GET", path });
  if (!answer) {
    return { refusal: "", takesFiles: false }; // no line now: sending looks again
  }
  if (answer.status !== 200 || !answer.body?.key) {
    return { refusal: "no-desk", takesFiles: false };
  }
  const refusal = await trustDeskKey(answer.body.key, desk.root, desk, Math.floor(Date.now() / 1000)).then(() => "", reasonOf);
  return { refusal, takesFiles: answer.body.takes_files === true };
}

// --- questions --------------------------------------------------------------------------------------------------

function pages() {
  return form ? pagesOf(form.questions, answers) : [];
}

/** Show the questions of one page; a topic stands above them. */
function ask() {
  const all = pages();
  const questions = all[place] ?? [];
  const topic = questions[0]?.topic;
  element("ask-title", HTMLElement).textContent = topic ? inLanguage(topic, language) : text("more-questions");
  setText("ask-place", text("page", { page: place + 1, pages: all.length }));
  drawQuestions(questions);
  show("ask");
}

/** @param {Question[]} questions */
function drawQuestions(questions) {
  const shown = questions.map((one) => showQuestion(one, answers[one.name] ?? [], words));
  element("ask-fields", HTMLElement).replaceChildren(...shown);
}

/** Keep what is filled in; questions that depend on it come and go at once. */
function keepAnswers() {
  const before = (pages()[place] ?? []).map(({ name }) => name).join();
  answers = { ...answers, ...readAnswers(pages()[place] ?? []) };
  const now = pages()[place] ?? [];
  if (now.map(({ name }) => name).join() !== before) {
    const focused = document.activeElement?.id;
    drawQuestions(now);
    document.getElementById(focused ?? "")?.focus();
  }
}

/** @param {SubmitEvent} event */
function goOnAsking(event) {
  event.preventDefault();
  keepAnswers();
  const questions = pages()[place] ?? [];
  const found = faults(form?.questions ?? [], answers, today());
  questions.forEach(({ name }) => markFault(name, found[name] ? text(`fault-${found[name]}`) : ""));
  const wrong = questions.filter(({ name }) => found[name]);
  if (wrong.length > 0) {
    sayFaults(wrong.map(({ name, ask: asked }) => [`a-${name}`, `${inLanguage(asked, language)} ${text(`fault-${found[name]}`)}`]));
    return;
  }
  place += 1;
  if (place < pages().length) {
    ask();
  } else if (takesFiles) {
    show("pictures");
  } else {
    check();
  }
}

function goBack() {
  keepAnswers();
  place -= 1;
  if (place >= 0) {
    ask();
  } else {
    show("start");
  }
}

function backToLastPage() {
  place = pages().length - 1;
  ask();
}

/** Give the day by the clock of this device. */
function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

// --- pictures, and a last look ----------------------------------------------------------------------------------

function takePictures() {
  const field = element("picture", HTMLInputElement);
  pictures = [...pictures, ...(field.files ?? [])].slice(0, MOST_PICTURES);
  field.value = "";
  drawPictures();
}

function drawPictures() {
  const items = pictures.map((picture, number) => {
    const item = make("li", { className: "row" });
    const drop = make("button", { type: "button" }, text("drop-picture", { number: number + 1 }));
    drop.addEventListener("click", () => {
      pictures = pictures.filter((one) => one !== picture);
      drawPictures();
      element("picture", HTMLInputElement).focus();
    });
    item.append(text("picture", { number: number + 1 }), " ", drop);
    return item;
  });
  element("picture-list", HTMLUListElement).replaceChildren(...items);
}

/** Show everything that will be sent. */
function check() {
  const list = element("check-list", HTMLElement);
  const shown = pages().map((questions, number) => {
    const box = make("div", { className: "checked" });
    const [part] = form ? writeReport({ ...form, questions: questions.map((one) => ({ ...one, only_if: null })) }, answers, words.places) : [];
    const topic = questions[0]?.topic;
    box.append(make("h3", {}, topic ? inLanguage(topic, language) : text("more-questions")));
    const isEmpty = part?.t !== "report" || part.body.answers.length === 0;
    box.append(isEmpty ? make("p", { className: "by" }, text("nothing-filled")) : showReport(part.body, language));
    const change = make("button", { type: "button" }, text("change-page", { page: number + 1 }));
    change.addEventListener("click", () => {
      place = number;
      ask();
    });
    box.append(change);
    return box;
  });
  list.replaceChildren(...shown);
  setText("check-pictures", pictures.length > 0 ? text("pictures-along", { count: pictures.length }) : "");
  setText("check-desks", text("goes-to", { desks: chosen.map((one) => inLanguage(one.label, language)).join(", ") }));
  show("check");
}

// --- sending ----------------------------------------------------------------------------------------------------

async function send() {
  if (!form) {
    return;
  }
  show("working");
  setText("working-words", text("sending"));
  parcels = chosen.map((one) => parcels.find((parcel) => parcel.place === one) ?? new Parcel(one));
  let why = "";
  for (const parcel of parcels.filter((one) => !one.code)) {
    try {
      await parcel.send(tools, writeReport(form, answers, words.places), pictures, language);
    } catch (error) {
      why = reasonOf(error);
    }
    if (isLeaving) {
      return;
    }
  }
  if (parcels.some((one) => one.code)) {
    showReceipt();
  } else {
    refuse(why);
  }
}

/** Show the codes, once. */
function showReceipt() {
  const sent = parcels.filter((one) => one.code);
  const items = sent.map(({ place: { label }, code }) => {
    const item = make("p", { className: "state code" }, `${inLanguage(label, language)}: `);
    const letters = make("strong", {}, code);
    letters.translate = false;
    item.append(letters);
    return item;
  });
  element("codes", HTMLElement).replaceChildren(...items);
  const unsent = parcels.filter((one) => !one.code).map(({ place: { label } }) => inLanguage(label, language));
  setText("not-sent", unsent.length > 0 ? text("not-sent-to", { desks: unsent.join(", ") }) : "");
  element("send-again", HTMLButtonElement).hidden = unsent.length === 0;
  const refused = Math.max(...parcels.map((one) => one.refused));
  setText("not-pictures", refused > 0 ? text("pictures-refused", { count: refused }) : "");
  show("receipt");
}

/** Forget everything that was typed, and the codes. */
function finish() {
  parcels.forEach(({ conversation }) => conversation?.forget());
  [form, answers, pictures, parcels, chosen] = [null, {}, [], [], []];
  for (const id of ["codes", "check-list", "ask-fields", "picture-list"]) {
    element(id, HTMLElement).replaceChildren();
  }
  show("done");
}

/**
 * Tell whoever waits when there is no line: what was typed stays here.
 * @param {Transport} transport
 * @returns {Transport}
 */
function watched(transport) {
  return {
    ...transport,
    call: async (/** @type {Call} */ request) => {
      try {
        const answer = await transport.call(request);
        noteLine(true);
        return answer;
      } catch (error) {
        noteLine(false);
        throw error;
      }
    },
  };
}

/** @param {boolean} isThere */
function noteLine(isThere) {
  if (!isLeaving) {
    setText("line", isThere ? "" : text("no-line"));
  }
}

// --- coming back ------------------------------------------------------------------------------------------------

/** @param {SubmitEvent} event */
async function goOn(event) {
  event.preventDefault();
  const field = element("code-field", HTMLInputElement);
  show("working");
  setText("working-words", text("opening"));
  try {
    const conversation = await findReport(field.value);
    if (conversation.status && conversation.status.kind !== "report") {
      refuse("is-chat");
      return;
    }
    field.value = "";
    conversation.isLasting = true;
    show("talk");
    followUp.begin(conversation);
  } catch (error) {
    if (!(error instanceof CodeError)) {
      refuse(reasonOf(error));
      return;
    }
    show("start");
    element("code-details", HTMLDetailsElement).open = true;
    element("code-error", HTMLElement).hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
}

/**
 * Find a report by its code, at each organisation that has a desk on this page.
 * @param {string} code
 */
async function findReport(code) {
  for (const org of new Set(desks.map((one) => one.org))) {
    const found = await comeBack(tools, org, code).catch((/** @type {unknown} */ error) => error);
    if (!(found instanceof CodeError)) {
      if (found instanceof Error) {
        throw found;
      }
      return /** @type {import("../chat/conversation.js").Conversation} */ (found);
    }
  }
  throw new CodeError();
}

function start() {
  watchExit(() => {
    isLeaving = true;
    parcels.forEach(({ conversation }) => conversation?.leave());
    followUp.leave();
  });
  for (const one of document.querySelectorAll("[data-needs-script]")) {
    one.removeAttribute("hidden");
  }
  element("who", HTMLFormElement).addEventListener("submit", chooseAudience);
  element("desk-form", HTMLFormElement).addEventListener("submit", chooseDesks);
  element("ask-form", HTMLFormElement).addEventListener("submit", goOnAsking);
  element("ask-form", HTMLFormElement).addEventListener("change", keepAnswers);
  element("go-on", HTMLFormElement).addEventListener("submit", (event) => void goOn(event));
  element("picture", HTMLInputElement).addEventListener("change", takePictures);
  onClick("desks-back", () => show("start"));
  onClick("ask-back", goBack);
  onClick("pictures-back", backToLastPage);
  onClick("pictures-on", check);
  onClick("check-back", () => (takesFiles ? show("pictures") : backToLastPage()));
  onClick("send", () => void send());
  onClick("send-again", () => void send());
  onClick("refused-back", check);
  onClick("kept", finish);
  show("start");
}

start();
