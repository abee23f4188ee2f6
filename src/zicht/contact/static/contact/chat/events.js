/**
 * Read a stream of server-sent events from pieces of text that end anywhere.
 */

/** @typedef {{ event: string, data: any }} ServerEvent */

/**
 * Make a function that takes pieces and hands over each event once it is whole.
 * @param {(event: ServerEvent) => void} hear
 * @returns {(piece: string) => void}
 */
export function createEventReader(hear) {
  let rest = "";
  return (piece) => {
    const lines = (rest + piece).split("\n\n");
    rest = lines.pop() ?? "";
    for (const frame of lines) {
      const event = readFrame(frame);
      if (event) {
        hear(event);
      }
    }
  };
}

/**
 * @param {string} frame
 * @returns {ServerEvent | null}
 */
function readFrame(frame) {
  const fields = { event: "", data: "" };
  for (const line of frame.split("\n")) {
    const [name, value] = [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()];
    // A line that begins with a colon is a comment: what fills the frame up.
    if (name === "event" || name === "data") {
      fields[name] += value;
    }
  }
  return fields.event ? { event: fields.event, data: JSON.parse(fields.data || "{}") } : null;
}
