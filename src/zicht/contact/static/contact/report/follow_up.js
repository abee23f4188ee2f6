/**
 * A report that somebody came back to: what was reported, what the desk answered, and the way to write more.
 */
import { bubble, element, onClick, setText, text } from "../chat/dom.js";
import { FROM_VISITOR } from "../chat/keys.js";
import { showReport } from "./written_report.js";

/** @import { Conversation } from "../chat/conversation.js" */
/** @import { Entry } from "../chat/talk.js" */

export class FollowUp {
  /** @param {(why: string) => void} refuse */
  constructor(refuse) {
    this.refuse = refuse;
    /** @type {Conversation | null} */
    this.conversation = null;
    this.drawn = 0;
    element("say", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.say();
    });
    const sure = element("wipe-sure", HTMLElement);
    onClick("wipe", () => {
      sure.hidden = false;
      element("wipe-yes", HTMLButtonElement).focus();
    });
    onClick("wipe-no", () => {
      sure.hidden = true;
    });
    onClick("wipe-yes", () => void this.wipe());
  }

  /** @param {Conversation} conversation */
  begin(conversation) {
    this.conversation = conversation;
    this.draw();
    void conversation.start();
  }

  /** Leave at once; the report stays as it is. */
  leave() {
    this.conversation?.leave();
    this.conversation = null;
  }

  say() {
    const field = element("message", HTMLTextAreaElement);
    const body = field.value.trim();
    if (body && this.conversation) {
      void this.conversation.say({ t: "text", body });
      field.value = "";
    }
    field.focus();
  }

  async wipe() {
    element("wipe-sure", HTMLElement).hidden = true;
    if (this.conversation && !(await this.conversation.wipe())) {
      setText("trouble", text("not-wiped"));
    }
  }

  draw() {
    const { conversation } = this;
    if (!conversation) {
      return;
    }
    if (conversation.gone) {
      this.conversation = null;
      this.refuse(conversation.gone === "wiped" ? "wiped" : "over");
      return;
    }
    this.drawEntries(conversation);
    setText("status", sayStatus(conversation));
    setText("trouble", conversation.trouble ? text("trouble") : "");
  }

  /** @param {Conversation} conversation */
  drawEntries({ entries, unsent }) {
    for (const entry of entries.slice(this.drawn)) {
      const { inner } = entry;
      if (inner.t === "report") {
        element("reported", HTMLElement).append(showReport(inner.body, document.documentElement.lang));
      } else {
        element("log", HTMLOListElement).append(showEntry(entry));
      }
    }
    this.drawn = entries.length;
    const waiting = unsent.map(({ content }) => bubble(String(content.body), true, `${text("you")} (${text("not-sent-yet")})`));
    element("unsent", HTMLOListElement).replaceChildren(...waiting);
    element("no-answer", HTMLElement).hidden = entries.some(({ direction }) => direction !== FROM_VISITOR);
  }
}

/** @param {Entry} entry */
function showEntry({ inner, direction }) {
  const isMine = direction === FROM_VISITOR;
  const said = inner.t === "text" ? inner.body : inner.t === "system" ? text(`system-${inner.body.kind}`, inner.body) : text(inner.t);
  return bubble(said, isMine, isMine ? text("you") : (inner.by ?? ""));
}

/** @param {Conversation} conversation */
function sayStatus({ isConnected, status }) {
  return text(!isConnected || !status ? "no-line" : `state-${status.state}`);
}
