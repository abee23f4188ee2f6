/**
 * Decide which questions of a form are shown and what is wrong with an answer: the twin of zicht.contact.report_forms.rules, held
 * to it by tests/contact/vectors/report_forms.json.
 */

/** @typedef {{ [language: string]: string }} Label */
/** @typedef {{ code: string, label: Label }} Option */
/**
 * @typedef {object} Question
 * @property {string} name
 * @property {"one" | "several" | "yes_no" | "date" | "municipality" | "short" | "long"} kind
 * @property {Label | null} topic begins a new page
 * @property {Label} ask
 * @property {Label | null} help
 * @property {boolean} needed
 * @property {Option[]} options
 * @property {{ question: string, codes: string[] } | null} only_if
 * @property {string} field
 */
/** @typedef {{ [question: string]: string[] }} Answers codes, or one text */
/** @typedef {"needed" | "choice" | "date" | "place" | "long"} Fault */

export const SHORT = 200; // characters
export const LONG = 2000;
export const CODED = ["one", "several", "yes_no"];

/**
 * Name the questions that are asked of whoever gave these answers, in their order. An answer to a question that is not shown any
 * more counts for nothing.
 * @param {Question[]} questions
 * @param {Answers} answers
 */
export function shown(questions, answers) {
  /** @type {string[]} */
  const found = [];
  for (const { name, only_if: condition } of questions) {
    const given = condition && found.includes(condition.question) ? (answers[condition.question] ?? []) : [];
    if (!condition || given.some((code) => condition.codes.includes(code))) {
      found.push(name);
    }
  }
  return found;
}

/**
 * Give what is wrong with the answers to the questions that are shown.
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} today as YYYY-MM-DD
 */
export function faults(questions, answers, today) {
  const asked = shown(questions, answers);
  /** @type {{ [question: string]: Fault }} */
  const found = {};
  for (const question of questions.filter(({ name }) => asked.includes(name))) {
    const fault = faultOf(question, answers[question.name] ?? [], today);
    if (fault) {
      found[question.name] = fault;
    }
  }
  return found;
}

/**
 * @param {Question} question
 * @param {string[]} given
 * @param {string} today
 * @returns {Fault | null}
 */
function faultOf(question, given, today) {
  const values = given.filter((one) => one.trim());
  if (values.length === 0) {
    return question.needed ? "needed" : null;
  }
  if (CODED.includes(question.kind)) {
    const codes = question.options.map(({ code }) => code);
    const isOne = question.kind === "several" || values.length === 1;
    return isOne && values.every((one) => codes.includes(one)) ? null : "choice";
  }
  if (question.kind === "municipality") {
    return values.length === 1 && /^GM\d{4}$/.test(values[0] ?? "") ? null : "place";
  }
  if (question.kind === "date") {
    return values.length === 1 && isPastDay(values[0] ?? "", today) ? null : "date";
  }
  return values.join("").length > (question.kind === "short" ? SHORT : LONG) ? "long" : null;
}

/**
 * @param {string} text
 * @param {string} today
 */
function isPastDay(text, today) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(NaN);
  // A day that is none, such as 31 April, becomes another one.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && !text.startsWith("0000") && text <= today;
}

/**
 * Give the questions that are shown, a page each: a topic begins a new one.
 * @param {Question[]} questions
 * @param {Answers} answers
 */
export function pagesOf(questions, answers) {
  const asked = shown(questions, answers);
  /** @type {Question[][]} */
  const pages = [];
  let isNew = true;
  for (const question of questions) {
    isNew ||= question.topic !== null;
    if (asked.includes(question.name)) {
      if (isNew) {
        pages.push([]);
      }
      pages.at(-1)?.push(question);
      isNew = false;
    }
  }
  return pages;
}
