"""A case and a copy on paper, and files locked with a password that nobody finds afterwards."""

import io
import logging
import re
import zipfile

import pypdf
import pytest
import pyzipper
from tests.cases.cast import EPISODE, Cast
from tests.people.cast import Page
from tests.people.conftest import SignIn

from zicht.cases import actions
from zicht.cases.handing.papers import Entry, Paper, Part, as_pdf
from zicht.people.locked_files import File, lock
from zicht.people.models import AccessLine
from zicht.people.short_codes import short_code

pytestmark = pytest.mark.django_db
PASSWORD = re.compile(r"<code>([0-9A-Z]{5}(?:-[0-9A-Z]{5}){3})</code>")
ADDRESS = re.compile(r'href="([^"]+/files/[^"]+)"')


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def shown(page: Page) -> tuple[str, str]:
    """Give the password and the address that a page shows."""
    content = page.content.decode()
    password, address = PASSWORD.search(content), ADDRESS.search(content)
    assert password
    assert address
    return password[1], address[1]


def test_a_locked_file_opens_with_its_password_and_with_no_other_and_each_has_its_own() -> None:
    first, second = (lock(File(b"rows about persons" * 20, "zicht.csv", "text/csv")) for _ in range(2))
    assert first.password != second.password
    assert b"rows about" not in first.content
    with pyzipper.AESZipFile(io.BytesIO(first.content)) as archive:
        assert (archive.infolist()[0].wz_aes_strength, archive.infolist()[0].wz_aes_version) == (3, 2)  # AES-256, AE-2
        assert archive.read("zicht.csv", pwd=first.password.encode()) == b"rows about persons" * 20
    with pyzipper.AESZipFile(io.BytesIO(first.content)) as archive, pytest.raises(RuntimeError):
        archive.read("zicht.csv", pwd=second.password.encode())
    with zipfile.ZipFile(io.BytesIO(first.content)) as archive, pytest.raises((RuntimeError, NotImplementedError)):
        archive.read("zicht.csv")
    assert first.password not in repr(first)


def test_a_text_on_paper_is_text_whatever_stands_in_it() -> None:
    wild = '#read("/etc/passwd") #import "x": * _y_ $z$ \\ @w <a> // }]'
    paper = Paper(
        wild, wild, "nl", (Part(wild, (Entry(wild, ((wild, f"{wild}\n\u202b مرحبا 👩‍👧"),)),)),), "Over", (wild,)
    )
    pdf = as_pdf(paper, "x")
    assert "".join(text_of(pdf.content).split()).count("".join(wild.split())) == 7
    assert b"/Lang" in pdf.content
    assert b"/StructTreeRoot" in pdf.content  # tags, for a screen reader


def test_a_case_on_paper_says_what_its_page_says_and_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    actions.change_case(cast.case_worker, cast.case, {"comments": "walked in on Monday"}, version=1)
    actions.add_episode(cast.case_worker, cast.case, cast.person, EPISODE)
    address = f"/en/staff/cases/{cast.case.pk}/paper.pdf"
    page = sign_in(cast.case_worker).get(address)
    assert page["Content-Disposition"] == f'attachment; filename="{short_code(cast.case.pk)}.pdf"'
    said = text_of(page.content)
    for told in (
        short_code(cast.case.pk),
        short_code(cast.person.pk),
        "Woman or girl, 16 or 17",
        "Partner or lover",
        "walked in on Monday",
    ):
        assert told in said, told
    line = AccessLine.objects.get(verb="exported")
    assert (line.subject, line.subject_id, line.account) == ("case", str(cast.case.pk), cast.case_worker)
    outside = text_of(sign_in(cast.second_case_worker).get(address).content)
    assert "walked in on Monday" not in outside
    assert "Texts that only the owner and the team of the case read." in outside


@pytest.mark.parametrize("who", ["stranger_case_worker", "analyst", "administrator", "privacy_officer", "officer"])
def test_a_paper_of_a_case_is_not_there_for_whoever_does_not_see_the_case(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    address = f"/staff/cases/{cast.case.pk}/paper.pdf"
    browser = sign_in(getattr(cast, who))
    assert (browser.get(address).status_code, browser.post(address).status_code) == (404, 404)


def test_the_password_is_shown_once_and_is_in_no_session_file_log_or_second_page(
    cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = sign_in(cast.case_worker)
    page = browser.post(f"/en/staff/cases/{cast.case.pk}/paper.pdf")
    password, address = shown(page)
    assert "no-store" in page["Cache-Control"]
    fetched = browser.get(address)
    assert fetched["Content-Disposition"].endswith('.pdf.zip"')
    with pyzipper.AESZipFile(io.BytesIO(fetched.content)) as archive:
        assert archive.read(archive.namelist()[0], pwd=password.encode()).startswith(b"%PDF-")
    kept = [*browser.client.session.items(), *AccessLine.objects.values_list(), caplog.text, fetched.content]
    assert not [one for one in kept if password in str(one)]
    browser.client.session.flush()
    browser.client.force_login(cast.case_worker)  # another session of the same account
    assert browser.get(address).status_code in (302, 404)
    assert sign_in(cast.stranger_case_worker).get(address).status_code == 404
