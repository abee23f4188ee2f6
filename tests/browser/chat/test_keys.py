"""A lead vouches for a colleague and makes a key of the desk, in a real browser on the signed page."""

import json
import time

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect

from tests.browser.chat.conftest import UNLOCKS_WITHIN, Chat, CounsellorWindow
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of, take_picture
from zicht.contact.key_ceremony.requests import LEAD_FIELDS, certificate_of
from zicht.contact.sealing.page_manifest import DEMO_ROOT
from zicht.contact.sealing.parts import check_fields, decode
from zicht.contact.sealing.six_words import words_of_key
from zicht.contact.sealing.statements import sign_lead

pytestmark = pytest.mark.xdist_group("chat")


def open_keys(chat: Chat, screen: Screen) -> None:
    CounsellorWindow(screen, chat).sign_in("desk-lead")
    expect(screen.locator("#locked")).to_be_visible()
    screen.goto(f"{chat.url}/staff/desk/desk-keys.html")
    screen.locator("#passphrase").fill(chat.passphrase)
    screen.keyboard.press("Enter")
    expect(screen.locator("#signing-words")).not_to_be_empty(timeout=UNLOCKS_WITHIN)


def test_a_lead_takes_only_a_certificate_of_the_stewards_vouches_and_makes_a_key(
    chat: Chat, new_context: NewContext, axe: str
) -> None:
    screen = new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_keys(chat, screen)
    for width in (1280, 360):
        screen.set_viewport_size({"width": width, "height": 900})
        take_picture(screen, f"keys-{width}")
        assert faults_of(screen, axe) == []

    request = check_fields(json.loads(screen.locator("#request").inner_text()), LEAD_FIELDS)
    assert screen.locator("#signing-words").inner_text() == words_of_key(decode(request["ed_pk"]), "nl")
    certificate = certificate_of(request, 90, int(time.time()))
    for refused in (json.dumps(sign_lead(bytes([9]) * 32, certificate).to_json()), "not even JSON"):
        screen.locator("#certificate").fill(refused)
        screen.locator("#certificate-form button").click()
        expect(screen.locator("#alarm")).to_contain_text("niet door de sleutelbewaarders ondertekend")
    signed = sign_lead(DEMO_ROOT, certificate)
    screen.locator("#certificate").fill(json.dumps(signed.to_json()))
    screen.locator("#certificate-form button").click()
    expect(screen.locator("#state")).to_contain_text("Het certificaat geldt")

    colleague = screen.locator("#people li").filter(has=screen.locator("button")).first
    colleague.locator("button").first.click()
    screen.locator("#people button").filter(has_text="instaan voor").first.click()
    expect(screen.locator("#state")).to_have_text("Een coördinator staat in voor deze sleutels.")

    expect(screen.locator("#key-due")).to_be_hidden()
    screen.locator("#make-key").click()
    expect(screen.locator("#state")).to_contain_text("is gemaakt voor 2 mensen")
    screen.locator("#lock").click()
    expect(screen.locator("#locked")).to_be_visible()
    assert "coördinator staat in" not in screen.locator("#people").evaluate("list => list.textContent")
