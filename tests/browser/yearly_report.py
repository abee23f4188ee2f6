"""Yearly reports to look at: one published, one that waits; a commitment and a break."""

import datetime as dt
from uuid import UUID

from django.utils import translation

from tests.figures.register.made import YEAR, register_of
from zicht.figures.models import Commitment, SeriesBreak, YearlyReport
from zicht.figures.register.releases import make_release
from zicht.figures.yearly import actions
from zicht.figures.yearly.data_files import write_data
from zicht.figures.yearly.package import hash_of, pack
from zicht.figures.yearly.standing import as_html
from zicht.figures.yearly.writing import Material, write_report
from zicht.people.models import Account

PUBLISHED, DRAFT = UUID("a1111111-2222-4222-8222-222222222222"), UUID("a3333333-2222-4222-8222-222222222222")
COMMITMENT = UUID("a4444444-2222-4222-8222-222222222222")
ROOT = "/figures/reports/"
OF_EVERYBODY = (ROOT, f"{ROOT}{PUBLISHED}/")
OF_ANALYSTS = (
    ROOT,
    f"{ROOT}{DRAFT}/",
    f"{ROOT}make/",
    f"{ROOT}commitments/",
    f"{ROOT}commitments/{COMMITMENT}/",
    f"{ROOT}breaks/",
)
DAY = dt.date(YEAR + 1, 3, 1)


def make_yearly_reports(analyst: Account, other: Account) -> None:
    """Let there be a report with two figures, published; a draft of the same; a commitment and a break."""
    told = {"text_nl": "Elk jaar.", "text_en": "Every year."}
    dates = {"dated": DAY, "state_on": DAY, "made_to": "Ministerie", "source": "Kamerstuk 1"}
    one = Commitment(commitment_id=COMMITMENT, kind="target", table_codes="F03", **dates, **told)
    actions.keep_commitment(analyst, one)
    actions.keep_break(analyst, SeriesBreak(year=YEAR, table_codes="F03", **told))
    package = pack(_files(analyst))
    for key, level in ((PUBLISHED, "public"), (DRAFT, "partners")):
        report = YearlyReport(
            report_id=key, org=analyst.org, year=YEAR, release_level=level, version=1, made_by=analyst
        )
        report.data_cutoff, report.definition_version = DAY, "1.5.0"
        report.package, report.sha256 = package, hash_of(package)
        report.save(force_insert=True)
    for account in (analyst, other):
        actions.approve(account, YearlyReport.objects.get(pk=PUBLISHED))


def _files(analyst: Account) -> dict[str, bytes]:
    """Write the pages of a release with two tables; others look the same, and drawing them all would take long."""
    people = [{"age_band": "12_15", "relations": ["parent"]}, {"age_band": "18_20", "relations": ["partner"]}] * 40
    release = make_release(register_of(people), "internal", DAY)
    some = {code: table for code, table in release.tables.items() if code in ("F03", "F05")}
    material = Material(analyst.org, type(release)(YEAR, "internal", DAY, release.version, some), (), 1)
    files = write_data(material, list(some))
    for language in ("nl", "en"):
        with translation.override(language):
            files[f"report.{language}.html"] = as_html(write_report(material)).encode()
        files[f"report.{language}.pdf"] = b"%PDF-"
    return files
