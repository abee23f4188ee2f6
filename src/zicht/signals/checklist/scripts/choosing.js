/**
 * Choose the indicators to look at, and find others by words. The same as zicht.signals.checklist.choosing; both must give
 * tests/signals/vectors/choosing.json.
 */

/** @typedef {{ group: string, appliesTo: string, observers: string[], isActive: boolean }} Offered */

const ANY = "any";

/**
 * @param {Offered} indicator
 * @param {string} observer
 * @param {string[]} groups of a situation; none are all
 * @param {string} age minor, adult, or nothing when nobody knows
 */
export function isOffered(indicator, observer, groups, age) {
  const { observers, appliesTo } = indicator;
  return (
    indicator.isActive &&
    (observer === "" || observer === ANY || observers.includes(observer) || observers.includes(ANY)) &&
    (groups.length === 0 || groups.includes(indicator.group)) &&
    (age === "" || appliesTo === ANY || appliesTo === age)
  );
}

/**
 * Give a text as it is compared: small letters without accents.
 * @param {string} words
 */
export function plain(words) {
  return words
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "");
}

/**
 * Tell whether every word that was typed stands somewhere in a text.
 * @param {string} typed
 * @param {string} searched as `plain` gives it
 */
export function isFound(typed, searched) {
  return plain(typed)
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
