"""Who reads which lines of the access log, and that reading leaves a line."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from tests.conftest import QueryLimit
from tests.people.cast import Cast
from tests.people.conftest import SignIn

from zicht.people import actions, queries
from zicht.people.models import AccessLine, Account

ADDRESS = "/en/staff/log/organisation/"


def lines_shown(content: bytes) -> list[int]:
    return [int(number) for number in re.findall(r'<a href="/en/staff/log/(\d+)/">', content.decode())]


def own_lines(account: Account) -> set[int]:
    return set(AccessLine.objects.filter(account=account).values_list("sequence", flat=True))


def newest(account: Account) -> AccessLine:
    return AccessLine.objects.filter(account=account).order_by("-sequence")[0]


# --- the own lines ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["counsellor", "administrator", "privacy_officer", "reporter"])
def test_everybody_sees_their_own_lines_and_no_others(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit, who: str
) -> None:
    account = getattr(cast, who)
    actions.record_access(cast.officer, "seen", "contact", compartment="enforce")
    actions.record_access(account, "seen", "contact")
    browser = sign_in(account)
    with at_most_queries():
        response = browser.get("/en/staff/log/")
    assert set(lines_shown(response.content)) == {line.sequence for line in queries.lines_of_account(account)}
    assert set(lines_shown(response.content)) >= own_lines(account)
    assert not AccessLine.objects.filter(pk__in=lines_shown(response.content)).exclude(org_id=account.org_id).exists()


def test_somebody_sees_what_the_administrator_changed_about_them_and_who_it_was(cast: Cast, sign_in: SignIn) -> None:
    actions.accept_invitation(
        actions.reset_second_factor(cast.administrator, cast.counsellor).code, "seven lamps over a river"
    )
    line = newest(cast.administrator)
    actions.record_access(cast.administrator, "seen", "account", cast.counsellor.pk)
    browser = sign_in(Account.objects.get(pk=cast.counsellor.pk))
    shown = browser.get("/en/staff/log/").content
    assert line.sequence in lines_shown(shown)
    assert newest(cast.administrator).sequence not in lines_shown(shown)
    assert cast.administrator.shown_as in shown.decode()
    assert browser.get(f"/staff/log/{line.sequence}/").status_code == 200


def test_reading_the_own_lines_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    browser.get("/staff/log/")
    line = newest(cast.counsellor)
    assert (line.verb, line.subject, line.purpose) == ("log_read", "access_line", "own_data")


def test_a_colleague_does_not_see_my_line_and_neither_does_the_administrator(cast: Cast, sign_in: SignIn) -> None:
    line = actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    assert sign_in(cast.counsellor).get(f"/staff/log/{line.sequence}/").status_code == 200
    for who in (cast.administrator, cast.officer, cast.stranger, cast.stranger_privacy_officer):
        assert sign_in(who).get(f"/staff/log/{line.sequence}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_a_line_that_never_was_is_not_found(cast: Cast, sign_in: SignIn, number: str) -> None:
    assert sign_in(cast.counsellor).get(f"/staff/log/{number}/").status_code == 404


@pytest.mark.parametrize("before", ["x", "0", "-1", "99999999999999999999"])
def test_a_place_in_the_log_that_is_none_is_not_found(cast: Cast, sign_in: SignIn, before: str) -> None:
    assert sign_in(cast.counsellor).get("/staff/log/", before=before).status_code == 404


def test_the_log_is_cut_into_pages_that_leave_no_line_out(cast: Cast, sign_in: SignIn) -> None:
    for _ in range(queries.LINES_ON_A_PAGE + 5):
        actions.record_access(cast.counsellor, "listed", "contact", compartment="help")
    browser = sign_in(cast.counsellor)
    expected = own_lines(cast.counsellor)
    first = browser.get("/en/staff/log/").content
    older = re.search(r'href="\?before=(\d+)"', first.decode())
    assert older
    second = browser.get("/en/staff/log/", before=older[1]).content
    shown = lines_shown(first) + lines_shown(second)
    assert shown == sorted(shown, reverse=True)
    assert expected <= set(shown)
    assert len(shown) == len(set(shown))


# --- the lines of the organisation ------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["counsellor", "administrator", "officer", "stranger"])
def test_the_log_of_the_organisation_does_not_exist_for_others(cast: Cast, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(cast, who))
    for query in ({}, {"purpose": "supervision"}):
        assert browser.get(ADDRESS, **query).status_code == 404
    assert not AccessLine.objects.filter(verb="log_read").exists()


@pytest.mark.parametrize("query", [{}, {"purpose": ""}, {"purpose": "help"}, {"verb": "seen"}])
def test_without_a_purpose_of_the_role_no_line_is_shown_and_none_written(
    cast: Cast, sign_in: SignIn, query: dict[str, str]
) -> None:
    actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    browser = sign_in(cast.privacy_officer)
    actions.record_own_security(cast.privacy_officer)
    before = newest(cast.privacy_officer).sequence
    response = browser.get(ADDRESS, **query)
    assert response.status_code == 200
    assert lines_shown(response.content) == []
    assert newest(cast.privacy_officer).sequence == before
    assert ("error-summary" in response.content.decode()) is bool(query)


@pytest.mark.parametrize("query", [{}, {"purpose": ""}, {"purpose": "help"}, {"verb": "seen"}])
def test_who_works_here_is_not_told_before_a_purpose_is_given(
    cast: Cast, sign_in: SignIn, query: dict[str, str]
) -> None:
    page = sign_in(cast.privacy_officer).get(ADDRESS, **query).content.decode()
    assert str(cast.administrator.pk) not in page


def test_a_filter_that_is_wrong_but_names_everybody_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.privacy_officer).get(ADDRESS, purpose="security", from_day="2026-02-30").content.decode()
    assert str(cast.administrator.pk) in page
    line = newest(cast.privacy_officer)
    assert (line.verb, line.subject, line.purpose) == ("listed", "account", "security")


def test_the_privacy_officer_sees_the_lines_of_the_organisation_and_of_no_other(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    elsewhere = actions.record_access(cast.officer, "seen", "contact", compartment="enforce")
    actions.record_failed_sign_in(None)
    browser = sign_in(cast.privacy_officer)
    with at_most_queries():
        response = browser.get(ADDRESS, purpose="supervision")
    everything = AccessLine.objects.filter(org_id=cast.counsellor.org_id).values_list("sequence", flat=True)
    assert set(lines_shown(response.content)) == set(everything)
    assert elsewhere.sequence not in lines_shown(response.content)


def test_reading_the_log_of_the_organisation_is_written_down_with_the_purpose_given(
    cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.privacy_officer).get(ADDRESS, purpose="security")
    line = newest(cast.privacy_officer)
    assert (line.verb, line.subject, line.purpose) == ("log_read", "access_line", "security")


def test_lines_are_found_by_account_and_verb(cast: Cast, sign_in: SignIn) -> None:
    wanted = actions.record_access(cast.counsellor, "exported", "contact", compartment="help")
    actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    browser = sign_in(cast.privacy_officer)
    shown = browser.get(ADDRESS, purpose="supervision", account=str(cast.counsellor.pk), verb="exported")
    assert lines_shown(shown.content) == [wanted.sequence]
    stranger = browser.get(ADDRESS, purpose="supervision", account=str(cast.stranger.pk))
    assert lines_shown(stranger.content) == []
    assert "error-summary" in stranger.content.decode()


def test_days_begin_and_end_at_midnight_in_the_netherlands(cast: Cast, sign_in: SignIn) -> None:
    actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    browser = sign_in(cast.privacy_officer)
    today = timezone.localdate()
    yesterday, tomorrow = (str(today + dt.timedelta(days=step)) for step in (-1, 1))

    def shown(**days: str) -> bool:
        query = {"purpose": "supervision", "account": str(cast.counsellor.pk), "verb": "seen", **days}
        return bool(lines_shown(browser.get(ADDRESS, **query).content))

    assert shown(from_day=str(today), to_day=str(today))
    assert not shown(to_day=yesterday)
    assert not shown(from_day=tomorrow)


@pytest.mark.parametrize(
    "days",
    [
        {"from_day": "2026-02-30"},
        {"from_day": "0001-01-01"},
        {"to_day": "9999-12-31"},
        {"from_day": "2026-03-02", "to_day": "2026-03-01"},
    ],
)
def test_a_period_that_is_none_is_explained(cast: Cast, sign_in: SignIn, days: dict[str, str]) -> None:
    response = sign_in(cast.privacy_officer).get(ADDRESS, purpose="supervision", **days)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()


def test_the_privacy_officer_opens_one_line_and_that_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    line = actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    response = sign_in(cast.privacy_officer).get(f"/en/staff/log/{line.sequence}/")
    assert line.line_hash in response.content.decode()
    written = newest(cast.privacy_officer)
    assert (written.verb, written.purpose) == ("log_read", "supervision")
