/**
 * Begin a conversation, or come back to one: everything before the first message.
 */
import { decode, encode, isSame, random } from "./bytes.js";
import { Calls } from "./calls.js";
import { makeCode, RETURN_CODE_LENGTH, showCode } from "./codes.js";
import { Conversation } from "./conversation.js";
import { BrokenChainError, CodeError, WrongConversationError } from "./errors.js";
import { hash, SECRET_LENGTH } from "./keys.js";
import { CONVERSATION_ID_LENGTH, hashOfOpening, sealOpening } from "./opening.js";
import { openReturn, returnKeys, sealReturn } from "./return_codes.js";
import { trustDeskKey } from "./statements.js";
import { openingFromWire, openingToWire } from "./wire.js";
import { payPrice } from "./work.js";

/** @import { Bytes } from "./bytes.js" */
/** @import { Tools } from "./talk.js" */
/** @import { Answer } from "./http.js" */
/** @import { Opening } from "./opening.js" */
/** @import { Price } from "./work.js" */
/** @typedef {{ org: string, desk: string, root: Bytes }} Place the organisation's root is pinned in the page */
/** @typedef {{ kind: "chat" | "message" | "practice" | "report", language: string }} Wish */
/** @typedef {{ secret: Bytes, convId: Bytes, opening: Opening }} Draft */

const LONGEST_TEXT = 4000; // characters of a message, so that it fits into the largest bucket in any script

/** The desk takes no chats now; it may take a message. */
export class ClosedError extends Error {
  /** @param {string | null} opensAt text, in the desk's own time */
  constructor(opensAt) {
    super();
    this.opensAt = opensAt;
  }
}
/** There is no key of this desk, or no room: nothing but the telephone is left. */
export class UnavailableError extends Error {}

function secondsNow() {
  return Math.floor(Date.now() / 1000);
}

/**
 * Ask for a desk as it is now, its key not yet trusted.
 * @param {Calls} calls
 * @param {string} desk
 */
export async function askForDesk(calls, desk) {
  const answer = await calls.untilAnswered({ method: "GET", path: `/chat/v1/desks/${encodeURIComponent(desk)}` });
  if (answer?.status !== 200) {
    throw new UnavailableError();
  }
  return answer.body;
}

/**
 * Open a conversation with a desk; it is stored when this comes back. Raises a TrustError when no key can be trusted.
 * @param {Tools} tools
 * @param {Place} place
 * @param {Wish} wish
 * @param {() => number} now in seconds since 1970
 * @param {string | null} ticket given for a move to another desk, instead of work
 */
export async function begin(tools, place, wish, now = secondsNow, ticket = null) {
  const calls = new Calls(tools.transport, tools.pace);
  let [draft, price] = await makeDraft(calls, place, now());
  for (;;) {
    const pow = ticket ? { ticket } : await payPrice(price, draft.convId);
    const answer = await post(calls, draft, wish, pow);
    const error = answer.body?.error;
    if (answer.status === 200) {
      return startWith(tools, draft, answer);
    }
    if (error === "duplicate" || error === "gone_from_desk") {
      [draft, price] = await makeDraft(calls, place, now());
    } else if (error === "price") {
      ticket = null; // too old, so work is asked for
      price = answer.body.price;
    } else if (answer.status === 429) {
      await calls.pause(answer.retryAfter * 1000);
    } else {
      throw error === "closed" ? new ClosedError(answer.body.opens_at) : new UnavailableError();
    }
  }
}

/**
 * @param {Calls} calls
 * @param {Place} place
 * @param {number} now
 * @returns {Promise<[Draft, Price]>}
 */
async function makeDraft(calls, place, now) {
  const found = await askForDesk(calls, place.desk);
  if (!found.key) {
    throw new UnavailableError();
  }
  const key = await trustDeskKey(found.key, place.root, place, now);
  const [secret, convId] = [random(SECRET_LENGTH), random(CONVERSATION_ID_LENGTH)];
  return [{ secret, convId, opening: await sealOpening(secret, convId, key, key.pk) }, found.price];
}

/**
 * @param {Calls} calls
 * @param {Draft} draft
 * @param {Wish} wish
 * @param {object} pow
 * @returns {Promise<Answer>}
 */
