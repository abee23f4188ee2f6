"""Every page of care: who sees it and who does not, and that it tells no more than it may."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.care.cast import BY_CONSENT, Cast
from tests.conftest import QueryLimit
from tests.people.cast import Browser, Page
from tests.people.conftest import SignIn

from zicht.care.models import Hold, Referral, Shelter, Stay, WaitingListEntry
from zicht.care.referrals import actions as referrals
from zicht.care.shelter import actions
from zicht.cases import actions as cases
from zicht.cases.models import Share
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.people.models import AccessLine, Account
from zicht.people.short_codes import short_code

ROOT = "/en/staff"
WAIT = {"place_kind": "crisis_minor", "urgency": "u2_today"}
GROUND = {"basis": ["a6_consent"], "necessity": "A bed tonight.", "fields_along": ["person.age_band"]}
Open = Callable[[Account], Browser]


@pytest.fixture
def browser_of(sign_in: SignIn) -> Open:
    """Give the browser of an account."""
    browsers: dict[object, Browser] = {}

    def give(account: Account) -> Browser:
        return browsers.setdefault(account.pk, browsers.get(account.pk) or sign_in(account))

    return give


def text_of(page: Page) -> str:
    return page.content.decode()


class Addresses:
    """One of each record, and the addresses of the pages about them."""

    def __init__(self, cast: Cast) -> None:
        self.sent = cast.refer(BY_CONSENT)
        self.stay = cast.stay()
        self.hold = cast.held()
        self.case, person = cast.case, cast.person
        of_case, sent = f"/care/cases/{self.case.pk}", f"/care/referrals/{self.sent.pk}"
        self.of_sender = [
            f"{of_case}/",
            f"{of_case}/persons/{person.pk}/refer/",
            f"/care/cases/{self.sent.case_id}/referrals/{self.sent.pk}/send/",
        ]
        self.of_receivers = ["/care/", f"{sent}/", f"{sent}/refuse/"]
        house, stay = f"/shelter/{cast.house.pk}", f"/shelter/stays/{self.stay.pk}"
        self.of_hosts = [
            f"/care/referrals/{self.hold.referral_id}/hold/", f"{sent}/wait/", "/shelter/", "/shelter/forecast/",
            f"{stay}/", f"{stay}/extend/", f"{stay}/end/",
        ]  # fmt: skip
        self.of_keepers = ["/shelter/add/", f"{house}/change/"]
        self.posts = [
            f"/care/cases/{self.sent.case_id}/referrals/{self.sent.pk}/withdraw/",
            f"{sent}/answer/",
            f"{sent}/place/",
            f"{house}/close/",
        ]

    @property
    def every(self) -> list[str]:
        return [*self.of_sender, *self.of_receivers, *self.of_hosts, *self.of_keepers]


# --- who may ----------------------------------------------------------------------------------------------------------
def test_each_side_sees_its_own_pages(cast: Cast, browser_of: Open) -> None:
    pages = Addresses(cast)
    for account, addresses in (
        (cast.case_worker, pages.of_sender),
        (cast.host, [*pages.of_receivers, *pages.of_hosts]),
        (cast.keeper, [*pages.of_receivers, *pages.of_hosts, *pages.of_keepers]),
    ):
        for address in addresses:
            assert browser_of(account).get(f"{ROOT}{address}").status_code == 200, address


@pytest.mark.parametrize("who", ["officer", "reporter", "stranger", "privacy_officer", "stranger_case_worker"])
def test_whoever_may_not_gets_a_page_that_does_not_exist(cast: Cast, browser_of: Open, who: str) -> None:
    pages, account = Addresses(cast), getattr(cast, who)
    browser = browser_of(account)
    mine = {
        # Somebody of the shelter who works on cases places people there; the police receive and may have shelters not.
        "stranger_case_worker": [*pages.of_receivers, *pages.of_hosts, *pages.of_keepers],
        "officer": ["/care/"],
    }.get(who, [])
    for address in pages.every:
        assert browser.get(f"{ROOT}{address}").status_code == (200 if address in mine else 404), address
    for address in pages.posts[:1] if mine else pages.posts:
        assert browser.post(f"{ROOT}{address}", do="returned").status_code == 404, address


def test_the_side_that_referred_sees_no_page_of_the_receiver_and_the_other_way_round(
    cast: Cast, browser_of: Open
) -> None:
    pages = Addresses(cast)
    for address in [*pages.of_receivers[1:], *pages.of_hosts[:2], *pages.of_hosts[4:], *pages.of_keepers[1:]]:
        assert browser_of(cast.case_worker).get(f"{ROOT}{address}").status_code == 404, address
    for address in pages.of_sender:
        assert browser_of(cast.host).get(f"{ROOT}{address}").status_code == 404, address
    assert browser_of(cast.host).get(f"{ROOT}/shelter/add/").status_code == 404


# --- referring --------------------------------------------------------------------------------------------------------
def test_somebody_is_referred_in_two_pages(cast: Cast, browser_of: Open) -> None:
    cast.says(cast.person)
    assert cast.house.capacity
    browser, root = browser_of(cast.case_worker), f"{ROOT}/care/cases/{cast.case.pk}"
    asked = browser.get(f"{root}/persons/{cast.person.pk}/refer/")
    assert "News desk" not in text_of(asked)
    wish = {"to_org": str(cast.theirs.pk), "reason": "shelter", "support": ["shelter"], "place_kind": "crisis_minor"}
    answer = browser.post(f"{root}/persons/{cast.person.pk}/refer/", **wish, urgency="u2_today")
    referral = Referral.objects.get()
    assert answer["Location"] == f"{root}/referrals/{referral.pk}/send/"
    page = text_of(browser.get(answer["Location"]))
    assert "There is room for this person" in page
    assert "Agreed to passing on to Shelter" in page
    refused = browser.post(answer["Location"], **{**GROUND, "basis": ["a9_explicit"]})
    assert "only stands beside another one" in text_of(refused)
    assert browser.post(answer["Location"], **GROUND).status_code == 302
    assert Share.objects.get().what == "referral: person.age_band"
    assert "Sent" in text_of(browser.get(f"{root}/"))


def test_a_referral_without_consent_says_so_and_keeps_what_was_typed(cast: Cast, browser_of: Open) -> None:
    proposed = referrals.propose(cast.case_worker, cast.case, cast.person, cast.theirs, {"reason": "safety"})
    address = f"{ROOT}/care/cases/{cast.case.pk}/referrals/{proposed.pk}/send/"
    page = text_of(browser_of(cast.case_worker).post(address, **GROUND))
    assert "There is no consent for passing on" in page
    assert "A bed tonight." in page
    assert not Share.objects.exists()


# --- receiving --------------------------------------------------------------------------------------------------------
def test_the_receiver_sees_the_fields_that_go_along_and_no_other(cast: Cast, browser_of: Open) -> None:
    referral = cast.refer(BY_CONSENT, citizenship_group="nl", vulnerabilities=["mid"])
    page = text_of(browser_of(cast.host).get(f"{ROOT}/care/referrals/{referral.pk}/"))
    assert "Woman or girl" in page
    assert short_code(referral.case_id) in page
    for hidden in (short_code(referral.person_id), "Mild intellectual", "A place is needed tonight", "Wanda"):
        assert hidden not in page


def test_what_goes_along_is_read_from_the_case_and_no_copy_of_it(cast: Cast, browser_of: Open) -> None:
    referral = cast.refer(BY_CONSENT)
    cases.change_person(cast.case_worker, referral.case, referral.person, {"gender": "m"}, version=1)
    page = text_of(browser_of(cast.host).get(f"{ROOT}/care/referrals/{referral.pk}/"))
    assert "Man or boy" in page


def test_a_page_open_at_the_moment_of_withdrawal_shows_nothing_at_its_next_request(
    cast: Cast, browser_of: Open
) -> None:
    referral, browser = cast.refer(BY_CONSENT), browser_of(cast.host)
    address = f"{ROOT}/care/referrals/{referral.pk}/"
    assert browser.get(address).status_code == 200
    day = dt.date(2026, 3, 3)
    consent = referral.person.consents.get()
    withdraw_consent(cast.case_worker, referral.case, consent, given_by="self", withdrawn_on=day, version=1)
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}answer/", do="accepted").status_code == 404
    assert short_code(referral.case_id) not in text_of(browser.get(f"{ROOT}/care/"))
    page = text_of(browser_of(cast.case_worker).get(f"{ROOT}/care/cases/{referral.case_id}/"))
    assert "The receiver sees nothing of this referral any more" in page


def test_a_referral_is_answered_and_a_stay_runs_from_page_to_page(cast: Cast, browser_of: Open) -> None:
    referral, browser, house = cast.refer(), browser_of(cast.host), cast.house
    address = f"{ROOT}/care/referrals/{referral.pk}"
    browser.get(f"{address}/")
    assert browser.post(f"{address}/answer/", do="accepted").status_code == 302
    browser.post(f"{address}/wait/", **WAIT, unsafe=["Groningen"])
    browser.post(f"{address}/hold/", shelter=str(house.pk), hours="24")
    assert WaitingListEntry.objects.get().state == "offered"
    assert "A place is held until" in text_of(browser.get(f"{address}/"))
    browser.post(f"{address}/place/", do="begin")
    stay = Stay.objects.get()
    until = stay.planned_until + dt.timedelta(days=3)
    late = browser.post(f"{ROOT}/shelter/stays/{stay.pk}/extend/", planned_until=str(until))
    assert "Write down why it is longer" in text_of(late)
    browser.post(f"{ROOT}/shelter/stays/{stay.pk}/extend/", planned_until=str(until), extension_reason="No place yet.")
    assert "No place yet." in text_of(browser.get(f"{ROOT}/shelter/stays/{stay.pk}/"))
    ended = {"until_date": str(timezone.localdate()), "end_reason": "moved_on", "handover": "To a follow-on place."}
    assert browser.post(f"{ROOT}/shelter/stays/{stay.pk}/end/", **ended)["Location"] == f"{ROOT}/shelter/"
    stay.refresh_from_db()
    assert stay.end_reason == "moved_on"


def test_the_side_that_referred_learns_no_shelter_no_hold_and_no_stay(cast: Cast, browser_of: Open) -> None:
    stay = cast.stay()
    page = text_of(browser_of(cast.case_worker).get(f"{ROOT}/care/cases/{stay.referral.case_id}/"))
    assert "Person arrived" in page
    for hidden in (str(cast.house.pk), str(stay.pk), "Utrecht", "Place held", "Stay began"):
        assert hidden not in page


def test_every_look_at_a_referral_is_told_to_the_organisation_whose_case_it_is(cast: Cast, browser_of: Open) -> None:
    referral = cast.refer()
    browser_of(cast.host).get(f"{ROOT}/care/referrals/{referral.pk}/")
    line = AccessLine.objects.filter(subject="referral", verb="seen").latest("sequence")
    assert (line.account, line.org, line.subject_id) == (cast.host, cast.case_worker.org, str(referral.pk))


# --- the board --------------------------------------------------------------------------------------------------------
def test_the_board_tells_places_by_case_code_and_never_more_of_a_person(cast: Cast, browser_of: Open) -> None:
    stay, hold, waiting = cast.stay(), cast.held(), cast.accepted()
    actions.put_on_list(cast.host, waiting, WAIT)
    page = text_of(browser_of(cast.host).get(f"{ROOT}/shelter/"))
    for referral in (stay.referral, hold.referral, waiting):
        assert short_code(referral.case_id) in page
        assert short_code(referral.person_id) not in page
    assert "5 of 7 places free now" in page
    assert "1 taken, 1 held, 7 places" in page


def test_a_stay_whose_sender_shares_nothing_any_more_keeps_its_place_and_loses_its_code(
    cast: Cast, browser_of: Open
) -> None:
    stay = cast.stay()
    referrals.give_back(cast.host, stay.referral)
    page = text_of(browser_of(cast.host).get(f"{ROOT}/shelter/"))
    assert short_code(stay.referral.case_id) not in page
    assert "1 taken, 0 held, 7 places" in page
    of_stay = text_of(browser_of(cast.host).get(f"{ROOT}/shelter/stays/{stay.pk}/"))
    assert "shares nothing any more" in of_stay


def test_the_board_says_who_left_and_what_waits_for_an_answer_as_long_as_it_is_shared(
    cast: Cast, browser_of: Open
) -> None:
    stay, asked = cast.stay(), cast.refer()
    actions.end_stay(cast.host, stay, "moved_on", timezone.localdate())
    browser = browser_of(cast.host)
    page = text_of(browser.get(f"{ROOT}/shelter/"))
    assert short_code(stay.referral.case_id) in page
    assert "Referred to us (1 waits for an answer)" in page
    referrals.give_back(cast.host, stay.referral)
    referrals.withdraw(cast.case_worker, asked.case, asked)
    page = text_of(browser.get(f"{ROOT}/shelter/"))
    assert short_code(stay.referral.case_id) not in page
    assert "Referred to us</a>" in page


def test_a_stay_tells_its_day_and_until_when_it_was_planned_each_time(cast: Cast, browser_of: Open) -> None:
    stay = cast.stay()
    actions.extend_stay(cast.host, stay, stay.planned_until + dt.timedelta(days=1), "Not ready yet.")
    browser = browser_of(cast.host)
    page = text_of(browser.get(f"{ROOT}/shelter/stays/{stay.pk}/"))
    assert "0 of at most 42" in page
    assert page.count("planned until") == 2
    person = f"/care/referrals/{stay.referral_id}/person/"
    assert person in page
    of_referral = f"{ROOT}/care/referrals/{stay.referral_id}/"
    assert "Give the referral back" not in text_of(browser.get(of_referral))
    actions.end_stay(cast.host, stay, "home", timezone.localdate())
    ended = text_of(browser.get(of_referral))
    assert f"/shelter/stays/{stay.pk}/" in ended
    assert "Give the referral back" in ended
    referrals.give_back(cast.host, stay.referral)
    assert person not in text_of(browser.get(f"{ROOT}/shelter/stays/{stay.pk}/"))


def test_the_board_asks_as_many_queries_for_ten_places_as_for_one(
    cast: Cast, browser_of: Open, at_most_queries: QueryLimit
) -> None:
    browser = browser_of(cast.host)
    actions.open_shelter(cast.keeper, {"place_kind": "cosm", "capacity": 3, "max_stay_days": 90})
    for _ in range(3):
        cast.held()
    browser.get(f"{ROOT}/shelter/")
    with at_most_queries(24):
        browser.get(f"{ROOT}/shelter/")


def test_a_shelter_is_added_changed_and_taken_out_of_use(cast: Cast, browser_of: Open) -> None:
    browser = browser_of(cast.keeper)
    asked = text_of(browser.get(f"{ROOT}/shelter/add/"))
    assert "Utrecht" in asked
    values = {"place_kind": "cosm", "capacity": "3", "max_stay_days": "90", "region": "Utrecht", "placing_org": ""}
    assert browser.post(f"{ROOT}/shelter/add/", **values).status_code == 302
    shelter = Shelter.objects.get()
    wrong = text_of(browser.post(f"{ROOT}/shelter/{shelter.pk}/change/", **{**values, "region": "Kerkstraat 1"}))
    assert "Choose among what is offered" in wrong
    browser.post(f"{ROOT}/shelter/{shelter.pk}/change/", **{**values, "capacity": "4"})
    browser.post(f"{ROOT}/shelter/{shelter.pk}/close/")
    shelter.refresh_from_db()
    assert (shelter.capacity, shelter.closed_on) == (4, timezone.localdate())


def test_the_forecast_says_what_the_formula_says_and_refuses_what_is_no_number(cast: Cast, browser_of: Open) -> None:
    browser = browser_of(cast.host)
    page = text_of(browser.get(f"{ROOT}/shelter/forecast/"))
    assert "16.9% would find no place" in page
    other = text_of(browser.get(f"{ROOT}/shelter/forecast/", places="7", a_year="50", days="28", list_length="0"))
    assert "5.5% would find no place" in other
    assert "Compute" in text_of(browser.get(f"{ROOT}/shelter/forecast/", places="x", a_year="1", days="1"))


def test_two_people_who_press_hold_at_the_same_time_get_one_place(cast: Cast, browser_of: Open) -> None:
    actions.change_shelter(cast.keeper, cast.house, {"capacity": 1})
    browser, first, second = browser_of(cast.host), cast.accepted(), cast.accepted()
    choice = {"shelter": str(cast.house.pk), "hours": "4"}
    browser.get(f"{ROOT}/care/")
    browser.post(f"{ROOT}/care/referrals/{first.pk}/hold/", **choice)
    told = text_of(browser.post(f"{ROOT}/care/referrals/{second.pk}/hold/", **choice))
    assert "There is no free place in this shelter any more" in told
    assert Hold.objects.count() == 1
