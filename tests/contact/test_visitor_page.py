"""The static page for visitors: light, in two languages, whole without scripts, signed by the organisation alone."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.test import override_settings

from zicht.contact.sealing import errors
from zicht.contact.sealing.page_manifest import DEMO_ROOT, PageManifest, public_half, sign_page, trust_page
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.statements import Signed
from zicht.contact.visitor_page.building import build_page
from zicht.contact.visitor_page.content import ContentError, PageContent, content_of

ROOT = bytes([7]) * 32
PAGES = ("index.html", "en.html")
MOST_BYTES = 45 * 1024  # compressed, all that is fetched before somebody writes
MOST_REQUESTS = 5  # three files, how the desk is, and one to spare
CONTENT: dict[str, Any] = {
    "org": "org-1",
    "name": {"nl": "Stichting Voorbeeld", "en": "Example Foundation"},
    "exit": "https://www.buienradar.nl/",
    "desks": [
        {"desk": "desk-a", "label": {"nl": "Chat", "en": "Chat"}, "hours": {"nl": "van 9 tot 17", "en": "from 9 to 5"}},
        {
            "desk": "desk-b",
            "label": {"nl": "Jong", "en": "Young"},
            "hours": {"nl": "van 9 tot 21", "en": "from 9 to 9"},
        },
    ],
    "lines": [
        {
            "name": "CoMensha",
            "about": {"nl": "Zij helpen mensen.", "en": "They help people."},
            "number": "033 448 11 86",
            "site": "",
            "source": "wegwijzermensenhandel.nl",
        }
    ],
    "before": {"nl": ["Onze eigen <woorden>."], "en": []},
}


NEIGHBOUR: dict[str, Any] = {
    "org": "org-2",
    "name": {"nl": "Buren", "en": "Neighbours"},
    "root": encode(public_half(bytes([8]) * 32)),
    "desks": [{"desk": "desk-c", "label": {"nl": "Nacht", "en": "Night"}}],
}


def build(content: PageContent | None = None, root: bytes = ROOT, *, is_demo: bool = False) -> dict[str, bytes]:
    return build_page(content or content_of(CONTENT), root, made_at=1_800_000_000, is_demo=is_demo)


def manifest_of(made: dict[str, bytes]) -> Signed:
    found = json.loads(made["manifest.json"])
    return Signed.from_json({"statement": found["statement"], "signature": found["signature"]})


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_is_fetched_before_somebody_writes_is_light(name: str) -> None:
    made = build()
    needed = [name, *re.findall(r'(?:href|src)="(app\.[^"]+)"', made[name].decode())]
    assert len(needed) == 3
    assert len(needed) + 1 <= MOST_REQUESTS
    assert sum(len(gzip.compress(made[one], 9)) for one in needed) + 2048 <= MOST_BYTES  # 2 KB for the desk's answer


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_there_are_numbers_hours_and_a_way_out(name: str) -> None:
    page = build()[name].decode()
    for part in (
        'href="tel:112"',
        'href="tel:0334481186"',
        'id="exit" href="https://www.buienradar.nl/"',
        "<noscript>",
    ):
        assert part in page
    assert ("van 9 tot 17" if name == "index.html" else "from 9 to 5") in page
    assert re.search(r'id="start"[^>]* hidden', page)  # what needs a script is not there without one


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_nothing_of_anybody_else_and_runs_nothing_that_stands_in_it(name: str) -> None:
    page = build()[name].decode()
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert "require-trusted-types-for" in page
    assert not re.search(r'<script(?![^>]*src="app\.)|<style|\son\w+=|\sstyle=|<img|<iframe|<form[^>]*action', page)
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page)


@pytest.mark.parametrize("name", PAGES)
def test_fields_keep_what_is_typed_from_the_browsers_maker(name: str) -> None:
    fields = re.findall(r'<(?:textarea|input type="text")[^>]*>', build()[name].decode())
    assert len(fields) == 3
    for field in fields:
        for wanted in ('spellcheck="false"', 'autocomplete="off"', 'autocorrect="off"', 'translate="no"'):
            assert wanted in field


def test_the_title_says_nothing_and_each_page_says_its_language() -> None:
    made = build()
    assert b'<html lang="nl" dir="ltr">' in made["index.html"]
    assert b"<title>Informatie</title>" in made["index.html"]
    assert b'<html lang="en" dir="ltr">' in made["en.html"]
    assert b"<title>Information</title>" in made["en.html"]


def test_the_organisations_own_words_are_shown_as_text_and_ours_where_it_has_none() -> None:
    made = build()
    assert "Onze eigen &lt;woorden&gt;." in made["index.html"].decode()
    assert "So we cannot send anybody to you" in made["en.html"].decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_sentence_the_script_asks_for_stands_in_the_page(name: str) -> None:
    folder = Path(__file__).parents[2] / "src" / "zicht" / "contact" / "static" / "contact" / "chat"
    script = (folder / "page.js").read_text(encoding="utf-8")
    page = build()[name].decode()
    asked = set(re.findall(r'(?:text|refuse)\("([\w-]+)"', script)) | {
        "unavailable",
        "not-trusted",
        "wrong-clock",
        "wiped",
    }
    asked |= {f"system-{kind}" for kind in ("joined", "left", "closing", "linked", "ended")} | {"end", "file", "over"}
    assert asked <= set(re.findall(r'data-text="([\w-]+)"', page))


def test_script_and_style_are_the_same_for_every_organisation_and_named_by_their_hash() -> None:
    other = build(content_of({**CONTENT, "org": "org-2"}), bytes([8]) * 32)
    made = build()
    shared = {name for name in made if name.startswith("app.")}
    assert len(shared) == 2
    for name in shared:
        assert made[name] == other[name]
        assert hashlib.sha256(made[name]).hexdigest().startswith(name.split(".")[1])
    assert made["index.html"] != other["index.html"]


def test_the_root_signs_every_file() -> None:
    made = build()
    manifest = trust_page(manifest_of(made), public_half(ROOT))
    assert set(manifest.files) == set(made) - {"manifest.json"}
    assert all(hashlib.sha256(made[name]).hexdigest() == digest for name, digest in manifest.files.items())
    root = base64.urlsafe_b64encode(public_half(ROOT)).decode().rstrip("=")
    assert f'data-root="{root}"' in made["index.html"].decode()


def test_a_list_of_files_that_somebody_else_signed_or_changed_is_refused() -> None:
    signed = manifest_of(build())
    with pytest.raises(errors.UnsignedPageError):
        trust_page(signed, public_half(bytes([9]) * 32))
    with pytest.raises(errors.UnsignedPageError):
        trust_page(Signed(signed.statement.replace(b"org-1", b"org-2"), signed.signature), public_half(ROOT))


@pytest.mark.parametrize("files", [{}, {"../x": "0" * 64}, {"x": "0" * 63}, {"x": "A" * 64}])
def test_a_list_in_another_form_is_not_even_signed(files: dict[str, str]) -> None:
    with pytest.raises(errors.FormatError):
        sign_page(ROOT, PageManifest("org-1", files, 1, is_demo=False))


def test_the_root_of_the_demo_signs_nothing_outside_the_demo() -> None:
    with pytest.raises(errors.DemoRootError):
        build(root=DEMO_ROOT)
    signed = manifest_of(build(root=DEMO_ROOT, is_demo=True))
    assert trust_page(signed, public_half(DEMO_ROOT), is_demo=True).is_demo
    with pytest.raises(errors.DemoRootError):
        trust_page(signed, public_half(DEMO_ROOT))


def test_the_desk_of_another_organisation_stands_in_both_pages_under_the_root_that_is_signed_with_them() -> None:
    made = build(content_of({**CONTENT, "neighbours": [NEIGHBOUR]}))
    pinned = f'<p data-desk="desk-c" data-org="org-2" data-root="{NEIGHBOUR["root"]}">Night (Neighbours)</p>'
    assert pinned in made["en.html"].decode()
    assert '<p data-desk="desk-c">Nacht (Buren)</p>' in made["desk.html"].decode()
    assert (
        trust_page(manifest_of(made), public_half(ROOT)).files["en.html"] == hashlib.sha256(made["en.html"]).hexdigest()
    )
    # It is no desk at which somebody can begin.
    assert "Night" not in made["en.html"].decode().partition('id="places"')[0]


def test_the_root_of_the_demo_stands_behind_no_neighbour_outside_the_demo() -> None:
    with pytest.raises(errors.DemoRootError):
        build(content_of({**CONTENT, "neighbours": [{**NEIGHBOUR, "root": encode(public_half(DEMO_ROOT))}]}))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"org": "Org 1"}, "org"),
        ({"name": {"nl": "Alleen"}}, "name"),
        ({"exit": "http://example.org/"}, "exit"),
        ({"exit": "javascript:alert(1)"}, "exit"),
        ({"desks": []}, "desks"),
        ({"lines": [{**CONTENT["lines"][0], "number": ""}]}, "CoMensha"),
        ({"before": {"nl": "words", "en": []}}, "before"),
        ({"more": 1}, "fields"),
        ({"neighbours": []}, "neighbours"),
        ({"neighbours": [{**NEIGHBOUR, "root": "short"}]}, "root"),
        ({"neighbours": [{**NEIGHBOUR, "desks": []}]}, "desks"),
        ({"neighbours": [{**NEIGHBOUR, "desks": [{"desk": "desk-a", "label": {"nl": "A", "en": "A"}}]}]}, "one name"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_in_a_sentence(change: dict[str, object], word: str) -> None:
    with pytest.raises(ContentError, match=word):
        content_of({**CONTENT, **change})


def write_key(file: Path, mode: int = 0o600, key: bytes = ROOT) -> Path:
    private = Ed25519PrivateKey.from_private_bytes(key)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(pem)
    file.chmod(mode)
    return file


def test_the_command_writes_a_page_once_and_says_whose_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content.json"
    content.write_text(json.dumps(CONTENT), encoding="utf-8")
    key = write_key(tmp_path / "root.pem")
    call_command("build_visitor_page", content, tmp_path / "page", "--root-key", key)
    assert "The root of this page:" in capsys.readouterr().out
    assert {*PAGES, "manifest.json", "licences.txt"} <= {file.name for file in (tmp_path / "page").iterdir()}
    with pytest.raises(CommandError, match="not empty"):
        call_command("build_visitor_page", content, tmp_path / "page", "--root-key", key)


def test_the_command_refuses_a_key_others_can_read_and_a_page_without_a_key(tmp_path: Path) -> None:
    content = tmp_path / "content.json"
    content.write_text(json.dumps(CONTENT), encoding="utf-8")
    with pytest.raises(CommandError, match="chmod 600"):
        call_command("build_visitor_page", content, tmp_path / "a", "--root-key", write_key(tmp_path / "k.pem", 0o644))
    with pytest.raises(CommandError, match="--root-key"):
        call_command("build_visitor_page", content, tmp_path / "b")
    assert not (tmp_path / "a").exists()
    with override_settings(DEMO=True):
        call_command("build_visitor_page", content, tmp_path / "c")
    assert "This is an example" in (tmp_path / "c" / "en.html").read_text(encoding="utf-8")
