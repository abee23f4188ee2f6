/**
 * The way out of the visitor's side: at once, leaving an empty page behind and nothing one step back.
 */
import { createPressCounter } from "./presses.js";

const PRESSES_TO_LEAVE = 3;

/** Empty the page: a screen that is slow to change must not show it any longer. */
function blankPage() {
  document.title = "";
  document.body.replaceChildren();
}

/** @param {string} address */
function leave(address) {
  blankPage();
  // replace, not href: Back must not lead here.
  window.location.replace(address);
}

/** @param {HTMLAnchorElement} link */
function watchKeys(link) {
  const isEnough = createPressCounter(["Escape", "Shift"], PRESSES_TO_LEAVE);
  document.addEventListener("keydown", (event) => {
    if (!event.repeat && isEnough(event.key, event.timeStamp)) {
      leave(link.href);
    }
  });
}

/**
 * Keep all pages of this side in one place of the browser's history, so that leaving it leaves all of them.
 * @param {MouseEvent} event
 */
function replaceInsteadOfVisiting(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const opensElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || opensElsewhere || link.origin !== window.location.origin || link.hash) {
    return;
  }
  event.preventDefault();
  window.location.replace(link.href);
}

function start() {
  const link = document.getElementById("exit");
  if (!(link instanceof HTMLAnchorElement)) {
    return;
  }
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
  watchKeys(link);
  document.addEventListener("click", replaceInsteadOfVisiting);
  for (const element of document.querySelectorAll("[data-needs-script]")) {
    element.removeAttribute("hidden");
  }
  window.addEventListener("pagehide", blankPage);
  window.addEventListener("pageshow", (event) => {
    // Taken back out of the browser's memory, emptied: fetch it again for whoever wants to be here.
    if (event.persisted) {
      window.location.reload();
    }
  });
}

start();
