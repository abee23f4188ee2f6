/**
 * Decide what a key means on a staff page.
 */

/**
 * Name the shortcut of a key, or nothing while somebody types, holds another key, or has turned shortcuts off.
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, repeat: boolean }} press
 * @param {{ isTyping: boolean, isOn: boolean }} surroundings
 * @returns {"help" | "search" | "add" | null}
 */
export function chooseShortcut(press, surroundings) {
  const isHeld = press.ctrlKey || press.metaKey || press.altKey || press.repeat;
  if (!surroundings.isOn || surroundings.isTyping || isHeld) {
    return null;
  }
  if (press.key === "?") {
    return "help";
  }
  if (press.key === "n") {
    return "add";
  }
  return press.key === "/" ? "search" : null;
}
