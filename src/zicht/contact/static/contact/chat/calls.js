/**
 * Reach the server over a line that breaks: the same request again and again, with longer pauses, until there is an answer.
 */

/** @import { Call, Transport } from "./http.js" */
/** @typedef {{ silence: number, first: number, longest: number, wait: number }} Pace milliseconds; `wait` in seconds */

/** @type {Pace} */
const PACE = { silence: 30_000, first: 1000, longest: 30_000, wait: 25 };

export class Calls {
  /**
   * @param {Transport} transport
   * @param {Partial<Pace>} [pace]
   */
  constructor(transport, pace) {
    this.transport = transport;
    this.pace = { ...PACE, ...pace };
    this.stopping = new AbortController();
    /** @type {(isConnected: boolean) => void} */
    this.connected = () => {};
  }

  get isStopped() {
    return this.stopping.signal.aborted;
  }

  stop() {
    this.stopping.abort();
  }

  /**
   * Give the answer once the server was reached; null when it was stopped before that.
   * @param {Call} request
   */
  async untilAnswered(request) {
    for (let pause = this.pace.first; !this.isStopped; pause = Math.min(pause * 2, this.pace.longest)) {
      const answer = await this.once(request);
      if (answer && answer.status < 500) {
        return answer;
      }
      await this.pause(pause);
    }
    return null;
  }

  /**
   * Give the answer, or null when the server was not reached.
   * @param {Call} request
   */
  async once(request) {
    const answer = await this.transport.call({ ...request, signal: this.stopping.signal }).catch(() => null);
    this.connected(answer !== null);
    return answer;
  }

  /**
   * Send something on the way out; nobody is there to hear whether it arrived.
   * @param {Call} request
   */
  sendOff(request) {
    this.transport.call({ ...request, keepalive: true }).catch(() => null);
  }

  /** Make a line that is cut when nothing came through it for too long, or when all is over. */
  line() {
    const controller = new AbortController();
    const line = { signal: controller.signal, wasSilent: false, live: () => {}, end: () => {} };
    const cut = () => controller.abort();
    const cutForSilence = () => {
      line.wasSilent = true;
      cut();
    };
    let timer = setTimeout(cutForSilence, this.pace.silence);
    this.stopping.signal.addEventListener("abort", cut);
    line.live = () => {
      clearTimeout(timer);
      timer = setTimeout(cutForSilence, this.pace.silence);
    };
    line.end = () => {
      clearTimeout(timer);
      this.stopping.signal.removeEventListener("abort", cut);
    };
    return line;
  }

  /**
   * Wait, a little longer or shorter each time: not all come at the same moment when a server is back.
   * @param {number} milliseconds
   */
  pause(milliseconds) {
    const { signal } = this.stopping;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve(undefined);
      };
      const timer = setTimeout(done, milliseconds * (0.75 + Math.random() / 2));
      signal.addEventListener("abort", done);
    });
  }
}
