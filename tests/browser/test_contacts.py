"""After a chat: a contact is recorded with a few keys and no script, and becomes a case without retyping."""

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.conftest import NewContext
from tests.browser.contacts import HOUR, OF_THE_CONTACT, ROOT, make_contacts
from tests.browser.judge import faults_of, take_picture
from zicht.cases.models import Case, Consent, Person
from zicht.contact.records.models import Contact
from zicht.people.models import Account

PHONE = {"width": 360, "height": 740}
MOST_KEYS = 12


class Keys:
    """A keyboard that counts."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.count = screen, 0
        # The browser puts the focus there by itself, a moment after the page has loaded.
        expect(screen.locator("input:focus")).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.screen.keyboard.press(key)
            self.count += 1


@pytest.fixture
def counsellor(reader: Reader) -> Account:
    """Give a counsellor."""
    return with_app(make_colleague(reader, "hulp", "counsellor").account).account


def window(new_context: NewContext, live_server: LiveServer, account: Account, **options: object) -> Screen:
    context = new_context(**options)
    let_in(context, live_server.url, Reader(account))
    return context.new_page()


def test_everything_that_is_needed_and_what_the_figures_ask_takes_at_most_twelve_keys_without_scripts(
    new_context: NewContext, live_server: LiveServer, counsellor: Account
) -> None:
    screen = window(new_context, live_server, counsellor, java_script_enabled=False)
    screen.goto(f"{live_server.url}{ROOT}new?desk=chat&channel=chat")
    keys = Keys(screen)
    with screen.expect_navigation():
        keys.press(*"111121", "Enter")
    assert keys.count <= MOST_KEYS
    first = Contact.objects.get()
    assert (first.channel, first.kind, first.role) == ("chat", "help_request", "self_victim")
    assert (first.about_thb, first.urgency, first.outcome) == (True, "u2_today", "listened")
    assert first.age_band == "not_asked"
    screen.goto(f"{live_server.url}{ROOT}new/")
    keys = Keys(screen)
    with screen.expect_navigation():
        keys.press(*"1121412", "4", *"10", "Enter")
    assert keys.count <= MOST_KEYS
    second = Contact.objects.exclude(pk=first.pk).get()
    assert (second.repeat_visitor, second.age_band) == (False, "16_17")
    assert (second.disclosure_stage, second.timing) == ("first", "unknown")


def test_a_contact_becomes_a_case_on_a_phone_with_nothing_typed_twice(
    new_context: NewContext, live_server: LiveServer, counsellor: Account, axe: str
) -> None:
    make_contacts(counsellor)
    screen = window(new_context, live_server, counsellor, viewport=PHONE)
    screen.goto(f"{live_server.url}{OF_THE_CONTACT}")
    screen.locator(f"a[href='{OF_THE_CONTACT}case/']").click()
    screen.locator("input[value=recontact]").check()
    with screen.expect_navigation():
        screen.locator("main form button[type=submit]").click()
    expect(screen).to_have_url(f"{live_server.url}/staff/cases/open/")  # no code stands in the address
    expect(screen.locator("select[name=who-age_band]")).to_have_value("16_17")
    expect(screen.locator("input[name=agreed-purposes][value=recontact]")).to_be_checked()
    assert not faults_of(screen, axe)
    take_picture(screen, "state-open-with-codes")
    screen.locator("input[name=person-status]").first.check()
    screen.locator("select[name=person-status_by]").select_option("ngo")
    screen.locator("input[name=person-status_date]").fill("2026-03-02")
    screen.locator("input[name=agreed-wording_version]").fill("2026-1 nl")
    screen.locator("textarea[name=agreed-why_able]").fill("Is 16 and asked for it.")
    with screen.expect_navigation():
        screen.locator("main form button[type=submit]").click()
    person, case, consent = Person.objects.get(), Case.objects.get(), Consent.objects.get()
    assert (person.age_band, person.language, consent.purpose) == ("16_17", "nl", "recontact")
    assert case.incoming_date == HOUR.date()
