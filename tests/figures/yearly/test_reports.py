"""Two people publish a report, and then it never changes: pages, guards of the database, and who may do what."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from tests.cases.cast import Cast
from tests.figures.register.made import keyed, store
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht.figures.models import Commitment, ReportApproval, SeriesBreak, YearlyReport
from zicht.figures.yearly import actions
from zicht.figures.yearly.errors import AlreadyApproved, IsPublished, NoReason, YearNotOver
from zicht.figures.yearly.package import hash_of, pack
from zicht.people.models import AccessLine, Account

PAGE = b'<main class="report"><h2>In short</h2><p>Numbers.</p></main>'
FILES = {f"report.{language}.{ending}": PAGE for language in ("nl", "en") for ending in ("html", "pdf")}
FILES["data/tables.json"] = b'{"tables": []}'
REPORTS = "/en/figures/reports/"


def draft(by: Account, level: str = "public", **values: Any) -> YearlyReport:
    """Store a draft that somebody made, with next to nothing in it."""
    package = pack(FILES)
    usual = {"year": 2025, "version": 1, "data_cutoff": dt.date(2026, 3, 1), "definition_version": "1.5.0"}
    report = YearlyReport(
        org=by.org, made_by=by, release_level=level, package=package, sha256=hash_of(package), **{**usual, **values}
    )
    report.save(force_insert=True)
    return report


@pytest.fixture
def rapporteur(cast: Cast) -> Account:
    return colleague(cast.administrator, "roos", "rapporteur")


def published(cast: Cast, rapporteur: Account, level: str = "public") -> YearlyReport:
    report = draft(cast.analyst, level)
    actions.approve(cast.analyst, report)
    return actions.approve(rapporteur, report)


@pytest.mark.django_db
def test_one_person_is_not_enough_and_nobody_counts_twice(cast: Cast, rapporteur: Account) -> None:
    report = draft(cast.analyst)
    assert actions.approve(cast.analyst, report).published_at is None
    with pytest.raises(AlreadyApproved):
        actions.approve(cast.analyst, report)
    assert actions.approve(rapporteur, report).published_at is not None
    with pytest.raises(IsPublished):
        actions.approve(rapporteur, report)
    with pytest.raises(IsPublished):
        actions.discard(cast.analyst, YearlyReport.objects.get())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE figures_yearlyreport SET reason = 'x'",
        "UPDATE figures_yearlyreport SET sha256 = 'x'",
        "UPDATE figures_yearlyreport SET published_at = NULL",
        "DELETE FROM figures_reportapproval",
        "DELETE FROM figures_yearlyreport",
    ],
)
def test_the_database_itself_keeps_what_was_published(cast: Cast, rapporteur: Account, statement: str) -> None:
    published(cast, rapporteur)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)


@pytest.mark.django_db
def test_past_the_actions_nothing_is_published_with_one_approval_or_with_two_of_one_person(cast: Cast) -> None:
    report = draft(cast.analyst)
    actions.approve(cast.analyst, report)
    report.published_at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    with pytest.raises(DatabaseError), transaction.atomic():
        report.save(update_fields=["published_at"])
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportApproval(report=report, by=cast.analyst, sha256=report.sha256).save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        draft(cast.analyst, level="partners", published_at=report.published_at)


@pytest.mark.django_db
def test_a_year_that_runs_is_reported_to_nobody_outside_and_a_correction_says_why(
    cast: Cast, rapporteur: Account
) -> None:
    published(cast, rapporteur)
    this_year = timezone.localdate().year
    store(cast.case_worker, keyed([{"first_registered": year} for year in (2025, this_year)]))
    with pytest.raises(NoReason):
        actions.make_report(cast.analyst, actions.Asked("2025", "public"))
    with pytest.raises(YearNotOver):
        actions.make_report(cast.analyst, actions.Asked(str(this_year), "partners"))


@pytest.mark.django_db
def test_everybody_reads_what_was_published_for_everybody_and_nothing_else(cast: Cast, rapporteur: Account) -> None:
    shown, hidden = published(cast, rapporteur), published(cast, rapporteur, "partners")
    waiting = draft(cast.analyst, "internal")
    client = Client()
    page = client.get(REPORTS).content.decode()
    assert f"{shown.pk}" in page
    assert not any(f"{one.pk}" in page for one in (hidden, waiting))
    assert "<p>Numbers.</p>" in client.get(f"{REPORTS}{shown.pk}/").content.decode()
    assert client.get(f"{REPORTS}{shown.pk}/files/report.nl.pdf").content == PAGE
    assert client.get(f"{REPORTS}{shown.pk}/files/report.zip").content == bytes(shown.package)
    assert client.get(f"{REPORTS}{shown.pk}/files/other.pdf").status_code == 404
    for one in (hidden, waiting):
        for address in (f"{REPORTS}{one.pk}/", f"{REPORTS}{one.pk}/files/report.zip"):
            assert client.get(address).status_code == 404
    assert not AccessLine.objects.filter(verb__in=("seen", "exported"), subject="yearly_report").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["case_worker", "counsellor", "administrator", "privacy_officer", "officer"])
def test_who_makes_no_figures_neither_sees_drafts_nor_makes_approves_or_keeps_anything(
    cast: Cast, sign_in: SignIn, role: str
) -> None:
    report = draft(cast.analyst)
    browser = sign_in(getattr(cast, role))
    addresses = ["make/", "commitments/", f"commitments/{uuid4()}/", "breaks/", f"{report.pk}/"]
    addresses.append(f"{report.pk}/files/report.zip")
    assert {browser.get(REPORTS + address).status_code for address in addresses} == {404}
    for address in (f"{report.pk}/approve/", f"{report.pk}/discard/", "make/", "commitments/", "breaks/"):
        assert browser.post(REPORTS + address).status_code == 404
    assert f"{report.pk}" not in browser.get(REPORTS).content.decode()
    assert not ReportApproval.objects.exists()
    assert YearlyReport.objects.exists()


@pytest.mark.django_db
def test_an_analyst_of_another_organisation_sees_no_draft(cast: Cast, sign_in: SignIn) -> None:
    stranger = cast.stranger_case_worker
    report = draft(stranger)
    browser = sign_in(cast.analyst)
    assert browser.get(f"{REPORTS}{report.pk}/").status_code == 404
    # A draft of others is no more there than one that was thrown away.
    assert browser.post(f"{REPORTS}{report.pk}/approve/")["Location"] == REPORTS
    assert browser.post(f"{REPORTS}{report.pk}/discard/")["Location"] == REPORTS
    assert not report.approvals.exists()
    assert YearlyReport.objects.filter(pk=report.pk).exists()


@pytest.mark.django_db
def test_two_people_read_and_approve_on_the_page_and_a_draft_can_be_thrown_away(
    cast: Cast, rapporteur: Account, sign_in: SignIn
) -> None:
    report, other = draft(cast.analyst), draft(cast.analyst, "partners")
    analyst = sign_in(cast.analyst)
    assert "Approve" in analyst.get(f"{REPORTS}{report.pk}/").content.decode()
    assert AccessLine.objects.filter(verb="seen", subject="yearly_report").count() == 1
    analyst.post(f"{REPORTS}{report.pk}/approve/")
    assert "Approved by" in analyst.get(f"{REPORTS}{report.pk}/").content.decode()
    analyst.post(f"{REPORTS}{other.pk}/discard/")
    assert not YearlyReport.objects.filter(pk=other.pk).exists()
    sign_in(rapporteur).post(f"{REPORTS}{report.pk}/approve/")
    assert YearlyReport.objects.get(pk=report.pk).published_at is not None


@pytest.mark.django_db
def test_commitments_and_breaks_are_kept_with_tables_that_exist(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.analyst)
    given = {
        "kind": "question",
        "text_nl": "Hoeveel minderjarigen?",
        "text_en": "How many minors?",
        "made_to": "State secretary",
        "source": "Chat year 2020",
        "dated": "2025-02-01",
        "state": "open",
        "state_on": "2025-02-01",
        "table_codes": "f02, F99",
    }
    assert "F99 is not a standard table" in browser.post(f"{REPORTS}commitments/", **given).content.decode()
    browser.post(f"{REPORTS}commitments/", **{**given, "table_codes": "f02, F03"})
    one = Commitment.objects.get()
    assert (one.table_codes, one.org_id) == ("F02 F03", cast.analyst.org_id)
    browser.post(f"{REPORTS}commitments/{one.pk}/", **{**given, "table_codes": "F02", "state": "answered"})
    assert Commitment.objects.get().state == "answered"
    told = {"year": "2022", "table_codes": "F02", "text_nl": "Ander formulier", "text_en": "Another form"}
    browser.post(f"{REPORTS}breaks/", **told)
    assert SeriesBreak.objects.get().year == 2022
    assert "Another form" in browser.get(f"{REPORTS}breaks/").content.decode()
