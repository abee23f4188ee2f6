/**
 * What somebody with open keys sees and does on the page of keys: her certificate, her colleagues, and the keys of a desk.
 */
import { decode } from "../chat/bytes.js";
import { element, text } from "../chat/dom.js";
import { ExpiredError, InventedLeadError, LeadNotForDeskError, SealingError, ValidTooLongError } from "../chat/errors.js";
import { readLead } from "../chat/statements.js";
import { RefusedError, SignedOutError } from "./api.js";
import * as epochs from "./epochs.js";
import {
  ChangedKeysError,
  InventedColleagueError,
  NoKeysYetError,
  NotApprovedError,
  NotYourCertificateError,
  UnvouchedError,
} from "./errors.js";
import { fillList, showAlarm } from "./parts.js";
import { wordsOfKey, wordsOfUser } from "./six_words.js";
import { memberOf, readVoucher, trustOwnCertificate, vouchedMember } from "./vouching.js";

/** @import { Api, Me, OwnKeys } from "./enrolment.js" */
/** @import { EpochRow } from "./epochs.js" */
/** @import { MemberRow, WireSigned } from "./vouching.js" */

const FEW_MEMBERS = 3;
/** @type {[new (...parts: any[]) => Error, string][]} */
const REASONS = [
  [NoKeysYetError, "why-no-keys"],
  [ChangedKeysError, "why-changed"],
  [InventedColleagueError, "why-invented"],
  [InventedLeadError, "why-invented-lead"],
  [UnvouchedError, "why-unvouched"],
  [ExpiredError, "why-expired"],
  [NotApprovedError, "why-not-approved"],
  [NotYourCertificateError, "why-not-yours"],
  [LeadNotForDeskError, "why-not-desk"],
  [ValidTooLongError, "why-too-long"],
  [SealingError, "why-refused"],
  [SignedOutError, "signed-out"],
  [RefusedError, "refused"],
];

/**
 * Give until when a certificate holds, in seconds since 1970.
 * @param {WireSigned} certificate
 */
function endOf(certificate) {
  return readLead(decode(certificate.statement)).not_after;
}

export class KeysView {
  /**
   * @param {Api} api
   * @param {Me & { desks: any[] }} me
   * @param {OwnKeys} keys
   */
  constructor(api, me, keys) {
    this.api = api;
    this.me = me;
    this.keys = keys;
    this.listening = new AbortController();
    /** @type {WireSigned | null} */
    this.certificate = null;
    /** @type {MemberRow[]} */
    this.rows = [];
    /** @type {EpochRow[]} */
    this.epochs = [];
  }

  get language() {
    return document.documentElement.lang;
  }

  get desk() {
    return element("desk-choice", HTMLSelectElement).value;
  }

  get isLead() {
    return this.me.desks.some((one) => one.desk === this.desk && one.is_lead);
  }

  async begin() {
    const choice = element("desk-choice", HTMLSelectElement);
    choice.replaceChildren(...this.me.desks.map(({ desk, label }) => new Option(label[this.language] ?? desk, desk)));
    const { signal } = this.listening;
    choice.addEventListener("change", () => void this.guard(() => this.load()), { signal });
    element("certificate-form", HTMLFormElement).addEventListener("submit", (event) => void this.paste(event), { signal });
    this.on("make-key", () => this.makeKey(false));
    this.on("rotate-key", () => this.makeKey(true));
    await this.guard(() => this.load());
    const { org, user } = this.me;
    element("own-words", HTMLElement).textContent = await wordsOfUser({ org, user, ...this.keys }, this.language);
    element("signing-words", HTMLElement).textContent = await wordsOfKey(this.keys.edPk, this.language);
  }

  /**
   * @param {string} id
   * @param {() => Promise<unknown>} act
   */
  on(id, act) {
    const { signal } = this.listening;
    element(id, HTMLButtonElement).addEventListener("click", () => void this.guard(act), { signal });
  }

  /** Forget every key and every name, as after closing the page. */
  forget() {
    this.listening.abort();
    [this.keys.xSk, this.keys.edSk].forEach((key) => key.fill(0));
    this.rows = [];
    fillList("people", []);
    for (const id of ["own-words", "signing-words", "key-state", "certificate-state", "state", "request"]) {
      element(id, HTMLElement).textContent = "";
    }
    element("certificate", HTMLTextAreaElement).value = "";
    element("approval", HTMLTextAreaElement).value = "";
  }

