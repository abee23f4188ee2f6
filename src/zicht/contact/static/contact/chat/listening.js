/**
 * Keep hearing what is new in a conversation: by one stream, or by asking where streams do not come through.
 */

/** @import { Conversation } from "./conversation.js" */

const MOST_SILENT = 2; // streams that fell silent before the other way is taken

/** @param {Conversation} conversation */
export async function listen(conversation) {
  const { calls } = conversation;
  let silent = 0;
  while (!conversation.isOver) {
    const before = conversation.last();
    if (silent < MOST_SILENT) {
      silent = (await hearStream(conversation)) ? 0 : silent + 1;
    } else {
      await askOnce(conversation);
    }
    // Never in a circle without a pause, whatever the other end does.
    if (!conversation.isOver && conversation.last() === before) {
      await calls.pause(calls.pace.first);
    }
  }
}

/**
 * Hear events until the stream ends; tell whether it is worth trying another one.
 * @param {Conversation} conversation
 */
async function hearStream(conversation) {
  const line = conversation.calls.line();
  let heard = 0;
  try {
    const answer = await conversation.calls.transport.listen(
      { method: "GET", path: "/chat/v1/stream", headers: conversation.headersSince(), signal: line.signal },
      (event) => {
        heard += 1;
        line.live();
        conversation.hear(event);
      },
    );
    conversation.takeRefusal(answer);
  } catch {
    // Broken off, or begun anew because something was missing; what was refused is noted by the conversation.
  } finally {
    line.end();
    conversation.noteConnected(false);
  }
  return heard > 0 || !line.wasSilent;
}

/**
 * Ask once and let the server wait with the answer.
 * @param {Conversation} conversation
 */
async function askOnce(conversation) {
  const { calls } = conversation;
  const headers = { ...conversation.headersSince(), "Zicht-Wait": String(calls.pace.wait) };
  const answer = await calls.once({ method: "GET", path: "/chat/v1/messages", headers });
  if (answer) {
    conversation.takeEvents(answer);
  }
}
