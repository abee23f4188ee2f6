/**
 * Decide when a click in a row means "open what this row is about".
 */

/**
 * Answer whether a click is a plain one: not on a control of its own, not the end of selecting text.
 * @param {{ button: number, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, altKey: boolean }} click
 * @param {{ isOnControl: boolean, hasSelection: boolean }} surroundings
 * @returns {boolean}
 */
export function isPlainClick(click, surroundings) {
  const isHeld = click.ctrlKey || click.metaKey || click.shiftKey || click.altKey;
  return click.button === 0 && !isHeld && !surroundings.isOnControl && !surroundings.hasSelection;
}
