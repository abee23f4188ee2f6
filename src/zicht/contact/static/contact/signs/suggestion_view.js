/**
 * Show what signals suggest, dimension by dimension, with the signals that each rests on. It is a suggestion: a person decides.
 */
import { text } from "../chat/dom.js";

/** @import { Indicator, Suggestion } from "./dimensions.js" */

/** @typedef {Indicator & { urgency: string }} Weighed urgency is the least that a signal asks for, or empty */

/** Give what the page says of each indicator, for the dimension rule. */
export function readWeights() {
  const found = document.querySelectorAll('#texts [data-text^="weighs-"]');
  /** @type {Map<string, Weighed>} */
  const catalogue = new Map();
  for (const one of found) {
    const [dimension = "", strength = "", element = "", urgency = ""] = (one.textContent ?? "").trim().split(" ");
    catalogue.set((one.getAttribute("data-text") ?? "").slice("weighs-".length), { dimension, strength, element, urgency });
  }
  return catalogue;
}

/**
 * @param {Suggestion} suggestion
 * @param {Map<string, Indicator>} catalogue
 * @param {(code: string) => string} say what an indicator says
 * @param {"h3" | "h4"} heading what fits below the heading before it
 */
export function drawDimensions({ dimensions }, catalogue, say, heading) {
  const list = document.createElement("ul");
  list.className = "dimensions";
  list.append(
    ...dimensions.map(({ code, signals, isPositive }) => {
      const part = document.createElement("li");
      const name = document.createElement(heading);
      name.textContent = text(`dimension-${code}`);
      const state = document.createElement("p");
      state.className = isPositive ? "filled" : "by";
      state.textContent = text(isPositive ? "filled" : code === "context" ? "only-context" : "not-filled");
      const rests = document.createElement("ul");
      rests.append(
        ...signals.map((each) => {
          const item = document.createElement("li");
          item.textContent = `${say(each)} (${text(`strength-${catalogue.get(each)?.strength ?? ""}`)})`;
          return item;
        }),
      );
      part.append(name, state, rests);
      return part;
    }),
  );
  return list;
}
