/**
 * The page on which people of a desk vouch for each other, and leads make its keys. It is signed like the desk itself: whoever
 * could change it could have keys wrapped for anybody.
 */
import { element, onClick, text } from "../chat/dom.js";
import { WrongRootError } from "../chat/errors.js";
import { PASSKEY, PASSPHRASE, RECOVERY } from "../chat/wraps.js";
import { Api, RefusedError, SignedOutError } from "./api.js";
import { unlock } from "./enrolment.js";
import { KeysDifferError } from "./errors.js";
import { KeysView } from "./keys_view.js";
import { show, showAlarm } from "./parts.js";
import { askPasskey } from "./passkeys.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Me } from "./enrolment.js" */

const api = new Api();
/** @type {(Me & { desks: any[], shown_as: string, org_name: string }) | null} */
let me = null;
/** @type {KeysView | null} */
let view = null;

async function begin() {
  element("unlock-form", HTMLFormElement).addEventListener("submit", (event) => void openTyped(event, PASSPHRASE, "passphrase"));
  element("recover-form", HTMLFormElement).addEventListener("submit", (event) => void openTyped(event, RECOVERY, "recovery-field"));
  onClick("unlock-passkey", () => void open(PASSKEY, async () => askPasskey(await load())));
  onClick("lock", lock);
  // A page that is kept in the browser's memory must not hold keys.
  window.addEventListener("pagehide", lock);
  await askWho();
}

async function askWho() {
  const found = await load().catch((error) => {
    if (error instanceof SignedOutError || error instanceof RefusedError) {
      return null;
    }
    throw error;
  });
  if (!found || found.desks.length === 0 || found.wraps.length === 0) {
    show("outside");
    return;
  }
  element("who", HTMLElement).textContent = `${found.org_name} · ${found.shown_as}`;
  element("unlock-passkey", HTMLButtonElement).hidden = !found.wraps.some((one) => one.kind === PASSKEY);
  show("locked");
  element("passphrase", HTMLInputElement).focus();
}

async function load() {
  me = await api.get("me");
  return /** @type {NonNullable<typeof me>} */ (me);
}

/**
 * @param {SubmitEvent} event
 * @param {number} kind
 * @param {string} id of the field
 */
async function openTyped(event, kind, id) {
  event.preventDefault();
  const field = element(id, HTMLInputElement);
  const typed = field.value;
  field.value = "";
  await open(kind, () => Promise.resolve(typed));
}

/**
 * @param {number} kind
 * @param {() => Promise<string | Bytes>} ask
 */
async function open(kind, ask) {
  show("working");
  showAlarm("");
  await new Promise((resolve) => setTimeout(resolve)); // let the page say it first
  try {
    const current = await load();
    view = new KeysView(api, current, await unlock(current, kind, await ask()));
    element("lock", HTMLButtonElement).hidden = false;
    show("keys");
    await view.begin();
  } catch (error) {
    lock();
    showAlarm(text(reasonOf(error)));
  }
}

function lock() {
  showAlarm("");
  view?.forget();
  view = null;
  element("lock", HTMLButtonElement).hidden = true;
  show("locked");
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof WrongRootError) {
    return "wrong-root";
  }
  if (error instanceof KeysDifferError) {
    return "keys-differ";
  }
  return error instanceof RefusedError || error instanceof TypeError ? "failed" : "passphrase-wrong";
}

begin().catch(() => showAlarm(text("failed")));
