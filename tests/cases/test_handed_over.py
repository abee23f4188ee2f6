"""Codes that another page hands to the page that opens a case: filled in, judged, and stored only when it is sent."""

import datetime as dt
import re

import pytest
from tests.cases.cast import Cast
from tests.people.conftest import SignIn

from zicht.cases.models import Case, Consent, Exploitation, Person

OPEN = "/en/staff/cases/open/"
HANDED = {
    "handed-over": "1",
    "case.incoming_date": "2026-03-02",
    "person.age_band": "12_15",
    "person.language": "ar",
    "consent.purpose": ["care", "recontact"],
    "consent.given_by": "self",
    "consent.asked_on": "2026-03-02",
}
SENT: dict[str, object] = {
    "with-codes": "1",
    "case-opened_on": "2026-03-03",
    "case-incoming_date": "2026-03-02",
    "case-new_id": "88888888-8888-4888-8888-888888888881",
    "person-status": "possible",
    "person-status_by": "ngo",
    "person-status_date": "2026-03-03",
    "person-new_id": "88888888-8888-4888-8888-888888888882",
    "who-age_band": "12_15",
    "who-language": "ar",
    "who-gender": "not_asked",
    "who-citizenship_group": "not_asked",
    "agreed-purposes": ["care", "recontact"],
    "agreed-given_by": "self",
    "agreed-asked_on": "2026-03-02",
    "agreed-wording_version": "2026-1 nl",
    "agreed-why_able": "Says herself what will happen with it.",
}


def test_codes_are_filled_in_and_nothing_is_stored(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.counsellor).post(OPEN, **HANDED).content.decode()
    assert '<option value="12_15" selected>' in page
    assert '<option value="ar" selected>' in page
    assert 'value="2026-03-02"' in page
    assert page.count("checked") >= 3
    assert "error-summary" not in page
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("person.age_band", "abc<b>", "Age band at first record: "),
        ("case.incoming_date", "yesterday<b>", "Date of incoming referral: "),
        ("consent.purpose", "referral", "Choose among what is offered."),
        ("person.match_key", "00<b>", "a new case is not asked"),
        ("nothing.here", "00<b>", "a new case is not asked"),
    ],
)
def test_a_wrong_code_is_left_out_with_a_sentence_that_does_not_repeat_it(
    cast: Cast, sign_in: SignIn, name: str, value: str, sentence: str
) -> None:
    page = sign_in(cast.counsellor).post(OPEN, **{**HANDED, name: value}).content.decode()
    assert "error-summary" in page
    assert sentence in page
    assert "<b>" not in page
    assert "&lt;b" not in page
    assert '<option value="ar" selected>' in page


def test_a_case_is_opened_with_the_codes_and_a_consent_for_each_purpose_once(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    assert browser.post(OPEN, **SENT).status_code == 302
    assert browser.post(OPEN, **SENT).status_code == 302
    case, person = Case.objects.get(), Person.objects.get()
    assert case.incoming_date == dt.date(2026, 3, 2)
    assert (person.age_band, person.language, person.gender) == ("12_15", "ar", "not_asked")
    answers = Consent.objects.values_list("purpose", "answer", "given_by", "contact_id")
    assert sorted(answers) == [("care", "yes", "self", None), ("recontact", "yes", "self", None)]


def test_what_happened_goes_along_and_is_kept_with_the_first_person_only(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    page = browser.post(OPEN, **HANDED, **{"exploitation.forms": ["sexual"], "exploitation.means": ["debt", "nope"]})
    told = page.content.decode()
    assert "a new case is not asked" not in told
    assert "Choose one of the terms" in told  # of the means, which are left out
    assert re.search(r'name="episode-forms" value="sexual"[^>]*checked', told)
    sent = {**SENT, "with-episode": "1", "episode-forms": ["sexual"], "episode-means": ["threat_images"]}
    for _time in range(2):
        assert browser.post(OPEN, **sent).status_code == 302
    episode = Exploitation.objects.get()
    assert (episode.person, episode.forms, episode.means) == (Person.objects.get(), ["sexual"], ["threat_images"])


@pytest.mark.parametrize(
    ("left_out", "label"),
    [
        ("agreed-why_able", "Why this giver could decide"),
        ("agreed-wording_version", "Version and language"),
        ("person-status", "Status"),
    ],
)
def test_what_codes_and_consent_still_need_is_asked_and_nothing_is_stored(
    cast: Cast, sign_in: SignIn, left_out: str, label: str
) -> None:
    fields = {name: value for name, value in SENT.items() if name != left_out}
    page = sign_in(cast.counsellor).post(OPEN, **fields).content.decode()
    assert label in page.partition("error-summary")[2].partition("</ul>")[0]
    assert not Case.objects.exists()
    assert not Person.objects.exists()


def test_whoever_may_not_open_a_case_is_handed_nothing(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.shelter_worker).post(OPEN, **HANDED).status_code == 404
