/**
 * The counsellors' page: first the keys, then the desk.
 */
import { element, onClick, text } from "../chat/dom.js";
import { Api } from "./api.js";
import { ChatView } from "./chat_view.js";
import { Desk } from "./desk.js";
import { Gate } from "./gate.js";
import { ListView } from "./list_view.js";
import { OwnKeysView } from "./own_keys.js";
import { guard, show, showAlarm } from "./parts.js";

const desk = new Desk(new Api(), () => draw());
const chatView = new ChatView(desk);
const listView = new ListView(desk, (name) => void guard(() => chatView.choose(name)));
const gate = new Gate(desk, () => enter());
desk.followed = (/** @type {string} */ name) => {
  if (desk.chats.has(name)) {
    void guard(() => chatView.choose(name));
  }
};
const ownKeys = new OwnKeysView(desk);
let isDrawing = false;

/** Draw once for everything that changes at the same moment. */
function draw() {
  if (!isDrawing) {
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      drawNow();
    });
  }
}

function drawNow() {
  element("connection", HTMLElement).textContent = text(desk.isSignedOut ? "signed-out" : desk.isConnected ? "connected" : "not-connected");
  drawWarnings();
  chatView.draw();
  listView.draw(chatView.name, chatView.seen);
}

function drawWarnings() {
  const label = (/** @type {string} */ slug) => desk.desks.find((one) => one.desk === slug)?.label[document.documentElement.lang];
  const warning = (/** @type {string} */ name, /** @type {string} */ slug) => {
    const item = document.createElement("li");
    item.className = "notice notice--waiting";
    item.textContent = text(name, { desk: label(slug) ?? slug });
    return item;
  };
  const items = [
    ...[...desk.withoutKey].map(([slug, why]) => warning(`desk-${why}`, slug)),
    ...[...desk.withChanges].map((slug) => warning("desk-changed", slug)),
  ];
  element("warnings", HTMLUListElement).replaceChildren(...items);
}

function enter() {
  show("desk");
  element("lock", HTMLButtonElement).hidden = false;
  const { state, most } = desk.me.presence ?? { state: "pause", most: 3 };
  element("presence", HTMLSelectElement).value = state;
  element("most", HTMLInputElement).value = String(most);
  void desk.start();
  void ownKeys.showWords();
  draw();
}

function lock() {
  chatView.forget();
  ownKeys.forget();
  desk.lock();
  element("lock", HTMLButtonElement).hidden = true;
  gate.begin();
}

async function tellPresence() {
  const most = element("most", HTMLInputElement);
  if (most.reportValidity() && most.value) {
    await desk.api.post("presence", { state: element("presence", HTMLSelectElement).value, most: Number(most.value) });
  }
}

async function begin() {
  element("presence", HTMLSelectElement).addEventListener("change", () => void guard(tellPresence));
  element("most", HTMLInputElement).addEventListener("change", () => void guard(tellPresence));
  onClick("lock", lock);
  // A page that is kept in the browser's memory must not hold keys.
  window.addEventListener("pagehide", lock);
  await gate.begin();
}

begin().catch(() => showAlarm(text("failed")));
