import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decode, encode } from "../../src/zicht/contact/static/contact/chat/bytes.js";
import { Transcript } from "../../src/zicht/contact/static/contact/chat/chain.js";
import { openFile, sealFile } from "../../src/zicht/contact/static/contact/chat/files.js";
import { fileKey, keysOf } from "../../src/zicht/contact/static/contact/chat/keys.js";
import { readEnvelope } from "../../src/zicht/contact/static/contact/chat/messages.js";
import { hashOfOpening, openOpening, readOpening } from "../../src/zicht/contact/static/contact/chat/opening.js";
import { openReturn, returnKeys } from "../../src/zicht/contact/static/contact/chat/return_codes.js";
import { trustDeskKey } from "../../src/zicht/contact/static/contact/chat/statements.js";
import * as wraps from "../../src/zicht/contact/static/contact/chat/wraps.js";
import { wordsOfKey, wordsOfUser } from "../../src/zicht/contact/static/contact/desk/six_words.js";
import { trustApprovals, vouchedMember } from "../../src/zicht/contact/static/contact/desk/vouching.js";

for (const source of ["python", "javascript"]) {
  const vectors = JSON.parse(readFileSync(new URL(`../contact/vectors/${source}.json`, import.meta.url), "utf8"));
  const { desk, trust, wraps: wrapped } = vectors;
  const secret = decode(vectors.secret);
  const convId = decode(vectors.conv_id);

  test(`the desk opens the conversation of ${source} and gets its keys`, async () => {
    const opening = readOpening(decode(vectors.opening));
    assert.equal(encode(await openOpening(opening, desk, decode(desk.private))), vectors.secret);
    assert.equal(encode(hashOfOpening(opening)), vectors.opening_hash);
    const { of, cap, wipe } = keysOf(secret);
    const found = { k_v2o: encode(of[0]), k_o2v: encode(of[1]), cap: encode(cap), wipe: encode(wipe) };
    assert.deepEqual(found, vectors.keys);
  });

  test(`both directions of ${source} open in their order`, () => {
    const transcript = new Transcript(keysOf(secret), convId, decode(vectors.opening_hash));
    for (const message of vectors.messages) {
      const { t, body, by } = transcript.receive(readEnvelope(decode(message.envelope)));
      assert.deepEqual({ t, body, by: by ?? null }, { t: message.t, body: message.body, by: message.by });
    }
    transcript.checkWhole();
  });

  test(`a file is sealed to the same bytes as by ${source} and opens`, () => {
    const place = { convId, direction: 0, fileId: decode(vectors.file.file_id) };
    const key = fileKey(secret, 0, place.fileId);
    const content = Uint8Array.from({ length: vectors.file.length }, (_, number) => number % 251);
    const sealed = sealFile(key, place, content, decode(vectors.file.prefix));
    assert.equal(createHash("sha256").update(sealed).digest("hex"), vectors.file.sealed_sha256);
    assert.deepEqual(openFile(key, place, sealed), content);
  });

  test(`a return code opens what ${source} kept under it`, async () => {
    const { lookup, kRet } = await returnKeys(vectors.return.code, desk.org);
    assert.deepEqual([encode(lookup), encode(kRet)], [vectors.return.lookup, vectors.return.k_ret]);
    assert.equal(encode(openReturn(kRet, desk.org, convId, decode(vectors.return.sealed))), vectors.secret);
  });

  test(`the key of the desk of ${source} is trusted from the root down`, async () => {
    const key = await trustDeskKey(trust.published, decode(trust.root), desk, trust.now);
    assert.deepEqual([key.epoch, encode(key.pk)], [desk.epoch, trust.pk]);
  });

  test(`the people of ${source} are vouched for and approved, and have the same six words`, async () => {
    const { people } = vectors;
    const { org, desk: name, user, x_pk, ed_pk } = people.member;
    const root = decode(people.root);
    const row = { user, shown_as: "", is_lead: false, x_pk, ed_pk, vouched: [people.voucher], approved: [] };
    assert.deepEqual(await vouchedMember(org, name, row, root, people.now), people.member);
    await trustApprovals(people.approvals, people.member, 6, people.members, root, people.now);
    await assert.rejects(trustApprovals(people.approvals, people.member, 8, people.members, root, people.now));
    const keys = { org, user, xPk: decode(x_pk), edPk: decode(ed_pk) };
    for (const language of ["nl", "en"]) {
      assert.equal(await wordsOfKey(root, language), people.words_of_root[language]);
      assert.equal(await wordsOfUser(keys, language), people.words_of_member[language]);
    }
  });

  test(`a counsellor of ${source} unlocks in three ways and gets the key of her desk`, async () => {
    const owner = { org: desk.org, user: wrapped.user };
    const salt = wraps.saltOf(decode(wrapped.passphrase));
    const ways = /** @type {[number, string, Uint8Array][]} */ ([
      [wraps.PASSPHRASE, wrapped.passphrase, await wraps.secretOfPassphrase(wrapped.passphrase_text, salt)],
      [wraps.PASSKEY, wrapped.passkey, decode(wrapped.prf)],
      [wraps.RECOVERY, wrapped.recovery, wraps.secretOfRecoveryCode(wrapped.recovery_code)],
    ]);
    for (const [kind, sealed, key] of ways) {
      const keys = wraps.unwrapUserKeys(kind, key, owner, decode(sealed), decode(wrapped.keys.root));
      assert.deepEqual([encode(keys.xSk), encode(keys.edSk)], [wrapped.keys.x_sk, wrapped.keys.ed_sk]);
    }
    const xSk = decode(wrapped.keys.x_sk);
    const deskKey = await wraps.unwrapDeskKey(xSk, desk, owner.user, decode(wrapped.desk_key));
    assert.equal(encode(deskKey), desk.private);
  });
}
