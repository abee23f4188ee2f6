"""Anybody can check from outside that a checklist is the one an organisation signed, as Zicht itself serves it."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.contact.test_visitor_page import CONTENT, ROOT, build

from zicht.contact.sealing.page_manifest import PageManifest, fingerprint, public_half, sign_page
from zicht.contact.sealing.parts import encode
from zicht.contact.visitor_page.content import content_of
from zicht.signals.checklist.building import WORKER, build_checklist

OURS = fingerprint(public_half(ROOT))
RIGHT = "The checklist is the one signed on 2027-01-15: 5 files."
WRONG = "The page is not as it was signed, or is not served as it must be."
Check = Callable[..., list[str]]


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.CHECKLIST_PAGE = tmp_path
    made = build_checklist(content_of(CONTENT), "intake-1", ROOT, made_at=1_800_000_000, is_demo=False)
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Check]:
    """Serve as Zicht does, but for the headers in `dropped`, and give what the command finds."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = Client().get(self.path)
            self.send_response(answer.status_code)
            for name, value in answer.items():
                if name not in dropped:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    dropped: set[str] = set()

    def run(*more: str, address: str = "/checklist/", without: str = "", root: str = OURS) -> list[str]:
        dropped.clear()
        dropped.add(without)
        try:
            call_command("check_visitor_page", f"{url}{address}", "--fingerprint", root, *more)
        except CommandError as error:
            return [*capsys.readouterr().out.splitlines(), str(error)]
        return capsys.readouterr().out.splitlines()

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield run
        server.shutdown()


def sign_again(folder: Path) -> None:
    """Sign what lies there now."""
    files = {one.name: one.read_bytes() for one in folder.iterdir() if one.name != "manifest.json"}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    signed = sign_page(ROOT, PageManifest("org-1", hashes, 1_800_000_000, is_demo=False))
    found = {**signed.to_json(), "root": encode(public_half(ROOT))}
    (folder / "manifest.json").write_text(json.dumps(found), encoding="utf-8")


def test_a_checklist_as_zicht_serves_it_is_found_right(check: Check) -> None:
    assert check() == [RIGHT]


def test_a_changed_worker_is_found_also_when_somebody_signed_it(check: Check, folder: Path) -> None:
    (folder / WORKER).write_bytes((folder / WORKER).read_bytes() + b"//")
    assert check() == [f"{WORKER} is not the file that was signed.", WRONG]
    sign_again(folder)
    assert check() == [f"{WORKER} is not the one that this version of Zicht ships.", WRONG]


def test_a_worker_that_may_fetch_from_elsewhere_and_a_page_without_its_rules_are_found(check: Check) -> None:
    found = check(without="Content-Security-Policy")
    assert f"{WORKER} lacks the header Content-Security-Policy: default-src 'none'; connect-src 'self'." in found
    assert any(one.startswith("checklist.html lacks the header") and "zicht-worker" in one for one in found)


def test_a_page_that_locks_for_another_root_is_found(check: Check, folder: Path) -> None:
    page = folder / "checklist.html"
    page.write_text(page.read_text(encoding="utf-8").replace(encode(public_half(ROOT)), "A" * 43), encoding="utf-8")
    sign_again(folder)
    assert check() == ["checklist.html trusts another root.", WRONG]


def test_beside_a_page_for_visitors_the_checklist_is_looked_at_too_and_its_absence_is_no_success(
    check: Check, folder: Path, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.VISITOR_PAGE = tmp_path_factory.mktemp("page")
    for name, content in build().items():
        (settings.VISITOR_PAGE / name).write_bytes(content)
    page, checklist = check(address="/chat/")
    assert page.startswith("The page is the one signed on")
    assert checklist == RIGHT
    other = fingerprint(public_half(bytes([9]) * 32))
    assert check(root=other) == ["The checklist is signed by another root than the one with this fingerprint."]
    (folder / "manifest.json").unlink()
    assert check(address="/chat/")[1].startswith("The checklist could not be checked.")
    assert check("--without-checklist", address="/chat/") == [page]
