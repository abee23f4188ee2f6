"""Known answers: what Python and what the scripts sealed, both committed and opened here; the scripts do the same."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from zicht.contact.sealing import wraps
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.errors import NotApprovedError
from zicht.contact.sealing.files import FilePlace, open_file, seal_file
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.opening import Desk, Opening, open_opening
from zicht.contact.sealing.parts import decode, encode
from zicht.contact.sealing.return_codes import open_return, return_keys
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR, file_key, keys_of
from zicht.contact.sealing.six_words import words_of_key, words_of_user
from zicht.contact.sealing.statements import PublishedKey, Signed, trust_desk_key
from zicht.contact.sealing.vouching import Member, trust_approvals, trust_voucher

FOLDER = Path(__file__).parent.parent / "vectors"
Vectors = dict[str, Any]


@pytest.fixture(params=["python", "javascript"])
def vectors(request: pytest.FixtureRequest) -> Vectors:
    found: Vectors = json.loads((FOLDER / f"{request.param}.json").read_text(encoding="utf-8"))
    return found


def desk_of(vectors: Vectors) -> Desk:
    return Desk(vectors["desk"]["org"], vectors["desk"]["desk"], vectors["desk"]["epoch"])


def test_the_desk_opens_the_conversation_and_gets_its_keys(vectors: Vectors) -> None:
    opening = Opening.from_bytes(decode(vectors["opening"]))
    secret = open_opening(opening, desk_of(vectors), decode(vectors["desk"]["private"]))
    keys = keys_of(secret)
    assert encode(secret) == vectors["secret"]
    assert encode(opening.conv_id) == vectors["conv_id"]
    assert encode(opening.digest) == vectors["opening_hash"]
    assert {name: encode(getattr(keys, name)) for name in vectors["keys"]} == vectors["keys"]


def test_both_directions_open_in_their_order(vectors: Vectors) -> None:
    keys = keys_of(decode(vectors["secret"]))
    transcript = Transcript(keys, decode(vectors["conv_id"]), decode(vectors["opening_hash"]))
    for message in vectors["messages"]:
        envelope = Envelope.from_bytes(decode(message["envelope"]))
        inner = transcript.receive(envelope)
        assert (inner.t, inner.body, inner.by) == (message["t"], message["body"], message["by"])
        assert envelope.direction == (TO_VISITOR if message["by"] else FROM_VISITOR)
    transcript.check_whole()


def test_a_file_is_sealed_to_the_same_bytes_and_opens(vectors: Vectors) -> None:
    file = vectors["file"]
    place = FilePlace(decode(vectors["conv_id"]), FROM_VISITOR, decode(file["file_id"]))
    key = file_key(decode(vectors["secret"]), FROM_VISITOR, place.file_id)
    content = bytes(number % 251 for number in range(file["length"]))
    sealed = seal_file(key, place, content, decode(file["prefix"]))
    assert hashlib.sha256(sealed).hexdigest() == file["sealed_sha256"]
    assert open_file(key, place, sealed) == content


def test_a_return_code_opens_what_was_kept_under_it(vectors: Vectors) -> None:
    kept, org = vectors["return"], vectors["desk"]["org"]
    keys = return_keys(kept["code"], org)
    assert (encode(keys.lookup), encode(keys.k_ret)) == (kept["lookup"], kept["k_ret"])
    assert encode(open_return(keys.k_ret, org, decode(vectors["conv_id"]), decode(kept["sealed"]))) == vectors["secret"]


def test_the_key_of_the_desk_is_trusted_from_the_root_down(vectors: Vectors) -> None:
    trust, desk = vectors["trust"], desk_of(vectors)
    published = PublishedKey.from_json(trust["published"])
    key = trust_desk_key(published, decode(trust["root"]), desk.org, desk.desk, trust["now"])
    assert (key.epoch, encode(key.pk)) == (desk.epoch, trust["pk"])


def test_people_are_vouched_for_and_approved_and_have_the_same_six_words(vectors: Vectors) -> None:
    people = vectors["people"]
    x_pk, ed_pk, root = decode(people["member"]["x_pk"]), decode(people["member"]["ed_pk"]), decode(people["root"])
    member = Member(**{**people["member"], "x_pk": x_pk, "ed_pk": ed_pk})
    assert trust_voucher(Signed.from_json(people["voucher"]), member, root, people["now"]).lead == "lead-1"
    signed = [Signed(decode(one["statement"]), decode(one["signature"])) for one in people["approvals"]]
    members = {user: decode(key) if key else None for user, key in people["members"].items()}
    trust_approvals(signed, member, 6, members, root, people["now"])
    with pytest.raises(NotApprovedError):
        trust_approvals(signed, member, 8, members, root, people["now"])
    for language, words in people["words_of_root"].items():
        assert words_of_key(root, language) == words
    for language, words in people["words_of_member"].items():
        assert words_of_user(member.org, member.user, x_pk, ed_pk, language) == words


def test_a_counsellor_unlocks_in_three_ways_and_gets_the_key_of_her_desk(vectors: Vectors) -> None:
    found, desk = vectors["wraps"], desk_of(vectors)
    owner, root = wraps.User(desk.org, found["user"]), decode(found["keys"]["root"])
    salt = wraps.salt_of(decode(found["passphrase"]))
    ways = {
        "passphrase": (wraps.PASSPHRASE, wraps.secret_of_passphrase(found["passphrase_text"], salt)),
        "passkey": (wraps.PASSKEY, decode(found["prf"])),
        "recovery": (wraps.RECOVERY, wraps.secret_of_recovery_code(found["recovery_code"])),
    }
    for name, (kind, secret) in ways.items():
        keys = wraps.unwrap_user_keys(kind, secret, owner, decode(found[name]), root)
        assert {part: encode(getattr(keys, part)) for part in found["keys"]} == found["keys"]
    desk_key = wraps.unwrap_desk_key(decode(found["keys"]["x_sk"]), desk, owner.user, decode(found["desk_key"]))
    assert encode(desk_key) == vectors["desk"]["private"]
