"""Pictures of barriers: nothing lies over anything else, and a keyboard and a screen reader reach all of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Screen
from pytest_django.live_server_helper import LiveServer

from tests.barriers.test_processes import made
from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.judge import faults_of, take_picture
from zicht import words
from zicht.barriers.doing.actions import add_action, move_action
from zicht.barriers.holding import working
from zicht.barriers.models import BarrierModel
from zicht.barriers.policy.actions import take_in
from zicht.barriers.processes import content
from zicht.barriers.processes.actions import begin_own, publish
from zicht.people.models import Account
from zicht.people.waiting import Stage, Waiting
from zicht.words import Label

ROOT = "/staff/barriers/"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
STATES = ("none", "started", "adopted", "in_use", "review")
# Texts of a picture that lie over each other, over the edge of the picture, or outside the arrow that they begin in.
FAULTS_OF_CHAIN = """svg => {
  const box = element => element.getBoundingClientRect();
  const whole = box(svg), faults = [];
  const texts = [...svg.querySelectorAll('text')], arrows = [...svg.querySelectorAll('.arrow')].map(box);
  for (const text of texts) {
    const one = box(text);
    if (one.right > whole.right + 1 || one.bottom > whole.bottom + 1) faults.push('outside: ' + text.textContent);
    const arrow = arrows.findLast(other => other.left <= one.left);
    if (!arrow || one.right > arrow.right) faults.push('out of its arrow: ' + text.textContent);
    for (const other of texts) {
      const two = box(other);
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (other !== text && wide > 1 && high > 3) faults.push(text.textContent + ' over ' + other.textContent);
    }
  }
  return faults;
}"""
# Cells of which something sticks out, beside or over what it belongs to.
FAULTS_OF_TABLE = """table => [...table.querySelectorAll('th, td')].flatMap(cell => {
  const own = cell.getBoundingClientRect(), found = [];
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest('.visually-hidden')) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const one of range.getClientRects()) {
      const isInside = one.left > own.left - 1 && one.right < own.right + 1 &&
        one.top > own.top - 1 && one.bottom < own.bottom + 1;
      if (one.width > 1 && !isInside) found.push(texts.currentNode.textContent);
    }
  }
  return found;
})"""
FAULTS_OF_MAP = """svg => {
  const whole = svg.viewBox.baseVal, names = [...svg.querySelectorAll('text')];
  const tiles = [...svg.querySelectorAll('rect')].map(tile => tile.getBBox()), faults = [];
  const lie = (one, two) => Math.min(one.x + one.width, two.x + two.width) - Math.max(one.x, two.x) > 0.5 &&
    Math.min(one.y + one.height, two.y + two.height) - Math.max(one.y, two.y) > 2.5;
  for (const name of names) {
    const own = name.getBBox();
    if (own.x < 0 || own.x + own.width > whole.width || own.y < -12) faults.push('outside: ' + name.textContent);
    if (tiles.some(tile => lie(own, tile))) faults.push('over a tile: ' + name.textContent);
    const others = names.filter(other => other !== name).map(other => other.getBBox());
    if (others.some(other => lie(own, other))) faults.push('over a name: ' + name.textContent);
  }
  return faults;
}"""
# What can be acted upon in the page itself, each with a number that tells it apart.
TARGETS = """() => [...document.querySelectorAll(
  'main a[href], main button, main summary, main select, main input:not([type=hidden]), main [tabindex="0"]'
)].filter(one => one.checkVisibility()).map((one, number) => { one.dataset.number = number; return String(number); })"""


@pytest.fixture
def keeper(reader: Reader) -> Account:
    """Give a colleague who keeps barriers, with processes of 3 to 12 partners."""
    keeper = make_colleague(reader, "regie", "care_coordinator").account
    for partners in range(3, 13):
        process = made(partners, 9)
        name = Label(f"With {partners} partners", f"Met {partners} partners")
        draft = begin_own(keeper, f"MADE{partners}", name, ("sexual",))
        # As if every step had been typed in: names of the worked processes, which are as long as names are.
        steps = list(words.vocabulary().processes["SEXMIN"].steps.values())
        kept = content.write(process)
        for step, worked in zip(kept["steps"], steps, strict=True):
            step |= {"nl": worked.label.nl, "en": worked.label.en}
        BarrierModel.objects.filter(pk=draft.pk).update(content=kept)
        publish(keeper, draft.pk, "Made up.", draft.version)
    return keeper


@pytest.fixture
def open_page(context: BrowserContext, live_server: LiveServer, keeper: Account) -> Callable[..., Screen]:
    """Give a way to open a page at some width."""
    let_in(context, live_server.url, with_app(keeper))
    screen = context.new_page()

    def opened(address: str, viewport: dict[str, int]) -> Screen:
        screen.set_viewport_size(viewport)  # type: ignore[arg-type]
        screen.goto(f"{live_server.url}{address}")
        return screen

    return opened


def assert_a_keyboard_reaches_everything(screen: Screen) -> None:
    targets = set(screen.evaluate(TARGETS))
    reached = set()
    screen.locator("main").focus()
    for _press in range(len(targets) + 20):
        screen.keyboard.press("Tab")
        reached.add(screen.evaluate("document.activeElement.dataset.number ?? ''"))
    assert targets
    assert targets <= reached, [screen.locator(f'[data-number="{one}"]').inner_text() for one in targets - reached]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_chain_and_matrix_are_right_at_3_to_12_partners(
    open_page: Callable[..., Screen], viewport: dict[str, int]
) -> None:
    for partners in range(3, 13):
        screen = open_page(f"{ROOT}processes/MADE{partners}/matrix/", viewport)
        assert screen.locator(".matrix tbody tr").count() == partners
        assert screen.locator(".matrix").evaluate(FAULTS_OF_TABLE) == []
        take_picture(screen, f"matrix-{partners}-{viewport['width']}")
        screen = open_page(f"{ROOT}processes/MADE{partners}/", viewport)
        assert screen.locator(".chain-picture").evaluate(FAULTS_OF_CHAIN) == []
    for process in words.vocabulary().processes:
        screen = open_page(f"{ROOT}processes/{process}/", viewport)
        assert screen.locator(".chain-picture").evaluate(FAULTS_OF_CHAIN) == []
        if viewport is DESK:
            scroll = screen.locator(".chain-scroll")
            assert scroll.evaluate("one => one.scrollWidth <= one.clientWidth"), f"{process} is cut off at a desk"
            screen = open_page(f"{ROOT}processes/{process}/matrix/", viewport)
            scroll = screen.locator(".table-scroll")
            assert scroll.evaluate("one => one.scrollWidth <= one.clientWidth"), f"{process} is cut off at a desk"


def test_all_that_the_chain_shows_is_told_in_words_and_reached(
    open_page: Callable[..., Screen], keeper: Account
) -> None:
    model = BarrierModel.objects.get(process="MADE5")
    for barrier, states in (("Q1a", ()), ("Q2b", ("agreed", "running"))):
        values = {
            "barrier": barrier,
            "area_code": "Nederland",
            "lead_org": keeper.org_id,
            "what": f"Against {barrier}.",
        }
        action = add_action(keeper, model.pk, values)
        for state in states:
            move_action(keeper, action.pk, state)
    screen = open_page(f"{ROOT}processes/MADE5/", DESK)
    drawn = screen.locator(".chain-picture .mark").evaluate_all(
        "marks => marks.map(mark => [mark.nextElementSibling.textContent || mark.nextElementSibling.nextElementSibling"
        ".textContent, mark.classList[1].replace('mark--', '')])"
    )
    told = {"stands": "wordt gedaan", "agreed": "voorgesteld of afgesproken", "nothing": "er gebeurt niets"}
    assert {look for _code, look in drawn} == set(told)
    for code, look in drawn:
        assert told[look] in screen.locator(f"li#{code}").inner_text()
    for arrow in screen.locator(".arrow__code").all_text_contents():
        assert screen.locator(f"li#{arrow} h2").count() == 1
    assert_a_keyboard_reaches_everything(screen)
    screen = open_page(f"{ROOT}processes/MADE5/matrix/", DESK)
    marks, links = (screen.locator(f".matrix td {one}") for one in (".key__mark", "a"))
    assert marks.count() == links.count() > 0
    for look, link in zip(marks.all(), links.all(), strict=True):
        code = (look.get_attribute("class") or "").split("--")[1]
        assert (link.text_content() or "").endswith(told[code])
        assert (link.get_attribute("href") or "").endswith(f"#{(link.text_content() or '').split(':')[0]}")
    assert_a_keyboard_reaches_everything(screen)
    screen.locator(".matrix td a").first.press("Enter")
    assert screen.evaluate("document.querySelector(location.hash) !== null")


def test_all_that_the_map_shows_is_told_in_tables_and_reached(
    open_page: Callable[..., Screen], keeper: Account
) -> None:
    codes = list(words.municipalities())
    base = {"source": "Council", "checked_on": BarrierModel.objects.first().made_on}  # type: ignore[union-attr]
    take_in(keeper, [(code, {**base, "state": STATES[place % 5]}) for place, code in enumerate(codes) if place % 7])
    screen = open_page(f"{ROOT}policy/", DESK)
    assert screen.locator(".map").evaluate(FAULTS_OF_MAP) == []
    tiles = dict(one.split(": ", 1) for one in screen.locator(".map rect title").all_text_contents())
    assert len(tiles) == len(codes)
    key = screen.locator(".key li").all_inner_texts()
    assert {one.casefold() for one in tiles.values()} <= {one.strip().casefold() for one in key}
    assert_a_keyboard_reaches_everything(screen)
    told, addresses = {}, set()
    for page in range(1, 5):
        screen = open_page(f"{ROOT}policy/?page={page}", DESK)
        for row in screen.locator("#towns table tbody tr").all():
            cells = row.locator("th, td").all_inner_texts()
            told[cells[0]] = cells[1]
            addresses.add(row.locator("a").get_attribute("href"))
    assert told == tiles
    assert len(addresses) == len(codes)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_the_page_that_says_how_far_the_sums_are_is_accessible_in_each_state(
    open_page: Callable[..., Screen], viewport: dict[str, int], monkeypatch: pytest.MonkeyPatch, axe: str
) -> None:
    stages = {"half": Stage(working.WORKING, 40), "refused": Stage(working.REFUSED), "stopped": Stage("stopped")}
    for name, stage in stages.items():

        def begin(waiting: Waiting, *_all: object, told: Stage = stage) -> None:
            waiting.keep("refusal", b"Once more and no." if told.name == working.REFUSED else b"")
            waiting.tell(told)

        monkeypatch.setattr(working, "start", begin)
        screen = open_page(f"{ROOT}sums/", viewport)
        with screen.expect_navigation():
            screen.locator("form[action*=sums] button").first.click()
        assert "/sums/making/" in screen.url
        faults = faults_of(screen, axe)
        take_picture(screen, f"making-{name}-{viewport['width']}")
        assert not faults, "\n".join(faults)
        assert screen.get_by_role("status").count() == 1
        if name == "half":
            assert screen.locator("progress").get_attribute("value") == "40"
        assert_a_keyboard_reaches_everything(screen)
