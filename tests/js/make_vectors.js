/**
 * Make known answers for the other side: node tests/js/make_vectors.js writes tests/contact/vectors/javascript.json.
 * Run it only when a format gets a new version; tests/contact/vectors/make.py is its twin.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

import { decode, encode } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { Transcript } from "../../src/zicht/contact/static/contact/chat/chain.js";
import { sealFile } from "../../src/zicht/contact/static/contact/chat/files.js";
import { fileKey, keysOf } from "../../src/zicht/contact/static/contact/chat/keys.js";
import { writeEnvelope } from "../../src/zicht/contact/static/contact/chat/messages.js";
import { hashOfOpening, sealOpening, writeOpening } from "../../src/zicht/contact/static/contact/chat/opening.js";
import { returnKeys, sealReturn } from "../../src/zicht/contact/static/contact/chat/return_codes.js";
import { publicKeyOf, signStatement } from "../../src/zicht/contact/static/contact/chat/statements.js";
import * as wraps from "../../src/zicht/contact/static/contact/chat/wraps.js";
import { wordsOfKey, wordsOfUser } from "../../src/zicht/contact/static/contact/desk/six_words.js";
import { signApproval, signVoucher } from "../../src/zicht/contact/static/contact/desk/vouching.js";

const FOLDER = new URL("../contact/vectors/", import.meta.url);
const DAY = 86_400;
const NOW = 1_800_000_000; // seconds since 1970
// What was said, and under which public keys, is the same as there.
const other = JSON.parse(readFileSync(new URL("python.json", FOLDER), "utf8"));

/**
 * @param {string} name
 * @param {number} length
 */
function fixed(name, length = 32) {
  return new Uint8Array(createHash("sha256").update(`zicht vectors of scripts ${name}`).digest()).slice(0, length);
}

/** @param {Transcript} transcript */
function makeMessages(transcript) {
  return other.messages.map((/** @type {any} */ said, /** @type {number} */ number) => {
    const direction = said.by ? 1 : 0;
    const content = { t: said.t, body: said.body };
    const envelope = transcript.sealNext(direction, content, fixed(`nonce ${number}`, 24), said.by ?? undefined);
    transcript.receive(envelope);
    return { ...said, envelope: encode(writeEnvelope(envelope)) };
  });
}

/** @param {Uint8Array<ArrayBuffer>} convId @param {Uint8Array} secret */
function makeFile(convId, secret) {
  const place = { convId, direction: 0, fileId: fixed("file", 16) };
  const content = Uint8Array.from({ length: other.file.length }, (_, number) => number % 251);
  const sealed = sealFile(fileKey(secret, 0, place.fileId), place, content, fixed("prefix", 16));
  return {
    file_id: encode(place.fileId),
    prefix: encode(fixed("prefix", 16)),
    length: content.length,
    sealed_sha256: createHash("sha256").update(sealed).digest("hex"),
  };
}

async function makeTrust() {
  const [root, lead] = [fixed("root"), fixed("lead")];
  const certificate = {
    org: "org-1",
    desks: ["desk-a", "desk-b"],
    lead: "lead-1",
    ed_pk: encode(await publicKeyOf(lead)),
    not_before: NOW - 40 * DAY,
    not_after: NOW + 50 * DAY,
  };
  const times = { not_before: NOW - DAY, not_after: NOW + 6 * DAY };
  const key = { org: "org-1", desk: "desk-a", epoch: 7, ...times, pk: other.trust.pk };
  return {
    root: encode(await publicKeyOf(root)),
    now: NOW,
    published: { lead: await signStatement("lead", root, certificate), key: await signStatement("desk-key", lead, key) },
    pk: other.trust.pk,
  };
}

/** @param {Uint8Array<ArrayBuffer>} convId @param {Uint8Array<ArrayBuffer>} secret */
async function makeReturn(convId, secret) {
  const { lookup, kRet } = await returnKeys(other.return.code, "org-1");
  const sealed = sealReturn(kRet, "org-1", convId, secret);
  return { code: other.return.code, lookup: encode(lookup), k_ret: encode(kRet), sealed: encode(sealed) };
}

