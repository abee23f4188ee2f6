/**
 * Files at the desk: a picture is decoded and drawn anew, blurred until somebody wants to see it; anything else can only be kept as a
 * file. What is illegal is destroyed without a copy.
 */
import { concat, decode, isSame } from "../chat/bytes.js";
import { text } from "../chat/dom.js";
import { DoesNotOpenError } from "../chat/errors.js";
import { CHUNK, openFile } from "../chat/files.js";
import { fileKey, hash } from "../chat/keys.js";
import { guard, isSure } from "./parts.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { FileBody } from "../chat/messages.js" */
/** @import { Desk } from "./desk.js" */
/** @import { DeskChat } from "./desk_chat.js" */

// Nothing else is drawn: SVG is a program, and a browser guesses at what it does not know.
const DRAWN = ["image/jpeg", "image/png", "image/webp"];
const LONGEST_SIDE = 1600; // pixels
const PIECES = 161;

/**
 * Make what stands in the place of a file.
 * @param {Desk} desk
 * @param {DeskChat} chat
 * @param {number} direction
 * @param {FileBody} about
 */
export function showFile(desk, chat, direction, about) {
  const place = document.createElement("div");
  place.className = "row";
  const act = (/** @type {string} */ name, /** @type {(button: HTMLButtonElement) => Promise<unknown>} */ take) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = text(name);
    button.addEventListener("click", () => void guard(() => take(button)));
    place.append(button);
  };
  if (DRAWN.includes(about.type)) {
    act("show-picture", async () => place.replaceChildren(await draw(await fetchFile(desk, chat, direction, about))));
  }
  act("save-file", async () => save(await fetchFile(desk, chat, direction, about)));
  act("illegal", async (button) => {
    if (await isSure(button)) {
      await desk.ask(chat.name, "files/purge", { file_id: about.file_id, dir: direction });
      place.textContent = text("purged");
    }
  });
  return place;
}

/**
 * @param {Desk} desk
 * @param {DeskChat} chat
 * @param {number} direction
 * @param {FileBody} about
 */
async function fetchFile(desk, chat, direction, about) {
  const count = Math.min(Math.floor(about.size / CHUNK) + 1, PIECES);
  const parts = [];
  for (let number = 0; number < count; number += 1) {
    const headers = { "Zicht-Conversation": chat.name, "Zicht-File": about.file_id, "Zicht-Direction": String(direction) };
    parts.push(await desk.api.ask({ method: "GET", path: `conversations/files/${number}`, headers }));
  }
  const sealed = concat(...parts);
  if (!chat.secret || !isSame(hash(sealed), decode(about.hash))) {
    throw new DoesNotOpenError();
  }
  const fileId = decode(about.file_id);
  return openFile(fileKey(chat.secret, direction, fileId), { convId: chat.convId, direction, fileId }, sealed);
}

/** @param {Bytes} content */
async function draw(content) {
  const picture = await createImageBitmap(new Blob([content]));
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "desk__picture";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", text("blurred"));
  button.addEventListener("click", () => {
    const isClear = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isClear));
  });
  button.append(canvas);
  return button;
}

/**
 * Hand a file to the computer under a name of ours: the sender's could be that of a program.
 * @param {Bytes} content
 */
function save(content) {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  link.href = address;
  link.download = "file.bin";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
