"""The register at the desk and on a phone: with the keyboard, without scripts, and when two people meet."""

import datetime as dt

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of, take_picture
from tests.browser.register import CASE, OF_THE_CASE, OF_THE_PERSON, PERSON, make_register
from zicht.cases import actions
from zicht.cases.models import Case, Person
from zicht.people.models import Account

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
CUT_OFF = "regions => regions.filter(region => region.clientWidth < region.scrollWidth).length"


@pytest.fixture
def owner(reader: Reader) -> Account:
    """Give the case worker who owns the cases of the register."""
    account = make_colleague(reader, "casus", "case_worker").account
    make_register(account)
    return with_app(account).account


@pytest.fixture
def colleague(reader: Reader) -> Account:
    """Give a second case worker."""
    return make_colleague(reader, "collega", "case_worker").account


def window(new_context: NewContext, live_server: LiveServer, account: Account, **options: object) -> Screen:
    context = new_context(**options)
    let_in(context, live_server.url, Reader(account))
    return context.new_page()


def send(screen: Screen, button: str = "main form button[type=submit]") -> None:
    with screen.expect_navigation():
        screen.locator(button).first.click()


# --- the keyboard -------------------------------------------------------------------------------------------------
def test_one_key_goes_to_the_search_field_and_one_opens_a_case(
    new_context: NewContext, live_server: LiveServer, owner: Account
) -> None:
    screen = window(new_context, live_server, owner, viewport=DESK)
    screen.goto(f"{live_server.url}/staff/cases/")
    screen.keyboard.press("/")
    expect(screen.locator("input[name=code]")).to_be_focused()
    screen.keyboard.type("n")
    expect(screen).to_have_url(f"{live_server.url}/staff/cases/")
    screen.locator("main").focus()
    screen.keyboard.press("n")
    expect(screen).to_have_url(f"{live_server.url}/staff/cases/open/")


def test_a_case_and_its_first_person_are_registered_with_the_keyboard_alone(
    new_context: NewContext, live_server: LiveServer, owner: Account
) -> None:
    screen = window(new_context, live_server, owner, viewport=DESK)
    screen.goto(f"{live_server.url}/en/staff/cases/open/")
    screen.locator("input[name=person-status]").first.focus()
    screen.keyboard.press("Space")
    screen.locator("select[name=person-status_by]").focus()
    screen.keyboard.type("NGO")
    screen.locator("input[name=person-status_date]").fill("2026-03-02")
    with screen.expect_navigation():
        screen.locator("input[name=person-status_date]").press("Enter")
    expect(screen.locator("h1")).to_contain_text("Case ")
    expect(screen.locator("main")).to_contain_text("Possible victim (presumed) · NGO or care organisation")


# --- without scripts ----------------------------------------------------------------------------------------------
def test_the_register_works_without_scripts(new_context: NewContext, live_server: LiveServer, owner: Account) -> None:
    screen = window(new_context, live_server, owner, viewport=PHONE, java_script_enabled=False)
    screen.goto(f"{live_server.url}{OF_THE_PERSON}ask/who/")
    screen.locator("select[name=gender]").select_option("nb")
    send(screen, "button[name=further]")
    expect(screen).to_have_url(f"{live_server.url}{OF_THE_PERSON}ask/status/")
    screen.goto(f"{live_server.url}/staff/cases/")
    screen.locator("tbody a").first.click()
    expect(screen).to_have_url(f"{live_server.url}/staff/cases/{CASE}/")
    assert Person.objects.get(pk=PERSON).gender == "nb"


# --- what a page looks like after something happened -----------------------------------------------------------------
def test_a_form_of_the_register_with_errors_is_accessible_and_leads_to_the_field(
    new_context: NewContext, live_server: LiveServer, owner: Account, axe: str
) -> None:
    screen = window(new_context, live_server, owner, viewport=PHONE)
    screen.goto(f"{live_server.url}{OF_THE_CASE}persons/add/")
    send(screen)
    assert not faults_of(screen, axe)
    take_picture(screen, "state-person-with-errors")
    expect(screen.locator(".error-summary")).to_be_focused()
    screen.locator(".error-summary a").first.click()
    expect(screen.locator("input[name=status]").first).to_be_focused()
    screen.goto(f"{live_server.url}/staff/cases/open/")
    screen.locator("input[name=person-status]").first.check()
    send(screen)
    assert not faults_of(screen, axe)
    take_picture(screen, "state-open-with-errors")


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_two_who_change_one_field_choose_on_an_accessible_page(
    new_context: NewContext,
    live_server: LiveServer,
    owner: Account,
    colleague: Account,
    axe: str,
    viewport: dict[str, int],
) -> None:
    screen = window(new_context, live_server, owner, viewport=viewport)
    screen.goto(f"{live_server.url}{OF_THE_PERSON}ask/who/")
    case, person = Case.objects.get(pk=CASE), Person.objects.get(pk=PERSON)
    actions.change_person(colleague, case, person, {"gender": "tf", "age_band": "18_20"}, version=person.version)
    screen.locator("select[name=gender]").select_option("nb")
    screen.locator("select[name=language]").select_option("ar")
    send(screen)
    assert not faults_of(screen, axe)
    take_picture(screen, f"state-clash-{viewport['width']}")
    screen.locator("input[name=keep-gender][value=mine]").check()
    send(screen)
    person.refresh_from_db()
    assert (person.gender, person.language, person.age_band) == ("nb", "ar", "18_20")


def test_a_closed_case_and_a_limited_person_are_shown_accessibly(
    new_context: NewContext, live_server: LiveServer, owner: Account, axe: str
) -> None:
    Person.objects.filter(pk=PERSON).update(restricted_on=dt.date(2026, 3, 3))
    screen = window(new_context, live_server, owner, viewport=PHONE)
    screen.goto(f"{live_server.url}{OF_THE_CASE}")
    assert not faults_of(screen, axe)
    take_picture(screen, "state-limited")


@pytest.mark.parametrize("address", ["/staff/cases/", f"{OF_THE_CASE}history/"])
@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_a_list_of_the_register_shows_all_its_columns_at_every_width(
    new_context: NewContext, live_server: LiveServer, owner: Account, address: str, width: int
) -> None:
    screen = window(new_context, live_server, owner, viewport={"width": width, "height": 900})
    screen.goto(live_server.url + address)
    assert screen.locator(".table-scroll").evaluate_all(CUT_OFF) == 0
    assert all(cell.is_visible() for cell in screen.locator("tbody tr").first.locator("td:not(:empty)").all())
