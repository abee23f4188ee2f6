/**
 * A report as it is sealed: the answers with the words that were asked and chosen, so that whoever opens it needs no form.
 */
import { TooLongError } from "../chat/errors.js";
import { canonical } from "../chat/bytes.js";
import { make } from "../chat/dom.js";
import { CODED, shown } from "./form_rules.js";

/** @import { Content, ReportAnswer, ReportBody } from "../chat/messages.js" */
/** @import { Answers, Label, Question } from "./form_rules.js" */
/** @typedef {{ form: string, version: number, audience: string, label: Label, questions: Question[] }} Form */

const ROOM = 15_000; // bytes of one message: the largest bucket has 16,384, with what stands beside the answers

/**
 * Give the messages of a report; long answers go over several.
 * @param {Form} form
 * @param {Answers} answers
 * @param {Record<string, string>} places names of municipalities by code
 * @returns {Content[]}
 */
export function writeReport(form, answers, places) {
  const asked = shown(form.questions, answers);
  const written = form.questions.filter(({ name }) => asked.includes(name)).flatMap((question) => {
    const given = (answers[question.name] ?? []).map((one) => one.trim()).filter(Boolean);
    return given.length > 0 ? [writeAnswer(question, given, places)] : [];
  });
  const parts = inParts(written);
  const head = { form: form.form, version: form.version, audience: form.audience };
  return parts.map((some, place) => ({ t: "report", body: { ...head, part: place + 1, parts: parts.length, answers: some } }));
}

/**
 * @param {Question} question
 * @param {string[]} given
 * @param {Record<string, string>} places
 * @returns {ReportAnswer}
 */
function writeAnswer(question, given, places) {
  const head = { q: question.name, ask: question.ask, field: question.field };
  if (CODED.includes(question.kind)) {
    const chosen = question.options.filter(({ code }) => given.includes(code));
    return { ...head, codes: chosen.map(({ code }) => code), said: chosen.map(({ label }) => label), text: "" };
  }
  if (question.kind === "municipality") {
    const [code = ""] = given;
    const name = places[code] ?? code;
    return { ...head, codes: [code], said: [{ nl: name, en: name }], text: "" };
  }
  return { ...head, codes: [], said: [], text: given.join("\n") };
}

/**
 * Share answers out over as few messages as they fit into.
 * @param {ReportAnswer[]} answers
 */
function inParts(answers) {
  /** @type {ReportAnswer[][]} */
  const parts = [[]];
  let length = 0;
  for (const answer of answers) {
    const more = canonical(answer).length;
    if (more > ROOM) {
      throw new TooLongError();
    }
    if (length + more > ROOM) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(answer);
    length += more;
  }
  return parts;
}

/**
 * Give a list of questions and answers in the reader's language, every word put in as text.
 * @param {ReportBody} report
 * @param {string} language
 */
export function showReport({ answers }, language) {
  const list = make("dl", { className: "answers", translate: false });
  for (const { ask, said, text } of answers) {
    list.append(make("dt", {}, inLanguage(ask, language)));
    for (const words of text ? [dayInWords(text, language)] : said.map((one) => inLanguage(one, language))) {
      list.append(make("dd", { dir: "auto" }, words));
    }
  }
  return list;
}

/**
 * Give a day as people write it, and every other text as it is.
 * @param {string} text
 * @param {string} language
 */
export function dayInWords(text, language) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(NaN);
  return Number.isNaN(day.getTime()) ? text : day.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
}

/**
 * @param {Label} label
 * @param {string} language
 */
export function inLanguage(label, language) {
  return label[language] || label["en"] || Object.values(label)[0] || "";
}
