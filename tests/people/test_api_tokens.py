"""A key acts as the account that made it, is shown once, kept as a hash, and is worth nothing once it ended."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.people.cast import Cast
from tests.people.conftest import SignIn

from zicht.people import actions
from zicht.people.api_tokens import end_token, find_good, make_token
from zicht.people.api_tokens.actions import MOST_TOKENS, Made
from zicht.people.errors import NotAllowedError, TooManyTokensError
from zicht.people.models import AccessLine, Account, ApiToken


def key_of(account: Account, days: int = 30) -> Made:
    return make_token(account, label="monthly export", scopes=["read_cases"], days=days)


# --- keys -----------------------------------------------------------------------------------------------------------
def test_a_key_finds_its_account_and_is_stored_only_as_a_hash(cast: Cast) -> None:
    made = key_of(cast.counsellor)
    found = find_good(made.secret)
    assert found is not None
    assert (found.account, found.scopes) == (cast.counsellor, ["read_cases"])
    assert made.secret.removeprefix("zicht_") not in repr(ApiToken.objects.values().get()) + repr(made)
    assert len(made.secret) >= 43 + len("zicht_")


@pytest.mark.parametrize("change", [str.upper, lambda secret: secret[:-1], lambda secret: secret + "a", lambda _: ""])
def test_a_key_that_is_another_by_one_character_finds_nobody(cast: Cast, change: "type[str]") -> None:
    made = key_of(cast.counsellor)
    assert find_good(change(made.secret)) is None


def test_a_key_is_worth_nothing_after_its_last_day(cast: Cast) -> None:
    made = key_of(cast.counsellor, days=1)
    assert made.token.expires_on == timezone.localdate() + dt.timedelta(days=1)
    ApiToken.objects.filter(pk=made.token.pk).update(expires_on=timezone.localdate())
    assert find_good(made.secret) is not None
    ApiToken.objects.filter(pk=made.token.pk).update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    assert find_good(made.secret) is None


@pytest.mark.parametrize("end", [actions.close_account, actions.reset_second_factor])
def test_the_keys_of_an_account_end_with_its_way_of_signing_in(cast: Cast, end: object) -> None:
    made = key_of(cast.counsellor)
    end(cast.administrator, cast.counsellor)  # type: ignore[operator]
    assert find_good(made.secret) is None
    assert ApiToken.objects.get().ended_on == timezone.localdate()


def test_whoever_is_closed_or_not_there_yet_makes_no_key(cast: Cast) -> None:
    for account in (cast.closed, cast.invited):
        with pytest.raises(NotAllowedError):
            key_of(account)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_key_is_good_for_a_year_at_most(cast: Cast, days: int) -> None:
    with pytest.raises(NotAllowedError):
        key_of(cast.counsellor, days)


def test_a_key_without_a_scope_or_with_one_that_is_none_is_refused(cast: Cast) -> None:
    for scopes in ([], ["everything"]):
        with pytest.raises(ValidationError):
            make_token(cast.counsellor, label="export", scopes=scopes, days=30)


def test_an_account_has_twenty_keys_at_most(cast: Cast) -> None:
    keys = [key_of(cast.counsellor) for _ in range(MOST_TOKENS)]
    with pytest.raises(TooManyTokensError):
        key_of(cast.counsellor)
    end_token(cast.counsellor, keys[0].token)
    assert find_good(key_of(cast.counsellor).secret) is not None


def test_a_key_is_ended_by_its_account_or_an_administrator_of_the_same_organisation(cast: Cast) -> None:
    for by in (cast.counsellor, cast.administrator):
        made = key_of(cast.counsellor)
        end_token(by, made.token)
        assert find_good(made.secret) is None
    made = key_of(cast.counsellor)
    for by in (cast.privacy_officer, cast.stranger, cast.reporter):
        with pytest.raises(NotAllowedError):
            end_token(by, made.token)
    assert find_good(made.secret) is not None


def test_making_and_ending_a_key_stand_in_the_log(cast: Cast) -> None:
    made = key_of(cast.counsellor)
    end_token(cast.administrator, made.token)
    lines = AccessLine.objects.filter(subject="api_token", subject_id=str(made.token.pk), verb="changed")
    assert [line.account for line in lines.order_by("sequence")] == [cast.counsellor, cast.administrator]


# --- pages ----------------------------------------------------------------------------------------------------------
def test_a_key_is_shown_once(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    page = browser.post("/staff/tokens/", label="export", scopes=["read_cases"], days="30").content.decode()
    (secret,) = re.findall(r"zicht_[\w-]{43}", page)
    assert find_good(secret) is not None
    again = browser.get("/staff/tokens/").content.decode()
    assert "export" in again
    assert secret not in again


def test_a_form_without_a_scope_makes_no_key_and_says_so(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.counsellor).post("/staff/tokens/", label="export", days="30")
    assert "error-summary" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_the_keys_of_an_organisation_are_seen_by_who_manages_or_supervises_and_by_nobody_else(
    cast: Cast, sign_in: SignIn
) -> None:
    key_of(cast.counsellor)
    for who in (cast.administrator, cast.privacy_officer):
        assert "monthly export" in sign_in(who).get("/staff/tokens/organisation/").content.decode()
    assert "monthly export" not in sign_in(cast.stranger).get("/staff/tokens/organisation/").content.decode()
    for other in (cast.counsellor, cast.officer, cast.reporter):
        assert sign_in(other).get("/staff/tokens/organisation/").status_code == 404


def test_somebody_else_cannot_end_a_key_and_does_not_learn_that_it_is_there(cast: Cast, sign_in: SignIn) -> None:
    made = key_of(cast.counsellor)
    for who in (cast.privacy_officer, cast.stranger, cast.reporter):
        browser = sign_in(who)
        for key in (made.token.pk, uuid4()):
            assert browser.post(f"/staff/tokens/{key}/end/").status_code == 404
    assert find_good(made.secret) is not None


def test_an_administrator_ends_the_key_of_a_colleague_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    made = key_of(cast.counsellor)
    answer = sign_in(cast.administrator).post(f"/staff/tokens/{made.token.pk}/end/")
    assert answer.headers["Location"] == "/staff/tokens/organisation/"
    assert find_good(made.secret) is None
