"""What is read of reports: which are there, who may see them, and what they told."""

import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zicht.figures.models import YearlyReport
from zicht.figures.yearly.cells import Name, read_values
from zicht.figures.yearly.data_files import KEPT
from zicht.figures.yearly.package import unpack
from zicht.people.models import Account, Organisation

PUBLIC = "public"


def reports_for(reader: Account | None) -> QuerySet[YearlyReport]:
    """Give the reports that somebody may see: what was published for the public, and those of the own organisation."""
    open_to_all = Q(release_level=PUBLIC, published_at__isnull=False)
    found: QuerySet[YearlyReport] = YearlyReport.objects.defer("package").select_related("org", "made_by")
    if reader is None or not reader.has_perm("figures.see_register"):
        return found.filter(open_to_all)
    return found.filter(open_to_all | Q(org=reader.org_id))


def find_report(reader: Account | None, key: UUID) -> YearlyReport | None:
    """Give a report that somebody may see."""
    return reports_for(reader).filter(pk=key).first()


def published(organisation: Organisation, year: int, level: str) -> YearlyReport | None:
    """Give the latest published version of the report on a year at a level."""
    found = _published(organisation, level).filter(year=year)
    return found.order_by("-version").first()


def published_after(organisation: Organisation, year: int, level: str) -> list[YearlyReport]:
    """Give the published reports on later years, in the order in which they came."""
    return list(_published(organisation, level).filter(year__gt=year).order_by("published_at"))


def draft_of(organisation: Organisation, year: int, level: str) -> YearlyReport | None:
    """Give the draft that waits for approval, if there is one."""
    found: QuerySet[YearlyReport] = YearlyReport.objects.filter(org=organisation, year=year, release_level=level)
    return found.filter(published_at=None).first()


def _published(organisation: Organisation, level: str) -> QuerySet[YearlyReport]:
    found: QuerySet[YearlyReport] = YearlyReport.objects.filter(org=organisation, release_level=level)
    return found.exclude(published_at=None)


def values_in(report: YearlyReport) -> dict[Name, int | None]:
    """Give what a report shows of its own year."""
    return read_values(kept_in(report))


def told_of(report: YearlyReport, year: int) -> dict[Name, int | None]:
    """Give what a report tells of an earlier year in its series."""
    told = kept_in(report).get("earlier", {}).get(str(year), [])
    return {tuple(name): value for *name, value in told}


def kept_in(report: YearlyReport) -> dict[str, Any]:
    """Give the tables of a report as its package keeps them."""
    return _kept(report.pk, bytes(report.package), report.sha256)


@lru_cache(maxsize=16)
def _kept(_key: UUID, package: bytes, _sha256: str) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(unpack(package, KEPT))
    return kept
