"""Every page about the rights of persons: who sees it and who does not, what it says, and in how few queries."""

import datetime as dt
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pypdf
import pytest
from django.urls import get_resolver
from django.utils import timezone
from tests.cases.rights.cast import ASKED, Cast
from tests.cases.rights.test_breaches import BREACH
from tests.conftest import QueryLimit
from tests.people.cast import Browser, Page
from tests.people.conftest import SignIn

from zicht.cases.models import Breach, Case, Consent, Erasure, LegalClock, Person, RetentionRule, SubjectRequest
from zicht.cases.rights import urls
from zicht.cases.rights.breaches import actions as breach_actions
from zicht.people.models import AccessLine, Account
from zicht.people.short_codes import short_code

OnCommit = Callable[..., AbstractContextManager[list[Any]]]
ROOT = "/en/staff/cases"


@pytest.fixture
def open_page(sign_in: SignIn) -> Callable[[Account, str], Page]:
    """Open a page as an account."""
    browsers: dict[object, Browser] = {}

    def opened(account: Account, path: str) -> Page:
        browser = browsers.setdefault(account.pk, browsers.get(account.pk) or sign_in(account))
        return browser.get(f"{ROOT}{path}")

    return opened


Open = Callable[[Account, str], Page]


def text_of(page: Page) -> str:
    return page.content.decode()


class Records:
    """One of each record, and the addresses of the pages about them."""

    def __init__(self, cast: Cast) -> None:
        self.case, self.person = cast.person_of(cast.case_worker, age_band="09_11")
        self.consent = cast.answer(cast.case_worker, self.case, self.person, given_by="parent")
        cast.name_a_parent(self.case, self.person)
        self.request = cast.request(cast.case_worker, self.person, kind="erase", checked_how="lawyer")
        self.copied = cast.request(cast.case_worker, self.person)
        self.breach = breach_actions.record_breach(cast.privacy_officer, BREACH)
        self.consents = f"/{self.case.pk}/persons/{self.person.pk}/consents/"

    @property
    def of_case_workers(self) -> list[str]:
        one, request, copied = f"{self.consents}{self.consent.pk}", self.request.pk, self.copied.pk
        return [
            self.consents,
            f"{self.consents}add/",
            f"{one}/withdraw/",
            f"{one}/decide/",
            "/rights/requests/take/",
            f"/rights/requests/{request}/",
            f"/rights/requests/{request}/answer/",
            f"/rights/requests/{request}/extend/",
            f"/rights/requests/{request}/erase/",
            f"/rights/requests/{copied}/copy.html",
            f"/rights/requests/{copied}/copy.json",
            f"/rights/requests/{copied}/copy.pdf",
        ]

    @property
    def of_privacy_officers(self) -> list[str]:
        return [
            "/rights/retention/",
            "/rights/retention/set/",
            "/rights/retention/erase/",
            "/rights/breaches/",
            "/rights/breaches/add/",
            f"/rights/breaches/{self.breach.pk}/",
            f"/rights/breaches/{self.breach.pk}/change/found/",
            f"/rights/breaches/{self.breach.pk}/change/told/",
            "/rights/processing/",
            "/rights/processing/dpia/",
            "/rights/processing/register.md",
            "/rights/processing/dpia.md",
        ]

    @property
    def of_both(self) -> list[str]:
        return ["/rights/", "/rights/requests/"]

    @property
    def to_post_only(self) -> list[str]:
        request = f"/rights/requests/{self.request.pk}"
        return [f"{request}/limit/", f"{request}/lift/", f"/rights/breaches/{self.breach.pk}/close/"]


@pytest.fixture
def records(cast: Cast) -> Records:
    """Give one of each record."""
    return Records(cast)


# --- who sees what --------------------------------------------------------------------------------------------------
def test_case_workers_see_their_pages_in_few_queries(
    cast: Cast, records: Records, open_page: Open, at_most_queries: QueryLimit
) -> None:
    open_page(cast.case_worker, "/rights/")
    for path in [*records.of_case_workers, *records.of_both]:
        is_copy = "copy." in path
        with at_most_queries(48 if is_copy else 15):
            page = open_page(cast.case_worker, path)
        assert page.status_code == 200, path


