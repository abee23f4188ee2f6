"""The commands that let in the first person, or one who lost everything."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from tests.people.cast import PASSWORD, Browser, Cast

from zicht.people import actions
from zicht.people.addresses import set_up_address
from zicht.people.models import AccessLine, Account, Organisation


def said(command: str, *words: str) -> str:
    out = io.StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_an_organisation_is_created_with_an_address_and_a_code_that_open() -> None:
    text = said("create_organisation", "Somewhere", "--type", "shelter", "--regime", "care", "--login", "anna")
    _sentence, address, code = text.splitlines()
    assert address == "http://localhost/staff/set-up/"
    assert Browser().get(address.removeprefix("http://localhost")).status_code == 200
    assert actions.accept_invitation(code, PASSWORD).login == "anna"
    assert Organisation.objects.get().org_name == "Somewhere"


@override_settings(HTTPS=True, ALLOWED_HOSTS=["zicht.example"])
def test_the_address_is_on_the_host_of_the_settings() -> None:
    assert set_up_address() == "https://zicht.example/staff/set-up/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        ("Somewhere", "--type", "club", "--regime", "care", "--login", "anna"),
        ("Somewhere", "--type", "shelter", "--regime", "none", "--login", "anna"),
        ("Somewhere", "--type", "shelter", "--regime", "care", "--login", "anna@example.org"),
        (" ", "--type", "shelter", "--regime", "care", "--login", "anna"),
        ("Somewhere", "--type", "shelter", "--regime", "care"),
    ],
)
def test_what_is_wrong_creates_nothing_and_is_said(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        said("create_organisation", *words)
    assert not Organisation.objects.exists()
    assert not Account.objects.exists()


def test_an_administrator_who_lost_everything_gets_a_new_code(cast: Cast) -> None:
    text = said("new_code", cast.administrator.login.upper())
    account = Account.objects.get(pk=cast.administrator.pk)
    assert not account.has_usable_password()
    _sentence, address, code = text.splitlines()
    assert address == set_up_address()
    assert actions.accept_invitation(code, PASSWORD).pk == account.pk
    assert AccessLine.objects.filter(account=account, purpose="administration", verb="changed").exists()


def test_a_code_for_nobody_or_for_a_closed_account_is_refused(cast: Cast) -> None:
    for word in ("nobody.here", cast.closed.login):
        with pytest.raises(CommandError):
            said("new_code", word)
