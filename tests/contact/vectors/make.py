"""Make known answers for the other side: .venv/bin/python tests/contact/vectors/make.py writes python.json beside it.

Run it only when a format gets a new version; tests/js/make_vectors.js is its twin.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from zicht.contact.sealing import wraps
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.files import FilePlace, seal_file
from zicht.contact.sealing.messages import Body
from zicht.contact.sealing.opening import Desk, seal_opening
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.return_codes import return_keys, seal_return
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR, file_key, keys_of
from zicht.contact.sealing.six_words import words_of_key, words_of_user
from zicht.contact.sealing.statements import DeskKey, LeadCertificate, PublishedKey, sign_desk_key, sign_lead
from zicht.contact.sealing.vouching import Approval, Member, Voucher, sign_approval, sign_voucher

FILE = Path(__file__).parent / "python.json"
DAY = 86_400
NOW = 1_800_000_000  # seconds since 1970
PASSPHRASE = "vier woorden en een café"
FILE_LENGTH = 70_000  # bytes, two chunks
SAID: list[tuple[int, str, Body, str | None]] = [
    (FROM_VISITOR, "text", "Ik durf niet naar huis. مرحبا", None),
    (TO_VISITOR, "system", {"kind": "joined", "value": ""}, "Anna"),
    (TO_VISITOR, "text", 'Je bent hier goed.\n"Neem de tijd" \\ 😀 \x7f\u2028', "Anna"),
    (
        FROM_VISITOR,
        "file",
        {"file_id": "A" * 22, "name": "foto.jpg", "type": "image/jpeg", "size": 70_000, "hash": "A" * 43},
        None,
    ),
    (FROM_VISITOR, "text", "é" * 700, None),
    (FROM_VISITOR, "end", "", None),
]


def fixed(name: str, length: int = 32) -> bytes:
    """Give bytes that anybody can work out again."""
    return hashlib.sha256(f"zicht vectors {name}".encode()).digest()[:length]


def make() -> dict[str, Any]:
    """Make one of everything."""
    secret, conv_id, desk = fixed("secret"), fixed("conversation", 16), Desk("org-1", "desk-a", 7)
    desk_private = fixed("desk")
    desk_public = X25519PrivateKey.from_private_bytes(desk_private).public_key().public_bytes_raw()
    keys = keys_of(secret)
    opening = seal_opening(secret, conv_id, desk, desk_public)
    return {
        "secret": encode(secret),
        "conv_id": encode(conv_id),
        "keys": {name: encode(getattr(keys, name)) for name in ("k_v2o", "k_o2v", "cap", "wipe")},
        "desk": {"org": desk.org, "desk": desk.desk, "epoch": desk.epoch, "private": encode(desk_private)},
        "opening": encode(opening.to_bytes()),
        "opening_hash": encode(opening.digest),
        "messages": _messages(Transcript(keys, conv_id, opening.digest)),
        "file": _file(secret, conv_id),
        "return": _return(desk.org, conv_id, secret),
        "trust": _trust(desk, desk_public),
        "wraps": _wraps(desk, desk_private),
        "people": _people(desk),
    }


def _messages(transcript: Transcript) -> list[dict[str, Any]]:
    made = []
    for number, (direction, kind, body, by) in enumerate(SAID):
        envelope = transcript.seal_next(direction, kind, body, fixed(f"nonce {number}", 24), by)
        transcript.receive(envelope)
        made.append({"envelope": encode(envelope.to_bytes()), "t": kind, "body": body, "by": by})
    return made


def _file(secret: bytes, conv_id: bytes) -> dict[str, Any]:
    place = FilePlace(conv_id, FROM_VISITOR, fixed("file", 16))
    content = bytes(number % 251 for number in range(FILE_LENGTH))
    sealed = seal_file(file_key(secret, FROM_VISITOR, place.file_id), place, content, fixed("prefix", 16))
    return {
        "file_id": encode(place.file_id),
        "prefix": encode(fixed("prefix", 16)),
        "length": FILE_LENGTH,
        "sealed_sha256": hashlib.sha256(sealed).hexdigest(),
    }


def _return(org: str, conv_id: bytes, secret: bytes) -> dict[str, str]:
    keys = return_keys("7K3M-9PQR-0T1V-WXYZ", org)
    return {
        "code": "7k3m 9pqr ot1v-wxyz",
        "lookup": encode(keys.lookup),
        "k_ret": encode(keys.k_ret),
        "sealed": encode(seal_return(keys.k_ret, org, conv_id, secret)),
    }


def _trust(desk: Desk, desk_public: bytes) -> dict[str, Any]:
    root, lead = fixed("root"), fixed("lead")
    lead_public = Ed25519PrivateKey.from_private_bytes(lead).public_key().public_bytes_raw()
    certificate = LeadCertificate(desk.org, ("desk-a", "desk-b"), "lead-1", lead_public, NOW - 40 * DAY, NOW + 50 * DAY)
    key = DeskKey(desk.org, desk.desk, desk.epoch, NOW - DAY, NOW + 6 * DAY, desk_public)
    return {
        "root": encode(Ed25519PrivateKey.from_private_bytes(root).public_key().public_bytes_raw()),
        "now": NOW,
        "published": PublishedKey(sign_lead(root, certificate), sign_desk_key(lead, key)).to_json(),
        "pk": encode(desk_public),
    }


def _wraps(desk: Desk, desk_private: bytes) -> dict[str, Any]:
    owner = wraps.User(desk.org, "user-1")
    user = wraps.UserKeys(fixed("x"), fixed("ed"), fixed("pinned root"))
    user_public = X25519PrivateKey.from_private_bytes(user.x_sk).public_key().public_bytes_raw()
    salt, code = fixed("salt", 16), "0123456789ABCDEFGHJKMNPQRS"
    secrets = {
        "passphrase": (wraps.PASSPHRASE, wraps.secret_of_passphrase(PASSPHRASE, salt)),
        "passkey": (wraps.PASSKEY, fixed("prf")),
        "recovery": (wraps.RECOVERY, wraps.secret_of_recovery_code(code)),
    }
    sealed = {name: wraps.wrap_user_keys(kind, one, salt, owner, user) for name, (kind, one) in secrets.items()}
    return {
        "user": owner.user,
        "keys": {"x_sk": encode(user.x_sk), "ed_sk": encode(user.ed_sk), "root": encode(user.root)},
        "x_pk": encode(user_public),
        "passphrase_text": PASSPHRASE,
        "prf": encode(fixed("prf")),
        "recovery_code": code,
        **{name: encode(one) for name, one in sealed.items()},
        "desk_key": encode(wraps.wrap_desk_key(user_public, desk, owner.user, desk_private)),
    }


def _people(desk: Desk) -> dict[str, Any]:
    """Give a member for whom a lead vouched, and whose older keys the lead and a colleague approved."""
    secrets = {name: fixed(name) for name in ("root", "lead", "colleague", "member ed")}
    public = {
        name: Ed25519PrivateKey.from_private_bytes(one).public_key().public_bytes_raw() for name, one in secrets.items()
    }
    certificate = LeadCertificate(desk.org, (desk.desk,), "lead-1", public["lead"], NOW - 40 * DAY, NOW + 50 * DAY)
    lead = sign_lead(secrets["root"], certificate)
    member = Member(desk.org, desk.desk, "user-2", fixed("member x"), public["member ed"])
    approvals = {
        "lead-1": sign_approval(secrets["lead"], Approval(member, 5, 7, "lead-1", lead, NOW)),
        "user-3": sign_approval(secrets["colleague"], Approval(member, 5, 7, "user-3", None, NOW)),
    }
    languages = ("nl", "en")
    return {
        "root": encode(public["root"]),
        "now": NOW,
        "member": member.to_json(),
        "voucher": sign_voucher(secrets["lead"], Voucher(member, lead, NOW)).to_json(),
        "approvals": [{"by": by, **signed.to_json()} for by, signed in approvals.items()],
        "members": {"lead-1": None, "user-2": None, "user-3": encode(public["colleague"])},
        "words_of_root": {one: words_of_key(public["root"], one) for one in languages},
        "words_of_member": {
            one: words_of_user(desk.org, "user-2", member.x_pk, member.ed_pk, one) for one in languages
        },
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(make(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