def test_the_privacy_officer_sees_the_other_pages_in_few_queries(
    cast: Cast, records: Records, open_page: Open, at_most_queries: QueryLimit
) -> None:
    open_page(cast.privacy_officer, "/rights/")
    for path in [*records.of_privacy_officers, *records.of_both]:
        with at_most_queries():
            page = open_page(cast.privacy_officer, path)
        assert page.status_code == 200, path


@pytest.mark.parametrize("who", ["privacy_officer", "administrator", "analyst", "stranger_case_worker", "reporter"])
def test_pages_about_persons_are_not_there_for_whoever_sees_no_case(
    cast: Cast, records: Records, open_page: Open, who: str
) -> None:
    for path in records.of_case_workers:
        if who == "stranger_case_worker" and path == "/rights/requests/take/":
            continue  # has such a page of their own
        assert open_page(getattr(cast, who), path).status_code == 404, path


@pytest.mark.parametrize("who", ["case_worker", "analyst", "shelter_worker", "counsellor"])
def test_pages_of_the_privacy_officer_are_not_there_for_others(
    cast: Cast, records: Records, open_page: Open, who: str
) -> None:
    for path in records.of_privacy_officers:
        assert open_page(getattr(cast, who), path).status_code == 404, path


def test_a_breach_of_another_organisation_is_not_there(cast: Cast, records: Records, open_page: Open) -> None:
    for path in ("", "change/found/", "change/told/"):
        address = f"/rights/breaches/{records.breach.pk}/{path}"
        assert open_page(cast.stranger_privacy_officer, address).status_code == 404


@pytest.mark.parametrize("who", ["analyst", "reporter", "shelter_worker"])
def test_the_overview_and_the_list_are_not_there_for_whoever_may_nothing_of_it(
    cast: Cast, records: Records, open_page: Open, who: str
) -> None:
    for path in records.of_both:
        assert open_page(getattr(cast, who), path).status_code == 404, path


def test_what_changes_something_is_not_opened_by_an_address(cast: Cast, records: Records, open_page: Open) -> None:
    for path in records.to_post_only:
        who = cast.privacy_officer if "breaches" in path else cast.case_worker
        assert open_page(who, path).status_code == 405, path


def test_every_address_of_this_folder_is_tested(records: Records) -> None:
    names = {pattern.name for pattern in urls.urlpatterns}
    resolver = get_resolver("zicht.site.urls")
    paths = [*records.of_case_workers, *records.of_privacy_officers, *records.of_both, *records.to_post_only]
    assert {resolver.resolve(f"/staff/cases{path}").url_name for path in paths} == names


def test_the_administrator_sees_breaches_and_drafts_and_no_retention(
    cast: Cast, records: Records, open_page: Open
) -> None:
    assert open_page(cast.administrator, "/rights/breaches/").status_code == 200
    assert open_page(cast.administrator, "/rights/processing/").status_code == 200
    assert open_page(cast.administrator, "/rights/retention/").status_code == 404


def test_a_term_shows_and_counts_as_missed_as_soon_as_it_is_over(cast: Cast, records: Records, open_page: Open) -> None:
    assert LegalClock.objects.get(record_ref=records.breach.pk).state == "running"
    overview = text_of(open_page(cast.privacy_officer, "/rights/"))
    assert "2 wait for an answer, 2 missed their term" in overview
    assert "1 report must still be made, 1 missed its term" in overview
    assert "Missed: " in text_of(open_page(cast.privacy_officer, "/rights/breaches/"))
    assert "Missed: " in text_of(open_page(cast.privacy_officer, "/rights/requests/"))
    assert "Missed: " in text_of(open_page(cast.case_worker, f"/rights/requests/{records.request.pk}/"))


def test_the_privacy_officer_sees_no_code_of_a_person_in_the_list_of_requests(
    cast: Cast, records: Records, open_page: Open
) -> None:
    seen = text_of(open_page(cast.privacy_officer, "/rights/requests/"))
    assert short_code(records.person.pk) not in seen
    assert str(records.request.pk) not in seen
    assert short_code(records.person.pk) in text_of(open_page(cast.case_worker, "/rights/requests/"))


