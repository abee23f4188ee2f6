/**
 * Where it is: a municipality, and an address that intake turns into a code and forgets.
 */
import { element } from "../../../contact/static/contact/chat/dom.js";

/** @import { Draft } from "./drafts.js" */

const POSTCODE = /^[1-9]\d{3}[A-Z]{2}$/;
const HOUSE_NUMBER = /^\d{1,5}[A-Za-z]?(-[0-9A-Za-z]{1,4})?$/;

export function readPlace() {
  return {
    municipality: element("municipality", HTMLSelectElement).value,
    postcode: element("postcode", HTMLInputElement).value.replace(/\s/g, "").toUpperCase(),
    houseNumber: element("house-number", HTMLInputElement).value.replace(/\s/g, ""),
  };
}

/** @param {Draft} draft */
export function showPlace({ municipality, postcode, houseNumber }) {
  element("municipality", HTMLSelectElement).value = municipality;
  element("postcode", HTMLInputElement).value = postcode;
  element("house-number", HTMLInputElement).value = houseNumber;
}

/** Tell whether an address can be used; show what is wrong where it is not. */
export function checkPlace() {
  const { postcode, houseNumber } = readPlace();
  const isRight = [
    mark("postcode", (postcode === "" && houseNumber === "") || POSTCODE.test(postcode)),
    mark("house-number", houseNumber === "" || HOUSE_NUMBER.test(houseNumber)),
  ];
  const wrong = ["postcode", "house-number"].find((_, position) => !isRight[position]);
  if (wrong) {
    element(wrong, HTMLInputElement).focus();
  }
  return !wrong;
}

/**
 * @param {string} id
 * @param {boolean} isRight
 */
function mark(id, isRight) {
  element(`${id}-error`, HTMLElement).hidden = isRight;
  element(id, HTMLInputElement).setAttribute("aria-invalid", String(!isRight));
  return isRight;
}
