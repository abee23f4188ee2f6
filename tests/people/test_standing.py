"""One query tells who a request comes from, and says nothing where the middleware would let nobody through."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from tests.people.cast import Cast
from tests.people.conftest import SignIn

from zicht.people import standing
from zicht.people.actions import change_password, end_role
from zicht.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def session_key(cast: Cast, sign_in: SignIn) -> str:
    """Give the session of a counsellor who signed in."""
    key = sign_in(cast.counsellor).client.cookies["zicht"].value
    ask(key)
    return key


def ask(session_key: str) -> Account | None:
    with connection.cursor() as cursor:
        cursor.execute(*standing.question(session_key))
        return standing.answer(session_key, cursor.fetchall())


def test_who_signed_in_with_a_second_factor_is_known_with_role_and_organisation(cast: Cast, session_key: str) -> None:
    found = ask(session_key)
    assert found is not None
    assert (found.pk, found.org_id, found.roles) == (
        cast.counsellor.pk,
        cast.counsellor.org_id,
        frozenset({"counsellor"}),
    )
    assert found.has_perm("contact.answer")


def test_a_session_that_was_not_seen_before_is_left_to_the_middleware_once(cast: Cast, sign_in: SignIn) -> None:
    key = sign_in(cast.counsellor).client.cookies["zicht"].value
    assert [ask(key) is None for _time in range(2)] == [True, False]


def end_session(_account: Account) -> None:
    Session.objects.update(expire_date=timezone.now())


def sign_out(_account: Account) -> None:
    Session.objects.all().delete()


def lose_second_factor(account: Account) -> None:
    Authenticator.objects.filter(user=account).delete()


def get_another_password(account: Account) -> None:
    change_password(account, "another river under nine lamps")


@pytest.mark.parametrize("change", [end_session, sign_out, lose_second_factor, get_another_password])
def test_a_session_that_no_longer_holds_is_nobodys(
    cast: Cast, session_key: str, change: Callable[[Account], None]
) -> None:
    change(cast.counsellor)
    assert ask(session_key) is None


def test_a_closed_account_is_nobodys(cast: Cast, session_key: str) -> None:
    Account.objects.filter(pk=cast.counsellor.pk).update(status="closed", closed_on=timezone.localdate())
    assert ask(session_key) is None


def test_a_role_that_ended_is_not_among_those_it_has_now(cast: Cast, session_key: str) -> None:
    end_role(cast.administrator, cast.counsellor.grants.get())
    found = ask(session_key)
    assert found is not None
    assert (found.roles, found.has_perm("contact.answer")) == (frozenset(), False)


def test_a_session_that_became_somebody_elses_is_not_taken_for_the_first_ones(
    cast: Cast, sign_in: SignIn, session_key: str
) -> None:
    other = sign_in(cast.privacy_officer).client.cookies["zicht"].value
    Session.objects.filter(pk=session_key).update(session_data=Session.objects.get(pk=other).session_data)
    assert ask(session_key) is None
    found = ask(session_key)
    assert found is not None
    assert (found.pk, found.has_perm("contact.answer")) == (cast.privacy_officer.pk, False)


def test_without_a_second_factor_somebody_is_known_where_none_is_asked(
    cast: Cast, session_key: str, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    lose_second_factor(cast.counsellor)
    assert ask(session_key) is not None
