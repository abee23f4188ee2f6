/**
 * The part of the desk that takes a report or checklist into intake: it shows what goes along, and sends it when a person says so.
 */
import { element, text } from "../chat/dom.js";
import { readWeights } from "../signs/suggestion_view.js";
import { alongOf, showAlong, showSuggestionOf } from "./taking.js";

/** @import { Desk } from "./desk.js" */
/** @import { DeskChat } from "./desk_chat.js" */

export class TakingView {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.shown = "";
    /** What goes along from the chat that is shown. @type {import("./taking.js").Along | null} */
    this.along = null;
    /** @type {DeskChat | null} */
    this.chat = null;
    element("intake-form", HTMLFormElement).addEventListener("submit", (event) => this.send(event));
  }

  /** @param {DeskChat | null} chat whom it belongs to may take it; null shows nothing */
  draw(chat) {
    const shown = chat?.isMine && this.desk.me.intake ? `${chat.name} ${chat.entries.length}` : "";
    if (shown !== this.shown) {
      this.shown = shown;
      this.along = chat && shown ? alongOf(chat.row, this.desk.purposeOf(chat.row.desk), chat.entries, readWeights()) : null;
      this.chat = this.along ? chat : null;
      this.fill();
    }
    element("intake", HTMLElement).hidden = !this.along;
  }

  /** Show what goes along, with nothing said yet about a source. */
  fill() {
    if (this.chat && this.along) {
      element("intake-press", HTMLElement).hidden = !this.isPress(this.chat);
      const shown = [showAlong(this.chat.row, this.chat.entries, this.along), ...showSuggestionOf(this.along)];
      element("intake-along", HTMLElement).replaceChildren(...shown);
    } else {
      element("intake-along", HTMLElement).replaceChildren();
    }
    element("intake-error", HTMLElement).hidden = true;
    document.querySelectorAll("input[name='source-yes']").forEach((one) => (/** @type {HTMLInputElement} */ (one).checked = false));
  }

  /** @param {DeskChat} chat */
  isPress(chat) {
    return this.desk.purposeOf(chat.row.desk) === "press";
  }

  /**
   * Fill the form the moment it is sent; the page of intake shows all of it and keeps nothing by itself.
   * @param {SubmitEvent} event
   */
  send(event) {
    const along = this.along && { ...this.along };
    const yes = document.querySelector("input[name='source-yes']:checked");
    if (!this.chat || !along || (this.isPress(this.chat) && !(yes instanceof HTMLInputElement))) {
      event.preventDefault();
      const error = element("intake-error", HTMLElement);
      error.textContent = text("source-yes-needed");
      error.hidden = false;
      return;
    }
    if (yes instanceof HTMLInputElement && this.isPress(this.chat)) {
      along["source_yes"] = yes.value === "yes";
    }
    element("intake-form", HTMLFormElement).action = this.desk.me.intake;
    element("intake-token", HTMLInputElement).value = this.desk.me.form_token;
    element("intake-taken", HTMLInputElement).value = JSON.stringify(along);
  }
}
