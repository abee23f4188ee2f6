/**
 * The page on which people of a desk vouch for each other, and leads make its keys. It is signed like the desk itself: whoever
 * could change it could have keys wrapped for anybody.
 */
import { element, onClick, text } from "../chat/dom.js";
import { Api } from "./api.js";
import { unlock } from "./enrolment.js";
import { KeysView } from "./keys_view.js";
import { show, showAlarm } from "./parts.js";
import { showUnlocking, showWorking, watchUnlocking, whoIsHere, whyLocked } from "./unlocking.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @import { Me } from "./enrolment.js" */

const api = new Api();
/** @type {(Me & { desks: any[], shown_as: string, org_name: string }) | null} */
let me = null;
/** @type {KeysView | null} */
let view = null;

async function begin() {
  watchUnlocking(open, () => /** @type {Me} */ (me));
  onClick("lock", lock);
  // A page that is kept in the browser's memory must not hold keys.
  window.addEventListener("pagehide", lock);
  const found = await whoIsHere(load);
  if (!found || found.desks.length === 0 || found.wraps.length === 0) {
    show("outside");
    return;
  }
  element("who", HTMLElement).textContent = `${found.org_name} · ${found.shown_as}`;
  showUnlocking(found);
}

async function load() {
  me = await api.get("me");
  return /** @type {NonNullable<typeof me>} */ (me);
}

/**
 * @param {number} kind
 * @param {() => Promise<string | Bytes>} ask
 */
async function open(kind, ask) {
  showAlarm("");
  await showWorking();
  try {
    const current = await load();
    view = new KeysView(api, current, await unlock(current, kind, await ask()));
    element("lock", HTMLButtonElement).hidden = false;
    show("keys");
    await view.begin();
  } catch (error) {
    lock();
    showAlarm(text(whyLocked(error)));
  }
}

function lock() {
  showAlarm("");
  view?.forget();
  view = null;
  element("lock", HTMLButtonElement).hidden = true;
  show("locked");
}

begin().catch(() => showAlarm(text("failed")));
