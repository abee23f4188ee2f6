"""Serve the signed files as they lie in their folder: the same bytes for everybody, and only what is listed."""

import gzip
import json
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.page_manifest import read_page
from zicht.contact.sealing.statements import Signed
from zicht.contact.visitor_page.building import DESK, DESK_POLICY, MANIFEST, POLICY, for_header, referrer_policy_of

HEADERS = {"Cache-Control": "no-store", "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
NOTHING = "default-src 'none'"
# Of a page alone: on a script or style they say nothing and weigh as much.
HEADERS_OF_PAGE = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@require_safe
def show_visitors_file(request: HttpRequest, name: str = "index.html") -> HttpResponse:
    """Give a file of the visitor's page."""
    if name.startswith(DESK):
        raise Http404
    return give_listed(request, settings.VISITOR_PAGE, name, POLICY)


# Without a login, so that anybody can compare the files with the signed list: there is no datum in them.
@login_not_required
@require_safe
def show_desk_file(request: HttpRequest, name: str = f"{DESK}.html") -> HttpResponse:
    """Give a file of the counsellors' page."""
    if not name.startswith(DESK):
        raise Http404
    return give_listed(request, settings.VISITOR_PAGE, name, DESK_POLICY)


def is_built(folder: Path | None = None) -> bool:
    """Tell whether there is a page to serve: the visitor's, or another one by its folder."""
    return bool(_names(folder or settings.VISITOR_PAGE))


def is_listed(name: str) -> bool:
    """Tell whether a file belongs to the visitor's page."""
    return name in _names(settings.VISITOR_PAGE)


def give_listed(
    request: HttpRequest, folder: Path, name: str, policy: str, policy_of_others: str = NOTHING
) -> HttpResponse:
    """Give a file that the manifest of a folder lists: a page with its policy, anything else with that of others."""
    if name not in _names(folder):
        raise Http404
    content, packed = _read(folder / name)
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    answer = HttpResponse(packed if takes_packed else content, content_type=f"{kind}{charset}", headers=HEADERS)
    is_page = kind == "text/html"
    answer.headers["Content-Security-Policy"] = for_header(policy) if is_page else policy_of_others
    of_page = {**HEADERS_OF_PAGE, "Referrer-Policy": referrer_policy_of(name)}
    for name_of_header, value in of_page.items() if is_page else ():
        answer.headers[name_of_header] = value
    if takes_packed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _names(folder: Path) -> frozenset[str]:
    """Give the names in the manifest, and its own."""
    file = folder / MANIFEST
    try:
        return _names_at(file, file.stat().st_mtime_ns)
    except OSError:
        return frozenset()


@lru_cache(maxsize=4)
def _names_at(file: Path, _changed: int) -> frozenset[str]:
    try:
        found: dict[str, Any] = json.loads(file.read_bytes())
        signed = Signed.from_json({key: found[key] for key in ("statement", "signature")})
        return frozenset({*read_page(signed.statement).files, MANIFEST})
    except (ValueError, KeyError, TypeError, SealingError):
        return frozenset()


def _read(file: Path) -> tuple[bytes, bytes]:
    try:
        return _read_at(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise Http404 from error


@lru_cache(maxsize=32)
def _read_at(file: Path, _changed: int) -> tuple[bytes, bytes]:
    content = file.read_bytes()
    return content, gzip.compress(content, 9, mtime=0)
