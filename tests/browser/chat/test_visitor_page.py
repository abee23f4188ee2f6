"""The visitor's page in a real browser: judged by axe under its own policy, light, and gone at once."""

import json
import struct
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.chat.conftest import Chat, CounsellorWindow, VisitorWindow
from tests.browser.judge import faults_of, take_picture
from tests.browser.test_visitor import MOST_BYTES, MOST_REQUESTS, NEUTRAL_SITE

pytestmark = pytest.mark.xdist_group("chat")

TYPED = "hij mag dit niet zien"


def test_the_page_is_light_until_somebody_writes(chat: Chat, visitor: VisitorWindow) -> None:
    sizes = []
    visitor.screen.on("requestfinished", lambda request: sizes.append(request.sizes()))
    visitor.arrive()
    visitor.screen.wait_for_load_state("networkidle")
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(sizes) <= MOST_REQUESTS
    assert 0 < weight <= MOST_BYTES


@pytest.mark.parametrize("page", ["", "en.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_before_and_in_a_chat(
    page: str, scheme: str, visit: Callable[..., VisitorWindow], axe: str
) -> None:
    visitor = visit(color_scheme=scheme)
    visitor.arrive(page)
    take_picture(visitor.screen, f"chat-{page}-{scheme}-start")
    assert faults_of(visitor.screen, axe) == []
    visitor.begin("Hoi")
    visitor.screen.locator("#make-code").click()
    visitor.screen.locator("#wipe").click()
    take_picture(visitor.screen, f"chat-{page}-{scheme}-talk")
    assert faults_of(visitor.screen, axe) == []
    visitor.screen.locator("#wipe-yes").click()
    expect(visitor.screen.locator("#refused")).to_be_visible()
    assert faults_of(visitor.screen, axe) == []


@pytest.mark.parametrize("way", ["link", "Escape", "Shift"])
def test_after_leaving_nothing_that_was_typed_is_one_step_back(way: str, chat: Chat, visitor: VisitorWindow) -> None:
    visitor.screen.goto(f"{chat.url}/")
    visitor.screen.locator("a[href='/chat/']").click()
    expect(visitor.screen.locator("#desk-state")).not_to_be_empty()
    visitor.screen.locator("#first").fill(TYPED)
    if way == "link":
        visitor.screen.locator("#exit").click()
    else:
        for _ in range(3):
            visitor.screen.keyboard.press(way)
    visitor.screen.wait_for_url(NEUTRAL_SITE)
    visitor.screen.go_back()
    assert not visitor.screen.url.startswith(chat.url)


def test_leaving_in_a_hurry_loses_no_message_and_ends_the_chat(
    visitor: VisitorWindow, counsellor: CounsellorWindow
) -> None:
    visitor.arrive().begin("Hij komt eraan")
    counsellor.take_newest()
    visitor.screen.locator("#exit").click()
    visitor.screen.wait_for_url(NEUTRAL_SITE)
    counsellor.hears("Hij komt eraan")
    expect(counsellor.screen.locator("#chat-state")).to_have_text("Gesloten.")


def test_without_scripts_there_are_numbers_hours_and_a_way_out(visit: Callable[..., VisitorWindow]) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.screen.goto(f"{visitor.address}/chat/")
    assert not visitor.screen.locator("#begin").is_visible()
    assert visitor.screen.locator("a[href='tel:112']").last.is_visible()
    assert "dag en nacht" in visitor.screen.locator("main").inner_text()
    take_picture(visitor.screen, "chat-without-scripts")
    visitor.screen.locator("#exit").click()
    visitor.screen.wait_for_url(NEUTRAL_SITE)


def test_a_desk_key_that_nobody_signed_sends_nothing_and_names_the_telephone(visitor: VisitorWindow) -> None:
    sent: list[str] = []
    visitor.screen.on("request", lambda request: sent.append(request.method))

    def forge(route: Route) -> None:
        answer = route.fetch()
        found = answer.json()
        signature = found["key"]["key"]["signature"]
        found["key"]["key"]["signature"] = ("B" if signature[0] == "A" else "A") + signature[1:]
        route.fulfill(response=answer, body=json.dumps(found))

    visitor.screen.route("**/chat/v1/desks/*", forge)
    visitor.arrive()
    visitor.screen.locator("#first").fill(TYPED)
    visitor.screen.locator("#begin button").click()
    expect(visitor.screen.locator("#refused-why")).to_contain_text("niet")
    assert "POST" not in sent
    assert visitor.screen.locator("a[href='tel:112']").last.is_visible()


def test_a_picture_goes_without_its_traces_and_arrives_blurred(
    visitor: VisitorWindow, counsellor: CounsellorWindow
) -> None:
    visitor.arrive().begin("Ik heb een foto")
    counsellor.take_newest()
    visitor.screen.locator("#attach summary").click()
    visitor.screen.locator("#picture").set_input_files(
        {"name": "thuis op zolder.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(visitor.screen.locator("#attach-state")).to_have_text("De foto is verstuurd.")
    counsellor.screen.locator("#log button").first.click()
    shown = counsellor.screen.locator(".desk__picture")
    expect(shown).to_have_attribute("aria-pressed", "false")
    assert "blur" in shown.locator("canvas").evaluate("canvas => getComputedStyle(canvas).filter")
    shown.click()
    assert shown.locator("canvas").evaluate("canvas => getComputedStyle(canvas).filter") == "none"
    assert "zolder" not in counsellor.screen.locator("#log").inner_text()
    counsellor.end()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("image.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="taken"</script></svg>'),
        ("image.png", b"<!doctype html><script>document.title='taken'</script>"),
        ("image.gif", b"GIF89a/*<script>document.title='taken'</script>*/"),
    ],
)
def test_what_only_pretends_to_be_a_picture_is_not_sent(name: str, content: bytes, visitor: VisitorWindow) -> None:
    visitor.arrive().begin("Kijk")
    visitor.screen.locator("#attach summary").click()
    visitor.screen.locator("#picture").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})
    expect(visitor.screen.locator("#attach-state")).to_have_text("Dit is geen foto. Er is niets verstuurd.")
    assert visitor.screen.title() != "taken"


def picture() -> bytes:
    """Give a small PNG with a text in it that must not go along."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + bytes([15, 94, 102]) * 40 for _ in range(30))
    parts = [
        part(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)),
        part(b"tEXt", b"Comment\0Damrak 1"),
        part(b"IDAT", zlib.compress(rows)),
        part(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