async function post(calls, draft, wish, pow) {
  const body = { ...openingToWire(draft.opening), kind: wish.kind, language: wish.language, pow };
  const request = { method: "POST", path: "/chat/v1/open", body };
  for (let pause = calls.pace.first; ; pause = Math.min(pause * 2, calls.pace.longest)) {
    const answer = await calls.once(request);
    // 503 with a reason is an answer like any other; without one the server is only not there for a moment.
    if (answer && (answer.status < 500 || answer.body?.error)) {
      return answer;
    }
    await calls.pause(pause);
  }
}

/**
 * @param {Tools} tools
 * @param {Draft} draft
 * @param {Answer} answer
 */
function startWith(tools, draft, answer) {
  if (answer.body.hash !== encode(hashOfOpening(draft.opening))) {
    throw new BrokenChainError();
  }
  return new Conversation(tools, draft.secret, draft.opening);
}

/**
 * Go on in a new conversation with a secret of its own, at this desk or another; the old one is told where, and ended. Nothing of
 * what was said goes along but what is given here.
 * @param {Tools} tools
 * @param {Place} place
 * @param {Wish} wish
 * @param {Conversation} old
 * @param {{ ticket?: string | null, history?: string[] }} [along]
 */
export async function goOnElsewhere(tools, place, wish, old, { ticket = null, history = [] } = {}) {
  const fresh = await begin(tools, place, wish, secondsNow, ticket);
  history.forEach((body) => void fresh.say({ t: "text", body }));
  await fresh.flush();
  await old.say({ t: "system", body: { kind: "linked", value: encode(fresh.convId) } });
  await old.end();
  old.stop();
  return fresh;
}

/**
 * Give what was said in a conversation as texts that fit into messages.
 * @param {Conversation} conversation
 * @param {string} me what to call the one who writes
 */
export function historyOf(conversation, me) {
  const lines = conversation.entries.flatMap(({ inner }) => (inner.t === "text" ? [`${inner.by ?? me}: ${inner.body}`] : []));
  const parts = [""];
  for (const line of lines) {
    if ((parts.at(-1) ?? "").length + line.length > LONGEST_TEXT) {
      parts.push("");
    }
    parts[parts.length - 1] += `${line}\n`;
  }
  return parts.filter(Boolean);
}

/**
 * Keep a conversation under a code and give the code as people read it; whoever holds it holds the conversation.
 * @param {Conversation} conversation
 * @param {string} org
 */
export async function keepUnderCode(conversation, org) {
  const code = makeCode(RETURN_CODE_LENGTH);
  const { lookup, kRet } = await returnKeys(code, org);
  if (!conversation.secret) {
    throw new UnavailableError();
  }
  const sealed = encode(sealReturn(kRet, org, conversation.convId, conversation.secret));
  const body = { h_lookup: encode(hash(lookup)), sealed };
  const request = { method: "PUT", path: "/chat/v1/return", headers: conversation.headers(), body };
  const answer = await conversation.calls.untilAnswered(request);
  if (answer?.status !== 204) {
    throw new UnavailableError();
  }
  return showCode(code);
}

/**
 * Come back with a code, and fetch everything that is kept. A history whose end was held back shows as trouble.
 * @param {Tools} tools
 * @param {string} org
 * @param {string} typed
 */
export async function comeBack(tools, org, typed) {
  const { lookup, kRet } = await returnKeys(typed, org);
  const calls = new Calls(tools.transport, tools.pace);
  const request = { method: "POST", path: "/chat/v1/return/find", body: { lookup: encode(lookup) } };
  const answer = await calls.untilAnswered(request);
  if (answer?.status !== 200) {
    throw answer?.status === 404 ? new CodeError() : new UnavailableError();
  }
  const convId = decode(answer.body.conv_id);
  const opening = openingFromWire(answer.body.opening);
  if (!isSame(opening.convId, convId)) {
    throw new WrongConversationError();
  }
  const conversation = new Conversation(tools, openReturn(kRet, org, convId, decode(answer.body.sealed)), opening);
  await conversation.catchUp();
  conversation.checkWhole();
  return conversation;
}
