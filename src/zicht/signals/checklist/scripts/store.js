/**
 * What the phone keeps: one draft under a key, checklists that were sealed and not sent yet, and the last key of the desk.
 */

/** @typedef {"draft" | "key" | "outbox" | "desk"} Store */

const NAME = "zicht-checklist";
const VERSION = 1;
/** @type {Store[]} */
const STORES = ["draft", "key", "outbox", "desk"];

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error(NAME));
  });
}

/**
 * Do several things at once or none of them; the answer comes when they are on disk.
 * @template T
 * @param {Store[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(transaction: IDBTransaction) => IDBRequest<T> | void} act
 * @returns {Promise<T | undefined>}
 */
export async function transact(stores, mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode, { durability: "strict" });
      const request = act(transaction);
      transaction.oncomplete = () => resolve(request ? request.result : undefined);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/**
 * @param {Store} store
 * @param {string} name
 * @returns {Promise<any>}
 */
export function read(store, name) {
  return transact([store], "readonly", (transaction) => transaction.objectStore(store).get(name));
}

/**
 * @param {Store} store
 * @returns {Promise<any[]>}
 */
export async function readAll(store) {
  return (await transact([store], "readonly", (transaction) => transaction.objectStore(store).getAll())) ?? [];
}

/**
 * @param {Store} store
 * @param {string} name
 * @param {unknown} value
 */
export function write(store, name, value) {
  return transact([store], "readwrite", (transaction) => void transaction.objectStore(store).put(value, name));
}

/**
 * @param {Store} store
 * @param {string} name
 */
export function remove(store, name) {
  return transact([store], "readwrite", (transaction) => void transaction.objectStore(store).delete(name));
}

/** Erase everything that somebody filled in, sealed or not; the key of the desk is public and stays. */
export function eraseAll() {
  const filled = STORES.filter((store) => store !== "desk");
  return transact(filled, "readwrite", (transaction) => filled.forEach((store) => transaction.objectStore(store).clear()));
}