def test_reading_a_page_about_somebody_writes_a_line(cast: Cast, records: Records, open_page: Open) -> None:
    before = AccessLine.objects.count()
    for path in (records.consents, f"/rights/requests/{records.request.pk}/", "/rights/requests/"):
        open_page(cast.case_worker, path)
    lines = AccessLine.objects.filter(sequence__gt=before).order_by("sequence")
    assert [(line.verb, line.subject) for line in lines if line.verb != "signed_in"] == [
        ("seen", "person"),
        ("seen", "subject_request"),
        ("listed", "subject_request"),
    ]


# --- consent ------------------------------------------------------------------------------------------------------
@pytest.fixture
def worker(cast: Cast, sign_in: SignIn) -> Browser:
    """Give the browser of the case worker."""
    return sign_in(cast.case_worker)


def answer_form(cast: Cast, **values: str) -> dict[str, str]:
    asked = {
        "purpose": "referral",
        "recipient": str(cast.recipient.pk),
        "answer": "yes",
        "given_by": "self",
        "why_able": "is 17 and understands",
        "asked_on": ASKED.isoformat(),
        "wording_version": "2026-1 nl",
    }
    return {**asked, **values}


def test_an_answer_is_recorded_and_shown_with_what_the_law_asks(cast: Cast, worker: Browser) -> None:
    path = f"{ROOT}/{cast.case.pk}/persons/{cast.person.pk}/consents/"
    assert "UAVG art. 5" in text_of(worker.get(f"{path}add/"))
    assert worker.post(f"{path}add/", **answer_form(cast)).status_code == 302
    shown = text_of(worker.get(path))
    assert "There is consent" in shown
    assert "is 17 and understands" in shown


def test_why_somebody_could_decide_is_not_shown_outside_the_team(cast: Cast, records: Records, open_page: Open) -> None:
    assert "understands what it means" in text_of(open_page(cast.case_worker, records.consents))
    assert "understands what it means" not in text_of(open_page(cast.second_case_worker, records.consents))


def test_a_suspected_parent_is_refused_on_the_form_and_can_be_put_before_a_colleague(
    cast: Cast, worker: Browser, sign_in: SignIn
) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    cast.name_a_parent(case, person)
    path = f"{ROOT}/{case.pk}/persons/{person.pk}/consents/"
    form = answer_form(cast, given_by="parent", why_able="the mother, who fled")
    refused = worker.post(f"{path}add/", **form)
    assert "No parent or guardian can give, refuse or withdraw consent" in text_of(refused)
    assert not Consent.objects.exists()
    assert worker.post(f"{path}add/", **form, ask_colleague="on").status_code == 302
    made = Consent.objects.get()
    own = text_of(worker.get(f"{path}{made.pk}/decide/"))
    assert "Another colleague who sees the case can let it count" in own
    colleague = sign_in(cast.coordinator)
    assert colleague.get(f"{path}{made.pk}/decide/").status_code == 200
    answer = {"reason": "she is not suspected", "decision": "allow", "version": "1"}
    assert colleague.post(f"{path}{made.pk}/decide/", **answer).status_code == 302
    assert Consent.objects.get().allowed_by == cast.coordinator


def test_a_withdrawal_names_what_it_ends(cast: Cast, worker: Browser) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    cast.share(cast.case_worker, cast.person, made)
    path = f"{ROOT}/{cast.case.pk}/persons/{cast.person.pk}/consents/{made.pk}/withdraw/"
    assert "Withdraw the consent and end 1 sharing" in text_of(worker.get(path))
    day = timezone.localdate().isoformat()
    assert worker.post(path, given_by="guardian", withdrawn_on=day, version="1").status_code == 302
    assert Consent.objects.get().answer == "withdrawn"
    page = worker.get(f"{ROOT}/{cast.case.pk}/persons/{cast.person.pk}/consents/")
    assert "withdrawn by: Guardian or other legal representative" in text_of(page)


