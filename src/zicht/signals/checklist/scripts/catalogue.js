/**
 * The catalogue as it stands in the page, where it can be read and printed without a script too.
 */
import { plain } from "./choosing.js";

/**
 * @typedef {object} Indicator
 * @property {string} code
 * @property {string} group
 * @property {string} dimension
 * @property {string} strength
 * @property {string} element
 * @property {string} appliesTo
 * @property {string[]} observers
 * @property {string} urgency
 * @property {boolean} isActive
 * @property {string} words what it says
 * @property {string} searched everything that it is found by
 * @property {HTMLElement} item where it stands
 */

/** @returns {Map<string, Indicator>} */
export function readCatalogue() {
  const items = document.querySelectorAll("[data-indicator]");
  return new Map([...items].flatMap((item) => (item instanceof HTMLElement ? [[item.dataset["indicator"] ?? "", read(item)]] : [])));
}

/**
 * @param {HTMLElement} item
 * @returns {Indicator}
 */
function read(item) {
  const of = (/** @type {string} */ name) => item.dataset[name] ?? "";
  const words = item.querySelector("p")?.textContent?.trim() ?? "";
  const heading = item.closest("[data-group]")?.querySelector("h3")?.textContent ?? "";
  return {
    code: of("indicator"),
    group: of("indicator").slice(0, -2),
    dimension: of("dimension"),
    strength: of("strength"),
    element: of("element"),
    appliesTo: of("appliesTo"),
    observers: of("observers").split(" "),
    urgency: of("urgency"),
    isActive: true, // a retired one is not in the page
    words,
    searched: plain(`${of("indicator")} ${heading} ${words} ${of("search")}`),
    item,
  };
}

/** Give the groups of the situation that is chosen; none are all. */
export function chosenGroups() {
  const chosen = document.querySelector("#situation option:checked");
  const groups = chosen instanceof HTMLElement ? (chosen.dataset["groups"] ?? "") : "";
  return groups ? groups.split(" ") : [];
}
