/**
 * The list of conversations: who waits, one's own, those of colleagues, the closed ones.
 */
import { element, make, text } from "../chat/dom.js";
import { fillList } from "./parts.js";

/** @import { Desk } from "./desk.js" */
/** @import { Row } from "./desk_chat.js" */

export class ListView {
  /**
   * @param {Desk} desk
   * @param {(name: string) => void} choose
   */
  constructor(desk, choose) {
    this.desk = desk;
    for (const list of ["waiting", "mine", "others", "closed"]) {
      element(`list-${list}`, HTMLUListElement).addEventListener("click", (event) => {
        const button = event.target instanceof Element ? event.target.closest("button") : null;
        if (button?.dataset["name"]) {
          choose(button.dataset["name"]);
        }
      });
    }
  }

  /**
   * @param {string} chosen the conversation that is shown
   * @param {Map<string, number>} seen how many messages of each were shown
   */
  draw(chosen, seen) {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["name"] : undefined;
    const rows = this.desk.list();
    const isMine = (/** @type {Row} */ row) => row.state === "open" && row.by?.user === this.desk.me?.user;
    const lists = {
      waiting: rows.filter((row) => row.state === "waiting"),
      mine: rows.filter(isMine),
      others: rows.filter((row) => row.state === "open" && !isMine(row)),
      closed: rows.filter((row) => row.state === "closed"),
    };
    for (const [list, each] of Object.entries(lists)) {
      fillList(`list-${list}`, each.map((row) => this.item(row, row.conv_id === chosen, seen.get(row.conv_id) ?? 0)));
    }
    element("count-waiting", HTMLElement).textContent = String(lists.waiting.length || "");
    document.title = `${lists.waiting.length ? `(${lists.waiting.length}) ` : ""}${element("title", HTMLElement).textContent}`;
    if (focused) {
      /** @type {HTMLElement | null} */ (document.querySelector(`.desk__list button[data-name="${focused}"]`))?.focus();
    }
  }

  /**
   * @param {Row} row
   * @param {boolean} isChosen
   * @param {number} seen
   */
  item(row, isChosen, seen) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk__row";
    button.dataset["name"] = row.conv_id;
    if (isChosen) {
      button.setAttribute("aria-current", "true");
    }
    const title = document.createElement("strong");
    title.textContent = titleOf(row);
    const about = document.createElement("span");
    about.className = "muted";
    about.textContent = this.about(row).filter(Boolean).join(" · ");
    button.append(title, about);
    if (this.desk.inDanger.has(row.conv_id)) {
      button.append(make("span", { className: "tag tag--stop" }, text("in-danger")));
    }
    const count = this.news(row.conv_id, seen);
    if (count > 0) {
      button.append(make("span", { className: "tag tag--waiting" }, text("news", { count })));
    }
    item.append(button);
    return item;
  }

  /** @param {Row} row */
  about(row) {
    const isMine = row.by?.user === this.desk.me?.user;
    const many = this.desk.desks.length > 1;
    const desk = this.desk.desks.find((one) => one.desk === row.desk);
    const names = row.seen.map((one) => one.shown_as).join(", ");
    return [
      many ? (desk?.label[document.documentElement.lang] ?? row.desk) : "",
      row.language,
      text("since", { hour: row.opened.slice(-2) }),
      row.by && !isMine ? text("with", { name: row.by.shown_as }) : "",
      row.by && row.readers.length > 0 ? text("read-along", { names: row.readers.map((one) => one.shown_as).join(", ") }) : "",
      !row.by && names ? text("seen-by", { names }) : "",
      row.can_return ? text("can-return") : "",
    ];
  }

  /**
   * @param {string} name
   * @param {number} seen
   */
  news(name, seen) {
    const chat = this.desk.chats.get(name);
    return chat ? chat.entries.length - seen : 0;
  }
}

/** @param {Row} row */
export function titleOf(row) {
  const kind = row.kind === "chat" ? "number" : `${row.kind}-number`; // so that a report stands out
  return text(kind, { number: row.number });
}