def test_a_withdrawal_before_the_answer_or_in_the_future_is_refused(cast: Cast, worker: Browser) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    path = f"{ROOT}/{cast.case.pk}/persons/{cast.person.pk}/consents/{made.pk}/withdraw/"
    for day in ("2026-03-01", "2099-01-01", "yesterday", ""):
        assert worker.post(path, given_by="self", withdrawn_on=day, version="1").status_code == 200
    assert Consent.objects.get().answer == "yes"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("purpose", "nothing"),
        ("answer", "withdrawn"),
        ("answer", "by_guardian"),
        ("given_by", "uncle"),
        ("asked_on", "2099-01-01"),
        ("recipient", "not-an-organisation"),
        ("wording_version", "x" * 300),
        ("why_able", "turned \u202eround"),
    ],
)
def test_a_wrong_answer_is_refused_with_a_sentence_at_its_field(
    cast: Cast, worker: Browser, name: str, value: str
) -> None:
    path = f"{ROOT}/{cast.case.pk}/persons/{cast.person.pk}/consents/add/"
    page = worker.post(path, **answer_form(cast, **{name: value}))
    assert page.status_code == 200
    assert page.context["form"].errors[name]
    assert not Consent.objects.exists()


# --- requests -----------------------------------------------------------------------------------------------------
def request_form(**values: str) -> dict[str, str]:
    asked = {"kind": "access", "asked_by": "self", "checked_how": "shown", "received_on": ASKED.isoformat()}
    return {**asked, "new_id": "6f6f2f0e-6b8f-4f0c-9d53-1d1a3f9f0c11", **values}


def test_a_request_is_taken_by_code_and_answered(cast: Cast, worker: Browser) -> None:
    form = request_form(code=short_code(cast.person.pk), received_on=timezone.localdate().isoformat())
    assert worker.post(f"{ROOT}/rights/requests/take/", **form).status_code == 302
    made = SubjectRequest.objects.get()
    assert made.person == cast.person
    path = f"{ROOT}/rights/requests/{made.pk}/"
    assert "Copy to read (HTML)" in text_of(worker.get(path))
    answer = {"outcome": "granted", "answered_on": timezone.localdate().isoformat(), "reason": "", "version": "1"}
    assert worker.post(f"{path}answer/", **answer).status_code == 302
    assert "answered in time" in text_of(worker.get(path))


def test_a_code_of_somebody_who_may_not_be_seen_is_answered_like_one_of_nobody(cast: Cast, worker: Browser) -> None:
    _case, theirs = cast.person_of(cast.stranger_case_worker)
    said = []
    for code in (short_code(theirs.pk), "00000000", "7K", "nonsense text"):
        page = worker.post(f"{ROOT}/rights/requests/take/", **request_form(code=code))
        said.append(page.context["form"].errors["code"])
    assert len({str(one) for one in said}) == 1
    assert not SubjectRequest.objects.exists()


def test_a_request_without_a_record_is_taken_and_says_so(worker: Browser) -> None:
    page = worker.post(f"{ROOT}/rights/requests/take/", **request_form())
    shown = text_of(worker.get(page["Location"]))
    assert "no record" in shown
    assert "What can be done for it" not in shown


def test_a_parent_hears_the_same_whether_there_is_a_record_or_not(cast: Cast, worker: Browser, sign_in: SignIn) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    cast.name_a_parent(case, person)
    known = cast.request(cast.case_worker, person, asked_by="parent")
    unknown = cast.request(cast.case_worker, None, asked_by="parent")
    colleague, today = sign_in(cast.coordinator), timezone.localdate().isoformat()
    told = []
    for request, outcome in ((known, "refused"), (unknown, "not_found")):
        path = f"{ROOT}/rights/requests/{request.pk}/"
        answer = {"outcome": outcome, "reason": "no say", "answered_on": today, "version": "1"}
        assert colleague.post(f"{path}answer/", **answer).status_code == 302
        page = worker.get(path)
        told.append([str(sentence) for sentence in page.context["page"].answer])
    assert told[0] == told[1] != []
    assert "We do not tell whether there are any." in told[0][0]


