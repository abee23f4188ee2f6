"""Check a page: its list against the root, its files against the list, script and style against this version."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from zicht.contact.page_check.fetching import CannotFetchError, Fetched, fetch
from zicht.contact.page_check.headers import look_at_headers
from zicht.contact.page_check.kinds import PageKind
from zicht.contact.page_check.references import look_for_references
from zicht.contact.sealing.errors import SealingError, WrongRootError
from zicht.contact.sealing.page_manifest import PageManifest, fingerprint, refuse_demo_root, trust_page
from zicht.contact.sealing.parts import check_fields, decode, encode
from zicht.contact.sealing.statements import Signed
from zicht.contact.visitor_page.building import DESK, MANIFEST, REPORT

FOUND = 200  # HTTP status
HEX_DIGITS = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Address:
    """Where the two halves of a page lie; the counsellors' may be left out, and a checklist has none."""

    visitors: str
    desk: str | None = None


@dataclass(frozen=True)
class Checked:
    """The list that was signed, and a sentence for each thing that is not as it must be."""

    manifest: PageManifest
    findings: tuple[str, ...]


def read_fingerprint(typed: str) -> str:
    """Give a fingerprint as it is printed; raise CannotFetchError for what cannot be one."""
    digits = re.sub(r"[\s:-]", "", typed).lower()
    if not HEX_DIGITS.fullmatch(digits):
        raise CannotFetchError("A fingerprint has 64 of the digits 0 to 9 and a to f.")
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def check_page(address: Address, expected: str, kind: PageKind) -> Checked:
    """Check everything; raise a SealingError when nobody whom the fingerprint names signed the list."""
    root, manifest, findings = _trusted_list(fetch(address.visitors, MANIFEST), expected)
    findings += _compare_with_version(manifest, kind)
    for name in sorted(manifest.files):
        folder = _folder_of(name, address)
        if folder is not None:
            fetched = fetch(folder, name)
            findings += [f"{name} {finding}." for finding in _look_at(fetched, manifest, root, kind)]
    return Checked(manifest, tuple(findings))


def _folder_of(name: str, address: Address) -> str | None:
    """Give where a file is fetched from: somebody could show another page of the report box than that of the chat."""
    if name.startswith(REPORT):
        return urljoin(address.visitors, f"../{REPORT}/")
    return address.desk if name.startswith(DESK) else address.visitors


def _trusted_list(fetched: Fetched, expected: str) -> tuple[bytes, PageManifest, list[str]]:
    try:
        found = check_fields(json.loads(fetched.content), ("statement", "signature", "root"))
        root = decode(found.pop("root"))
        signed = Signed.from_json(found)
    except (ValueError, SealingError) as error:
        raise CannotFetchError(f"There is no signed list ({MANIFEST}) at this address.") from error
    refuse_demo_root(root, is_demo=False)
    if fingerprint(root) != expected:
        raise WrongRootError
    manifest = trust_page(signed, root)
    findings = [f"{MANIFEST} says that this is a demo."] if manifest.is_demo else []
    return root, manifest, findings + [f"{MANIFEST} sets a cookie."] * ("Set-Cookie" in fetched.headers)


def _compare_with_version(manifest: PageManifest, kind: PageKind) -> Iterator[str]:
    """Say which files are not those that this version of Zicht makes."""
    shared = {name: hashlib.sha256(content).hexdigest() for name, content in kind.shared.items()}
    for name in sorted(manifest.files.keys() - shared.keys() - kind.own - kind.optional):
        yield f"{name} is listed, and this version of Zicht makes no such file."
    for name, digest in shared.items():
        if manifest.files.get(name) != digest:
            yield f"{name} is not the one that this version of Zicht ships."
    for name in sorted(kind.own - manifest.files.keys()):
        yield f"{name} is not listed."


def _look_at(fetched: Fetched, manifest: PageManifest, root: bytes, kind: PageKind) -> Iterator[str]:
    if fetched.status != FOUND:
        yield f"is not there (status {fetched.status})"
        return
    if hashlib.sha256(fetched.content).hexdigest() != manifest.files[fetched.name]:
        yield "is not the file that was signed"
    yield from look_at_headers(fetched, kind)
    if fetched.name.endswith(".html"):
        page = fetched.content.decode(errors="replace")
        yield from look_for_references(page, manifest.files, kind.ways_of(fetched.name))
        if fetched.name in kind.trusting and f'data-org="{manifest.org}" data-root="{encode(root)}"' not in page:
            yield "trusts another root"
