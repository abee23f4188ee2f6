/**
 * Show the questions of a form as fields, and read what was filled in. Every word of a form is put in as text.
 */
import { make } from "../chat/dom.js";
import { LONG, SHORT } from "./form_rules.js";
import { inLanguage } from "./written_report.js";

/** @import { Answers, Question } from "./form_rules.js" */
/** @typedef {{ language: string, optional: string, places: Record<string, string> }} Words */

// Browser services send what stands in a field to their makers.
const KEPT_HERE = { spellcheck: "false", autocomplete: "off", autocorrect: "off", autocapitalize: "off", translate: "no" };

/**
 * Give one question with its fields, filled with what was answered before.
 * @param {Question} question
 * @param {string[]} given
 * @param {Words} words
 */
export function showQuestion(question, given, words) {
  const isGroup = question.options.length > 0;
  const box = make(isGroup ? "fieldset" : "div", { className: "question field", id: `q-${question.name}` });
  const title = make(isGroup ? "legend" : "label", {}, inLanguage(question.ask, words.language));
  if (!question.needed) {
    title.append(" ", make("span", { className: "by" }, words.optional));
  }
  box.append(title);
  if (question.help) {
    box.append(make("p", { className: "hint", id: `help-${question.name}` }, inLanguage(question.help, words.language)));
  }
  box.append(make("p", { className: "fault", id: `fault-${question.name}`, hidden: true }));
  if (isGroup) {
    box.append(...choicesOf(question, given, words.language));
    box.setAttribute("aria-describedby", [question.help ? `help-${question.name}` : "", `fault-${question.name}`].join(" ").trim());
    return box;
  }
  title.setAttribute("for", `a-${question.name}`);
  box.append(...fieldOf(question, given, words));
  return box;
}

/**
 * @param {Question} question
 * @param {string[]} given
 * @param {string} language
 */
function choicesOf({ name, kind, options }, given, language) {
  return options.map(({ code, label }, place) => {
    const input = make("input", {
      type: kind === "several" ? "checkbox" : "radio",
      name,
      value: code,
      checked: given.includes(code),
      id: place ? `a-${name}-${code}` : `a-${name}`,
    });
    const item = make("label", { className: "check" });
    item.append(input, ` ${inLanguage(label, language)}`);
    return item;
  });
}

/**
 * @param {Question} question
 * @param {string[]} given
 * @param {Words} words
 * @returns {HTMLElement[]}
 */
function fieldOf({ name, kind, help }, [given = ""], { places }) {
  const id = `a-${name}`;
  const about = [help ? `help-${name}` : "", `fault-${name}`].filter(Boolean).join(" ");
  if (kind === "municipality") {
    const select = make("select", { id, name });
    const sorted = Object.entries(places).sort(([, one], [, other]) => one.localeCompare(other, "nl"));
    select.append(new Option("", ""), ...sorted.map(([code, label]) => new Option(label, code, false, code === given)));
    select.setAttribute("aria-describedby", about);
    return [select];
  }
  const isLong = kind === "long";
  const field = isLong ? make("textarea", { id, name, rows: 5 }) : make("input", { id, name, type: kind === "date" ? "date" : "text" });
  field.value = given;
  field.maxLength = isLong ? LONG : SHORT;
  field.setAttribute("aria-describedby", about);
  Object.entries(KEPT_HERE).forEach(([key, value]) => field.setAttribute(key, value));
  return [field];
}

/**
 * Read what stands in the fields of some questions.
 * @param {Question[]} questions
 * @returns {Answers}
 */
export function readAnswers(questions) {
  return Object.fromEntries(questions.map((question) => [question.name, readAnswer(question)]));
}

/** @param {Question} question */
function readAnswer({ name, options }) {
  const box = document.getElementById(`q-${name}`);
  const fields = [...(box?.querySelectorAll("input, textarea, select") ?? [])];
  const values = fields.map((field) => {
    const isChoice = options.length > 0 && field instanceof HTMLInputElement;
    return isChoice && !field.checked ? "" : /** @type {HTMLInputElement} */ (field).value;
  });
  return values.filter((one) => one.trim());
}

/**
 * Say beside a question what is wrong with its answer; nothing takes it away.
 * @param {string} name
 * @param {string} sentence
 */
export function markFault(name, sentence) {
  const place = document.getElementById(`fault-${name}`);
  if (place) {
    place.textContent = sentence;
    place.hidden = !sentence;
  }
  const box = document.getElementById(`q-${name}`);
  box?.classList.toggle("has-fault", sentence !== "");
  if (box instanceof HTMLDivElement) {
    document.getElementById(`a-${name}`)?.setAttribute("aria-invalid", String(sentence !== ""));
  }
}
