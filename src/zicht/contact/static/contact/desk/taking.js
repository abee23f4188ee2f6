/**
 * What of a report or checklist can go into intake: codes that a person looks at first, and no word that somebody wrote.
 */
import { make, text } from "../chat/dom.js";
import { dayInWords, inLanguage } from "../report/written_report.js";
import { counting, suggest } from "../signs/dimensions.js";
import { drawDimensions, readWeights } from "../signs/suggestion_view.js";

/** @import { ReportAnswer } from "../chat/messages.js" */
/** @import { Entry } from "../chat/talk.js" */
/** @import { Row } from "./desk_chat.js" */
/** @typedef {{ [name: string]: unknown }} Along */

const CODE = /^[a-z0-9_]{1,60}$/;
const NOT_KNOWN = ["unknown", "not_asked", "declined"];
const AUDIENCE_ROLES = new Map([["citizen", "bystander_public"], ["professional", "professional"]]);
const AGE_BANDS = new Map([["minor", "minor_nos"], ["adult", "adult_nos"]]);
/** Where the code of an answer to a field goes; those of signals go along with each of them. */
const PLACES = new Map(
  Object.entries({
    "exploitation.forms": "forms",
    "contact.timing": "timing",
    "contact.age_band": "age_band",
    "contact.role": "role",
    "signal.place_code": "municipality",
    "signal.indicator": "indicator",
    "signal.basis": "basis",
    "signal.observed_on": "observed_on",
    observer: "observer",
    situation: "situation",
  }),
);

/**
 * Give what intake is told, as its page reads it (docs/report-box.md); null when there is nothing that could be taken.
 * @param {Row} row
 * @param {string} purpose of the desk
 * @param {Entry[]} entries
 * @param {ReadonlyMap<string, { urgency: string }>} catalogue of indicators
 * @returns {Along | null}
 */
export function alongOf(row, purpose, entries, catalogue) {
  if (row.kind === "checklist") {
    const checklist = readChecklist(entries);
    return checklist && { ...head(row, "field_visit", "report", "checklist"), ...checklist, urgency: urgencyOf(checklist, catalogue) };
  }
  const answers = answersOf(entries);
  if (row.kind !== "report" || answers.length === 0) {
    return null;
  }
  const isPress = purpose === "press";
  const about = head(row, isPress ? "press_tip" : "webform", isPress ? "tip" : "report", isPress ? "press_tip" : "report_box");
  const codes = codesOf(answers, audienceOf(entries));
  return { ...about, ...codes, urgency: urgencyOf(codes, catalogue) };
}

/**
 * Give the most urgent of what the noted signals ask for at least; whoever takes it in may choose another.
 * @param {Along} along
 * @param {ReadonlyMap<string, { urgency: string }>} catalogue
 */
function urgencyOf(along, catalogue) {
  const noted = counting(/** @type {{ indicator: string, state: string }[]} */ (along["signals"]));
  // Codes of list urgency begin with u1 for the most urgent.
  return noted.map((code) => catalogue.get(code)?.urgency ?? "").filter(Boolean).sort()[0] ?? null;
}

/**
 * @param {Row} row
 * @param {string} channel
 * @param {string} kind
 * @param {string} source
 */
function head(row, channel, kind, source) {
  return { v: 1, source, channel, kind, urgency: null, received_on: row.opened.slice(0, 10), postcode: null, house_number: null, source_yes: null, seen: true };
}

/** @param {Entry[]} entries */
function answersOf(entries) {
  return entries.flatMap(({ inner }) => (inner.t === "report" ? inner.body.answers : []));
}

/** @param {Entry[]} entries */
function audienceOf(entries) {
  const first = entries.find(({ inner }) => inner.t === "report")?.inner;
  return first?.t === "report" ? first.body.audience : "";
}

/**
 * @param {ReportAnswer[]} answers
 * @param {string} audience
 */
function codesOf(answers, audience) {
  const codes = (/** @type {string} */ field) => given(answers, field).filter((code) => CODE.test(code) && !NOT_KNOWN.includes(code));
  const one = (/** @type {string} */ field) => codes(field)[0] ?? null;
  const day = answers.find(({ field }) => field === "signal.observed_on")?.text ?? "";
  const basis = one("signal.basis") ?? "hearsay";
  const observed_on = /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
  return {
    role: one("contact.role") ?? AUDIENCE_ROLES.get(audience) ?? null,
    forms: codes("exploitation.forms"),
    timing: one("contact.timing"),
    age_band: one("contact.age_band"),
    municipality: given(answers, "signal.place_code").find((code) => /^GM\d{4}$/.test(code)) ?? null,
    observer: one("observer"),
    situation: one("situation"),
    signals: given(answers, "signal.indicator").filter(isIndicator).map((indicator) => ({ indicator, basis, observed_on, state: "noted" })),
  };
}

/**
 * Give the codes of all answers for a field, whatever they are.
 * @param {ReportAnswer[]} answers
 * @param {string} wanted
 */
function given(answers, wanted) {
  return answers.filter(({ field }) => field === wanted).flatMap(({ codes }) => codes);
}

/** @param {unknown} code */
function isIndicator(code) {
  return typeof code === "string" && /^[A-Z]{3}\d{2}$/.test(code);
}

/**
 * Read the checklist that a phone sealed. Each part is looked at, as somebody else's program may have made it.
 * @param {Entry[]} entries
 * @returns {Along | null}
 */
