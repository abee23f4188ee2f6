"""The pages of intake: who sees what, who must not know that there is something, and what each page does."""

import re

import pytest
from tests.people.cast import Browser
from tests.people.conftest import SignIn
from tests.signals.intake.cast import Cast, report, steps

from zicht.people.models import AccessLine, Account
from zicht.signals.intake import actions, linking
from zicht.signals.intake.errors import NotThereError
from zicht.signals.models import Intake, PoliceDistrict, ReportLink, Signal

QUEUE, NEW, ALERTS = "/en/staff/intake/", "/en/staff/intake/new/", "/en/staff/intake/alerts/"
ARRIVED = {
    "received_on": "2026-03-02",
    "received_hour": "9",
    "source": "call",
    "channel": "phone",
    "kind": "report",
    "urgency": "u2_today",
}


def address(intake: Intake, rest: str = "") -> str:
    return f"{QUEUE}{intake.pk}/{rest}"


def pages_of(intake: Intake, other: Intake) -> list[str]:
    rest = ("", "ask/about/", "signals/", "close/", "case/", "meldcode/", "meldcode/paper/", f"earlier/{other.pk}/")
    return [address(intake, one) for one in rest]


def deeds_of(intake: Intake, other: Intake) -> list[str]:
    rest = (
        "ask/about/",
        "handler/",
        "signals/",
        f"signals/{other.pk}/",
        "source/",
        "close/",
        "open-again/",
        "meldcode/",
    )
    return [address(intake, one) for one in (*rest, f"earlier/{other.pk}/")]


def text_of(browser: Browser, page: str, **given: str) -> str:
    return str(browser.get(page, **given).content.decode())


@pytest.mark.parametrize("name", ["analyst", "administrator"])
def test_who_does_not_weigh_gets_no_page_of_intake(cast: Cast, sign_in: SignIn, name: str) -> None:
    browser = sign_in(getattr(cast, name))
    lists = (QUEUE, NEW, ALERTS, f"{QUEUE}districts/")
    for page in (*lists, *pages_of(cast.intake, report(cast.weigher))):
        assert browser.get(page).status_code == 404, page


@pytest.mark.parametrize("name", ["elsewhere", "journalist"])
def test_another_organisation_is_told_nothing_of_a_report(cast: Cast, sign_in: SignIn, name: str) -> None:
    other = report(cast.weigher)
    browser = sign_in(getattr(cast, name))
    for page in pages_of(cast.intake, other):
        assert browser.get(page).status_code == 404, page
    for page in deeds_of(cast.intake, other):
        assert browser.post(page, version="1", deed="take_on", state="confirmed").status_code == 404, page
    assert cast.intake.pk.hex not in text_of(browser, QUEUE).replace("-", "")
    assert "0 reports" in text_of(browser, QUEUE)


def test_a_tip_to_a_news_desk_is_in_no_list_count_search_log_or_suggestion_outside_it(
    cast: Cast, sign_in: SignIn
) -> None:
    tip, twin = cast.tip, report(cast.weigher, "DOC01", "DOC02")
    browsers = {one.login: sign_in(one) for one in (cast.weigher, cast.elsewhere, cast.privacy_officer)}
    for login, browser in browsers.items():
        assert browser.get(address(tip)).status_code == 404, login
        for page in (QUEUE, ALERTS, f"{QUEUE}?late=on", f"{QUEUE}?source=press_tip", address(twin), "/en/staff/log/"):
            assert str(tip.pk) not in text_of(browser, page), (login, page)
    ours = text_of(browsers[cast.weigher.login], QUEUE)
    assert "1 report" in ours
    assert "Tip to a news desk" not in ours
    assert not AccessLine.objects.exclude(org=cast.journalist.org).filter(subject_id=str(tip.pk)).exists()
    assert str(tip.pk) in text_of(sign_in(cast.journalist), QUEUE)


