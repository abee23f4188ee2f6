/**
 * What goes to intake, as it can be read once more before it is locked.
 */
import { element, text } from "../../../contact/static/contact/chat/dom.js";

/** @import { Indicator } from "./catalogue.js" */
/** @import { Draft } from "./drafts.js" */

/**
 * @param {Draft} draft
 * @param {Map<string, Indicator>} catalogue
 */
export function drawReview(draft, catalogue) {
  const lines = [
    `${text("who")}: ${labelOf("observer", draft.observer)}`,
    `${text("where")}: ${labelOf("situation", draft.situation)}`,
    `${text("age")}: ${text(`age-${draft.age || "unknown"}`)}`,
    `${text("place")}: ${labelOf("municipality", draft.municipality)}${draft.postcode ? `, ${draft.postcode} ${draft.houseNumber}` : ""}`,
  ];
  element("review", HTMLElement).replaceChildren(...lines.map((line) => item(line)));
  const marks = Object.entries(draft.marks);
  for (const state of ["noted", "absent"]) {
    const some = marks.filter(([, mark]) => mark.state === state);
    const list = some.map(([code, mark]) => {
      const words = catalogue.get(code)?.words ?? "";
      return item(state === "noted" ? `${words} (${labelOf("bases", mark.basis)}, ${dayOf(mark.observed_on)})` : words);
    });
    element(`review-${state}`, HTMLElement).replaceChildren(...list);
    element(`review-${state}-part`, HTMLElement).hidden = list.length === 0;
  }
}

/** @param {string} words */
function item(words) {
  const line = document.createElement("li");
  line.textContent = words;
  return line;
}

/**
 * @param {string} id of a list
 * @param {string} value
 */
function labelOf(id, value) {
  const option = [...element(id, HTMLSelectElement).options].find((one) => one.value === value);
  return option && value ? option.text : text("not-said");
}

/** @param {string} day */
function dayOf(day) {
  return new Date(`${day}T12:00:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
}
