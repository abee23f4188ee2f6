import assert from "node:assert/strict";
import { test } from "node:test";

import { encode, random } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { showCode } from "../../src/zicht/contact/static/contact/chat/codes.js";
import * as errors from "../../src/zicht/contact/static/contact/chat/errors.js";
import { PASSKEY, PASSPHRASE, RECOVERY } from "../../src/zicht/contact/static/contact/chat/wraps.js";
import * as enrolment from "../../src/zicht/contact/static/contact/desk/enrolment.js";
import * as refusals from "../../src/zicht/contact/static/contact/desk/errors.js";

const root = random(32);
const PHRASE = "drie eenden op een café-terras";

/** A server that keeps what it is given, as long as the test lasts. */
function makeServer() {
  const me = /** @type {any} */ ({ user: "user-1", org: "org-1", root: encode(root), x_pk: null, ed_pk: null, wraps: [] });
  const refuse = async () => assert.fail("nothing else is called");
  const put = async (/** @type {string} */ path, /** @type {object} */ body) => {
    assert.ok(["me/keys", "me/wraps"].includes(path));
    Object.assign(me, body);
  };
  return { me, api: { get: refuse, post: refuse, put } };
}

const server = makeServer();
const { keys, code } = await enrolment.enrol(server.api, server.me, root, PHRASE);

test("keys open with the passphrase however it is composed, and with the printed code", async () => {
  assert.deepEqual(await enrolment.unlock(server.me, PASSPHRASE, PHRASE.normalize("NFD")), keys);
  assert.deepEqual(await enrolment.unlock(server.me, RECOVERY, ` ${showCode(code).toLowerCase()}`), keys);
  await assert.rejects(enrolment.unlock(server.me, PASSKEY, random(32)), refusals.NoSuchWrapError);
});

test("the server is given no private key and no secret", () => {
  const given = JSON.stringify(server.me);
  for (const secret of [encode(keys.xSk), encode(keys.edSk), PHRASE, code]) {
    assert.ok(!given.includes(secret));
  }
});

test("another root is refused at enrolling and at unlocking", async () => {
  await assert.rejects(enrolment.enrol(server.api, server.me, random(32), PHRASE), errors.WrongRootError);
  for (const shown of [encode(random(32)), null]) {
    const unlocking = enrolment.unlock({ ...server.me, root: shown }, RECOVERY, code);
    await assert.rejects(unlocking, errors.WrongRootError);
  }
});

test("public keys that a server swapped are refused at unlocking", async () => {
  const other = await enrolment.makeUserKeys(root);
  for (const swapped of [{ x_pk: encode(other.xPk) }, { ed_pk: encode(other.edPk) }]) {
    await assert.rejects(enrolment.unlock({ ...server.me, ...swapped }, RECOVERY, code), refusals.KeysDifferError);
  }
});

test("a wrap of a colleague opens for nobody else", async () => {
  await assert.rejects(enrolment.unlock({ ...server.me, user: "user-2" }, RECOVERY, code), errors.DoesNotOpenError);
});

test("a short passphrase is refused before it is used", async () => {
  await assert.rejects(enrolment.enrol(server.api, server.me, root, "14 characters_"), refusals.PassphraseTooShortError);
});

test("another code and a passkey open the same keys, and the old code and a removed passkey nothing", async () => {
  const { me, api } = server;
  const newCode = await enrolment.changeRecoveryCode(api, me, keys);
  assert.deepEqual(await enrolment.unlock(me, RECOVERY, newCode), keys);
  await assert.rejects(enrolment.unlock(me, RECOVERY, code), errors.DoesNotOpenError);
  const [one, two] = [0, 1].map(() => ({ credential: random(20), secret: random(32) }));
  assert.ok(one && two);
  await enrolment.addPasskey(api, me, keys, one);
  await enrolment.addPasskey(api, me, keys, two);
  assert.deepEqual(await enrolment.unlock(me, PASSKEY, one.secret, one.credential), keys);
  await enrolment.removePasskey(api, me, encode(one.credential));
  await assert.rejects(enrolment.unlock(me, PASSKEY, one.secret, one.credential), refusals.NoSuchWrapError);
  assert.deepEqual(await enrolment.unlock(me, PASSKEY, two.secret, two.credential), keys);
});

test("a changed passphrase opens and the one before does not", async () => {
  await enrolment.changePassphrase(server.api, server.me, keys, "another long passphrase");
  assert.deepEqual(await enrolment.unlock(server.me, PASSPHRASE, "another long passphrase"), keys);
  await assert.rejects(enrolment.unlock(server.me, PASSPHRASE, PHRASE), errors.DoesNotOpenError);
});
