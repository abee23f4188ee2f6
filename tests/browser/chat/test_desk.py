"""A counsellor's keys and her desk in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chat.conftest import UNLOCKS_WITHIN, Chat, CounsellorWindow, VisitorWindow
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of, take_picture
from tests.browser.screens import plug_in_key_with_secret

pytestmark = pytest.mark.xdist_group("chat")

PASSPHRASE = "vier woorden die niemand kent"


@pytest.fixture
def outside(chat: Chat, new_context: NewContext) -> CounsellorWindow:
    """Give somebody who has come to the desk and opened nothing yet."""
    return CounsellorWindow(new_context(viewport={"width": 1280, "height": 900}).new_page(), chat).sign_in("counsellor")


def test_the_desk_is_right_for_axe_on_a_screen_and_a_phone(
    visitor: VisitorWindow, counsellor: CounsellorWindow, axe: str
) -> None:
    visitor.arrive().begin("Hallo")
    counsellor.take_newest()
    counsellor.open_more()
    for width in (1280, 360):
        counsellor.screen.set_viewport_size({"width": width, "height": 900})
        take_picture(counsellor.screen, f"desk-{width}")
        assert faults_of(counsellor.screen, axe) == []
    counsellor.end()


def test_a_wrong_passphrase_opens_nothing_and_says_so(outside: CounsellorWindow, axe: str) -> None:
    outside.screen.locator("#passphrase").fill("not the passphrase at all")
    outside.screen.keyboard.press("Enter")
    expect(outside.screen.locator("#unlock-error")).to_contain_text("niet open", timeout=UNLOCKS_WITHIN)
    assert faults_of(outside.screen, axe) == []


def test_locking_leaves_no_word_on_the_page_and_opens_again(
    visitor: VisitorWindow, counsellor: CounsellorWindow
) -> None:
    visitor.arrive().begin("Lees dit niet")
    counsellor.open_newest()
    counsellor.hears("Lees dit niet")
    counsellor.screen.locator("#lock").click()
    expect(counsellor.screen.locator("#locked")).to_be_visible()
    assert "Lees dit niet" not in counsellor.screen.locator("body").evaluate("body => body.textContent")
    counsellor.unlock().open_newest()
    counsellor.hears("Lees dit niet")


def test_a_newcomer_makes_keys_and_opens_them_again_with_the_code_on_paper(
    chat: Chat, new_context: NewContext, axe: str
) -> None:
    newcomer = CounsellorWindow(new_context().new_page(), chat).sign_in("newcomer")
    screen = newcomer.screen
    expect(screen.locator("#enrol")).to_be_visible()
    assert faults_of(screen, axe) == []
    screen.locator("#compared").check()
    screen.locator("#passphrase-1").fill("te kort")
    screen.locator("#passphrase-2").fill("te kort")
    screen.keyboard.press("Enter")
    expect(screen.locator("#enrol-error")).to_contain_text("15")
    for field in ("#passphrase-1", "#passphrase-2"):
        screen.locator(field).fill(PASSPHRASE)
    screen.keyboard.press("Enter")
    expect(screen.locator("#recovery-code")).not_to_be_empty(timeout=UNLOCKS_WITHIN)
    code = screen.locator("#recovery-code").inner_text()
    screen.locator("#recovery-form input").check()
    screen.locator("#recovery-form button").click()
    # Nobody vouched for her yet, so that the key of the desk is not hers.
    expect(screen.locator("#warnings")).to_contain_text("nog niet bij je")

    screen.reload()
    screen.locator("#locked summary").click()
    screen.locator("#recovery-field").fill(code.lower())
    screen.keyboard.press("Enter")
    expect(screen.locator("#desk")).to_be_visible(timeout=UNLOCKS_WITHIN)


def test_a_passkey_opens_the_keys_too(outside: CounsellorWindow, chat: Chat) -> None:
    screen = outside.screen
    screen.goto(chat.url.replace("127.0.0.1", "localhost") + "/staff/desk/")
    named = CounsellorWindow(screen, Chat(chat.server, chat.folder, chat.passphrase))
    plug_in_key_with_secret(screen)
    screen.goto(chat.url.replace("127.0.0.1", "localhost") + "/staff/account/login/?next=/staff/desk/")
    screen.locator("input[name=login]").fill("counsellor")
    screen.locator("input[name=password]").fill("made-up password of the tests")
    screen.keyboard.press("Enter")
    screen.wait_for_url(chat.url.replace("127.0.0.1", "localhost") + "/staff/desk/")
    named.unlock()
    screen.locator("#own-keys summary").click()
    screen.locator("#add-passkey").click()
    expect(screen.locator("#own-state")).to_contain_text("Deze passkey opent")
    screen.locator("#lock").click()
    screen.locator("#unlock-passkey").click()
    expect(screen.locator("#connection")).to_have_text("Verbonden")


def test_what_was_typed_stays_with_its_chat(visit: Callable[..., VisitorWindow], counsellor: CounsellorWindow) -> None:
    for words in ("De eerste", "De tweede"):
        visit().arrive().begin(words)
        counsellor.take_newest()
        counsellor.screen.locator("#message").fill(f"Antwoord op: {words}")
    counsellor.screen.locator("#list-mine button").nth(-2).click()
    expect(counsellor.screen.locator("#message")).to_have_value("Antwoord op: De eerste")
    counsellor.end()
    counsellor.screen.locator("#list-mine button").last.click()
    expect(counsellor.screen.locator("#message")).to_have_value("Antwoord op: De tweede")
    counsellor.end()
