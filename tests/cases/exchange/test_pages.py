"""The pages: look first, then decide; and for somebody without the right they are not there."""

import re
from threading import Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.cases.cast import EPISODE, Cast
from tests.cases.exchange.files import ROW, as_csv, row
from tests.conftest import QueryLimit
from tests.people.cast import Browser, Page
from tests.people.conftest import SignIn

from zicht.cases import actions
from zicht.cases.exchange import working
from zicht.cases.models import Case, ImportRun, Person, Share
from zicht.people import waiting
from zicht.people.models import AccessLine

pytestmark = pytest.mark.django_db
NOBODYS = "00000000-0000-4000-8000-000000000001"  # the identifier of a file that nobody sent
IMPORT, EXPORT = "/en/staff/cases/import/", "/en/staff/cases/export/"


@pytest.fixture
def browser(cast: Cast, sign_in: SignIn) -> Browser:
    """Give the browser of the case worker."""
    return sign_in(cast.case_worker)


def send(browser: Browser, content: bytes, standard: str = "htcds", **more: str) -> Page:
    browser.get(IMPORT)
    file = SimpleUploadedFile("noor.csv", content)
    page = browser.post(IMPORT, file=file, standard=standard, encoding="utf-8", **more)
    assert page.status_code == 302, page.content.decode()
    return page


def look(browser: Browser, content: bytes, **more: str) -> tuple[str, str]:
    path = send(browser, content, **more).headers["Location"]
    return path, browser.get(path).content.decode()


# --- in ---------------------------------------------------------------------------------------------------------------
def test_a_file_is_looked_at_before_it_is_stored(browser: Browser) -> None:
    path, said = look(browser, as_csv([ROW, row(2, prs_FirstName="Noor")]))
    assert "What the file would become" in said
    assert "2 rows: persons 2, cases 2, episodes 2, places 2" in said
    assert "Woman or girl" in said
    assert "left out on purpose and stored nowhere" in said
    assert "Noor" not in said
    assert Person.objects.count() == 0
    browser.post(path, store="1")
    assert "The file is in the register" in browser.get(path).content.decode()
    assert Person.objects.count() == 2


def test_a_form_sent_twice_reads_a_file_in_once(browser: Browser) -> None:
    path, _said = look(browser, as_csv([ROW]))
    for _number in range(2):
        assert browser.post(path, store="1").status_code == 302
    assert ImportRun.objects.count() == 1


def test_what_is_wrong_stands_on_the_page_by_row_and_column_and_cannot_be_stored(browser: Browser) -> None:
    path, said = look(browser, as_csv([ROW, row(2, prs_Gender="<script>x</script>")]))
    assert "The file cannot be read in yet" in said
    assert "Row 3, column prs_Gender: Choose one of the terms of “Gender”." in said
    assert "x</script>" not in said
    browser.post(path, store="1")
    assert Person.objects.count() == 0


def test_a_file_that_is_no_table_is_refused_with_a_sentence(browser: Browser) -> None:
    _path, said = look(browser, b"%PDF-1.7\n")
    assert "This is a PDF." in said


def test_a_file_that_was_read_before_is_named_as_such_and_needs_another_word(browser: Browser) -> None:
    for _number in range(2):
        path, said = look(browser, as_csv([ROW]))
        browser.post(path, store="1")
    assert "This very file was read in before." in said
    assert "read into the register before" in browser.get(path).content.decode()
    path, _said = look(browser, as_csv([ROW]))
    browser.post(path, again="1")
    assert ImportRun.objects.count() == 2


def test_a_file_that_is_left_is_gone(browser: Browser) -> None:
    path, _said = look(browser, as_csv([ROW]))
    assert browser.post(path, leave="1").status_code == 302
    assert browser.get(path).status_code == 404
    assert browser.post(path, store="1").status_code == 404


def test_a_file_lies_sealed_while_it_waits_and_is_gone_when_it_is_stored(browser: Browser) -> None:
    path, _said = look(browser, as_csv([row(1, cco_CaseComment="made-up note", prs_FirstName="Noor")]))
    kept = list(waiting._folder().glob(f"{path.split('/')[-2].replace('-', '')}*"))
    assert len(kept) == 4
    for file in kept:
        assert b"made-up" not in file.read_bytes()
        assert b"Noor" not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0
    browser.post(path, store="1")
    assert [file.suffix for file in kept if file.exists() and file.suffix == ".file"] == []


def test_another_account_and_another_session_cannot_see_a_file_that_waits(
    browser: Browser, cast: Cast, sign_in: SignIn
) -> None:
    path, _said = look(browser, as_csv([ROW]))
    other = sign_in(cast.second_case_worker)
    assert other.get(path).status_code == 404
    assert other.post(path, store="1").status_code == 404
    assert browser.get(f"{IMPORT}{uuid4()}/").status_code == 404
    assert Person.objects.count() == 0


