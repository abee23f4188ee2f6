/**
 * Beside each indicator: seen, or looked and not there; and of what was seen, on what it rests and when.
 */
import { text } from "../../../contact/static/contact/chat/dom.js";

/** @import { Indicator } from "./catalogue.js" */
/** @import { Mark } from "./drafts.js" */
/** @typedef {{ get: (code: string) => Mark | undefined, set: (code: string, mark: Mark | null) => void, today: () => string }} Marks */

const EARLIEST = "2000-01-01";

/**
 * @param {Indicator} indicator
 * @param {Marks} marks
 */
export function addControls({ code, item }, marks) {
  const words = item.querySelector("p");
  if (words) {
    words.id = `words-${code}`;
  }
  const row = document.createElement("div");
  row.className = "row choices";
  row.setAttribute("role", "group");
  row.setAttribute("aria-labelledby", `words-${code}`);
  const more = document.createElement("div");
  more.className = "more-of-it";
  const draw = () => {
    const mark = marks.get(code);
    for (const button of row.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset["state"] === mark?.state));
    }
    item.dataset["state"] = mark?.state ?? "";
    more.replaceChildren(...(mark?.state === "noted" ? details(code, mark, marks) : []));
  };
  for (const state of /** @type {const} */ (["noted", "absent"])) {
    row.append(choice(state, () => {
      const before = marks.get(code);
      marks.set(code, before?.state === state ? null : { state, basis: before?.basis || "seen", observed_on: before?.observed_on || marks.today() });
      draw();
    }));
  }
  item.append(row, more);
  draw();
  return draw;
}

/**
 * @param {"noted" | "absent"} state
 * @param {() => void} act
 */
function choice(state, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset["state"] = state;
  button.textContent = text(state);
  button.addEventListener("click", act);
  return button;
}

/**
 * @param {string} code
 * @param {Mark} mark
 * @param {Marks} marks
 */
function details(code, mark, marks) {
  const list = document.querySelector("#bases")?.cloneNode(true);
  const basis = /** @type {HTMLSelectElement} */ (list);
  basis.id = `basis-${code}`;
  basis.hidden = false;
  basis.value = mark.basis;
  const day = document.createElement("input");
  day.type = "date";
  day.id = `day-${code}`;
  day.min = EARLIEST;
  day.max = marks.today();
  day.value = mark.observed_on;
  const change = () => {
    if (day.validity.valid && day.value) {
      day.removeAttribute("aria-invalid");
      marks.set(code, { state: "noted", basis: basis.value, observed_on: day.value });
    } else {
      day.setAttribute("aria-invalid", "true"); // what was there before stays
    }
  };
  basis.addEventListener("change", change);
  day.addEventListener("change", change);
  return [field(basis, text("basis")), field(day, text("day"))];
}

/**
 * @param {HTMLElement} input
 * @param {string} name
 */
function field(input, name) {
  const label = document.createElement("label");
  label.htmlFor = input.id;
  label.textContent = name;
  const whole = document.createElement("div");
  whole.append(label, input);
  return whole;
}
