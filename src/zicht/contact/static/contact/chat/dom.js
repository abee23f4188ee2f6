/**
 * Find the parts of a page and its sentences. Every text of a person is put in as text, never as HTML.
 */

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) {
    throw new Error(id);
  }
  return found;
}

/**
 * Give a sentence of the page, with values in the places that are marked in it.
 * @param {string} name
 * @param {{ [key: string]: unknown }} [values]
 */
export function text(name, values = {}) {
  const sentence = document.querySelector(`#texts [data-text="${name}"]`)?.textContent ?? "";
  return sentence.trim().replace(/\[(\w+)\]/g, (_, key) => String(values[key] ?? ""));
}

/**
 * Make a part of a page.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} kind
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {string} [words]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(kind, properties = {}, words = "") {
  const made = Object.assign(document.createElement(kind), properties);
  if (words) {
    made.textContent = words;
  }
  return made;
}

/**
 * Make what shows one message.
 * @param {string} words
 * @param {boolean} isMine
 * @param {string} who
 */
export function bubble(words, isMine, who) {
  const item = document.createElement("li");
  item.className = isMine ? "mine" : "theirs";
  const name = document.createElement("span");
  name.className = "by";
  name.textContent = who;
  const said = document.createElement("p");
  said.translate = false; // services that translate pages send their text elsewhere
  said.dir = "auto";
  said.textContent = words;
  item.append(name, said);
  return item;
}

/**
 * @param {string} id
 * @param {() => void} act
 */
export function onClick(id, act) {
  element(id, HTMLButtonElement).addEventListener("click", act);
}

/**
 * Change what is said only when it is something else: a screen reader would read it again.
 * @param {string} id
 * @param {string} words
 */
export function setText(id, words) {
  const place = element(id, HTMLElement);
  if (place.textContent !== words) {
    place.textContent = words;
  }
}
