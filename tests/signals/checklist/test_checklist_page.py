"""The page of the checklist: whole without scripts, signed, light, and served with rules of its own and no cookie."""

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.contact.test_visitor_page import CONTENT, ROOT

from zicht import words
from zicht.contact.sealing.page_manifest import public_half, trust_page
from zicht.contact.sealing.statements import Signed
from zicht.contact.visitor_page.content import content_of
from zicht.signals.checklist import building
from zicht.signals.checklist.building import FILE_OF, WORKER, build_checklist

PAGES = tuple(FILE_OF.values())
MOST_BYTES = 80 * 1024  # compressed, all that a phone fetches once to work without a network
SCRIPTS = Path(building.__file__).parent / "scripts"
SHARED = Path(building.__file__).parents[2] / "contact" / "static" / "contact" / "signs"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return build_checklist(content_of(CONTENT), "intake-1", ROOT, made_at=1_800_000_000, is_demo=False)


@pytest.fixture
def served(made: dict[str, bytes], settings: Any, tmp_path: Path) -> Iterator[Client]:
    settings.CHECKLIST_PAGE = tmp_path / "checklist"
    settings.CHECKLIST_PAGE.mkdir()
    for name, content in made.items():
        (settings.CHECKLIST_PAGE / name).write_bytes(content)
    (settings.CHECKLIST_PAGE / "not-listed.html").write_bytes(b"<p>")
    yield Client()
    shutil.rmtree(settings.CHECKLIST_PAGE)


def test_every_file_is_in_a_list_that_the_organisation_signed(made: dict[str, bytes]) -> None:
    found = json.loads(made["manifest.json"])
    signed = Signed.from_json({"statement": found["statement"], "signature": found["signature"]})
    listed = trust_page(signed, public_half(ROOT)).files
    assert listed == {name: hashlib.sha256(one).hexdigest() for name, one in made.items() if name != "manifest.json"}


def test_a_phone_fetches_little_once(made: dict[str, bytes]) -> None:
    needed = [name for name in made if name != FILE_OF["en"]]
    assert sum(len(gzip.compress(made[name], 9)) for name in needed) <= MOST_BYTES


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_a_script_the_whole_catalogue_stands_there_to_print(made: dict[str, bytes], language: str) -> None:
    page = made[FILE_OF[language]].decode()
    offered = [one for one in words.vocabulary().indicators.values() if one.is_active]
    assert re.findall(r'data-indicator="(\w+)"', page) == [one.code for one in offered]
    assert 'href="tel:112"' in page
    assert "<noscript>" in page
    assert not re.search(r'id="step-signals"[^>]* hidden', page)
    assert re.search(r'id="step-who"[^>]* hidden', page)


@pytest.mark.parametrize("name", PAGES)
def test_old_words_find_signals_and_are_shown_nowhere(made: dict[str, bytes], name: str) -> None:
    page = made[name].decode()
    assert re.search(r'data-indicator="REC06"[^>]*data-search="[^"]*loverboy', page)
    shown = re.sub(r'data-search="[^"]*"', "", page).lower()
    for word in ("loverboy", "pooierboy"):
        assert word not in shown


@pytest.mark.parametrize("name", PAGES)
def test_every_sentence_the_scripts_ask_for_stands_in_the_page(made: dict[str, bytes], name: str) -> None:
    scripts = "".join(one.read_text(encoding="utf-8") for one in [*SCRIPTS.glob("*.js"), *SHARED.glob("*.js")])
    asked = set(re.findall(r'text\("([a-z-]+)"', scripts))
    assert len(asked) > 10
    assert asked <= set(re.findall(r'data-text="([a-z_0-9A-Z-]+)"', made[name].decode()))


@pytest.mark.parametrize("name", PAGES)
def test_there_is_no_room_for_names_or_free_text(made: dict[str, bytes], name: str) -> None:
    page = made[name].decode()
    assert "<textarea" not in page
    assert set(re.findall(r'<input type="text" id="([a-z-]+)"', page)) == {"postcode", "house-number"}


def test_pages_and_worker_come_with_rules_of_their_own_and_without_a_cookie(served: Client) -> None:
    page, worker, script = (served.get(f"/checklist/{name}") for name in ("", WORKER, _script(served)))
    assert "worker-src 'self'" in page["Content-Security-Policy"]
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert worker["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    assert script["Content-Security-Policy"] == "default-src 'none'"
    for answer in (page, worker, script):
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"


def _script(served: Client) -> str:
    found = re.search(r'src="(checklist\.\w+\.js)"', served.get("/checklist/").content.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", ["not-listed.html", "nothing.js", "../settings.py"])
def test_what_is_not_listed_is_not_there(served: Client, name: str) -> None:
    assert served.get(f"/checklist/{name}").status_code == 404


def test_where_nothing_was_built_there_is_no_page(settings: Any, tmp_path: Path) -> None:
    settings.CHECKLIST_PAGE = tmp_path / "nothing"
    assert Client().get("/checklist/").status_code == 404


def test_only_a_demo_is_built_without_a_root_key_of_its_own(settings: Any, tmp_path: Path) -> None:
    file, folder = tmp_path / "page.json", tmp_path / "made"
    file.write_text(json.dumps(CONTENT), encoding="utf-8")
    with pytest.raises(CommandError, match="--root-key"):
        call_command("build_checklist_page", str(file), str(folder), desk="intake-1")
    settings.DEMO = True
    with pytest.raises(CommandError, match="not made"):
        call_command("build_checklist_page", str(file), str(folder), desk="not a name")
    assert not folder.exists()
    call_command("build_checklist_page", str(file), str(folder), desk="intake-1")
    assert (folder / "manifest.json").exists()
    with pytest.raises(CommandError, match="not empty"):
        call_command("build_checklist_page", str(file), str(folder), desk="intake-1")
