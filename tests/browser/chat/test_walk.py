"""In real browsers the whole way: a checklist at a door and a report, through desk and intake, to an opened case."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect

from tests.browser.chat.conftest import Chat, CounsellorWindow
from tests.browser.chat.test_checklist import PHONE, arrive, fill_in
from tests.browser.chat.test_report import ReportWindow, Visit
from tests.browser.chat.test_talk import assert_is_nowhere
from tests.browser.conftest import NewContext
from tests.browser.judge import take_picture
from zicht.people.short_codes import short_code

pytestmark = pytest.mark.xdist_group("chat")

POSTCODE, HOUSE = "2513 ZZ", "40713"
TOLD = "kastanjelaar-naast-de-sluis"
WHY = "wilgenroosje-op-de-kade"


def test_from_a_ticked_checklist_and_a_sent_report_to_an_opened_case(
    chat: Chat, new_context: NewContext, visit: Visit, counsellor: CounsellorWindow, axe: str
) -> None:
    tick_at_the_door(arrive(new_context(**PHONE, service_workers="block"), chat))
    send_a_report(ReportWindow(visit(), axe, "walk"))
    reported, ticked = (take_into_intake(counsellor, kind) for kind in ("Melding", "Signalenlijst"))

    screen = CounsellorWindow(new_context(locale="nl-NL").new_page(), chat).sign_in("case-worker").screen
    weigh(screen, ticked, other=reported)
    address = open_case(screen)
    screen.goto(ticked)
    close(screen)
    screen.goto(f"{chat.url}/staff/intake/")
    expect(screen.locator("tbody tr")).to_have_count(1)
    assert code_of(reported) in screen.locator("tbody").inner_text()
    assert address.split("/")[-2] not in ticked
    # What was asked at the door and what was written stayed in the browsers, and the reason is sealed.
    assert_is_nowhere(chat, POSTCODE, POSTCODE.replace(" ", ""), HOUSE, TOLD, WHY)


def tick_at_the_door(screen: Screen) -> None:
    """Mark what an officer sees, where, and lock it for intake."""
    fill_in(screen)
    take_picture(screen, "walk-1-at-the-door")
    screen.locator("#step-signals [data-go=place]").click()
    screen.locator("#municipality").select_option("GM0363")
    screen.locator("#postcode").fill(POSTCODE)
    screen.locator("#house-number").fill(HOUSE)
    screen.locator("#step-place [data-go=check]").click()
    take_picture(screen, "walk-2-looked-over")
    screen.locator("#finish").click()
    expect(screen.locator("#outbox")).to_be_hidden()
    take_picture(screen, "walk-3-sent")


def send_a_report(reporter: ReportWindow) -> None:
    """Report what a neighbour sees in the same town."""
    screen = reporter.screen
    screen.goto(f"{reporter.address}/report/")
    reporter.begin("professional")
    screen.locator("#a-danger-no").check()
    reporter.go_on()
    screen.locator("#a-observer-municipality").check()
    reporter.go_on()
    screen.locator("#a-forms-labour").check()
    screen.locator("#a-signals").check()
    screen.locator("#a-signals-MOV01").check()
    screen.locator("#a-basis").check()
    reporter.go_on()
    screen.locator("#a-municipality").select_option("GM0363")
    reporter.go_on()
    screen.locator("#a-more").fill(TOLD)
    reporter.go_on()
    screen.locator("#pictures-on").click()
    take_picture(screen, "walk-4-report")
    screen.locator("#send").click()
    expect(screen.locator("#receipt")).to_be_visible(timeout=20_000)


def take_into_intake(counsellor: CounsellorWindow, kind: str) -> str:
    """Open the newest of a kind at the desk, look over what goes along, save it, and give where it stands in intake."""
    counsellor.screen.locator("#list-waiting button").filter(has_text=kind).last.click()
    counsellor.screen.locator("#claim").click()
    # Also what nobody typed stands there before it goes along.
    for filled_in in ("Wie meldde", "Hoe dringend", "Amsterdam"):
        expect(counsellor.screen.locator("#intake-along")).to_contain_text(filled_in)
    take_picture(counsellor.screen, f"walk-5-desk-{kind}")
    with counsellor.screen.expect_popup() as opened:
        counsellor.screen.locator("#intake-form button").click()
    page = opened.value
    expect(page.locator("input[name=kept]:checked")).not_to_have_count(0)
    take_picture(page, f"walk-6-filled-in-{kind}")
    if kind == "Signalenlijst":
        page.locator("[name=forms][value=labour]").check()
    else:
        page.locator("[name=urgency][value=u3_week]").check()
    page.locator("button.button--main").click()
    page.wait_for_url(re.compile(r"/staff/intake/[0-9a-f-]{36}/$"))
    address = page.url
    page.close()
    counsellor.end()
    return address


def weigh(screen: Screen, ticked: str, *, other: str) -> None:
    """Take the report on that must be taken up first, confirm what was seen, and decide about the other one."""
    screen.goto(ticked.rsplit("/", 2)[0] + "/")
    take_picture(screen, "walk-7-queue")
    screen.locator("tbody a").first.click()
    screen.wait_for_url(ticked)
    screen.locator("button[value=take_on]").click()
    for _signal in range(2):
        screen.locator("button[value=confirmed]").first.click()
    take_picture(screen, "walk-8-weighed")
    screen.locator(f"#earlier a[href*='{other.split('/')[-2]}']").click()
    take_picture(screen, "walk-9-side-by-side")
    screen.locator("button[value=same]").click()
    screen.wait_for_url(ticked)
    # Both came in today: which of them is the first is not known.
    expect(screen.locator("#earlier")).to_contain_text(re.compile("[12] van 2"))


def open_case(screen: Screen) -> str:
    """Make a case of the report that is shown, and give its address."""
    screen.locator("a[href$='/case/']").click()
    take_picture(screen, "walk-10-codes-along")
    screen.locator("form[action$='/cases/open/'] button.button--main").click()
    take_picture(screen, "walk-11-new-case")
    screen.locator("button.button--main").last.click()
    screen.wait_for_url(re.compile(r"/staff/cases/[0-9a-f-]{36}/$"))
    take_picture(screen, "walk-12-case")
    return screen.url


def close(screen: Screen) -> None:
    """Close the report, first without saying why."""
    screen.locator("a[href$='/close/']").click()
    screen.locator("button.button--main").click()
    expect(screen.locator("[role=alert]")).to_be_visible()
    screen.locator("[name=outcome]").select_option("case_opened")
    screen.locator("[name=reason]").fill(WHY)
    screen.locator("button.button--main").click()
    expect(screen.locator("#outcome")).to_be_visible()
    take_picture(screen, "walk-13-closed")


def code_of(address: str) -> str:
    """Give the short code by which a report is shown."""
    return short_code(UUID(address.split("/")[-2]))
