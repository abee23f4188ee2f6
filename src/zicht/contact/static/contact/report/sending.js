/**
 * Send a report to each desk that was chosen: a sealed conversation of its own, kept under a code of its own.
 */
import { sendPicture } from "../chat/attaching.js";
import { begin, keepUnderCode, UnavailableError } from "../chat/begin.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Conversation } from "../chat/conversation.js" */
/** @import { Content } from "../chat/messages.js" */
/** @import { Tools } from "../chat/talk.js" */
/** @typedef {{ desk: string, org: string, root: Bytes, label: { [language: string]: string } }} Place */

/** What went to one desk; sending it again goes on where it was broken off. */
export class Parcel {
  /** @param {Place} place */
  constructor(place) {
    this.place = place;
    /** @type {Conversation | null} */
    this.conversation = null;
    this.code = "";
    this.isWritten = false;
    this.sentPictures = 0;
    /** Pictures that could not be sent. */
    this.refused = 0;
  }

  /**
   * Send everything that is not sent yet; when this comes back the server has it all on disk. Raises what `begin` raises.
   * @param {Tools} tools
   * @param {Content[]} contents
   * @param {File[]} pictures
   * @param {string} language
   */
  async send(tools, contents, pictures, language) {
    this.conversation ??= await begin(tools, this.place, { kind: "report", language });
    const { conversation } = this;
    conversation.isLasting = true;
    if (!this.isWritten) {
      this.isWritten = true; // what is said waits in the conversation, however often this is tried
      contents.forEach((content) => void conversation.say(content));
    }
    await untilSent(conversation);
    for (const picture of pictures.slice(this.sentPictures)) {
      await this.sendPicture(conversation, picture);
    }
    await untilSent(conversation);
    this.code ||= await keepUnderCode(conversation, this.place.org);
  }

  /**
   * @param {Conversation} conversation
   * @param {File} picture
   */
  async sendPicture(conversation, picture) {
    try {
      await sendPicture(conversation, picture);
    } catch {
      this.refused += 1; // the report goes without it, and that is said
    }
    this.sentPictures += 1;
  }
}

/** @param {Conversation} conversation */
async function untilSent(conversation) {
  await conversation.flush();
  while (conversation.unsent.length > 0 && !conversation.gone) {
    await conversation.calls.pause(200); // another flush is on its way
    await conversation.flush();
  }
  if (conversation.gone) {
    throw new UnavailableError();
  }
}
