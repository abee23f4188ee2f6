/**
 * Shortcuts of staff pages: `?` shows them, `/` goes to the search field, `n` follows the link that adds something.
 * They can be turned off (WCAG 2.2, 2.1.4).
 */
import { chooseShortcut } from "./shortcuts.js";

const STORED_CHOICE = "zicht-shortcuts";
const dialog = document.getElementById("shortcuts");
const mainLink = document.querySelector("a[data-adds]");
const isOnBox = document.getElementById("shortcuts-on");

/** @returns {boolean} */
function areShortcutsOn() {
  return window.localStorage.getItem(STORED_CHOICE) !== "off";
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
}

function showHelp() {
  if (dialog instanceof HTMLDialogElement && !dialog.open) {
    dialog.showModal();
  }
}

/** @param {KeyboardEvent} event */
function answerKey(event) {
  const shortcut = chooseShortcut(event, { isTyping: isTyping(event.target), isOn: areShortcutsOn() });
  const search = document.querySelector("input[type=search]");
  if (shortcut === "help") {
    event.preventDefault();
    showHelp();
  } else if (shortcut === "search" && search instanceof HTMLInputElement) {
    event.preventDefault();
    search.focus();
  } else if (shortcut === "add" && mainLink instanceof HTMLAnchorElement) {
    event.preventDefault();
    mainLink.click();
  }
}

document.addEventListener("keydown", answerKey);
if (isOnBox instanceof HTMLInputElement) {
  isOnBox.checked = areShortcutsOn();
  isOnBox.addEventListener("change", () => {
    window.localStorage.setItem(STORED_CHOICE, isOnBox.checked ? "on" : "off");
  });
}
for (const line of document.querySelectorAll("[data-needs-search]")) {
  line.toggleAttribute("hidden", !document.querySelector("input[type=search]"));
}
for (const line of document.querySelectorAll("[data-needs-main-link]")) {
  line.toggleAttribute("hidden", !mainLink);
}
for (const button of document.querySelectorAll("[data-shows-shortcuts]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", showHelp);
}
