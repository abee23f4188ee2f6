/**
 * The parts of the counsellors' page, and what is said when something does not go.
 */
import { element, text } from "../chat/dom.js";
import { RefusedError, SignedOutError } from "./api.js";
import { NoDeskKeyError } from "./errors.js";

/**
 * Show one part of the page instead of the others.
 * @param {string} id
 */
export function show(id) {
  for (const part of document.querySelectorAll("[data-part]")) {
    part.toggleAttribute("hidden", part.id !== id);
  }
}

/** @param {string} words nothing takes it away */
export function showAlarm(words) {
  const alarm = element("alarm", HTMLElement);
  alarm.textContent = words;
  alarm.hidden = !words;
}

/**
 * Do something, and say it when it did not go.
 * @param {() => Promise<unknown>} act
 */
export async function guard(act) {
  showAlarm("");
  try {
    await act();
  } catch (error) {
    showAlarm(text(reasonOf(error)));
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof SignedOutError) {
    return "signed-out";
  }
  if (error instanceof NoDeskKeyError) {
    return "no-key";
  }
  if (error instanceof RefusedError) {
    const code = error.body?.error;
    return code === "not_available" ? "not-available" : code !== "claimed" ? "refused" : error.body.most ? "most" : "claimed";
  }
  return "failed";
}

/**
 * Ask before something that cannot be taken back.
 * @param {HTMLButtonElement} button whose words name what will happen
 * @returns {Promise<boolean>}
 */
export function isSure(button) {
  const dialog = element("sure", HTMLDialogElement);
  element("sure-words", HTMLElement).textContent = text("sure");
  element("sure-yes", HTMLButtonElement).textContent = button.textContent;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/**
 * Fill a list, or say that there is nothing in it.
 * @param {string} id
 * @param {HTMLLIElement[]} items
 */
export function fillList(id, items) {
  const list = element(id, HTMLUListElement);
  if (items.length === 0) {
    const item = document.createElement("li");
    item.className = "muted";
    item.textContent = list.dataset["empty"] ?? "";
    items = [item];
  }
  list.replaceChildren(...items);
}
