"""A visitor and a counsellor talk, each in a real browser, over the real server."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chat.conftest import Chat, CounsellorWindow, VisitorWindow
from tests.browser.conftest import NewContext
from tests.browser.screens import Watch

pytestmark = pytest.mark.xdist_group("chat")

MARKER = "vlinderstruik-onder-de-maan"
DEVICE = "Mozilla/5.0 (Linux; Android 9; kievit-4711)"
LEAST = 1000  # characters that a database with a conversation holds


def test_what_is_said_arrives_on_both_sides_and_nowhere_else(
    chat: Chat, visit: Callable[..., VisitorWindow], counsellor: CounsellorWindow
) -> None:
    visitor = visit(user_agent=DEVICE)
    visitor.arrive().begin(f"Eerste {MARKER}")
    counsellor.take_newest()
    counsellor.hears(f"Eerste {MARKER}")
    counsellor.say(f"Antwoord {MARKER}")
    visitor.hears(f"Antwoord {MARKER}")
    visitor.say(f"Nog iets {MARKER}")
    counsellor.hears(f"Nog iets {MARKER}")
    counsellor.screen.locator("#note").fill(f"Notitie {MARKER}")
    counsellor.screen.locator("#note-form button").click()
    expect(counsellor.screen.locator("#notes")).to_contain_text(MARKER)
    assert_is_nowhere(chat, MARKER, DEVICE, "kievit-4711")
    counsellor.end()
    expect(visitor.screen.locator("#status")).to_contain_text("gestopt")
    assert_is_nowhere(chat, MARKER, DEVICE, "kievit-4711")
    assert visitor.screen.context.cookies() == []


def assert_is_nowhere(chat: Chat, *words: str) -> None:
    """Look into every byte that the server wrote, and into every value of its tables."""
    files = [file for file in chat.folder.rglob("*") if file.is_file()]
    assert {"server.log", "keys.sqlite3"} <= {file.name for file in files}
    contents = {file.name: file.read_bytes() for file in files} | {"tables": chat.server.run("dump").encode()}
    assert len(contents["tables"]) > LEAST
    for name, content in contents.items():
        assert not [word for word in words if word.encode() in content], name


def test_the_pages_ask_nobody_else_and_break_no_rule_of_their_own(
    chat: Chat, visitor: VisitorWindow, counsellor: CounsellorWindow
) -> None:
    watches = [Watch(visitor.screen, chat.url), Watch(counsellor.screen, chat.url)]
    visitor.arrive().begin("Hoi")
    counsellor.take_newest()
    counsellor.say("Dag")
    visitor.hears("Dag")
    counsellor.end()
    assert [watch.complaints for watch in watches] == [[], []]
    assert [list(watch.outside) for watch in watches] == [[], []]


def test_danger_shows_the_visitor_whom_to_call_and_marks_the_chat_for_colleagues(
    visitor: VisitorWindow, counsellor: CounsellorWindow
) -> None:
    visitor.arrive().begin("Ik wil er niet meer zijn")
    assert not visitor.screen.locator("[data-danger='113']").is_visible()
    counsellor.take_newest()
    counsellor.screen.locator("#danger").click()
    counsellor.screen.locator("[data-danger='113']").click()
    expect(visitor.screen.locator("[data-danger='113'] a")).to_have_attribute("href", "tel:113")
    expect(visitor.screen.locator("[data-danger='113']")).to_be_visible()
    assert not visitor.screen.locator("[data-danger='112']").is_visible()
    expect(counsellor.screen.locator("#chat-danger")).to_be_visible()
    expect(counsellor.screen.locator("#list-mine .tag--stop")).to_be_visible()
    counsellor.end()


def test_what_a_visitor_destroys_is_gone_on_both_sides(visitor: VisitorWindow, counsellor: CounsellorWindow) -> None:
    visitor.arrive().begin("Weg hiermee")
    counsellor.take_newest()
    counsellor.hears("Weg hiermee")
    visitor.screen.locator("#wipe").click()
    visitor.screen.locator("#wipe-yes").click()
    expect(visitor.screen.locator("#refused-why")).to_contain_text("vernietigd")
    expect(counsellor.screen.locator("#chat-state")).to_contain_text("vernietigd")
    expect(counsellor.screen.locator("#log")).to_be_empty()


def test_with_a_code_for_what_comes_nobody_reads_what_was(
    visit: Callable[..., VisitorWindow], counsellor: CounsellorWindow
) -> None:
    visitor = visit()
    visitor.arrive().begin("Mijn geheim van vandaag")
    counsellor.take_newest()
    visitor.screen.locator("#make-code").click()
    visitor.screen.locator("#code-new").click()
    code = visitor.screen.locator("#code strong").inner_text()
    expect(counsellor.screen.locator("#say")).to_be_visible()
    expect(counsellor.screen.locator("#log li")).to_have_count(0)
    counsellor.say("Dit is voor later")
    visitor.hears("Dit is voor later")

    later = visit().arrive()
    later.screen.locator("#start summary").click()
    later.screen.locator("#code-field").fill(code)
    later.screen.locator("#go-on button").click()
    later.hears("Dit is voor later")
    assert "Mijn geheim van vandaag" not in later.screen.locator("#log").inner_text()
    counsellor.end()


def test_a_visitor_who_says_yes_goes_on_at_another_desk_with_what_she_wants_to_show(
    visitor: VisitorWindow, counsellor: CounsellorWindow
) -> None:
    visitor.arrive().begin("Ik ben vijftien")
    counsellor.take_newest()
    counsellor.open_more()
    # Under another root than the one that stands in the page for that desk, nothing goes there.
    pinned = visitor.screen.locator("#places [data-desk='jong-voorbeeld']")
    pinned.evaluate("(one) => Object.assign(one.dataset, {org: 'somebody-else', root: 'A'.repeat(43)})")
    ask_to_move(counsellor, visitor)
    expect(visitor.screen.locator("#trouble")).to_contain_text("niet zeker")
    main = visitor.screen.locator("main").evaluate("(one) => ({org: one.dataset.org, root: one.dataset.root})")
    pinned.evaluate("(one, right) => Object.assign(one.dataset, right)", main)
    ask_to_move(counsellor, visitor)
    # The same counsellor answers there too, and goes along.
    expect(counsellor.screen.locator("#list-mine button[aria-current]")).to_contain_text("Jong")
    counsellor.hears("Ik ben vijftien")
    counsellor.say("Welkom hier")
    visitor.hears("Welkom hier")
    counsellor.end()


def ask_to_move(counsellor: CounsellorWindow, visitor: VisitorWindow) -> None:
    """Ask whether she wants to go on at the other desk, and let her say yes, with what was said."""
    counsellor.screen.locator("#move-to").select_option("jong-voorbeeld")
    counsellor.screen.locator("#move-form button").click()
    expect(visitor.screen.locator("#move-where")).to_contain_text("Jong")
    visitor.screen.locator("#move-history").check()
    visitor.screen.locator("#move-yes").click()


def test_a_practice_chat_is_called_so_and_waits_in_no_queue(
    visit: Callable[..., VisitorWindow], counsellor: CounsellorWindow
) -> None:
    trainee = visit()
    trainee.arrive("#practice").begin("Ik doe alsof")
    expect(counsellor.screen.locator("#list-waiting")).to_contain_text("Oefening")
    counsellor.take_newest()
    counsellor.end()


def test_an_account_without_a_desk_gets_nothing_at_the_desk(new_context: NewContext, chat: Chat) -> None:
    outsider = CounsellorWindow(new_context().new_page(), chat).sign_in("case-worker")
    expect(outsider.screen.locator("#outside")).to_be_visible()
    answer = outsider.screen.request.get(f"{chat.url}/staff/desk/v1/conversations")
    assert answer.status == 404