function readChecklist(entries) {
  const found = entries.map(({ inner }) => inner).find(({ t }) => t === "checklist");
  if (found?.t !== "checklist") {
    return null;
  }
  const like = (/** @type {string} */ value, /** @type {RegExp} */ form) => (form.test(value) ? value : null);
  const { observer, situation, age, municipality, postcode, house_number, signals } = found.body;
  return {
    role: "professional",
    forms: [],
    timing: null,
    age_band: AGE_BANDS.get(age) ?? null,
    observer: like(observer, CODE),
    situation: like(situation, CODE),
    municipality: like(municipality, /^GM\d{4}$/),
    postcode: like(postcode, /^[0-9A-Za-z ]{6,7}$/),
    house_number: like(house_number, /^[0-9A-Za-z -]{1,12}$/),
    signals: signals
      .filter(({ indicator }) => isIndicator(indicator))
      .map(({ indicator, basis, observed_on, state }) => ({
        indicator,
        basis: like(basis, CODE) ?? "seen",
        observed_on: like(observed_on, /^\d{4}-\d{2}-\d{2}$/),
        state: state === "absent" ? "absent" : "noted",
      })),
  };
}

/**
 * Say a code that goes along, or nothing where none does.
 * @param {Along} along
 * @param {string} name
 */
function say(along, name) {
  const code = String(along[name] ?? "");
  return code && (text(`code-${name}-${code}`) || code);
}

/** @param {Along} along */
function showChecklist(along) {
  const list = make("ul", {});
  for (const name of ["observer", "situation", "age_band", "municipality", "role", "urgency"]) {
    if (along[name]) {
      list.append(make("li", {}, `${text(`along-${name}`)}: ${say(along, name)}`));
    }
  }
  if (along["postcode"]) {
    list.append(make("li", {}, `${text("along-address")}: ${along["postcode"]} ${along["house_number"] ?? ""}`));
  }
  for (const { indicator, state, basis, observed_on } of /** @type {any[]} */ (along["signals"])) {
    const about = [text(`code-signal_state-${state}`), text(`code-signal_basis-${basis}`), dayInWords(observed_on ?? "", document.documentElement.lang)].filter(Boolean).join(", ");
    const item = make("li");
    item.append(make("strong", {}, text(`code-indicator-${indicator}`) || indicator), make("br"), about);
    list.append(item);
  }
  return list;
}

/**
 * Show what the signals suggest together; nothing where the page does not know one of them.
 * @param {Along} along
 */
export function showSuggestionOf(along) {
  const catalogue = readWeights();
  const signals = /** @type {{ indicator: string, state: string }[]} */ (along["signals"]);
  const noted = counting(signals).filter((code) => catalogue.has(code));
  const band = String(along["age_band"] ?? "");
  const isMinor = isAmong(band, "minors") ? true : isAmong(band, "adults") ? false : null;
  const suggestion = suggest(noted, catalogue, isMinor);
  const kind = make("p", {}, text(`kind-${suggestion.kind}`));
  return noted.length > 0 ? [kind, drawDimensions(suggestion, catalogue, (code) => text(`code-indicator-${code}`), "h4")] : [];
}

/**
 * @param {string} code
 * @param {string} list name of a text with codes
 */
function isAmong(code, list) {
  return text(list).split(" ").includes(code);
}

/**
 * Tell whether a code, or a day, goes along as an answer to a field: not what was left unknown, nor a second answer where one goes.
 * @param {Along} along
 * @param {string} field
 * @param {string} code
 */
export function goesAlong(along, field, code) {
  const place = PLACES.get(field) ?? "";
  const signals = /** @type {{ [place: string]: unknown }[]} */ (along["signals"]);
  return [along[place], ...signals.map((signal) => signal[place])].flat().includes(code);
}

/**
 * Show the answers that go along, in the reader's language; of a checklist its codes.
 * @param {Row} row
 * @param {Entry[]} entries
 * @param {Along} along
 */
export function showAlong(row, entries, along) {
  if (row.kind === "checklist") {
    return showChecklist(along);
  }
  const list = make("dl", { className: "facts" });
  const { lang } = document.documentElement;
  for (const { ask, said, codes, text: typed, field } of answersOf(entries)) {
    const told = said.filter((_, place) => goesAlong(along, field, codes[place] ?? "")).map((one) => inLanguage(one, lang));
    const words = told.join("; ") || (goesAlong(along, field, typed) ? dayInWords(typed, lang) : "");
    if (words) {
      list.append(make("dt", {}, inLanguage(ask, lang)), make("dd", {}, words));
    }
  }
  list.append(...showFilledIn(along, answersOf(entries)));
  return list;
}

/**
 * Show what goes along although nobody said it: who reports, by the form; what signals rest on at least; and how urgent they are.
 * @param {Along} along
 * @param {ReportAnswer[]} answers
 */
function showFilledIn(along, answers) {
  const isSaid = (/** @type {string} */ field, /** @type {unknown} */ code) => given(answers, field).includes(String(code));
  const [signal] = /** @type {{ basis: string }[]} */ (along["signals"]);
  const told = [
    ["role", isSaid("contact.role", along["role"]) ? "" : say(along, "role")],
    ["basis", !signal || isSaid("signal.basis", signal.basis) ? "" : text(`code-signal_basis-${signal.basis}`)],
    ["urgency", say(along, "urgency")],
  ];
  return told.flatMap(([name, words]) => (words ? [make("dt", {}, text(`along-${name}`)), make("dd", {}, words)] : []));
}
