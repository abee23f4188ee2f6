"""The report box in a real browser: from the first question to the answer of the desk, on a phone, judged by axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect

from tests.browser.chat.conftest import Chat, CounsellorWindow, VisitorWindow
from tests.browser.chat.test_talk import assert_is_nowhere
from tests.browser.judge import faults_of, take_picture
from tests.browser.test_visitor import NEUTRAL_SITE

pytestmark = pytest.mark.xdist_group("chat")

MARKER = "zilverschoon-achter-de-dijk"
Visit = Callable[..., VisitorWindow]


class ReportWindow:
    """The browser of somebody who reports, judged at each step."""

    def __init__(self, visitor: VisitorWindow, axe: str, name: str) -> None:
        self.screen: Screen = visitor.screen
        self.address = visitor.address
        self.axe = axe
        self.name = name

    def arrive(self, page: str = "") -> "ReportWindow":
        """Open the page."""
        self.screen.goto(f"{self.address}{page}/report/")
        self.judge("start")
        return self

    def judge(self, step: str) -> None:
        """Look for faults in what is shown now."""
        take_picture(self.screen, f"report-{self.name}-{step}")
        assert faults_of(self.screen, self.axe) == [], step

    def begin(self, audience: str) -> None:
        """Say who one is."""
        self.screen.locator(f"#audience-{audience}").check()
        self.screen.locator("#who button").click()

    def go_on(self, part: str = "ask") -> None:
        """Go to the next page."""
        self.screen.locator(f"#{part} button.main").click()

    def come_back(self, code: str) -> None:
        """Open the page anew and come back with a code."""
        self.screen.goto(f"{self.address}/report/")
        self.screen.locator("#code-details summary").click()
        self.screen.locator("#code-field").fill(code)
        self.screen.locator("#go-on button").click()
        expect(self.screen.locator("#talk")).to_be_visible()


def test_a_report_arrives_sealed_and_is_answered_to_who_comes_back(
    chat: Chat, visit: Visit, counsellor: CounsellorWindow, axe: str
) -> None:
    reporter = ReportWindow(visit(), axe, "nl").arrive()
    screen = reporter.screen
    reporter.begin("citizen")
    reporter.go_on()
    # Nothing is answered yet: said on top, with a way to the field.
    expect(screen.locator("#summary")).to_be_focused()
    reporter.judge("refused")
    screen.locator("#summary a").click()
    expect(screen.locator("#a-danger")).to_be_focused()
    screen.keyboard.press("ArrowDown")  # to no, with the keyboard alone
    reporter.go_on()
    screen.locator("#a-forms-labour").check()
    screen.locator("#a-signals-MON01").check()
    expect(screen.locator("#q-seen_on")).to_have_count(0)
    screen.locator("#a-basis").check()
    screen.locator("#a-seen_on").fill("2099-01-01")
    reporter.go_on()
    expect(screen.locator("#summary")).to_contain_text("dag")
    screen.locator("#a-seen_on").fill("2026-03-02")
    reporter.judge("questions")
    reporter.go_on()
    screen.locator("#a-municipality").select_option("GM0363")
    reporter.go_on()
    reporter.go_on()
    screen.locator("#a-more").fill(f"Dit zag ik: {MARKER}")
    reporter.go_on()
    reporter.judge("pictures")
    screen.locator("#pictures-on").click()
    reporter.judge("check")
    expect(screen.locator("#check-list")).to_contain_text(MARKER)
    # A lost line: nothing that was typed is lost, and it goes when the line is back.
    screen.context.set_offline(True)
    screen.locator("#send").click()
    expect(screen.locator("#line")).to_contain_text("Geen verbinding")
    screen.context.set_offline(False)
    expect(screen.locator("#receipt")).to_be_visible(timeout=20_000)
    reporter.judge("receipt")
    code = screen.locator("#codes strong").inner_text()
    screen.locator("#kept").click()
    assert code not in screen.content()
    assert MARKER not in screen.content()

    row = counsellor.screen.locator("#list-waiting button").filter(has_text="Melding")
    row.last.click()
    report = counsellor.screen.locator("#log .report")
    for words in ("Waar gaat het over", "kan niet stoppen", "Amsterdam", MARKER):
        expect(report).to_contain_text(words)
    counsellor.screen.locator("#claim").click()
    counsellor.say("Op welke dagen was dat?")
    expect(counsellor.screen.locator("#log .mine")).to_contain_text("Op welke dagen")
    assert faults_of(counsellor.screen, axe) == []

    reporter.come_back(code)
    expect(screen.locator("#log .theirs")).to_contain_text("Op welke dagen")
    screen.locator("#talk details summary").click()
    expect(screen.locator("#reported")).to_contain_text(MARKER)
    screen.locator("#message").fill(f"Op zondag {MARKER}")
    screen.locator("#say button").click()
    counsellor.hears("Op zondag")
    reporter.judge("talk")
    # Leaving ends nothing: the desk can still answer.
    screen.locator("#exit").click()
    screen.wait_for_url(NEUTRAL_SITE)
    screen.go_back()
    assert not screen.url.startswith(chat.url)
    expect(counsellor.screen.locator("#say")).to_be_visible()
    assert_is_nowhere(chat, MARKER, code, code.replace("-", ""))
    counsellor.end()


def test_a_source_tells_several_news_desks_and_the_helpline_sees_none_of_it(
    visit: Visit, counsellor: CounsellorWindow, axe: str
) -> None:
    before = counsellor.screen.locator(".desk__list button").count()
    reporter = ReportWindow(visit(), axe, "en").arrive("/en")
    screen = reporter.screen
    reporter.begin("source")
    reporter.go_on("desks")
    expect(screen.locator("#summary")).to_be_focused()
    for desk in ("redactie-voorbeeld", "onderzoek-voorbeeld"):
        screen.locator(f"#desk-{desk}").check()
    reporter.judge("desks")
    reporter.go_on("desks")
    screen.locator("#a-subject").fill("An agency keeps passports")
    reporter.go_on()
    screen.locator("#a-basis").check()
    reporter.go_on()
    screen.locator("#a-more").fill("I saw the list")
    reporter.go_on()
    screen.locator("#pictures-on").click()
    expect(screen.locator("#check-desks")).to_contain_text("Example news desk, Investigations desk")
    screen.locator("#send").click()
    expect(screen.locator("#codes strong")).to_have_count(2, timeout=20_000)
    codes = screen.locator("#codes strong").all_inner_texts()
    assert len(set(codes)) == 2
    reporter.come_back(codes[1])
    expect(screen.locator("#status")).to_contain_text("binnen")
    assert counsellor.screen.locator(".desk__list button").count() == before


def test_without_scripts_there_are_numbers_and_a_way_out(visit: Visit) -> None:
    screen = visit(java_script_enabled=False).screen
    screen.goto(f"{visit().address}/report/")
    assert not screen.locator("#who").is_visible()
    assert screen.locator("a[href='tel:112']").last.is_visible()
    screen.locator("#exit").click()
    screen.wait_for_url(NEUTRAL_SITE)