def test_the_copy_is_a_file_to_read_or_to_take_along_and_is_logged(
    cast: Cast, records: Records, worker: Browser
) -> None:
    path = f"{ROOT}/rights/requests/{records.copied.pk}/copy"
    html, file, paper = (worker.get(f"{path}.{form}") for form in ("html", "json", "pdf"))
    assert html["Content-Disposition"] == f'attachment; filename="{short_code(records.person.pk)}.html"'
    assert "What Helpline has recorded" in text_of(html)
    assert json.loads(file.content)["records"] == [short_code(records.person.pk)]
    assert "What Helpline has recorded" in pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    locked = worker.post(f"{path}.pdf")
    assert "The file is locked with a password" in text_of(locked)
    assert AccessLine.objects.filter(verb="exported", subject_id=str(records.person.pk)).count() == 4


def test_script_in_a_text_stays_text_in_the_copy(cast: Cast, worker: Browser) -> None:
    cast.answer(cast.case_worker, cast.case, cast.person, why_able="<script>alert(1)</script>")
    request = cast.request(cast.case_worker, cast.person)
    said = text_of(worker.get(f"{ROOT}/rights/requests/{request.pk}/copy.html"))
    assert "<script>" not in said
    assert "&lt;script&gt;" in said


def test_no_copy_is_given_where_nothing_may_be_given(cast: Cast, worker: Browser) -> None:
    request = cast.request(cast.case_worker, cast.person, checked_how="failed")
    page = worker.get(f"{ROOT}/rights/requests/{request.pk}/copy.json")
    assert page.status_code == 302
    assert not AccessLine.objects.filter(verb="exported").exists()


def test_limiting_lifting_and_making_longer(cast: Cast, worker: Browser) -> None:
    request = cast.request(cast.case_worker, cast.person, kind="restrict", received_on=timezone.localdate())
    path = f"{ROOT}/rights/requests/{request.pk}/"
    worker.post(f"{path}limit/")
    assert Person.objects.get(pk=cast.person.pk).restricted_on is not None
    assert "Use limited" in text_of(worker.get(path))
    worker.post(f"{path}lift/")
    assert Person.objects.get(pk=cast.person.pk).restricted_on is None
    assert worker.post(f"{path}extend/", reason="two archives", version="1").status_code == 302
    assert SubjectRequest.objects.get().extended_on == timezone.localdate()


def test_erasing_names_its_consequence_and_refuses_another_number(
    cast: Cast, worker: Browser, django_capture_on_commit_callbacks: OnCommit
) -> None:
    request = cast.request(cast.case_worker, cast.person, kind="erase")
    path = f"{ROOT}/rights/requests/{request.pk}/erase/"
    assert "Erase 2 records for good" in text_of(worker.get(path))
    assert worker.post(path, count="3").status_code == 200
    assert Person.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert worker.post(path, count="2").status_code == 302
    assert not Person.objects.exists()
    assert not Case.objects.exists()


# --- retention ----------------------------------------------------------------------------------------------------
@pytest.fixture
def officer(cast: Cast, sign_in: SignIn) -> Browser:
    """Give the browser of the privacy officer."""
    return sign_in(cast.privacy_officer)


def long_ago(cast: Cast, n: int = 1) -> list[Person]:
    made = []
    for _ in range(n):
        case, person = cast.person_of(cast.case_worker)
        day = dt.date(2019, 5, 6)
        Case.objects.filter(pk=case.pk).update(
            state="closed", opened_on=day, closed_on=day, closure_reason="goals_met", changed_on=day
        )
        Person.objects.filter(pk=person.pk).update(changed_on=day)
        made.append(person)
    return made


def test_the_preview_shows_codes_and_no_content(cast: Cast, officer: Browser) -> None:
    (person,) = long_ago(cast)
    shown = text_of(officer.get(f"{ROOT}/rights/retention/"))
    assert short_code(person.pk) in shown
    assert "2 records are past their term" in shown
    assert "16 or 17" not in shown


def test_deleting_names_its_consequence_and_refuses_another_number(
    cast: Cast, officer: Browser, django_capture_on_commit_callbacks: OnCommit
) -> None:
    long_ago(cast, 2)
    path = f"{ROOT}/rights/retention/erase/"
    assert "Delete 4 records for good" in text_of(officer.get(path))
    assert "changed since this page was opened" in text_of(officer.post(path, count="3"))
    assert not Erasure.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.post(path, count="4").status_code == 302
    assert Erasure.objects.count() == 4


