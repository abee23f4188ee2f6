/**
 * Seal a finished checklist for the desk of intake, so that this phone cannot open it any more.
 */
import { encode, random } from "../../../contact/static/contact/chat/bytes.js";
import { NONCE_LENGTH } from "../../../contact/static/contact/chat/box.js";
import { Transcript } from "../../../contact/static/contact/chat/chain.js";
import { ExpiredError } from "../../../contact/static/contact/chat/errors.js";
import { FROM_VISITOR, keysOf, SECRET_LENGTH } from "../../../contact/static/contact/chat/keys.js";
import { CONVERSATION_ID_LENGTH, hashOfOpening, sealOpening } from "../../../contact/static/contact/chat/opening.js";
import { trustDeskKey } from "../../../contact/static/contact/chat/statements.js";
import { envelopeToWire, openingToWire } from "../../../contact/static/contact/chat/wire.js";
import { forgetDraft } from "./drafts.js";
import { transact } from "./store.js";

/** @import { Place } from "../../../contact/static/contact/chat/begin.js" */
/** @import { ChecklistBody } from "../../../contact/static/contact/chat/messages.js" */
/** @import { Draft } from "./drafts.js" */
/** @import { Waiting } from "./outbox.js" */

const KIND = "checklist";

/**
 * Give what the desk reads: codes, dates and a place; no name and no free text.
 * @param {Draft} draft
 * @param {string} today as YYYY-MM-DD
 */
export function contentOf(draft, today) {
  const { observer, situation, age, municipality, postcode, houseNumber, marks } = draft;
  const signals = Object.entries(marks).map(([indicator, mark]) => ({ indicator, ...mark }));
  return { finished_on: today, observer, situation, age, municipality, postcode, house_number: houseNumber, signals };
}

/**
 * Seal a checklist. Raises a TrustError when the key of the desk cannot be trusted, or is over: the server takes what was
 * sealed for a key until a day after its end, so a key that is not over leaves at least a day to find a network.
 * @param {unknown} published the key of the desk, as the server gave it
 * @param {Place} place
 * @param {ChecklistBody} content
 * @param {{ now: number, language: string }} when now in seconds since 1970
 * @returns {Promise<Waiting>}
 */
export async function sealChecklist(published, place, content, { now, language }) {
  const key = await trustDeskKey(published, place.root, place, now);
  if (now > key.notAfter) {
    throw new ExpiredError();
  }
  const [secret, convId] = [random(SECRET_LENGTH), random(CONVERSATION_ID_LENGTH)];
  const keys = keysOf(secret);
  const opening = await sealOpening(secret, convId, key, key.pk);
  const transcript = new Transcript(keys, convId, hashOfOpening(opening));
  const envelope = transcript.sealNext(FROM_VISITOR, { t: KIND, body: content }, random(NONCE_LENGTH));
  const waiting = {
    id: encode(convId), desk: place.desk, language, state: /** @type {const} */ ("waiting"), finishedAt: now * 1000,
    opening: openingToWire(opening), envelope: envelopeToWire(envelope), cap: encode(keys.cap),
  };
  [secret, ...keys.of, keys.wipe].forEach((one) => one.fill(0));
  return waiting;
}

/**
 * Put a sealed checklist in the place of its draft, at once or not at all.
 * @param {Waiting} waiting
 */
export function putInPlaceOfDraft(waiting) {
  return transact(["draft", "key", "outbox"], "readwrite", (transaction) => {
    forgetDraft(transaction);
    transaction.objectStore("outbox").put(waiting, waiting.id);
  });
}
