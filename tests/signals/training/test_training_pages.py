"""Training is for everybody and keeps nothing; its log holds numbers, for those of an organisation who keep it."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.people.cast import Browser, Cast, colleague, organisation
from tests.people.conftest import SignIn

from zicht.people.models import AccessLine, Account, Organisation
from zicht.signals.training.actions import record_training
from zicht.signals.training.models import TrainingRecord
from zicht.signals.training.queries import how_municipalities_stand

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 1)


@pytest.fixture
def officer(cast: Cast) -> Account:
    town = organisation("Town", "municipality", "avg", "tom")
    Organisation.objects.filter(pk=town.org_id).update(area_code="GM0363")
    return colleague(town, "petra", "policy_officer")


def training(by: Account, **changed: object) -> TrainingRecord:
    values = {
        "org": by.org,
        "by_org": None,
        "topics": ["recognise"],
        "audience": ["police"],
        "given_on": TODAY,
        "participants": 12,
    }
    return record_training(by, {**values, **changed}, training_id=uuid4())


def form(**changed: object) -> dict[str, object]:
    values = {"topics": ["recognise", "report"], "given_on": "2026-03-01", "participants": "12", "audience": []}
    return {**values, "new_id": str(uuid4()), **changed}


@pytest.mark.parametrize("page", ["", "recognise/", "practise/flat/", "decide/", "next/"])
def test_training_needs_no_account_and_sets_no_cookie(page: str) -> None:
    answer = Client().get(f"/training/{page}", {"observer": "police", "form": "labour"})
    assert answer.status_code == 200
    assert not answer.cookies


def test_an_exercise_says_of_each_signal_why_it_is_in_the_text_or_not() -> None:
    page = Client().get("/en/training/practise/flat/", {"answered": "1", "seen": ["DOC01", "MON02"]}).content.decode()
    assert page.count(">right<") == 3  # one that was chosen, and two that were rightly left
    assert page.count(">missed<") == 2
    assert page.count(">not in the text<") == 1
    assert "Nobody spoke of money." in page
    assert "one part of human trafficking shows" in page


def test_what_is_no_exercise_is_not_there() -> None:
    assert Client().get("/training/practise/nowhere/").status_code == 404
    found = Client().get("/training/practise/flat/", {"answered": "1", "seen": ["<b>", "XXX01"]})
    assert "<b>" not in found.content.decode()


def test_recognising_shows_what_somebody_can_see_in_a_form_of_exploitation() -> None:
    page = Client().get("/en/training/recognise/", {"observer": "labour_insp", "form": "labour"}).content.decode()
    assert "Wages are withheld" in page
    assert "nude images" not in page


@pytest.mark.parametrize("who", ["counsellor", "privacy_officer"])
def test_whoever_does_not_keep_the_log_finds_no_page(cast: Cast, sign_in: SignIn, officer: Account, who: str) -> None:
    record = training(officer)
    browser = sign_in(getattr(cast, who))
    for page in ("", "new/", f"{record.pk}/"):
        assert browser.get(f"/staff/training/{page}").status_code == 404
    assert browser.post("/staff/training/new/", **form(org=str(officer.org_id))).status_code == 404
    assert TrainingRecord.objects.count() == 1


def test_what_another_organisation_was_given_is_not_there(cast: Cast, sign_in: SignIn, officer: Account) -> None:
    record = training(officer)
    browser = sign_in(cast.administrator)
    assert "12" not in browser.get("/staff/training/").content.decode().split("<main")[1]
    assert browser.get(f"/staff/training/{record.pk}/").status_code == 404


@pytest.fixture
def browser(sign_in: SignIn, officer: Account) -> Browser:
    return sign_in(officer)


def test_a_training_is_recorded_once_and_shown_with_its_number(browser: Browser, officer: Account) -> None:
    sent = form(org=str(officer.org_id))
    assert browser.post("/staff/training/new/", **sent).status_code == 302
    assert browser.post("/staff/training/new/", **sent).status_code == 302
    record = TrainingRecord.objects.get()
    assert (record.topics, record.participants, record.by_org) == (["recognise", "report"], 12, None)
    assert AccessLine.objects.filter(account=officer, verb="opened", subject="training_record").count() == 1
    assert "Amsterdam" in browser.get("/staff/training/").content.decode()


def test_a_training_is_changed(browser: Browser, officer: Account) -> None:
    record = training(officer)
    assert (
        browser.post(f"/staff/training/{record.pk}/", **form(org=str(officer.org_id), participants="15")).status_code
        == 302
    )
    record.refresh_from_db()
    assert record.participants == 15


def test_bad_input_is_refused_in_words_and_nothing_is_kept(browser: Browser, officer: Account, cast: Cast) -> None:
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    other = str(cast.administrator.org_id)
    wrongs: tuple[dict[str, object], ...] = (
        {"given_on": tomorrow},
        {"participants": "0"},
        {"participants": "many"},
        {"topics": []},
        {"topics": ["cooking"]},
        {"org": other},
        {"org": "nobody"},
    )
    for wrong in wrongs:
        answer = browser.post("/staff/training/new/", **form(**{"org": str(officer.org_id), **wrong}))
        assert answer.status_code == 200, wrong
        assert "error-summary" in answer.content.decode(), wrong
    assert not TrainingRecord.objects.exists()


def test_a_municipality_stands_by_the_last_date_the_number_and_its_gaps(officer: Account) -> None:
    training(officer)
    training(officer, given_on=dt.date(2025, 3, 1), participants=8)
    training(officer, topics=["talk"], given_on=dt.date(2023, 12, 1))
    (town,) = how_municipalities_stand(officer, TODAY)
    stands = {one.topic: (one.last, one.participants, one.is_gap) for one in town.topics}
    assert town.name == "Amsterdam"
    assert stands["recognise"] == (TODAY, 20, False)
    assert stands["talk"] == (dt.date(2023, 12, 1), 12, True)
    assert stands["privacy"] == (None, 0, True)
