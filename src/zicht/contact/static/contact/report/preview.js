/**
 * Show a form on a page of the staff as somebody who reports sees it. Nothing is kept or sent.
 */
import { element, make } from "../chat/dom.js";
import { readAnswers, showQuestion } from "./fields.js";
import { pagesOf } from "./form_rules.js";
import { inLanguage } from "./written_report.js";

const source = element("known", HTMLElement);
const place = element("preview", HTMLElement);
const { form, places } = JSON.parse(source.textContent ?? "{}");
const language = document.documentElement.lang;
const words = { language, optional: source.dataset["optional"] ?? "", places };

/** @type {import("./form_rules.js").Answers} */
let answers = {};

function draw() {
  const focused = document.activeElement?.id ?? "";
  const pages = pagesOf(form.questions, answers).map((questions) => {
    const card = make("section", { className: "card" });
    const topic = questions[0]?.topic;
    if (topic) {
      card.append(make("h2", {}, inLanguage(topic, language)));
    }
    card.append(...questions.map((one) => showQuestion(one, answers[one.name] ?? [], words)));
    return card;
  });
  place.replaceChildren(...pages);
  document.getElementById(focused)?.focus();
}

place.addEventListener("change", () => {
  answers = readAnswers(pagesOf(form.questions, answers).flat());
  draw();
});
draw();