  async load() {
    const { epochs: keys, is_due: isDue } = await this.api.get(`desks/${this.desk}/epochs`);
    [this.rows, this.epochs] = [await epochs.membersOf(this.api, this.desk), keys];
    element("key-due", HTMLElement).hidden = !isDue;
    this.certificate = await this.findCertificate();
    await this.draw();
  }

  /** Look for one's own certificate where it was used before. */
  async findCertificate() {
    const published = this.epochs.map(({ key }) => key.lead);
    const vouched = this.rows.flatMap((row) => row.vouched.filter(({ by }) => by === this.me.user));
    const known = [this.certificate, ...published, ...vouched.map(certificateIn)];
    /** @type {WireSigned | null} */
    let newest = null;
    for (const one of known) {
      if (one && (await this.isOwn(one)) && (!newest || endOf(one) > endOf(newest))) {
        newest = one; // after a renewal the one before holds for some days too
      }
    }
    return newest;
  }

  /** @param {WireSigned} certificate */
  async isOwn(certificate) {
    return trustOwnCertificate(certificate, this.me, this.keys, this.desk, now()).then(
      () => true,
      () => false,
    );
  }

  // --- what is shown ----------------------------------------------------------------------------------------------
  async draw() {
    for (const part of document.querySelectorAll("[data-lead]")) {
      part.toggleAttribute("hidden", !this.isLead);
    }
    const until = this.certificate && readLead(decode(this.certificate.statement)).not_after;
    const state = until ? text("certificate-until", { day: day(until) }) : text("no-certificate");
    element("certificate-state", HTMLElement).textContent = state;
    const request = epochs.certificateRequest(this.me, this.keys, this.me.desks.filter((one) => one.is_lead).map((one) => one.desk));
    offer("request-file", "request", request);
    this.drawKey();
    fillList("people", await Promise.all(this.rows.map((row) => this.item(row))));
    this.drawSteward();
  }

  drawKey() {
    const newest = this.epochs.find((one) => !one.is_taken_back);
    const values = { epoch: newest?.epoch, day: newest && day(newest.not_after) };
    element("key-state", HTMLElement).textContent = text(newest ? "key-until" : "no-desk-key", values);
    for (const id of ["make-key", "rotate-key"]) {
      element(id, HTMLButtonElement).disabled = !this.certificate;
    }
  }

  drawSteward() {
    const other = this.rows.find(({ user, x_pk }) => user !== this.me.user && x_pk !== null);
    const isFew = this.rows.length < FEW_MEMBERS && other !== undefined && this.epochs.length > 0;
    element("steward", HTMLElement).hidden = !isFew;
    if (isFew) {
      offer("approval-file", "approval-request", epochs.approvalRequest(memberOf(this.me.org, this.desk, other), this.epochs));
    }
  }

  /** @param {MemberRow} row */
  async item(row) {
    const item = document.createElement("li");
    item.className = "card";
    const name = document.createElement("h3");
    name.textContent = row.shown_as;
    const state = document.createElement("p");
    state.textContent = await this.stateOf(row);
    const words = document.createElement("p");
    words.className = "fingerprint";
    words.hidden = true;
    const acts = document.createElement("div");
    acts.className = "row";
    item.append(name, state, words, acts);
    if (row.user !== this.me.user && row.x_pk !== null) {
      acts.append(this.button("show-words", row, () => this.showWords(row, words, acts)));
      if (this.lacks(row)) {
        acts.append(this.button("pass-on", row, () => this.passOn(row)));
      }
    }
    return item;
  }

  /** @param {MemberRow} row */
  async stateOf(row) {
    if (row.user === this.me.user) {
      return text("this-is-you");
    }
    const reason = await vouchedMember(this.me.org, this.desk, row, this.keys.root, now()).then(() => "vouched", reasonOf);
    const approved = row.approved.length ? ` ${text("approved-by", { count: row.approved.length })}` : "";
    return text(reason) + (this.lacks(row) ? ` ${text("lacks-keys")}` : "") + approved;
  }

  /** Tell whether somebody has not all the keys that are here. @param {MemberRow} row */
  lacks(row) {
    return this.epochs.some((one) => one.wrap !== null && !one.wrapped_for.includes(row.user));
  }

  /**
   * @param {string} name of its sentence
   * @param {MemberRow} row
   * @param {() => Promise<unknown>} act
   */
  button(name, row, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = text(name, { name: row.shown_as });
    button.addEventListener("click", () => void this.guard(act), { signal: this.listening.signal });
    return button;
  }