def test_the_page_of_retention_needs_no_more_queries_for_more_records(
    cast: Cast, officer: Browser, at_most_queries: QueryLimit
) -> None:
    long_ago(cast, 6)
    with at_most_queries():
        officer.get(f"{ROOT}/rights/retention/")


def test_a_term_is_set_with_a_reason_and_a_shorter_one_is_pointed_out(cast: Cast, officer: Browser) -> None:
    path = f"{ROOT}/rights/retention/set/"
    for wrong in ({"years": "0", "reason": "x"}, {"years": "two", "reason": "x"}, {"years": "3", "reason": " "}):
        assert officer.post(path, **wrong).status_code == 200
    assert not RetentionRule.objects.exists()
    assert officer.post(path, years="3", reason="policy of 2026").status_code == 302
    shown = text_of(officer.get(f"{ROOT}/rights/retention/"))
    assert "This is shorter than the 5 years" in shown
    assert "policy of 2026" in shown


# --- breaches -----------------------------------------------------------------------------------------------------
def breach_form(**values: object) -> dict[str, object]:
    asked: dict[str, object] = {
        "found_at": "2026-03-27T12:40",
        "kind": "sent_wrong",
        "entities": ["person"],
        "persons_n": "3",
        "risk": "high",
        "facts": "a file went to the wrong office",
    }
    return {**asked, "new_id": "6f6f2f0e-6b8f-4f0c-9d53-1d1a3f9f0c12", **values}


def test_a_breach_is_recorded_with_its_term_in_the_time_of_the_organisation(officer: Browser) -> None:
    assert officer.post(f"{ROOT}/rights/breaches/add/", **breach_form()).status_code == 302
    breach = Breach.objects.get()
    page = officer.get(f"{ROOT}/rights/breaches/{breach.pk}/")
    ends = timezone.localtime(page.context["shown"].clock.ends_at)
    # Found at noon before summer time began: the 72 hours end at one in the afternoon.
    assert (ends.month, ends.day, ends.hour) == (3, 30, 13)
    assert "hours too late" in text_of(page)
    assert "the persons must know too" in text_of(page)


def test_saying_who_was_told_and_closing(officer: Browser) -> None:
    officer.post(f"{ROOT}/rights/breaches/add/", **breach_form())
    breach = Breach.objects.get()
    path = f"{ROOT}/rights/breaches/{breach.pk}/"
    refused = officer.post(f"{path}close/")
    assert refused.status_code == 302
    assert "cannot be closed yet" in text_of(officer.get(path))
    told = {"authority_told_on": "2026-03-28", "persons_told_on": "", "version": "1"}
    assert officer.post(f"{path}change/told/", **told).status_code == 302
    assert "told in time" in text_of(officer.get(path))
    officer.post(f"{path}close/")
    assert Breach.objects.get().closed_on is not None
    assert officer.get(f"{path}change/told/").status_code == 404


def test_a_breach_in_the_future_or_without_facts_is_refused(officer: Browser) -> None:
    wrongs: list[dict[str, object]] = [
        {"found_at": "2099-01-01T10:00"},
        {"facts": ""},
        {"entities": []},
        {"risk": "none"},
    ]
    for wrong in wrongs:
        page = officer.post(f"{ROOT}/rights/breaches/add/", **breach_form(**wrong))
        assert page.status_code == 200
        assert next(iter(wrong)) in page.context["form"].errors
    assert not Breach.objects.exists()


# --- sentences in both languages ------------------------------------------------------------------------------------
@pytest.fixture
def both_languages() -> tuple[str, str]:
    """Give the roots of a page in both languages."""
    return ("/staff/cases", "/en/staff/cases")


def test_pages_speak_the_language_of_their_address(officer: Browser, both_languages: tuple[str, str]) -> None:
    dutch, english = (text_of(officer.get(f"{root}/rights/retention/")) for root in both_languages)
    assert "Bewaartermijn" in dutch
    assert "Retention" in english
    assert "Retention" not in dutch
