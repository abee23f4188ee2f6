"""The only place that writes reports: make a draft, approve it, and publish it when two people did."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zicht.figures.errors import NotForAccount
from zicht.figures.guards import FEWEST_APPROVALS
from zicht.figures.models import Commitment, ReportApproval, SeriesBreak, YearlyReport
from zicht.figures.register.releases import least_shown
from zicht.figures.register.releasing import find_level, find_year, years_with_data
from zicht.figures.rules import PURPOSE, WALL
from zicht.figures.yearly import queries
from zicht.figures.yearly.errors import (
    AlreadyApproved,
    Damaged,
    IsPublished,
    NoReason,
    OvertakenWhileMaking,
    ReplacedMeanwhile,
    YearNotOver,
)
from zicht.figures.yearly.making import Tell, gather, make_files, tell_nobody
from zicht.figures.yearly.package import hash_of, pack
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation


@dataclass(frozen=True)
class Asked:
    """Hold which report somebody wants."""

    year: str
    level: str
    reason: str = ""


def check(by: Account, asked: Asked) -> None:
    """Refuse at once what can be refused before any work.

    Raises NotForAccount, UnknownLevel, UnknownYear, NobodyRegistered, YearNotOver, NoReason.
    """
    _examine(by, asked)


def make_report(by: Account, asked: Asked, tell: Tell = tell_nobody) -> YearlyReport:
    """Make a draft of the report on a year, in place of a draft that is there; after a published one, a correction.

    `tell` is called with the share of the work that is done. Raises what `check` does, and OvertakenWhileMaking.
    """
    year, level, corrects = _examine(by, asked)
    reason = asked.reason.strip() if corrects else ""
    # The long part happens before anybody else has to wait for the database.
    material = gather(by.org, year, level, corrects, reason, tell=tell)
    package = pack(make_files(material, tell))
    report = YearlyReport(
        org=by.org,
        year=year,
        release_level=level,
        version=material.version,
        corrects=corrects,
        reason=reason,
        data_cutoff=material.release.cutoff,
        definition_version=material.release.version,
        sha256=hash_of(package),
        package=package,
        made_by=by,
    )
    _keep(by, report)
    return report


def _examine(by: Account, asked: Asked) -> tuple[int, str, YearlyReport | None]:
    """Give the year, the level and the report that is corrected."""
    if not by.has_perm("figures.make_report"):
        raise NotForAccount
    level = find_level(asked.level)
    year = find_year(asked.year, years_with_data(by.org))
    if year >= timezone.localdate().year and least_shown(level) > 1:
        raise YearNotOver(year=year)
    corrects = queries.published(by.org, year, level)
    if corrects and not asked.reason.strip():
        raise NoReason(year=year)
    return year, level, corrects


@transaction.atomic
def _keep(by: Account, report: YearlyReport) -> None:
    # One after the other: of two that were made at once the second replaces the first, as it would a day later.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.org_id)
    now = queries.published(by.org, report.year, report.release_level)
    if (now and now.pk) != report.corrects_id:
        raise OvertakenWhileMaking(year=report.year)
    draft = queries.draft_of(by.org, report.year, report.release_level)
    if draft:
        draft.delete()
    report.save(force_insert=True)
    record_access(by, "opened", "yearly_report", report.pk, purpose=PURPOSE, compartment=WALL)


@transaction.atomic
def approve(by: Account, report: YearlyReport) -> YearlyReport:
    """Approve a version; with the second person it is published. Raises NotForAccount and what the errors say.

    `report` is the version that was read: when another draft took its place meanwhile, nobody read that one.
    """
    if not by.has_perm("figures.approve_report", report):
        raise NotForAccount
    # Two who approve at once take turns, so that the second of them publishes.
    found = YearlyReport.objects.select_for_update().filter(pk=report.pk).first()
    if found is None or found.sha256 != report.sha256:
        raise ReplacedMeanwhile
    if found.published_at:
        raise IsPublished
    if found.approvals.filter(by=by).exists():
        raise AlreadyApproved
    if hash_of(bytes(found.package)) != found.sha256:
        raise Damaged
    ReportApproval(report=found, by=by, sha256=found.sha256).save(force_insert=True)
    if found.approvals.count() >= FEWEST_APPROVALS:
        found.published_at = timezone.now()
        found.save(update_fields=["published_at"])
    record_access(by, "changed", "yearly_report", found.pk, purpose=PURPOSE, compartment=WALL)
    return found


@transaction.atomic
def discard(by: Account, report: YearlyReport) -> None:
    """Throw a draft away with its approvals. Raises NotForAccount, IsPublished."""
    if not by.has_perm("figures.make_report", report):
        raise NotForAccount
    if report.published_at:
        raise IsPublished
    record_access(by, "changed", "yearly_report", report.pk, purpose=PURPOSE, compartment=WALL)
    report.delete()


@transaction.atomic
def keep_commitment(by: Account, one: Commitment) -> None:
    """Store a commitment or policy question, new or changed."""
    if not by.has_perm("figures.make_report"):
        raise NotForAccount
    one.org, one.by, one.at = by.org, by, timezone.now()
    one.save()
    record_access(by, "changed", "commitment", one.pk, purpose=PURPOSE, compartment=WALL)


@transaction.atomic
def keep_break(by: Account, one: SeriesBreak) -> None:
    """Store a break in a series."""
    if not by.has_perm("figures.make_report"):
        raise NotForAccount
    one.org, one.by, one.at = by.org, by, timezone.now()
    one.save()
    record_access(by, "changed", "series_break", one.pk, purpose=PURPOSE, compartment=WALL)