def test_a_report_by_hand_asks_one_topic_a_page(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    made = browser.post(NEW, **ARRIVED, on="1")
    intake = Intake.objects.get()
    assert made["Location"] == address(intake, "ask/about/")
    version = re.search(r'name="version" value="(\d+)"', text_of(browser, made["Location"]))
    assert version is not None
    about = browser.post(made["Location"], version=version[1], forms=["sexual"], timing="ongoing", on="1")
    assert about["Location"] == address(intake, "ask/where/")
    where = browser.post(about["Location"], version="2", place_code="Rotterdam", on="1")
    assert where["Location"] == address(intake, "signals/")
    ticked = browser.post(where["Location"], of_DOC=["DOC01", "DOC02"], basis="seen")
    assert ticked["Location"] == address(intake)
    intake.refresh_from_db()
    assert (intake.place_code, intake.police_unit, intake.forms) == ("GM0599", "rotterdam", ["sexual"])
    assert [signal.indicator for signal in intake.signals.order_by("indicator")] == ["DOC01", "DOC02"]
    assert steps(intake) == ["taken_in", "changed", "changed", "noted", "noted"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_that_was_typed_is_lost(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    wrong = {**ARRIVED, "received_on": "2999-01-01", "urgency": "u9", "received_hour": "24"}
    page = browser.post(NEW, **wrong).content.decode()
    assert Intake.objects.count() == 0
    assert 'value="2999-01-01"' in page
    assert "An hour is a whole number from 0 to 23." in page
    for field in ("id_received_on", "id_urgency", "id_received_hour"):
        assert f'href="#{field}"' in page, field


def test_the_same_form_sent_twice_makes_one_report(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    key = "8f14e45f-ceea-467f-a9f1-2d4c0f9a1b2c"
    for _time in range(2):
        assert browser.post(NEW, **ARRIVED, new_id=key).status_code == 302
    assert str(Intake.objects.get().pk) == key
    other = sign_in(cast.elsewhere)
    assert other.post(NEW, **ARRIVED, new_id=key).status_code == 404


def test_a_tip_comes_in_at_a_news_desk_only_and_nothing_else_comes_in_there(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    assert browser.post(NEW, **{**ARRIVED, "source": "press_tip"}).status_code == 200
    desk = sign_in(cast.journalist)
    assert desk.post(NEW, **ARRIVED).status_code == 200
    assert Intake.objects.count() == 0
    assert desk.post(NEW, **{**ARRIVED, "source": "press_tip", "channel": "press_tip"}).status_code == 302
    assert Intake.objects.get().compartment == "press"


def test_somebody_takes_a_report_on_and_who_comes_second_is_told(cast: Cast, sign_in: SignIn) -> None:
    first, second = sign_in(cast.weigher), sign_in(cast.second_weigher)
    page = address(cast.intake, "handler/")
    first.post(page, version="1", deed="take_on")
    second.post(page, version="1", deed="take_on")
    assert "Somebody else changed this meanwhile" in text_of(second, address(cast.intake))
    cast.intake.refresh_from_db()
    assert cast.intake.handler == cast.weigher
    first.post(page, version="2", deed="hand_on", to=str(cast.second_weigher.pk))
    cast.intake.refresh_from_db()
    assert cast.intake.handler == cast.second_weigher
    assert second.post(page, version="3", deed="put_back").status_code == 302
    cast.intake.refresh_from_db()
    assert (cast.intake.handler, cast.intake.state) == (None, "new")


@pytest.mark.parametrize("name", ["analyst", "elsewhere"])
def test_a_report_is_handed_to_nobody_who_may_not_weigh_it(cast: Cast, sign_in: SignIn, name: str) -> None:
    to: Account = getattr(cast, name)
    browser = sign_in(cast.weigher)
    answer = browser.post(address(cast.intake, "handler/"), version="1", deed="hand_on", to=str(to.pk))
    assert answer.status_code == 404
    cast.intake.refresh_from_db()
    assert cast.intake.handler is None


def test_a_signal_is_confirmed_rejected_and_reconsidered_under_a_name(cast: Cast, sign_in: SignIn) -> None:
    intake = report(cast.weigher, "DOC01")
    signal = Signal.objects.get()
    browser = sign_in(cast.weigher)
    assert "One signal never decides" in text_of(browser, address(intake))
    for version, state in enumerate(("confirmed", "noted", "rejected"), start=1):
        browser.post(address(intake, f"signals/{signal.pk}/"), version=str(version), state=state)
        signal.refresh_from_db()
        assert (signal.state, signal.reviewer) == (state, cast.weigher if state != "noted" else None)
    assert steps(intake) == ["taken_in", "confirmed", "reconsidered", "rejected"]
    browser.post(address(intake, f"signals/{signal.pk}/"), version="1", state="confirmed")
    assert "Somebody else changed this meanwhile" in text_of(browser, address(intake))


def test_a_report_is_closed_only_with_an_outcome_and_a_reason(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    page = address(cast.intake, "close/")
    for given in ({}, {"outcome": "no_action"}, {"reason": "Nothing found."}, {"outcome": "made_up", "reason": "x"}):
        assert browser.post(page, version="1", **given).status_code == 200
    cast.intake.refresh_from_db()
    assert cast.intake.is_open
    assert browser.post(page, version="1", outcome="no_action", reason="Nothing found.").status_code == 302
    cast.intake.refresh_from_db()
    assert (cast.intake.state, cast.intake.decided_by, cast.intake.is_open) == ("closed", cast.weigher, False)
    for told in ("Nothing found.", "Nobody works on this any more"):
        assert told in text_of(browser, address(cast.intake))
    assert browser.get(page).status_code == 404
    browser.post(address(cast.intake, "open-again/"), version="2")
    cast.intake.refresh_from_db()
    assert (cast.intake.state, cast.intake.outcome, cast.intake.reason) == ("weighing", "", None)


def test_nothing_leaves_a_news_desk_before_its_source_said_yes(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.journalist)
    given = {"outcome": "referred", "reason": "To the help chat."}
    refused = browser.post(address(cast.tip, "close/"), version="1", **given)
    assert "Nothing leaves the news desk" in refused.content.decode()
    browser.post(address(cast.tip, "source/"), version="1", answer="no")
    assert browser.post(address(cast.tip, "close/"), version="2", **given).status_code == 200
    browser.post(address(cast.tip, "source/"), version="2", answer="yes")
    assert browser.post(address(cast.tip, "close/"), version="3", **given).status_code == 302
    for rest in ("case/", "meldcode/", "meldcode/paper/"):
        assert browser.get(address(cast.tip, rest)).status_code == 404


def test_two_reports_are_compared_and_a_named_person_decides_and_takes_it_back(cast: Cast, sign_in: SignIn) -> None:
    one, other = report(cast.weigher), report(cast.second_weigher)
    browser = sign_in(cast.weigher)
    page = address(one, f"earlier/{other.pk}/")
    assert "Possibly 1 other report" in text_of(browser, address(one))
    assert "Same municipality and form" in text_of(browser, page)
    browser.post(page, version="0", decision="same")
    assert ReportLink.objects.get().decided_by == cast.weigher
    assert "of 2 about this situation, as colleagues confirmed" in text_of(browser, address(one))
    late = sign_in(cast.second_weigher).post(page, version="0", decision="different")
    assert "Somebody else changed this meanwhile" in late.content.decode()
    assert ReportLink.objects.get().state == "same"
    browser.post(page, version="1", decision="possible")
    link = ReportLink.objects.get()
    assert (link.state, link.decided_by) == ("possible", None)
    assert steps(other) == ["taken_in", "same", "undone"]
    browser.post(page, version="2", decision="different")
    assert "Possibly" not in text_of(browser, address(one)).split("Told apart")[0].split("Other reports of this")[1]


def test_the_codes_of_a_report_open_a_case_and_the_report_is_not_found_from_there(cast: Cast, sign_in: SignIn) -> None:
    intake = report(cast.weigher, "DOC01", age_band="16_17")
    signal = Signal.objects.get()
    actions.judge_signal(cast.weigher, intake, signal.pk, "confirmed", version=1)
    browser = sign_in(cast.weigher)
    page = text_of(browser, address(intake, "case/"))
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert fields["person.age_band"] == "16_17"
    assert fields["exploitation.forms"] == "labour"
    assert fields["exploitation.means"] == "documents"
    opened = browser.post("/en/staff/cases/open/", **fields).content.decode()
    assert str(intake.pk) not in opened
    assert 'value="2026-03-02"' in opened
    assert "was left out" not in opened


def test_the_steps_of_the_reporting_code_are_kept_sealed_and_printed(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    page = address(cast.intake, "meldcode/")
    assert browser.get(f"{page}paper/").status_code == 404
    steps_taken = {"mapped_on": "2026-03-02", "advice_on": "2026-03-02", "advice_of": ["veilig_thuis"]}
    kept = browser.post(page, version="0", **steps_taken, advice="Wait with the talk.", is_not_talked="yes")
    assert kept.status_code == 302
    printed = text_of(browser, f"{page}paper/")
    assert "Wait with the talk." in printed
    assert "Veilig Thuis" in printed
    assert browser.post(page, version="0", **steps_taken).status_code == 200  # somebody kept steps meanwhile
    undated = browser.post(page, version="1", decision="report", weighing="acute")
    assert undated.status_code == 200
    browser.post(
        page, version="1", decision="report", decided_on="2026-03-03", weighing="acute", weighed_on="2026-03-03"
    )
    assert cast.weigher.shown_as in text_of(browser, f"{page}paper/")


def test_a_table_of_districts_is_kept_by_who_leads_and_fills_in_what_comes_in(cast: Cast, sign_in: SignIn) -> None:
    page = f"{QUEUE}districts/"
    assert sign_in(cast.weigher).get(page).status_code == 404
    browser = sign_in(cast.lead)
    wrong = browser.post(page, lines="Amsterdam; Noord\nNowhere; Zuid\nAmsterdam; West").content.decode()
    assert "2, 3" in wrong
    assert PoliceDistrict.objects.count() == 0
    assert browser.post(page, lines="Amsterdam; Amsterdam-Noord\n\nDiemen; Amsterdam-Oost").status_code == 302
    assert report(cast.weigher).district == "Amsterdam-Noord"
    assert report(cast.elsewhere).district == ""


def test_a_link_between_walls_cannot_be_made(cast: Cast) -> None:
    with pytest.raises(NotThereError):
        linking.decide(cast.journalist, cast.tip, cast.intake.pk, "same", version=0)
    with pytest.raises(NotThereError):
        linking.decide(cast.weigher, cast.intake, cast.tip.pk, "same", version=0)
    assert ReportLink.objects.count() == 0


def test_what_is_no_place_in_the_queue_is_a_404_and_no_error(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    for begin in ("x", "9" * 18 + "0" * 32, "0" * 18 + "g" * 32, "0" * 40):
        assert browser.get(QUEUE, begin=begin).status_code == 404, begin
    assert browser.get(QUEUE, begin="1" * 18 + "0" * 32, state="closed").status_code == 200


def test_an_alert_is_acknowledged_under_a_name_and_stays_until_somebody_takes_it_up(
    cast: Cast, sign_in: SignIn
) -> None:
    intake = report(cast.weigher, urgency="u1_now")
    browser, second = sign_in(cast.weigher), sign_in(cast.second_weigher)
    for name in ("elsewhere", "journalist", "analyst"):
        assert sign_in(getattr(cast, name)).post(address(intake, "seen/"), alert="danger").status_code == 404
    for _time in range(2):
        assert browser.post(address(intake, "seen/"), alert="danger")["Location"] == ALERTS
    page = text_of(second, ALERTS)
    assert f"{cast.weigher.shown_as}, " in page
    assert 'name="alert" value="danger"' in page  # each answers for themselves
    assert 'name="alert"' not in text_of(browser, ALERTS)
    assert steps(intake) == ["taken_in", "alert_seen"]
    second.post(address(intake, "handler/"), version="1", deed="take_on")
    second.post(address(intake, "seen/"), alert="danger")  # from a page that is older than that
    assert "Somebody else changed this meanwhile" in text_of(second, ALERTS)
    assert steps(intake) == ["taken_in", "alert_seen", "taken_on"]
    assert browser.post(address(intake, "seen/"), alert="made_up").status_code == 404


def test_what_signals_suggest_is_confirmed_or_rejected_under_a_name_until_they_change(
    cast: Cast, sign_in: SignIn
) -> None:
    intake = report(cast.weigher, "DOC01", "DOC02")
    browser = sign_in(cast.weigher)
    for name in ("elsewhere", "journalist", "analyst"):
        answer = sign_in(getattr(cast, name)).post(address(intake, "suggestion/"), version="1", deed="agreed")
        assert answer.status_code == 404
    shown = re.search(r'name="shown" value="([^"]+)"', text_of(browser, address(intake)))
    assert shown is not None
    given = {"version": "1", "shown": shown[1]}
    assert browser.post(address(intake, "suggestion/"), **given, deed="made_up").status_code == 404
    browser.post(address(intake, "suggestion/"), **given, deed="agreed")
    assert f"Suggestion confirmed ({cast.weigher.shown_as}, " in text_of(browser, address(intake))
    signal = Signal.objects.get(indicator="DOC02")
    browser.post(address(intake, f"signals/{signal.pk}/"), version="1", state="rejected")
    # It rests on something else now, so nobody decided about it yet, also not who still sees the page before.
    assert "Suggestion confirmed (" not in text_of(browser, address(intake))
    browser.post(address(intake, "suggestion/"), version="2", shown=shown[1], deed="disagreed")
    assert "Somebody else changed this meanwhile" in text_of(browser, address(intake))
    assert steps(intake) == ["taken_in", "agreed", "rejected"]


def test_one_signal_can_be_confirmed_and_leaves_no_suggestion_to_confirm(cast: Cast, sign_in: SignIn) -> None:
    intake = report(cast.weigher, "DOC01")
    browser = sign_in(cast.weigher)
    assert 'name="shown"' not in text_of(browser, address(intake))
    answer = browser.post(address(intake, "suggestion/"), version="1", shown="nothing DOC01", deed="agreed")
    assert answer.status_code == 404