async function makeWraps() {
  const desk = { org: "org-1", desk: "desk-a", epoch: 7 };
  const owner = { org: "org-1", user: "user-1" };
  const keys = { xSk: decode(other.wraps.keys.x_sk), edSk: fixed("ed"), root: fixed("pinned root") };
  const salt = fixed("salt", 16);
  const passphrase = await wraps.secretOfPassphrase(other.wraps.passphrase_text, salt);
  const recovery = wraps.secretOfRecoveryCode(other.wraps.recovery_code);
  const wrap = (/** @type {number} */ kind, /** @type {Uint8Array} */ secret) =>
    encode(wraps.wrapUserKeys(kind, secret, salt, owner, keys));
  return {
    user: owner.user,
    keys: { x_sk: encode(keys.xSk), ed_sk: encode(keys.edSk), root: encode(keys.root) },
    x_pk: other.wraps.x_pk,
    passphrase_text: other.wraps.passphrase_text,
    prf: encode(fixed("prf")),
    recovery_code: other.wraps.recovery_code,
    passphrase: wrap(wraps.PASSPHRASE, passphrase),
    passkey: wrap(wraps.PASSKEY, fixed("prf")),
    recovery: wrap(wraps.RECOVERY, recovery),
    desk_key: encode(await wraps.wrapDeskKey(decode(other.wraps.x_pk), desk, owner.user, decode(other.desk.private))),
  };
}

async function makePeople() {
  const [root, lead, colleague, memberEd] = [fixed("root"), fixed("lead"), fixed("colleague"), fixed("member ed")];
  const certificate = await signStatement("lead", root, {
    org: "org-1",
    desks: ["desk-a"],
    lead: "lead-1",
    ed_pk: encode(await publicKeyOf(lead)),
    not_before: NOW - 40 * DAY,
    not_after: NOW + 50 * DAY,
  });
  const [xPk, edPk] = [fixed("member x"), await publicKeyOf(memberEd)];
  const member = { org: "org-1", desk: "desk-a", user: "user-2", x_pk: encode(xPk), ed_pk: encode(edPk) };
  const epochs = { first: 5, last: 7 };
  const keysOfPerson = (/** @type {any} */ edSk) => /** @type {any} */ ({ edSk });
  const rootPk = await publicKeyOf(root);
  const user = { org: "org-1", user: "user-2", xPk, edPk };
  return {
    root: encode(rootPk),
    now: NOW,
    member,
    voucher: await signVoucher(keysOfPerson(lead), certificate, member, NOW),
    approvals: [
      { by: "lead-1", ...(await signApproval(keysOfPerson(lead), "lead-1", certificate, member, epochs, NOW)) },
      { by: "user-3", ...(await signApproval(keysOfPerson(colleague), "user-3", null, member, epochs, NOW)) },
    ],
    members: { "lead-1": null, "user-2": null, "user-3": encode(await publicKeyOf(colleague)) },
    words_of_root: { nl: await wordsOfKey(rootPk, "nl"), en: await wordsOfKey(rootPk, "en") },
    words_of_member: { nl: await wordsOfUser(user, "nl"), en: await wordsOfUser(user, "en") },
  };
}

async function make() {
  const desk = { org: "org-1", desk: "desk-a", epoch: 7 };
  const [secret, convId] = [fixed("secret"), fixed("conversation", 16)];
  const keys = keysOf(secret);
  const opening = await sealOpening(secret, convId, desk, decode(other.trust.pk));
  return {
    secret: encode(secret),
    conv_id: encode(convId),
    keys: { k_v2o: encode(keys.of[0]), k_o2v: encode(keys.of[1]), cap: encode(keys.cap), wipe: encode(keys.wipe) },
    desk: other.desk,
    opening: encode(writeOpening(opening)),
    opening_hash: encode(hashOfOpening(opening)),
    messages: makeMessages(new Transcript(keys, convId, hashOfOpening(opening))),
    file: makeFile(convId, secret),
    return: await makeReturn(convId, secret),
    trust: await makeTrust(),
    wraps: await makeWraps(),
    people: await makePeople(),
  };
}

writeFileSync(new URL("javascript.json", FOLDER), `${JSON.stringify(await make(), null, 1)}\n`);
