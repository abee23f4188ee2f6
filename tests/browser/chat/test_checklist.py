"""The checklist in a real browser: without a network, through a closed tab, and once at the desk whatever gets lost."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect
from playwright.sync_api import Page as Screen

from tests.browser.chat.conftest import Chat
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PATIENCE, NewContext
from tests.browser.judge import faults_of

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "nl-NL"}
DRAFTS = """new Promise(done => {
  const asked = indexedDB.open("zicht-checklist");
  asked.onsuccess = () => {
    const found = asked.result.transaction("draft").objectStore("draft").getAllKeys();
    found.onsuccess = () => done(found.result);
  };
})"""

# The draft lies sealed beside a key that only pages of its origin can use.
IS_KEPT = """async words => {
  const asked = indexedDB.open("zicht-checklist");
  const base = await new Promise(done => { asked.onsuccess = () => done(asked.result); });
  const stored = name => new Promise(done => {
    base.transaction(name).objectStore(name).get("draft").onsuccess = event => done(event.target.result);
  });
  const [kept, key] = [await stored("draft"), await stored("key")];
  base.close();
  if (!kept) return false;
  const content = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.nonce }, key, kept.sealed);
  return new TextDecoder().decode(content).includes(words);
}"""


def arrive(context: BrowserContext, chat: Chat) -> Screen:
    screen = context.new_page()
    screen.goto(f"{chat.url}/checklist/")
    expect(screen.locator("#erase")).to_be_visible()
    return screen


def mark(screen: Screen, *codes: str, state: str = "noted") -> None:
    """Look up each signal and mark it."""
    for code in codes:
        screen.locator("#search").fill(code)
        screen.locator(f"[data-indicator={code}] [data-state={state}]").click()


def fill_in(screen: Screen) -> None:
    screen.locator("#observer").select_option("police")
    screen.locator("#situation").select_option("home_visit")
    screen.locator("#step-who [data-go=signals]").click()
    mark(screen, "DOC01", "MOV01")
    mark(screen, "HLT01", state="absent")


def arrived(chat: Chat) -> list[int]:
    """Give how many messages each checklist has that the server holds."""
    counts: list[int] = chat.server.run("arrived", "checklist")
    return counts


def test_a_checklist_filled_in_without_a_network_arrives_once_and_leaves_nothing_to_read(
    browser: Browser, chat: Chat, tmp_path: Path
) -> None:
    before = arrived(chat)
    with closing(
        browser.browser_type.launch_persistent_context(
            tmp_path,
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            **PHONE,  # type: ignore[arg-type]
        )
    ) as context:
        context.set_default_timeout(PATIENCE)
        screen = arrive(context, chat)
        screen.evaluate("navigator.serviceWorker.ready")
        context.set_offline(True)
        fill_in(screen)
        expect(screen.locator("#danger-today")).to_be_visible()
        # No person closes a page within the moment that storing the last change takes.
        screen.wait_for_function(IS_KEPT, arg='"HLT01":')
        screen.close()

        screen = arrive(context, chat)  # from what the worker kept
        expect(screen.locator("#notice")).not_to_be_empty()
        screen.goto(f"{chat.url}/checklist/#place")
        screen.locator("#municipality").select_option("GM0363")
        screen.locator("#postcode").fill("1012 XY")
        screen.locator("#house-number").fill("4711")
        screen.locator("#step-place [data-go=check]").click()
        expect(screen.locator("#suggestion .filled")).to_have_count(1)
        expect(screen.locator("#review-absent li")).to_have_count(1)
        screen.locator("#finish").click()
        expect(screen.locator("#outbox-list li")).to_have_count(1)
        assert arrived(chat) == before

        context.set_offline(False)
        expect(screen.locator("#outbox")).to_be_hidden()
        assert screen.evaluate(DRAFTS) == []
    assert arrived(chat) == [*before, 1]
    kept = b"".join(one.read_bytes() for one in (tmp_path / "Default" / "IndexedDB").rglob("*") if one.is_file())
    assert b"intake-voorbeeld" in kept  # what is public is there to be found, so the search can find something
    for words in ("DOC01", "MOV01", "HLT01", "1012XY", "4711", "home_visit"):
        assert words.encode() not in kept
        assert words.encode("utf-16-le") not in kept


def test_a_message_whose_answer_was_lost_is_sent_again_with_the_same_bytes(chat: Chat, new_context: NewContext) -> None:
    before = arrived(chat)
    context = new_context(**PHONE, service_workers="block")
    screen = arrive(context, chat)
    sent: list[dict[str, object]] = []

    def lose_the_first(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}"))
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    screen.route("**/chat/v1/messages", lose_the_first)
    fill_in(screen)
    screen.goto(f"{chat.url}/checklist/#check")
    with screen.expect_event("requestfailed", lambda request: request.url.endswith("/messages")):
        screen.locator("#finish").click()
    assert arrived(chat) == [*before, 1]
    expect(screen.locator("#outbox-list li")).to_have_count(1)
    with screen.expect_response("**/chat/v1/messages"):
        screen.reload()
    expect(screen.locator("#outbox")).to_be_hidden()
    assert sent[0] == sent[1]
    assert arrived(chat) == [*before, 1]


def test_a_phone_without_room_says_so_and_sends_once_from_the_page_itself(chat: Chat, new_context: NewContext) -> None:
    before = arrived(chat)
    context = new_context(**PHONE, service_workers="block")
    context.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    )
    screen = arrive(context, chat)
    fill_in(screen)
    expect(screen.locator("#notice")).to_contain_text("bewaart nu niets")
    screen.goto(f"{chat.url}/checklist/#check")
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.request.post_data or "")
        route.fetch()
        route.abort()

    screen.route("**/chat/v1/messages", lose_the_answer, times=1)
    screen.locator("#finish").click()
    expect(screen.locator("#finish-state")).to_contain_text("geen ruimte")
    with screen.expect_request("**/chat/v1/messages") as again:
        screen.locator("#finish").click()
    expect(screen.locator("#sent-state")).to_have_text("De lijst is bij de intake.")
    assert again.value.post_data == lost[0]
    assert arrived(chat) == [*before, 1]


def test_a_draft_of_25_hours_is_gone_and_everything_can_be_erased(chat: Chat, new_context: NewContext) -> None:
    context = new_context(**PHONE, service_workers="block")
    context.clock.install(time=datetime.now(UTC))
    screen = arrive(context, chat)
    fill_in(screen)
    screen.close()
    screen = arrive(context, chat)
    assert screen.evaluate(DRAFTS) == ["draft"]
    screen.close()
    context.clock.set_system_time(datetime.now(UTC) + timedelta(hours=25))
    screen = arrive(context, chat)
    assert screen.evaluate(DRAFTS) == []
    fill_in(screen)
    screen.locator("#erase").click()
    screen.locator("#erase-yes").click()
    expect(screen.locator("#notice")).not_to_be_empty()
    assert screen.evaluate(DRAFTS) == []


def test_the_old_word_finds_signals_danger_is_told_at_once_and_every_step_is_for_everybody(
    chat: Chat, new_context: NewContext, axe: str
) -> None:
    screen = arrive(new_context(**PHONE, service_workers="block"), chat)
    screen.locator("#step-who [data-go=signals]").click()
    screen.locator("#search").fill("Loverboy")
    expect(screen.locator("[data-indicator=REC06]")).to_be_visible()
    expect(screen.locator("[data-indicator=DOC01]")).to_be_hidden()
    assert "loverboy" not in screen.locator("body").inner_text().lower()
    assert faults_of(screen, axe) == []
    expect(screen.locator("#danger-now")).to_be_hidden()
    mark(screen, "CNV07")
    expect(screen.locator("#danger-now a[href='tel:112']")).to_be_visible()
    screen.locator("[data-go=place]").first.click()
    screen.locator("#postcode").fill("12")
    screen.locator("#step-place [data-go=check]").click()
    expect(screen.locator("#postcode")).to_be_focused()
    screen.locator("#postcode").fill("")
    screen.locator("#step-place [data-go=check]").click()
    expect(screen.locator("#step-check h2").first).to_be_focused()
    assert faults_of(screen, axe) == []
    other = screen.context.new_page()
    other.goto(f"{chat.url}/checklist/")
    expect(other.locator("#elsewhere")).to_be_visible()
