/**
 * Send a picture: drawn anew, so that nothing of where, when and with what it was taken goes along; sealed; and in chunks.
 */
import { encode, random } from "./bytes.js";
import { FormatError, TooLongError } from "./errors.js";
import { sealFile } from "./files.js";
import { FILE_ID_LENGTH, fileKey, hash } from "./keys.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { Conversation } from "./conversation.js" */

const TYPE = "image/jpeg";
const LONGEST_SIDE = 1600; // pixels: enough to read a message on a photographed screen
const QUALITY = 0.85;
const FIRST_CHUNK = 65_568; // bytes, with the prefix in front
const CHUNK = 65_552;

/** It is no picture that a browser can draw. */
export class NoPictureError extends Error {}

/**
 * @param {Conversation} conversation
 * @param {Blob} file
 */
export async function sendPicture(conversation, file) {
  const content = await drawAnew(file);
  const { secret, convId, direction } = conversation;
  if (!secret) {
    return;
  }
  const fileId = random(FILE_ID_LENGTH);
  const sealed = sealFile(fileKey(secret, direction, fileId), { convId, direction, fileId }, content);
  await upload(conversation, encode(fileId), sealed);
  const about = { file_id: encode(fileId), name: "", type: TYPE, size: content.length, hash: encode(hash(sealed)) };
  await conversation.say({ t: "file", body: about });
}

/**
 * @param {Blob} file
 * @returns {Promise<Bytes>}
 */
async function drawAnew(file) {
  const picture = await createImageBitmap(file).catch(() => {
    throw new NoPictureError();
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((resolve) => canvas.toBlob(resolve, TYPE, QUALITY));
  if (!(made instanceof Blob)) {
    throw new NoPictureError();
  }
  return new Uint8Array(await made.arrayBuffer());
}

/**
 * @param {Conversation} conversation
 * @param {string} fileId
 * @param {Bytes} sealed
 */
async function upload(conversation, fileId, sealed) {
  const count = Math.ceil((sealed.length - (FIRST_CHUNK - CHUNK)) / CHUNK);
  for (let number = 0, start = 0; number < count; number += 1) {
    const body = sealed.slice(start, (start += number ? CHUNK : FIRST_CHUNK));
    const headers = { ...conversation.headers(), "Zicht-File": fileId, "Zicht-Chunks": String(count) };
    const answer = await conversation.calls.untilAnswered({ method: "PUT", path: `/chat/v1/files/${number}`, headers, body });
    if (answer?.status !== 204) {
      throw answer?.status === 413 ? new TooLongError() : new FormatError();
    }
  }
}
