/**
 * Show what was locked and is not with the desk yet.
 */
import { element, text } from "../../../contact/static/contact/chat/dom.js";
import { remove } from "./store.js";

/** @import { Waiting } from "./outbox.js" */

/**
 * @param {Waiting[]} waiting
 * @param {() => void} changed
 */
export function drawOutbox(waiting, changed) {
  element("outbox", HTMLElement).hidden = waiting.length === 0;
  element("outbox-list", HTMLElement).replaceChildren(
    ...waiting.map((one) => {
      const item = document.createElement("li");
      const time = new Date(one.finishedAt).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
      item.textContent = `${time}: ${text(`outbox-${one.state}`)}`;
      if (one.state !== "waiting") {
        item.append(" ", removal(one.id, changed));
      }
      return item;
    }),
  );
}

/**
 * @param {string} id
 * @param {() => void} changed
 */
function removal(id, changed) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text("outbox-remove");
  button.addEventListener("click", () => void remove("outbox", id).then(changed));
  return button;
}
