/**
 * Show what the signals suggest, dimension by dimension, with the signals that each rests on; and danger at once.
 */
import { element, setText, text } from "../../../contact/static/contact/chat/dom.js";
import { suggest } from "../../../contact/static/contact/signs/dimensions.js";
import { drawDimensions } from "../../../contact/static/contact/signs/suggestion_view.js";

/** @import { Indicator } from "./catalogue.js" */

const NOW = "u1_now";
const TODAY = "u2_today";

/**
 * @param {string[]} noted
 * @param {Map<string, Indicator>} catalogue
 */
export function showDanger(noted, catalogue) {
  const urgencies = noted.map((code) => catalogue.get(code)?.urgency);
  element("danger-now", HTMLElement).hidden = !urgencies.includes(NOW);
  element("danger-today", HTMLElement).hidden = urgencies.includes(NOW) || !urgencies.includes(TODAY);
}

/**
 * @param {string[]} noted
 * @param {Map<string, Indicator>} catalogue
 * @param {string} age
 */
export function showSuggestion(noted, catalogue, age) {
  const suggestion = suggest(noted, catalogue, age ? age === "minor" : null);
  setText("suggestion-kind", text(`kind-${suggestion.kind}`));
  const say = (/** @type {string} */ code) => catalogue.get(code)?.words ?? "";
  element("suggestion", HTMLElement).replaceChildren(drawDimensions(suggestion, catalogue, say, "h3"));
}
