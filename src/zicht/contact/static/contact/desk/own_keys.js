/**
 * A counsellor's own keys once they are open: what else may open them, and the words that colleagues compare.
 */
import { element, onClick, text } from "../chat/dom.js";
import { addPasskey, changePassphrase, changeRecoveryCode, isLongEnough } from "./enrolment.js";
import { NoSecretOfPasskeyError } from "./errors.js";
import { inGroups } from "./gate.js";
import { makePasskey } from "./passkeys.js";
import { guard } from "./parts.js";
import { wordsOfUser } from "./six_words.js";

/** @import { Desk } from "./desk.js" */
/** @import { OwnKeys } from "./enrolment.js" */

export class OwnKeysView {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    element("passphrase-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      void guard(() => this.changePassphrase());
    });
    onClick("new-recovery", () => void guard(() => this.drawCode()));
    onClick("add-passkey", () => void guard(() => this.addPasskey()));
  }

  /** @returns {OwnKeys} */
  get keys() {
    return /** @type {OwnKeys} */ (this.desk.keys);
  }

  /** Show the words that a colleague compares before she vouches. */
  async showWords() {
    const { org, user } = this.desk.me;
    const { xPk, edPk } = this.keys;
    element("own-words", HTMLElement).textContent = await wordsOfUser({ org, user, xPk, edPk }, document.documentElement.lang);
  }

  async changePassphrase() {
    const field = element("passphrase-new", HTMLInputElement);
    if (!isLongEnough(field.value)) {
      this.say("passphrase-short");
      field.focus();
      return;
    }
    this.desk.me.wraps = await changePassphrase(this.desk.api, this.desk.me, this.keys, field.value);
    field.value = "";
    this.say("passphrase-changed");
  }

  async drawCode() {
    const code = await changeRecoveryCode(this.desk.api, this.desk.me, this.keys);
    await this.desk.load();
    const shown = element("new-code", HTMLElement);
    shown.textContent = inGroups(code, 4, "-");
    shown.hidden = false;
    this.say("code-changed");
  }

  async addPasskey() {
    try {
      const passkey = await makePasskey(this.desk.me);
      this.desk.me.wraps = await addPasskey(this.desk.api, this.desk.me, this.keys, passkey);
      this.say("passkey-added");
    } catch (error) {
      if (!(error instanceof NoSecretOfPasskeyError || error instanceof DOMException)) {
        throw error;
      }
      this.say("passkey-cannot");
    }
  }

  /** Leave no code on the page. */
  forget() {
    const shown = element("new-code", HTMLElement);
    shown.textContent = "";
    shown.hidden = true;
    element("passphrase-new", HTMLInputElement).value = "";
    element("own-state", HTMLElement).textContent = "";
  }

  /** @param {string} name of a sentence */
  say(name) {
    element("own-state", HTMLElement).textContent = text(name);
  }
}
