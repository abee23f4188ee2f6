"""Names that colleagues see: whole, and of one person."""

import pytest
from django.core.exceptions import ValidationError
from tests.people.cast import Cast
from tests.people.conftest import SignIn

from zicht.people import actions
from zicht.people.models import Account

INVITE = "/en/staff/accounts/invite/"


@pytest.mark.parametrize(
    "name", ["a\u200bb", "\u3164", "a\U000e0041b", "a\u202eb", "a\u00a0b", "a\ufe0fb", "a\u2800b", "a\u034fb"]
)
def test_a_name_with_something_nobody_can_see_is_refused(cast: Cast, sign_in: SignIn, name: str) -> None:
    page = sign_in(cast.administrator).post(INVITE, login="new.one", shown_as=name)
    assert "everybody can see" in page.content.decode()
    with pytest.raises(ValidationError, match="shown_as"):
        actions.invite_account(cast.administrator, login="new.one", shown_as=name)
    assert not Account.objects.filter(login="new.one").exists()


@pytest.mark.parametrize("name", ["Avonddienst 2", "Zoë Ünal-Şahin", "محمد", "desk “b” (Thu)"])
def test_a_name_of_letters_signs_and_spaces_is_taken_in_any_script(cast: Cast, name: str) -> None:
    assert actions.invite_account(cast.administrator, login="new.one", shown_as=name).account.shown_as == name


@pytest.mark.parametrize("name", ["Chris", "CHRIS", "\uff23hris"])
def test_two_of_one_organisation_are_not_shown_under_one_name(cast: Cast, sign_in: SignIn, name: str) -> None:
    assert cast.counsellor.shown_as == "Chris"
    page = sign_in(cast.administrator).post(INVITE, login="new.one", shown_as=name)
    assert "Somebody of the organisation is shown under this name" in page.content.decode()
    assert not Account.objects.filter(login="new.one").exists()


def test_a_name_is_free_elsewhere_and_after_an_account_was_closed(cast: Cast) -> None:
    there = actions.invite_account(cast.stranger, login="new.one", shown_as=cast.administrator.shown_as)
    again = actions.invite_account(cast.administrator, login="new.two", shown_as=cast.closed.shown_as)
    assert (there.account.shown_as, again.account.shown_as) == ("Anna", "Karel")


def test_lines_of_the_log_name_an_account_in_both_ways(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    line = actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    for address in ("/en/staff/log/", f"/en/staff/log/{line.sequence}/"):
        assert "Chris (chris)" in browser.get(address).content.decode()
