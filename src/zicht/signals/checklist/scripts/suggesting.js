/**
 * Show what the signals suggest, dimension by dimension, with the signals that each rests on; and danger at once.
 */
import { element, setText, text } from "../../../contact/static/contact/chat/dom.js";
import { suggest } from "../../../contact/static/contact/signs/dimensions.js";

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
  const { kind, dimensions } = suggest(noted, catalogue, age ? age === "minor" : null);
  setText("suggestion-kind", text(`kind-${kind}`));
  element("suggestion", HTMLElement).replaceChildren(
    ...dimensions.map(({ code, signals, isPositive }) => {
      const part = document.createElement("li");
      const name = document.createElement("h3");
      name.textContent = text(`dimension-${code}`);
      const state = document.createElement("p");
      state.className = isPositive ? "filled" : "by";
      state.textContent = text(isPositive ? "filled" : code === "context" ? "only-context" : "not-filled");
      const list = document.createElement("ul");
      list.append(...signals.map((each) => signal(catalogue.get(each))));
      part.append(name, state, list);
      return part;
    }),
  );
}

/** @param {Indicator | undefined} indicator */
function signal(indicator) {
  const item = document.createElement("li");
  item.textContent = indicator ? `${indicator.words} (${text(`strength-${indicator.strength}`)})` : "";
  return item;
}
