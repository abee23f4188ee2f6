/**
 * What every page does beyond HTML: moves the focus to what went wrong, and makes a whole row of a list clickable.
 */
import { isPlainClick } from "./rows.js";

function showErrorsFirst() {
  const summary = document.querySelector(".error-summary");
  if (summary instanceof HTMLElement) {
    summary.focus();
    summary.addEventListener("click", goToField);
  }
}

/**
 * Put the focus inside the field an error is about; a group of choices has no focus of its own.
 * @param {MouseEvent} event
 */
function goToField(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const field = link && document.getElementById(link.hash.slice(1));
  const input = field && (field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea"));
  if (input instanceof HTMLElement) {
    event.preventDefault();
    // The label stands above its field: both must be in view.
    (input.closest(".field") ?? input).scrollIntoView();
    input.focus({ preventScroll: true });
  }
}

/** @param {MouseEvent} event */
function followRow(event) {
  const target = event.target instanceof Element ? event.target : null;
  const row = target?.closest("tr[data-row-link]");
  const link = row?.querySelector("a[href]");
  const isOnControl = Boolean(target?.closest("a, button, input, select, label, summary"));
  const hasSelection = Boolean(window.getSelection()?.toString());
  if (link instanceof HTMLAnchorElement && isPlainClick(event, { isOnControl, hasSelection })) {
    link.click();
  }
}

showErrorsFirst();
document.addEventListener("click", followRow);
