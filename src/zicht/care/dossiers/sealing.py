"""Seal a dossier in a file and open it again: signed by the Zicht that made it, sealed under a code. Pure, no Django.

The file is JSON: `zicht` ("dossier"), `version`, `kdf`, `iterations`, and in base 64 `salt`, `nonce` and `sealed`.
- key = PBKDF2-HMAC-SHA256(code, salt, iterations), 32 bytes (RFC 8018; 600,000 as OWASP advises, 2023). The code has
  100 random bits, which nobody can search, so stretching it is a second bolt. Browsers compute PBKDF2 themselves, and
  neither Argon2 nor scrypt: the page that opens a dossier without a network needs no cryptography of its own.
- sealed = AES-256-GCM(key, nonce, signature || content), padded, with what stands before it in the file as additional
  data (NIST SP 800-38D; RFC 5116).
- signature = Ed25519 over LABEL || content (RFC 8032), 64 bytes. It lies inside, so that the file does not tell who
  made it, and the content names the receiver, so that nobody passes it on as if it were meant for another (Davis 2001).

Inside is one JSON object (`Content`). docs/methods/dossier.md tells it once more for whoever writes another reader.
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

LABEL = b"zicht/v1/dossier\0"  # a signature for this is none for anything else, such as the access log
KIND, VERSION, KDF = "dossier", 1, "PBKDF2-HMAC-SHA256"
ITERATIONS = 600_000
MOST_ITERATIONS = 10_000_000  # a file that asks for more keeps a computer busy and opens nothing
SALT_LENGTH, NONCE_LENGTH, KEY_LENGTH, SIGNATURE_LENGTH = 16, 12, 32, 64  # bytes
BLOCK = 1024  # bytes: the length of a file does not tell how much goes along
PAD = b"\x80"  # ISO/IEC 7816-4: one such byte, then zeroes
MOST_BYTES = 1_000_000  # of a file


class DossierError(Exception):
    """Stand above what can be wrong with a dossier."""


class NoDossierError(DossierError):
    """Report a file that is no dossier, or of a later version."""


class WrongCodeError(DossierError):
    """Report a dossier that does not open: another code, or a file that was changed."""


class WrongSignatureError(DossierError):
    """Report a dossier that opens and was not signed by the key it names."""


@dataclass(frozen=True)
class Content:
    """What a dossier says: from whom and to whom, until when, what is asked, and the fields that go along.

    Days are written as 2026-03-02; `asked` and `along` are pairs of label and text; `key` is the public half of the key
    that signs (32 bytes, base 64).
    """

    sender: str
    receiver: str
    case: str
    made_on: str
    expires_on: str
    language: str
    key: str = ""
    asked: tuple[tuple[str, str], ...] = ()
    along: tuple[tuple[str, str], ...] = ()

    @property
    def key_id(self) -> str:
        """Give the name of the key that signed: the first half of SHA-256 over its 32 bytes, as files of keys have."""
        return hashlib.sha256(base64.b64decode(self.key)).hexdigest()[:32]


TEXTS = ("sender", "receiver", "case", "made_on", "expires_on", "language", "key")


def seal(content: Content, code: str, key: Ed25519PrivateKey, *, iterations: int = ITERATIONS) -> bytes:
    """Sign a dossier and seal it under a code; the file holds nothing readable but how it is made."""
    public = _text(key.public_key().public_bytes_raw())
    told = json.dumps({**asdict(content), "key": public}, ensure_ascii=False, sort_keys=True).encode()
    whole = key.sign(LABEL + told) + told + PAD
    whole += b"\0" * (-len(whole) % BLOCK)
    salt, nonce = os.urandom(SALT_LENGTH), os.urandom(NONCE_LENGTH)
    head = _head(iterations, salt, nonce)
    sealed = AESGCM(_key(code, salt, iterations)).encrypt(nonce, whole, _written(head))
    return json.dumps({**head, "sealed": _text(sealed)}).encode()


def unseal(file: bytes, code: str, key: Ed25519PublicKey | None = None) -> Content:
    """Open a dossier with its code, and check its signature: by `key`, or else by the key that it names itself.

    Raises NoDossierError, WrongCodeError or WrongSignatureError; nothing is given of a dossier with a wrong signature.
    """
    head, sealed = _read(file)
    salt, nonce = _bytes(head["salt"]), _bytes(head["nonce"])
    try:
        whole = AESGCM(_key(code, salt, head["iterations"])).decrypt(nonce, sealed, _written(head))
    except InvalidTag as error:
        raise WrongCodeError from error
    signature, told = whole[:SIGNATURE_LENGTH], whole[SIGNATURE_LENGTH:].rpartition(PAD)[0]
    content = _content(told)
    try:
        signer = Ed25519PublicKey.from_public_bytes(_bytes(content.key))
        (key or signer).verify(signature, LABEL + told)
    except (InvalidSignature, ValueError) as error:
        raise WrongSignatureError from error
    return content


def _content(told: bytes) -> Content:
    try:
        given = json.loads(told)
        texts = {name: str(given[name]) for name in TEXTS}
        return Content(**texts, asked=_pairs(given["asked"]), along=_pairs(given["along"]))
    except (ValueError, TypeError, KeyError) as error:
        raise NoDossierError from error


def _pairs(given: Iterable[tuple[object, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(label), str(text)) for label, text in given)


def _head(iterations: int, salt: bytes, nonce: bytes) -> dict[str, Any]:
    told = {"zicht": KIND, "version": VERSION, "kdf": KDF, "iterations": iterations}
    return {**told, "salt": _text(salt), "nonce": _text(nonce)}


def _written(head: Mapping[str, Any]) -> bytes:
    """Write what stands before the sealed part, the same for every reader: these values, a line each."""
    return "\n".join(str(head[name]) for name in ("zicht", "version", "kdf", "iterations", "salt", "nonce")).encode()


def _read(file: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        given = json.loads(file) if len(file) <= MOST_BYTES else {}
        iterations, salt, nonce = int(given["iterations"]), _bytes(given["salt"]), _bytes(given["nonce"])
        head = _head(iterations, salt, nonce)
        is_known = all(given[name] == head[name] for name in head) and 0 < iterations <= MOST_ITERATIONS
        sealed = _bytes(given["sealed"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoDossierError from error
    if not is_known or len(nonce) != NONCE_LENGTH:
        raise NoDossierError
    return head, sealed


def _key(code: str, salt: bytes, iterations: int) -> bytes:
    stretched = PBKDF2HMAC(hashes.SHA256(), length=KEY_LENGTH, salt=salt, iterations=iterations)
    return stretched.derive(code.encode())


def _text(some: bytes) -> str:
    return base64.b64encode(some).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError from error
