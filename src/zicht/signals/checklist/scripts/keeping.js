/**
 * Keep the page's files for a time without a network: only what the organisation signed, and never an older page than before.
 */
import { checkFields, decode, isWhole, readCanonical } from "../../../contact/static/contact/chat/bytes.js";
import { FormatError, TrustError } from "../../../contact/static/contact/chat/errors.js";
import { hash } from "../../../contact/static/contact/chat/keys.js";
import { isSignedBy, readSigned } from "../../../contact/static/contact/chat/statements.js";

/** @import { Bytes } from "../../../contact/static/contact/chat/bytes.js" */
/** @typedef {{ files: Record<string, string>, madeAt: number }} Listed */

export const MANIFEST = "manifest.json";
const NAME = "zicht-checklist-";
const FIELDS = ["v", "org", "files", "made_at", "is_demo"];
const OWN = "worker.js"; // the browser keeps it itself

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Read the list of a page; refuse one that the root did not sign.
 * @param {Uint8Array} content
 * @param {Bytes} root
 * @returns {Promise<Listed>}
 */
export async function readManifest(content, root) {
  const { statement, signature } = checkFields(JSON.parse(new TextDecoder().decode(content)), ["statement", "signature", "root"]);
  const signed = readSigned({ statement, signature });
  if (!(await isSignedBy(root, "page", signed))) {
    throw new TrustError();
  }
  const fields = readCanonical(signed.statement, FIELDS);
  if (typeof fields["files"] !== "object" || fields["files"] === null || !isWhole(fields["made_at"])) {
    throw new FormatError();
  }
  return { files: /** @type {Record<string, string>} */ (fields["files"]), madeAt: fields["made_at"] };
}

/**
 * Fetch every file of the newest list and check each; only a whole page takes the place of the one that is kept.
 * @param {string} folder address of the page, with a slash at its end
 * @param {string} root base64url
 */
export async function keepNewest(folder, root) {
  const found = await fetchNow(folder + MANIFEST);
  const content = new Uint8Array(await found.clone().arrayBuffer());
  const listed = await readManifest(content, decode(root));
  const name = NAME + hex(hash(content));
  const before = await caches.match(folder + MANIFEST);
  if (before) {
    const kept = await readManifest(new Uint8Array(await before.arrayBuffer()), decode(root)).catch(() => null);
    if (kept && (kept.madeAt > listed.madeAt || (await hasWhole(name, folder)))) {
      return;
    }
  }
  const cache = await caches.open(name);
  // Pages last: what they need is there before they are.
  const names = Object.keys(listed.files).filter((one) => one !== OWN).sort((one, other) => Number(isPage(one)) - Number(isPage(other)));
  for (const one of names) {
    await cache.put(folder + one, await fetchListed(folder + one, listed.files[one] ?? ""));
  }
  await cache.put(folder + MANIFEST, found);
  await dropOthers(name);
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function hasWhole(name, folder) {
  return (await caches.has(name)) && Boolean(await (await caches.open(name)).match(folder + MANIFEST));
}

/** @param {string} name */
function isPage(name) {
  return name.endsWith(".html");
}

/**
 * @param {string} address
 * @param {string} digest
 */
async function fetchListed(address, digest) {
  const found = await fetchNow(address);
  if (hex(hash(new Uint8Array(await found.clone().arrayBuffer()))) !== digest) {
    throw new TrustError();
  }
  return found;
}

/** @param {string} address */
async function fetchNow(address) {
  const found = await fetch(address, { cache: "no-store", credentials: "omit", redirect: "error" });
  if (!found.ok) {
    throw new FormatError();
  }
  return found;
}

/** @param {string} kept */
async function dropOthers(kept) {
  const names = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== kept);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/**
 * Give a kept file, if it is one of the page.
 * @param {string} address
 * @param {string} folder
 * @param {string} first the page that the folder itself stands for
 */
export function keptFile(address, folder, first) {
  const wanted = address.split(/[?#]/)[0] ?? "";
  return caches.match(wanted === folder ? folder + first : wanted);
}