  /**
   * Show the words of the keys in a row, and only then what can be signed about them.
   * @param {MemberRow} row
   * @param {HTMLElement} place
   * @param {HTMLElement} acts
   */
  async showWords(row, place, acts) {
    const member = memberOf(this.me.org, this.desk, row);
    const keys = { org: member.org, user: member.user, xPk: decode(member.x_pk), edPk: decode(member.ed_pk) };
    place.textContent = await wordsOfUser(keys, this.language);
    place.hidden = false;
    const { certificate } = this;
    const made = [];
    if (certificate) {
      const vouch = () => epochs.vouch(this.api, this.me, this.keys, this.desk, certificate, row);
      made.push(this.button("vouch", row, () => this.done(vouch(), "vouched")));
    }
    if (this.lacks(row)) {
      const approve = () => epochs.approve(this.api, this.me, this.keys, this.desk, certificate, row);
      made.push(this.button("approve", row, () => this.done(approve(), "approved")));
    }
    acts.firstElementChild?.replaceWith(...made);
    made[0]?.focus();
  }

  // --- what is done -----------------------------------------------------------------------------------------------
  /** @param {SubmitEvent} event */
  async paste(event) {
    event.preventDefault();
    await this.guard(async () => {
      const field = element("certificate", HTMLTextAreaElement);
      const pasted = readPasted(field.value);
      const renewed = await epochs.renewVouchers(this.api, this.me, this.keys, this.desk, pasted).catch((error) => {
        throw error instanceof InventedLeadError ? new SealingError() : error; // nobody vouched here
      });
      this.certificate = pasted;
      field.value = "";
      await this.load();
      this.say("certificate-taken", { count: renewed.length });
    });
  }

  /** @param {boolean} takesBack */
  async makeKey(takesBack) {
    if (!this.certificate) {
      return;
    }
    const make = takesBack ? epochs.rotate : epochs.makeEpoch;
    const made = await make(this.api, this.me, this.keys, this.desk, this.certificate);
    await this.load();
    this.say("key-made", { epoch: made.epoch, count: made.wrapped.length, out: made.leftOut.length });
  }

  /** @param {MemberRow} row */
  async passOn(row) {
    const pasted = element("approval", HTMLTextAreaElement).value.trim();
    const steward = pasted ? readPasted(pasted) : null;
    const wrapped = await epochs.wrapAgain(this.api, this.me, this.keys, this.desk, row, { steward });
    await this.load();
    this.say("passed-on", { count: wrapped.length, name: row.shown_as });
  }

  /**
   * @param {Promise<unknown>} doing
   * @param {string} name
   */
  async done(doing, name) {
    await doing;
    await this.load();
    this.say(name);
  }

  /**
   * @param {string} name
   * @param {Record<string, unknown>} [values]
   */
  say(name, values) {
    element("state", HTMLElement).textContent = text(name, values);
  }

  /**
   * Do something, and say it when it was refused.
   * @param {() => Promise<unknown>} act
   */
  async guard(act) {
    showAlarm("");
    element("state", HTMLElement).textContent = "";
    try {
      await act();
    } catch (error) {
      showAlarm(text(reasonOf(error)));
    }
  }
}

/**
 * Give the certificate in a voucher, if it is one.
 * @param {WireSigned} voucher
 * @returns {WireSigned | null}
 */
function certificateIn({ statement }) {
  try {
    return /** @type {WireSigned} */ (readVoucher(decode(statement))["lead"]);
  } catch {
    return null;
  }
}

/**
 * Read what the stewards signed, as it was copied.
 * @param {string} pasted
 * @returns {WireSigned}
 */
function readPasted(pasted) {
  let found;
  try {
    found = JSON.parse(pasted);
  } catch {
    throw new SealingError();
  }
  if (typeof found?.statement !== "string" || typeof found?.signature !== "string") {
    throw new SealingError();
  }
  return { statement: found.statement, signature: found.signature };
}

/**
 * Show a request to the stewards, to be copied or kept as a file.
 * @param {string} link
 * @param {string} place
 * @param {object} request
 */
function offer(link, place, request) {
  const written = JSON.stringify(request, null, 1);
  element(place, HTMLElement).textContent = written;
  const file = element(link, HTMLAnchorElement);
  URL.revokeObjectURL(file.href);
  file.href = URL.createObjectURL(new Blob([written], { type: "application/octet-stream" }));
  file.download = "request.json";
}

/** @param {unknown} error */
function reasonOf(error) {
  return REASONS.find(([kind]) => error instanceof kind)?.[1] ?? "failed";
}

/** @param {number} seconds since 1970 */
function day(seconds) {
  return new Date(seconds * 1000).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
}

function now() {
  return Math.floor(Date.now() / 1000);
}
