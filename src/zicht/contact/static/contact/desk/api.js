/**
 * Ask the server as a counsellor: with her session, and a token that tells her page from one that only pretends to be it.
 */
import { createTransport } from "../chat/http.js";

/** @import { Answer, Call, Transport } from "../chat/http.js" */

const PREFIX = "/staff/desk/v1/";
const OPENLY_REFUSED = 403; // the token is of an older session

/** The server said no. */
export class RefusedError extends Error {
  /** @param {Answer} answer */
  constructor({ status, body }) {
    super(body?.error ?? String(status));
    this.status = status;
    this.body = body;
  }
}

/** Nobody is signed in any more. */
export class SignedOutError extends Error {}

export class Api {
  constructor() {
    this.token = "";
    this.plain = createTransport(() => this.own());
    /** What `Calls` takes. @type {Transport} */
    this.transport = { call: (request) => this.call(request), listen: this.plain.listen };
  }

  /** @returns {import("../chat/http.js").Own} */
  own() {
    // A redirection leads to the page where people sign in.
    return { credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": this.token } };
  }

  /**
   * Ask, and once more with a new token where the old one is refused.
   * @param {Call} request
   */
  async call(request) {
    const answer = await this.plain.call(request);
    if (answer.status !== OPENLY_REFUSED) {
      return answer;
    }
    await this.get("me");
    return this.plain.call(request);
  }

  /** @param {string} path */
  async get(path) {
    const body = await this.ask({ method: "GET", path });
    if (path === "me") {
      this.token = body.form_token;
    }
    return body;
  }

  /**
   * @param {string} path
   * @param {object} [body]
   * @param {Record<string, string>} [headers]
   */
  post(path, body, headers) {
    return this.ask({ method: "POST", path, ...(body ? { body } : {}), ...(headers ? { headers } : {}) });
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  put(path, body) {
    return this.ask({ method: "PUT", path, body });
  }

  /** @param {Call} request its path behind the prefix */
  async ask(request) {
    const whole = { ...request, path: PREFIX + request.path };
    const answer = await (request.path === "me" ? this.plain.call(whole) : this.call(whole));
    if (answer.status === 0) {
      throw new SignedOutError();
    }
    if (answer.status >= 300) {
      throw new RefusedError(answer);
    }
    return answer.body;
  }
}
