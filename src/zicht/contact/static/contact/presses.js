/**
 * Count presses of the same key in a row.
 */

/** Somebody who types slowly presses Shift now and then; somebody who wants to leave hurries. In milliseconds. */
export const LONGEST_PAUSE = 1500;

/**
 * Make a function that hears every key and answers whether one of the given keys came often enough in a row.
 * @param {readonly string[]} keys names of keys as in KeyboardEvent.key
 * @param {number} enough
 * @returns {(key: string, time: number) => boolean}
 */
export function createPressCounter(keys, enough) {
  let last = "";
  let count = 0;
  let lastTime = -Infinity;
  return (key, time) => {
    const follows = key === last && time - lastTime <= LONGEST_PAUSE;
    count = follows ? count + 1 : 1;
    last = key;
    lastTime = time;
    return keys.includes(key) && count >= enough;
  };
}
