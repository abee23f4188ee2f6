/**
 * Everything before the desk: who somebody is, her keys, and whether they can be trusted.
 */
import { decode } from "../chat/bytes.js";
import { element, onClick, text } from "../chat/dom.js";
import { hash } from "../chat/keys.js";
import { PASSPHRASE } from "../chat/wraps.js";
import { enrol, isLongEnough } from "./enrolment.js";
import { show, showAlarm } from "./parts.js";
import { showUnlocking, showWorking, watchUnlocking, whoIsHere, whyLocked } from "./unlocking.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Desk } from "./desk.js" */

const GROUP = 8; // digits of a fingerprint that are read at once

export class Gate {
  /**
   * @param {Desk} desk
   * @param {() => void} enter
   */
  constructor(desk, enter) {
    this.desk = desk;
    this.enter = enter;
    element("enrol-form", HTMLFormElement).addEventListener("submit", (event) => void this.enrol(event));
    element("recovery-form", HTMLFormElement).addEventListener("submit", (event) => this.leaveRecovery(event));
    watchUnlocking((kind, ask) => this.unlock(kind, ask), () => this.desk.me);
    onClick("enrol-anew", () => this.showEnrolment());
  }

  /** Find out who is here, and ask for what is needed next. */
  async begin() {
    const me = await whoIsHere(() => this.desk.load());
    if (!me || me.desks.length === 0) {
      show("outside");
      return;
    }
    element("who", HTMLElement).textContent = `${me.org_name} · ${me.shown_as}`;
    if (!me.root) {
      showAlarm(text("no-root"));
      show("outside");
    } else if (me.wraps.length === 0) {
      this.showEnrolment();
    } else {
      showUnlocking(me);
    }
  }

  showEnrolment() {
    element("fingerprint", HTMLElement).textContent = fingerprint(decode(this.desk.me.root));
    show("enrol");
    element("compared", HTMLInputElement).focus();
  }

  /** @param {SubmitEvent} event */
  async enrol(event) {
    event.preventDefault();
    const [one, two] = ["passphrase-1", "passphrase-2"].map((id) => element(id, HTMLInputElement).value);
    const wrong = !isLongEnough(String(one)) ? "passphrase-short" : one !== two ? "passphrase-differs" : "";
    this.showError("enrol-error", "passphrase-1", wrong);
    if (wrong) {
      return;
    }
    await this.work("enrol", "enrol-error", async () => {
      const { me } = this.desk;
      const { code } = await enrol(this.desk.api, me, decode(me.root), String(one));
      await this.desk.load();
      await this.desk.unlock(PASSPHRASE, String(one));
      element("recovery-code", HTMLElement).textContent = inGroups(code, 4, "-");
      empty("passphrase-1", "passphrase-2");
      show("recovery");
    });
  }

  /** @param {SubmitEvent} event */
  leaveRecovery(event) {
    event.preventDefault();
    element("recovery-code", HTMLElement).textContent = "";
    this.enter();
  }

  /**
   * @param {number} kind
   * @param {() => Promise<string | Bytes>} ask
   */
  unlock(kind, ask) {
    return this.work("locked", "unlock-error", async () => {
      await this.desk.unlock(kind, await ask());
      this.enter();
    });
  }

  /**
   * Show that it takes a moment; go back to a part with a sentence when it did not go.
   * @param {string} part
   * @param {string} error
   * @param {() => Promise<void>} act
   */
  async work(part, error, act) {
    await showWorking();
    try {
      await act();
    } catch (reason) {
      show(part);
      this.showError(error, part === "enrol" ? "passphrase-1" : "passphrase", whyLocked(reason));
    }
  }

  /**
   * @param {string} id
   * @param {string} field
   * @param {string} reason name of a sentence, or nothing
   */
  showError(id, field, reason) {
    const place = element(id, HTMLElement);
    place.hidden = !reason;
    place.textContent = reason ? text(reason) : "";
    const input = element(field, HTMLInputElement);
    input.toggleAttribute("aria-invalid", Boolean(reason));
    if (reason) {
      input.focus();
    }
  }
}

/** @param {...string} ids fields whose content must not stay */
function empty(...ids) {
  for (const id of ids) {
    element(id, HTMLInputElement).value = "";
  }
}

/**
 * Give what people compare: the same as `zicht desk-key show`.
 * @param {Uint8Array} root
 */
export function fingerprint(root) {
  const digits = [...hash(root)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return inGroups(digits, GROUP, " ");
}

/**
 * @param {string} letters
 * @param {number} length
 * @param {string} between
 */
export function inGroups(letters, length, between) {
  return letters.replaceAll("-", "").match(new RegExp(`.{1,${length}}`, "g"))?.join(between) ?? "";
}
