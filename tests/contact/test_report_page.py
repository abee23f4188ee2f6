"""The page of the report box: signed with the chat's, light, whole without scripts, and at an address of its own."""

import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.contact.test_visitor_page import CONTENT, build

from zicht.contact.report_forms.shipped import shipped_forms
from zicht.contact.sealing.errors import DemoRootError
from zicht.contact.sealing.page_manifest import DEMO_ROOT, public_half
from zicht.contact.sealing.parts import encode
from zicht.contact.visitor_page.content import ContentError, content_of
from zicht.contact.visitor_page.report_content import write_form

LABEL = {"nl": "Meldpunt <1>", "en": "Report desk <1>"}
OTHER_ROOT = encode(public_half(bytes([9]) * 32))
DESK = {"desk": "meld", "label": LABEL, "audiences": ["citizen", "professional"]}
NEWS_DESK = {"desk": "tips", "label": LABEL, "audiences": ["source"], "org": "news-1", "root": OTHER_ROOT}
PAGES = ("report.html", "report-en.html")
MOST_BYTES = 56 * 1024  # compressed; the forms of three audiences and the municipalities are in it
SCRIPTS = Path(__file__).parents[2] / "src" / "zicht" / "contact" / "static" / "contact" / "report"


def made(**report: Any) -> dict[str, bytes]:
    return build(content_of({**CONTENT, "report": {"desks": [DESK, NEWS_DESK], **report}}))


def forms_in(page: bytes) -> dict[str, Any]:
    found = re.search(r'<div id="forms" hidden>(.*?)</div>', page.decode(), re.DOTALL)
    assert found
    given: dict[str, Any] = json.loads(html.unescape(found[1]))
    return given


def test_the_root_of_the_demo_stands_behind_no_news_desk_outside_the_demo() -> None:
    with pytest.raises(DemoRootError):
        made(desks=[DESK, {**NEWS_DESK, "root": encode(public_half(DEMO_ROOT))}])


def test_without_desks_for_reports_there_is_no_such_page() -> None:
    assert not set(PAGES) & set(build())


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_is_fetched_is_light_and_asks_nothing_of_anybody_else(name: str) -> None:
    files = made()
    page = files[name].decode()
    needed = [name, *re.findall(r'(?:href|src)="(report\.[0-9a-f]+\.[^"]+)"', page)]
    assert len(needed) == 3
    assert sum(len(gzip.compress(files[one], 9)) for one in needed) <= MOST_BYTES
    assert not re.search(r'<script(?![^>]*src="report\.)|<style|\son\w+=|\sstyle=|<img|<iframe|<form[^>]*action', page)
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page)
    assert set(json.loads(files["manifest.json"])) == {"statement", "signature", "root"}


@pytest.mark.parametrize("name", PAGES)
def test_every_sentence_the_script_asks_for_stands_in_the_page(name: str) -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in SCRIPTS.glob("*.js"))
    asked = set(re.findall(r'(?:text|refuse)\(\s*"([\w-]+)"', source))
    asked |= {f"fault-{fault}" for fault in ("needed", "choice", "date", "place", "long")}
    asked |= {f"state-{state}" for state in ("waiting", "open", "closed")} | {
        "wiped",
        "over",
        "not-trusted",
        "too-long",
    }
    asked |= {f"system-{kind}" for kind in ("joined", "left", "closing", "linked", "ended", "danger")} | {"file", "end"}
    assert asked <= set(re.findall(r'data-text="([\w-]+)"', made()[name].decode()))


def test_without_scripts_there_are_numbers_and_a_way_out() -> None:
    page = made()["report.html"].decode()
    for part in (
        'href="tel:112"',
        'href="tel:0334481186"',
        'id="exit" href="https://www.buienradar.nl/"',
        "<noscript>",
    ):
        assert part in page
    assert re.search(r'id="start"[^>]* hidden', page)


def test_each_desk_comes_with_the_root_that_stands_behind_it_and_labels_as_text() -> None:
    page = made()["report.html"]
    own, other = forms_in(page)["desks"]
    assert (own["org"], own["root"]) == ("org-1", encode(public_half(bytes([7]) * 32)))
    assert (other["org"], other["root"]) == ("news-1", OTHER_ROOT)
    assert b"Meldpunt <1>" not in page
    assert [one["audience"] for one in forms_in(page)["forms"]] == ["citizen", "professional", "source"]


def test_the_version_that_an_organisation_chose_is_asked_and_no_other() -> None:
    form = {**write_form(shipped_forms()["citizen"]), "version": 7}
    given = forms_in(made(forms=[form])["report-en.html"])
    assert [(one["audience"], one["version"]) for one in given["forms"]] == [("citizen", 7)]
    assert given["places"]["GM0363"] == "Amsterdam"
    assert forms_in(made(forms=[write_form(shipped_forms()["source"])])["report.html"])["places"] == {}


FORM = write_form(shipped_forms()["source"])
IDENTITY = {**FORM, "questions": [{**FORM["questions"][0], "ask": {"nl": "Hoe heet zij?", "en": "What is her name?"}}]}


@pytest.mark.parametrize(
    ("report", "word"),
    [
        ({"desks": []}, "report.desks"),
        ({"desks": [{**DESK, "audiences": ["visitor"]}]}, "audiences"),
        ({"desks": [{**DESK, "org": "x"}]}, "fields"),
        ({"desks": [{**NEWS_DESK, "root": "short"}]}, "root"),
        ({"desks": [DESK], "forms": [IDENTITY]}, "subject"),
        ({"desks": [DESK], "forms": [{**FORM, "questions": "?"}]}, "report.forms"),
        ({"desks": [DESK], "forms": [{**FORM, "version": None}]}, "report.forms"),
        ({"desks": [DESK], "forms": [FORM, FORM]}, "two forms"),
        ({"desks": [DESK], "more": 1}, "fields"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_part_about_reports_is_said_in_a_sentence(report: dict[str, Any], word: str) -> None:
    with pytest.raises(ContentError, match=word):
        content_of({**CONTENT, "report": report})


def test_the_page_stands_at_its_address_in_both_languages_and_gives_no_cookie(tmp_path: Path, settings: Any) -> None:
    settings.VISITOR_PAGE = tmp_path
    client = Client()
    assert b'id="who"' not in client.get("/report/").content  # telephone numbers, as long as there is no box
    for name, content in made().items():
        (tmp_path / name).write_bytes(content)
    for address, language in (("/report/", "nl"), ("/en/report/", "en"), ("/report/report-en.html", "en")):
        answer = client.get(address)
        assert f'<html lang="{language}"'.encode() in answer.content
        assert "form-action 'none'" in answer.headers["Content-Security-Policy"]
        assert (answer.headers["Cache-Control"], answer.cookies) == ("no-store", {})
        script = re.search(r'src="(report\.[^"]+)"', answer.content.decode())
        assert script
        assert client.get(f"/report/{script[1]}").status_code == 200
    assert {client.get(f"/report/{name}").status_code for name in ("index.html", "manifest.json", "report-x")} == {404}
