"""Words of a text are selected with mouse, touch and keyboard in a real browser, and become a statement."""

import re

from playwright.sync_api import Page as Screen
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.conftest import NewContext
from tests.browser.evidence import HOME, OWNS, PICTURE, REPORT, SHIPS, SOURCE, make_sources
from zicht.evidence.models import Anchor, Statement
from zicht.people.sealed import reveal


def _box(screen: Screen, words: str) -> dict[str, float]:
    """Give where some words of the text stand on the screen."""
    found: dict[str, float] = screen.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector("[data-document]"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at >= 0) {
              const range = document.createRange();
              range.setStart(walker.currentNode, at);
              range.setEnd(walker.currentNode, at + words.length);
              const {left, right, top, bottom} = range.getBoundingClientRect();
              return {left, right, middle: (top + bottom) / 2};
            }
          }
        }""",
        words,
    )
    return found


def _place(screen: Screen) -> tuple[int, int]:
    form = screen.locator("form[data-statement]")
    start, end = (form.locator(f"input[name={name}]").input_value() for name in ("start", "end"))
    return int(start or 0), int(end or 0)


def test_words_are_selected_with_mouse_keyboard_and_touch_and_recorded_with_their_place(
    live_server: LiveServer, new_context: NewContext, reader: Reader
) -> None:
    researcher = with_app(make_colleague(reader, "onderzoek", "researcher").account)
    make_sources(researcher.account)
    context = new_context(has_touch=True, viewport={"width": 1280, "height": 900})
    let_in(context, live_server.url, researcher)
    screen = context.new_page()
    screen.goto(f"{live_server.url}{HOME}{SOURCE}/")
    # What the rules read is marked before anybody did anything.
    for words, kind in (("ruim 200", "figure"), ("maart 2019", "date"), ("Mira Solveig", "name")):
        expect(screen.locator(f".mark--{kind}", has_text=words)).to_be_visible()
    # Mouse: from a mark, which is a link, to another place; letting go opens nothing.
    begin, end = _box(screen, "Mira Solveig"), _box(screen, "ruim 200")
    screen.mouse.move(begin["left"] + 1, begin["middle"])
    screen.mouse.down()
    screen.mouse.move(end["right"] - 1, end["middle"], steps=4)
    screen.mouse.up()
    expect(screen.locator("[data-quote]")).to_have_text(re.compile("^Mira Solveig .* ruim 200$"))
    assert _place(screen) == (REPORT.index("Mira Solveig"), REPORT.index("ruim 200") + len("ruim 200"))
    # Keyboard: from the number of a sentence, word by word.
    screen.locator("#s2").focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        screen.keyboard.press(key)
    expect(screen.locator("[data-quote]")).to_have_text(re.compile("^ ?ministerie verzendt ?$"))
    start, end_at = _place(screen)
    assert REPORT[start:end_at].strip() == "ministerie verzendt"
    screen.keyboard.press("Enter")
    screen.wait_for_url(re.compile("sentence=2"))
    start = REPORT.index(SHIPS)
    assert _place(screen) == (start, start + len(SHIPS))
    # Touch: a tap on a number chooses its sentence. What a long press selects, the page is told by the same event as
    # here; this browser has no long press without a screen.
    screen.locator("#s1").tap()
    screen.wait_for_url(re.compile("sentence=1"))
    assert _place(screen)[0] == REPORT.index("Mira Solveig")
    screen.evaluate(
        """() => {
          const pieces = [...document.querySelectorAll("[data-start]")];
          const piece = pieces.find(one => one.textContent.includes("gevangenen"));
          const at = piece.firstChild.data.indexOf("gevangenen");
          document.getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + "gevangenen".length);
        }"""
    )
    expect(screen.locator("[data-quote]")).to_have_text("gevangenen")
    assert _place(screen) == (REPORT.index("gevangenen"), REPORT.index("gevangenen") + len("gevangenen"))
    # Who, what and to whom are completed from what is known; the statement stands on the words that were selected.
    screen.locator("#s0").click()
    expect(screen.locator("datalist#names option[value='Bureau 12']")).to_have_count(1)
    for name in ("subject", "object", "said_by"):
        assert screen.locator(f"form[data-statement] input[name={name}]").get_attribute("list") == "names"
    screen.locator("input[name=subject]").fill("Ministerie van Nachtzaken")
    screen.locator("select[name=predicate]").select_option("runs")
    screen.locator("input[name=object]").fill("Kamp 7")
    screen.locator("select[name=closeness]").select_option("repeated")
    with screen.expect_navigation():
        screen.locator("form[data-statement] button[type=submit]").click()
    made = Statement.objects.get(predicate="runs")
    assert reveal(made.anchors.get(), "exact").startswith(OWNS)
    _drag_over_a_picture(screen, live_server.url)


def _drag_over_a_picture(screen: Screen, server: str) -> None:
    screen.goto(f"{server}{HOME}{PICTURE}/")
    box = screen.locator("[data-picture]").bounding_box()
    assert box is not None
    screen.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    screen.mouse.down()
    screen.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.5, steps=3)
    screen.mouse.up()
    left, top, width, height = map(float, screen.locator("#id_region").input_value().split())
    assert [round(part, 1) for part in (left, top, width, height)] == [0.2, 0.2, 0.5, 0.2]
    screen.locator("input[name=subject]").fill("Kamp 7")
    screen.locator("input[name=wording]").fill("heeft een spoorlijn")
    screen.locator("select[name=closeness]").select_option("saw")
    with screen.expect_navigation():
        screen.locator("form[data-statement] button[type=submit]").click()
    assert Anchor.objects.filter(source_id=PICTURE).count() == 2