def test_nothing_chosen_is_asked_for(browser: Browser) -> None:
    browser.get(IMPORT)
    page = browser.post(IMPORT)
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()


@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="the work beside the page has a connection of its own, which sees nothing of a test that is not committed",
)
def test_a_larger_file_is_worked_on_beside_the_page(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Thread] = []
    monkeypatch.setattr(working, "AT_ONCE", 0)
    monkeypatch.setattr(Thread, "start", lambda thread: started.append(thread))
    path = send(browser, as_csv([ROW])).headers["Location"]
    page = browser.get(path)
    assert "Checking: 0 rows so far." in page.content.decode()
    assert page.headers["Refresh"] == "4"
    started[0].run()
    assert "What the file would become" in browser.get(path).content.decode()


# --- who --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [IMPORT, EXPORT, f"{IMPORT}{NOBODYS}/"])
def test_for_somebody_without_the_right_the_page_is_not_there(cast: Cast, sign_in: SignIn, path: str) -> None:
    for account in (cast.shelter_worker, cast.analyst, cast.counsellor, cast.administrator, cast.privacy_officer):
        browser = sign_in(account)
        assert browser.get(path).status_code == 404
        assert browser.post(path, store="1", give="1").status_code == 404


@pytest.mark.parametrize("path", [IMPORT, EXPORT])
def test_a_page_needs_few_queries(browser: Browser, at_most_queries: QueryLimit, path: str) -> None:
    with at_most_queries():
        assert browser.get(path).status_code == 200


# --- out --------------------------------------------------------------------------------------------------------------
@pytest.fixture
def filled(cast: Cast) -> Cast:
    """Give a register with one person."""
    actions.add_episode(cast.case_worker, cast.case, cast.person, EPISODE)
    return cast


def ask(browser: Browser, cast: Cast, button: str, **other: object) -> Page:
    fields = {
        "recipient": str(cast.stranger.org.pk), "basis": ["a6_public", "a9_substantial"],
        "necessity": "Counted yearly.", "standard": "plain", "kind": "csv", button: "1", **other,
    }  # fmt: skip
    browser.get(EXPORT)
    return browser.post(EXPORT, **fields)


def test_what_would_leave_is_shown_and_nothing_leaves(browser: Browser, filled: Cast) -> None:
    said = ask(browser, filled, "look").content.decode()
    assert "1 person would leave for Shelter" in said
    assert "Make the file for Shelter" in said
    assert Share.objects.count() == 0


def test_a_file_is_given_with_a_line_for_its_person(browser: Browser, filled: Cast) -> None:
    page = ask(browser, filled, "give")
    assert page.headers["Content-Disposition"] == 'attachment; filename="zicht-plain.csv"'
    assert page.content.startswith(b"case.case_id,")
    assert str(filled.person.pk).encode() not in page.content
    share = Share.objects.get()
    assert (share.record_ref, share.locked) == (filled.person.pk, False)
    assert AccessLine.objects.order_by("-sequence")[0].verb == "exported"


def test_a_file_is_locked_where_that_is_asked_and_its_line_says_so(browser: Browser, filled: Cast) -> None:
    assert re.search(r'<input type="checkbox" name="locked"[^>]* checked', browser.get(EXPORT).content.decode())
    page = ask(browser, filled, "give", locked="on").content.decode()
    assert "The file is locked with a password" in page
    assert "zicht-plain.csv.zip" in page
    assert Share.objects.get().locked is True


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"basis": []}, "Choose on which basis"),
        ({"basis": ["a9_stats"]}, "one of article 9 only stands beside another one"),
        ({"basis": ["anonymous"]}, "Select a valid choice"),
        ({"necessity": " "}, "Say why the recipient needs this"),
        ({"basis": ["a6_consent"]}, "Choose to which purpose the persons agreed"),
        ({"first_year": "2026", "last_year": "2020"}, "comes before the first one"),
        ({"recipient": str(uuid4())}, "Select a valid choice"),
    ],
)
def test_without_basis_reason_or_purpose_no_file_is_given(
    browser: Browser, filled: Cast, missing: dict[str, object], said: str
) -> None:
    page = ask(browser, filled, "give", **missing)
    assert page.headers["Content-Type"].startswith("text/html")
    assert said in page.content.decode()
    assert Share.objects.count() == 0


def test_when_nobody_is_left_that_is_said(browser: Browser, filled: Cast) -> None:
    said = ask(browser, filled, "give", first_year="1999", last_year="1999").content.decode()
    assert "Nothing was exported" in said


def test_records_of_another_organisation_do_not_leave(filled: Cast, sign_in: SignIn) -> None:
    Person.objects.update(org=filled.stranger.org)
    Case.objects.update(org=filled.stranger.org)
    said = ask(sign_in(filled.case_worker), filled, "look").content.decode()
    assert "0 persons would leave" in said
