"""Making a contact a case: the codes of its page arrive on the page that opens a case, as a browser would send them."""

from html.parser import HTMLParser

import pytest
from tests.contact.cast import Cast
from tests.contact.records.cast import make_contact
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht.people.models import AccessLine


class Inputs(HTMLParser):
    """Collect the form that leads to a new case: where it goes, and what it holds when nothing is changed."""

    def __init__(self) -> None:
        super().__init__()
        self.address, self.fields, self.is_inside = "", dict[str, str](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and "/cases/" in told.get("action", ""):
            self.address, self.is_inside = told["action"], True
        if tag == "input" and self.is_inside and told.get("type") == "hidden":
            self.fields[told["name"]] = told["value"]

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = self.is_inside and tag != "form"


def inputs(page: str) -> Inputs:
    found = Inputs()
    found.feed(page)
    return found


def test_the_codes_of_a_contact_arrive_on_the_page_that_opens_a_case(cast: Cast, sign_in: SignIn) -> None:
    contact = make_contact(cast.counsellor, age_band="16_17", language="pl")
    browser = sign_in(cast.counsellor)
    assert "Make this a case" in browser.get(f"/en/staff/contacts/{contact.pk}/").content.decode()
    form = inputs(browser.get(f"/en/staff/contacts/{contact.pk}/case/").content.decode())
    assert form.address == "/en/staff/cases/open/"
    assert str(contact.pk) not in "".join(form.fields.values())
    fields = {name: value for name, value in form.fields.items() if name != "csrfmiddlewaretoken"}
    page = browser.post(form.address, **{**fields, "consent.purpose": ["care"]}).content.decode()
    assert '<option value="16_17" selected>' in page
    assert '<option value="pl" selected>' in page
    assert 'name="case-incoming_date" value="2026-03-02"' in page
    assert "error-summary" not in page
    assert str(contact.pk) not in page
    assert AccessLine.objects.filter(verb="seen", subject="contact", subject_id=str(contact.pk)).count() == 2


def test_of_a_bystander_neither_language_nor_an_answer_goes_along(cast: Cast, sign_in: SignIn) -> None:
    contact = make_contact(cast.counsellor, role="bystander_friend", language="pl", age_band="unknown")
    page = sign_in(cast.counsellor).get(f"/en/staff/contacts/{contact.pk}/case/").content.decode()
    assert "Somebody else made contact" in page
    assert not {"person.language", "consent.given_by"} & inputs(page).fields.keys()
    assert inputs(page).fields["person.age_band"] == "unknown"


@pytest.mark.parametrize("kind", ["test", "abusive"])
def test_a_test_or_prank_is_no_case(cast: Cast, sign_in: SignIn, kind: str) -> None:
    contact = make_contact(cast.counsellor, kind=kind)
    browser = sign_in(cast.counsellor)
    assert "Make this a case" not in browser.get(f"/en/staff/contacts/{contact.pk}/").content.decode()
    assert browser.get(f"/en/staff/contacts/{contact.pk}/case/").status_code == 404


def test_whoever_may_not_open_cases_does_not_see_the_button(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every role that records contacts may open cases today; an organisation without the wall of help has neither.
    contact = make_contact(cast.counsellor)
    monkeypatch.setattr("zicht.contact.records.handing_over.OPENS_CASES", "people.invite")
    browser = sign_in(colleague(cast.administrator, "ella", "counsellor"))
    assert "Make this a case" not in browser.get(f"/en/staff/contacts/{contact.pk}/").content.decode()
    assert browser.get(f"/en/staff/contacts/{contact.pk}/case/").status_code == 404
