/**
 * Put the words that somebody selects in a text, or the part of a picture they drag over, in the form beside it.
 * Without this script sentences can be chosen by their number.
 */

/**
 * Count the characters before a place as the server does: by code points, where JavaScript counts in halves of some.
 * @param {string} text
 * @param {number} offset in UTF-16 units
 * @returns {number}
 */
export function codePoints(text, offset) {
  return [...text.slice(0, offset)].length;
}

/**
 * Give left, top, width and height of what was dragged over, in parts of the picture.
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 * @param {{ left: number, top: number, width: number, height: number }} box
 * @returns {[number, number, number, number]}
 */
export function partOf(from, to, box) {
  const inside = (/** @type {number} */ value) => Math.min(1, Math.max(0, value));
  const xs = [from.x, to.x].map((x) => inside((x - box.left) / box.width)).sort((a, b) => a - b);
  const ys = [from.y, to.y].map((y) => inside((y - box.top) / box.height)).sort((a, b) => a - b);
  const [left = 0, right = 0] = xs;
  const [top = 0, bottom = 0] = ys;
  return [left, top, right - left, bottom - top];
}

/**
 * Give the place in the whole text of one end of a selection; null outside the pieces of the text.
 * @param {Node} node
 * @param {number} offset
 * @returns {number | null}
 */
function placeOf(node, offset) {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest("[data-start]");
  if (!(piece instanceof HTMLElement)) {
    return null;
  }
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, offset);
  const text = before.toString();
  return Number(piece.dataset["start"]) + codePoints(text, text.length);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function fill(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) {
    field.value = value;
  }
}

/** @param {HTMLFormElement} form */
function takeSelection(form) {
  const selection = document.getSelection();
  const area = document.querySelector("[data-document]");
  if (!selection || selection.isCollapsed || !area || selection.rangeCount === 0) {
    return;
  }
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (!area.contains(range.commonAncestorContainer) || start === null || end === null || end <= start) {
    return;
  }
  fill(form, "start", String(start));
  fill(form, "end", String(end));
  fill(form, "suggestion", "");
  showQuote(wordsOf(range));
}

/**
 * Select words with the arrow keys, from the number of a sentence on: they go to a word, with Shift they select words.
 * Browsers have a caret for that (F7), which many people do not know and some devices do not have.
 * @param {KeyboardEvent} event
 */
function stepByWord(event) {
  const pick = event.target;
  const selection = document.getSelection();
  const ways = new Map([["ArrowRight", "forward"], ["ArrowLeft", "backward"]]);
  const way = ways.get(event.key);
  if (!(pick instanceof HTMLElement) || !pick.matches(".pick") || !selection || !way || event.ctrlKey || event.altKey) {
    return;
  }
  event.preventDefault();
  const first = pick.nextElementSibling;
  if (stepping !== pick && first) {
    selection.collapse(first, 0);
    stepping = pick;
  }
  if (event.shiftKey) {
    selection.modify("extend", way, "word");
  } else {
    selection.modify("move", way, "word");
  }
}

/** The number of the sentence in which somebody steps from word to word. @type {HTMLElement | null} */
let stepping = null;

/**
 * Let a selection begin in a mark: a link is dragged as a whole, so it is none while the button is down.
 * @param {MouseEvent} event
 */
function beginInMark(event) {
  const mark = event.target instanceof Element ? event.target.closest("a.mark") : null;
  const address = mark?.getAttribute("href");
  if (!mark || !address || event.button !== 0 || event.ctrlKey || event.metaKey) {
    return;
  }
  mark.removeAttribute("href");
  document.addEventListener("mouseup", () => mark.setAttribute("href", address), { once: true });
}

/**
 * Let a mark be opened by a click, and not by the end of selecting words in it.
 * @param {MouseEvent} event
 */
function openOrSelect(event) {
  const selection = document.getSelection();
  const mark = event.target instanceof Element ? event.target.closest(".mark") : null;
  if (mark && selection && !selection.isCollapsed && selection.containsNode(mark, true)) {
    event.preventDefault();
  }
}

/**
 * Give the words of a range without the numbers of sentences.
 * @param {Range} range
 * @returns {string}
 */
function wordsOf(range) {
  const part = range.cloneContents();
  part.querySelectorAll(".pick").forEach((number) => number.remove());
  return part.textContent ?? "";
}

/** @param {string} words */
function showQuote(words) {
  const quote = document.querySelector("[data-quote]");
  const nothing = document.querySelector("[data-nothing]");
  if (quote instanceof HTMLElement) {
    quote.textContent = words;
    quote.hidden = false;
  }
  if (nothing instanceof HTMLElement) {
    nothing.hidden = true;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} picture
 */
function takeParts(form, picture) {
  const drawn = picture.querySelector("[data-drawn]");
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  picture.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    from = { x: event.clientX, y: event.clientY };
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!from || !drawn) {
      return;
    }
    const part = partOf(from, { x: event.clientX, y: event.clientY }, picture.getBoundingClientRect());
    ["x", "y", "width", "height"].forEach((name, at) => drawn.setAttribute(name, String((part[at] ?? 0) * 100)));
    fill(form, "region", part.map((value) => value.toFixed(4)).join(" "));
  });
  picture.addEventListener("pointerup", () => {
    from = null;
  });
}

/** Begin, where there is a page. */
function begin() {
  const form = document.querySelector("form[data-statement]");
  if (!(form instanceof HTMLFormElement)) {
    return;
  }
  // Mouse, touch and keyboard all end in a changed selection.
  document.addEventListener("selectionchange", () => takeSelection(form));
  const area = document.querySelector("[data-document]");
  if (area instanceof HTMLElement) {
    area.addEventListener("keydown", stepByWord);
    area.addEventListener("mousedown", beginInMark);
    area.addEventListener("click", openOrSelect);
  }
  const picture = document.querySelector("[data-picture]");
  if (picture instanceof HTMLElement) {
    takeParts(form, picture);
  }
}

if (typeof document !== "undefined") {
  begin();
}
