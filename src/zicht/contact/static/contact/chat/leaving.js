/**
 * The way out of the chat: at once, leaving an empty page behind and nothing one step back.
 */
import { createPressCounter } from "../presses.js";
import { element } from "./dom.js";

const PRESSES_TO_LEAVE = 3;

/** @param {() => void} forget what must be done with the conversation on the way out */
export function watchExit(forget) {
  const exit = element("exit", HTMLAnchorElement);
  const leave = () => {
    const address = exit.href;
    blank(forget);
    // replace, not href: Back must not lead here.
    window.location.replace(address);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  const isEnough = createPressCounter(["Escape", "Shift"], PRESSES_TO_LEAVE);
  document.addEventListener("keydown", (event) => {
    if (!event.repeat && isEnough(event.key, event.timeStamp)) {
      leave();
    }
  });
  window.addEventListener("pagehide", () => blank(forget));
  window.addEventListener("pageshow", (event) => {
    // Taken back out of the browser's memory, emptied: fetch it again for whoever wants to be here.
    if (event.persisted) {
      window.location.reload();
    }
  });
  document.addEventListener("click", (event) => replaceInsteadOfVisiting(event, exit));
}

/**
 * Empty the page: a screen that is slow to change must not show it any longer.
 * @param {() => void} forget
 */
function blank(forget) {
  document.title = "";
  document.body.replaceChildren();
  forget();
}

/**
 * Keep all pages of this side in one place of the browser's history, so that leaving it leaves all of them.
 * @param {MouseEvent} event
 * @param {HTMLAnchorElement} exit
 */
function replaceInsteadOfVisiting(event, exit) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link === exit || link.origin !== window.location.origin || link.hash || event.button !== 0) {
    return;
  }
  event.preventDefault();
  // What stands behind # says that this is practice, also in another language.
  window.location.replace(link.href + window.location.hash);
}
