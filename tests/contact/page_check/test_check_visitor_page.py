"""Anybody can check from outside that a page is the one an organisation signed, and hears of everything that is not."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from email.message import Message
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from tests.contact.test_visitor_page import ROOT, build

from zicht.contact.page_check.fetching import CannotFetchError, Fetched, folder_of
from zicht.contact.page_check.headers import look_at_headers
from zicht.contact.page_check.kinds import visitors_page
from zicht.contact.page_check.references import look_for_references
from zicht.contact.sealing.page_manifest import DEMO_ROOT, PageManifest, fingerprint, public_half, sign_page
from zicht.contact.sealing.parts import encode
from zicht.contact.visitor_page.building import DESK, DESK_POLICY, POLICY, for_header, referrer_policy_of

OURS = fingerprint(public_half(ROOT))
TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css",
    "txt": "text/plain",
}
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@cache
def built() -> dict[str, bytes]:
    return build()


def place_of(name: str) -> str:
    if name.startswith("report"):
        return "/report"
    return "/staff/desk" if name.startswith(DESK) else "/chat"


class Site:
    """A web server with the files of a page, which a test changes."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.files = dict(built())
        self.headers: dict[str, str] = dict(HEADERS)
        self.of_pages: dict[str, str] = {}

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Give what the server says."""
        folder, _, name = path.rpartition("/")
        if name not in self.files or folder != place_of(name):
            return 404, {}, b""
        policy = for_header(DESK_POLICY if name.startswith(DESK) else POLICY)
        kind = TYPES.get(name.rpartition(".")[2], "application/json")
        own = self.of_pages if name.endswith(".html") else {}
        referrer = {"Referrer-Policy": referrer_policy_of(name)}
        headers = {**referrer, **self.headers, "Content-Type": kind, "Content-Security-Policy": policy, **own}
        return 200, headers, self.files[name]

    def sign_again(self, root: bytes = ROOT) -> None:
        """Sign the files as they are now."""
        hashes = {name: hashlib.sha256(one).hexdigest() for name, one in self.files.items() if name != "manifest.json"}
        signed = sign_page(root, PageManifest("org-1", hashes, 1_800_000_000, is_demo=False))
        found = {**signed.to_json(), "root": encode(public_half(root))}
        self.files["manifest.json"] = json.dumps(found).encode()


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, content = found.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Site(f"http://127.0.0.1:{server.server_port}/chat/")
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield found
        server.shutdown()


Check = Callable[..., list[str]]


@pytest.fixture
def check(site: Site, capsys: pytest.CaptureFixture[str]) -> Check:
    """Give what the command finds; one that finds something ends with an error."""

    def run(*more: str, root: str = OURS) -> list[str]:
        try:
            call_command("check_visitor_page", site.url, "--fingerprint", root, "--without-checklist", *more)
        except CommandError as error:
            return [*capsys.readouterr().out.splitlines(), str(error)]
        return capsys.readouterr().out.splitlines()

    return run


def test_a_page_as_it_was_signed_is_found_right_without_settings(site: Site, tmp_path: Path) -> None:
    program = str(Path(sys.executable).parent / "zicht")
    typed = OURS.replace(" ", "").upper()
    command = [program, "check-visitor-page", site.url, "--fingerprint", typed, "--without-checklist"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "signed on 2027-01-15" in done.stdout


def test_one_changed_byte_is_found(site: Site, check: Check) -> None:
    for name in ("index.html", next(name for name in site.files if name.startswith("app.") and name.endswith(".js"))):
        whole = site.files[name]
        site.files[name] = whole[:-2] + b"?" + whole[-1:]
        assert f"{name} is not the file that was signed." in check()
        site.files[name] = whole


def test_a_script_of_another_version_is_found_although_it_is_signed(site: Site, check: Check) -> None:
    name = next(name for name in site.files if name.startswith("app.") and name.endswith(".js"))
    site.files[name] += b"//"
    site.sign_again()
    assert check()[:-1] == [f"{name} is not the one that this version of Zicht ships."]


def test_a_file_too_many_and_one_that_is_missing_are_found(site: Site, check: Check) -> None:
    site.files["more.js"] = b"more"
    site.sign_again()
    del site.files["licences.txt"]
    found = check()
    assert "more.js is listed, and this version of Zicht makes no such file." in found
    assert "licences.txt is not there (status 404)." in found


def test_a_page_that_loads_from_elsewhere_is_found_although_it_is_signed(site: Site, check: Check) -> None:
    site.files["index.html"] += b'<img src="https://example.org/x.png">'
    site.sign_again()
    assert "index.html refers to something that is not listed: https://example.org/x.png." in check()


def test_another_root_the_demos_root_and_a_changed_list_are_refused(site: Site, check: Check) -> None:
    assert check(root=fingerprint(public_half(bytes([9]) * 32))) == [
        "The page is signed by another root than the one with this fingerprint."
    ]
    found = json.loads(site.files["manifest.json"])
    found["signature"] = encode(bytes(64))
    site.files["manifest.json"] = json.dumps(found).encode()
    assert check() == ["The page is not signed by the organisation."]
    site.files = build(root=DEMO_ROOT, is_demo=True)
    for root in (OURS, fingerprint(public_half(DEMO_ROOT))):
        assert check(root=root) == [
            "The page is signed by the root of the demo, which everybody has. It protects nobody."
        ]


def test_a_root_that_signs_a_page_which_trusts_another_one_is_found(site: Site, check: Check) -> None:
    site.sign_again(bytes([9]) * 32)
    found = check(root=fingerprint(public_half(bytes([9]) * 32)))
    assert {"index.html trusts another root.", "en.html trusts another root."} <= set(found)


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_a_header_that_is_missing_is_found(site: Site, check: Check, name: str) -> None:
    del site.headers[name]
    assert f"index.html lacks the header {name}: {HEADERS[name]}." in check("--without-desk")


def test_a_policy_that_allows_more_and_a_cookie_are_found(site: Site, check: Check) -> None:
    site.of_pages["Content-Security-Policy"] = for_header(POLICY).replace("'self'", "'self' https:")
    site.headers["Set-Cookie"] = "visitor=1"
    found = check()
    for wanted in (
        f"index.html lacks the header Content-Security-Policy: {for_header(POLICY)}.",
        f"desk.html lacks the header Content-Security-Policy: {for_header(DESK_POLICY)}.",
        "licences.txt sets a cookie.",
        "manifest.json sets a cookie.",
    ):
        assert wanted in found


def test_what_cannot_be_checked_ends_with_another_code(site: Site) -> None:
    for url, root in ((site.url.replace("chat", "other"), OURS), (site.url, "12 34"), ("http://example.org/", OURS)):
        with pytest.raises(CommandError) as refusal:
            call_command("check_visitor_page", url, "--fingerprint", root)
        assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    "url", ["http://example.org/chat/", "ftp://127.0.0.1/", "file:///etc/", "https:///chat/", "chat"]
)
def test_nothing_is_fetched_where_it_could_be_changed_on_the_way(url: str) -> None:
    with pytest.raises(CannotFetchError):
        folder_of(url)


@pytest.mark.parametrize(
    "element",
    [
        '<script src="//example.org/a.js"></script>',
        "<script>run()</script>",
        '<a href="javascript:run()">x</a>',
        '<a href="other.html">x</a>',
        '<p onclick="run()">x</p>',
        '<p style="color: red">x</p>',
        "<style>p { color: red }</style>",
        '<form action="/x"></form>',
        '<base href="https://example.org/">',
        '<meta http-equiv="Refresh" content="0; url=https://example.org/">',
        '<svg><use xlink:href="https://example.org/#x"/></svg>',
        '<link rel="preload" href="https://example.org/">',
    ],
)
def test_whatever_leads_out_of_a_page_is_found(element: str) -> None:
    assert look_for_references(f'<a href="tel:112">112</a><a href="a.html">a</a>{element}', {"a.html"})


def test_the_server_of_zicht_itself_passes(tmp_path: Path) -> None:
    made = build()
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    with override_settings(VISITOR_PAGE=tmp_path):
        for name in made:
            answer = Client().get(f"{'/staff/desk/' if name.startswith(DESK) else '/chat/'}{name}")
            headers = Message()
            for header, value in answer.items():
                headers[header] = value
            assert look_at_headers(Fetched(name, answer.status_code, headers, answer.content), visitors_page()) == []
