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
from zicht.figures.yearly.errors import AlreadyApproved, Damaged, IsPublished, NoReason, YearNotOver
from zicht.figures.yearly.making import gather, make_files
from zicht.figures.yearly.package import hash_of, pack
from zicht.people.actions import record_access
from zicht.people.models import Account


@dataclass(frozen=True)
class Asked:
    """Hold which report somebody wants."""

    year: str
    level: str
    reason: str = ""


def make_report(by: Account, asked: Asked) -> YearlyReport:
    """Make a draft of the report on a year, in place of a draft that is there; after a published one, a correction.

    Raises NotForAccount, UnknownLevel, UnknownYear, NobodyRegistered, YearNotOver, NoReason.
    """
    if not by.has_perm("figures.make_report"):
        raise NotForAccount
    level = find_level(asked.level)
    year = find_year(asked.year, years_with_data(by.org))
    if year >= timezone.localdate().year and least_shown(level) > 1:
        raise YearNotOver(year=year)
    corrects = queries.published(by.org, year, level)
    if corrects and not asked.reason.strip():
        raise NoReason(year=year)
    reason = asked.reason.strip() if corrects else ""
    # The long part happens before anybody else has to wait for the database.
    material = gather(by.org, year, level, corrects, reason)
    package = pack(make_files(material))
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


@transaction.atomic
def _keep(by: Account, report: YearlyReport) -> None:
    draft = queries.draft_of(by.org, report.year, report.release_level)
    if draft:
        draft.delete()
    report.save(force_insert=True)
    record_access(by, "opened", "yearly_report", report.pk, purpose=PURPOSE, compartment=WALL)


@transaction.atomic
def approve(by: Account, report: YearlyReport) -> YearlyReport:
    """Approve a version; with the second person it is published. Raises NotForAccount and what the errors say."""
    if not by.has_perm("figures.approve_report", report):
        raise NotForAccount
    found = YearlyReport.objects.select_for_update().get(pk=report.pk)
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
