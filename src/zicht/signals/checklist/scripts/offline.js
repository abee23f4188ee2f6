/**
 * Begin the worker that gives the page without a network.
 */

/** @typedef {{ createScriptURL: (address: string) => unknown }} Policy */
/** @typedef {{ createPolicy: (name: string, rules: { createScriptURL: (address: string) => string }) => Policy }} Trust */
/** @typedef {ServiceWorkerRegistration & { sync?: { register: (name: string) => Promise<void> } }} Registration */

const WORKER = "worker.js";
const POLICY = "zicht-worker"; // the one that the page's own rules let through

/** @param {string} root base64url, so that the worker trusts what the page trusts */
export function beginWorker(root) {
  if (!("serviceWorker" in navigator)) {
    return; // the page works, only not without a network
  }
  const address = trusted(`${WORKER}?root=${encodeURIComponent(root)}`);
  navigator.serviceWorker.register(address).then(
    () => navigator.serviceWorker.ready.then((ready) => ready.active?.postMessage("look")),
    () => {}, // no room, or a browser that keeps nothing
  );
}

/** Ask the browser to wake the worker when there is a network, where it can. */
export async function askToSendLater() {
  /** @type {Registration | undefined} */
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("outbox").catch(() => {});
}

/** @param {string} address */
function trusted(address) {
  const trust = /** @type {{ trustedTypes?: Trust }} */ (/** @type {unknown} */ (window)).trustedTypes;
  if (!trust) {
    return address;
  }
  const policy = trust.createPolicy(POLICY, {
    createScriptURL: (wanted) => {
      if (!wanted.startsWith(`${WORKER}?root=`)) {
        throw new TypeError();
      }
      return wanted;
    },
  });
  return /** @type {string} */ (policy.createScriptURL(address));
}
