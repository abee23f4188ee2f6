"""The list of a page's files with their hashes, signed by the organisation's root, and the root of the demo."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zicht.contact.sealing.errors import DemoRootError, FormatError, UnsignedPageError, WrongVersionError
from zicht.contact.sealing.parts import VERSION, check_name, is_whole, read_canonical
from zicht.contact.sealing.statements import Signed, check_signature, sign

FIELDS = ("v", "org", "files", "made_at", "is_demo")
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
SHA_256 = re.compile(r"[0-9a-f]{64}")
# Everybody has it: it signs what is made up, and nothing else may trust it.
DEMO_ROOT = hashlib.sha256(b"zicht: the root of the demo").digest()


@dataclass(frozen=True)
class PageManifest:
    """Which files a page has, by name with SHA-256 in hex; made_at in seconds since 1970."""

    org: str
    files: Mapping[str, str]
    made_at: int
    is_demo: bool


def public_half(private_key: bytes) -> bytes:
    """Give the public half of an Ed25519 key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def fingerprint(root: bytes) -> str:
    """Give what people compare: SHA-256 of the root in groups of eight hex digits."""
    digits = hashlib.sha256(root).hexdigest()
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def refuse_demo_root(root: bytes, *, is_demo: bool) -> None:
    """Raise DemoRootError when the demo's root, which everybody has, stands behind something that is no demo."""
    if root == public_half(DEMO_ROOT) and not is_demo:
        raise DemoRootError


def sign_page(root_private: bytes, manifest: PageManifest) -> Signed:
    """Sign the list as the organisation."""
    refuse_demo_root(public_half(root_private), is_demo=manifest.is_demo)
    fields = {**manifest.__dict__, "files": dict(manifest.files)}
    signed = sign("page", root_private, fields)
    read_page(signed.statement)
    return signed


def trust_page(signed: Signed, root: bytes, *, is_demo: bool = False) -> PageManifest:
    """Give the list if the root signed it; raise UnsignedPageError, DemoRootError or FormatError if not."""
    refuse_demo_root(root, is_demo=is_demo)
    check_signature("page", root, signed, UnsignedPageError)
    return read_page(signed.statement)


def read_page(statement: bytes) -> PageManifest:
    """Read the list, signed or not; raise a FormatError for anything else."""
    found = read_canonical(statement, FIELDS)
    if not is_whole(found["v"]) or found["v"] != VERSION:
        raise WrongVersionError
    if not isinstance(found["org"], str) or not is_whole(found["made_at"]) or not isinstance(found["is_demo"], bool):
        raise FormatError
    return PageManifest(check_name(found["org"]), _files(found["files"]), found["made_at"], found["is_demo"])


def _files(found: Any) -> dict[str, str]:
    if not isinstance(found, dict) or not found:
        raise FormatError
    for name, digest in found.items():
        if not FILE_NAME.fullmatch(name) or not isinstance(digest, str) or not SHA_256.fullmatch(digest):
            raise FormatError
    return found
