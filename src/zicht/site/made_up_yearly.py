"""The yearly report of the demo: what was promised, a break in a series, a published report and its correction."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import QuerySet
from django.utils import timezone

from zicht.contact.records.models import Contact
from zicht.figures.estimates.taking import Taken, take
from zicht.figures.estimates.working import Order, write_result
from zicht.figures.justice.keeping import import_delivery
from zicht.figures.models import Commitment, SeriesBreak, YearlyReport
from zicht.figures.yearly import actions
from zicht.figures.yearly.actions import Asked
from zicht.people.models import Account
from zicht.stats.methods import Options, estimate
from zicht.stats.table_files import parse_table

LEVEL = "public"
FORGOTTEN = 14  # contacts; fewer would have to wait
# What the seed documents of the words tell of 2020 and 2021, with made-up offices (figures.yaml, s004 and s002).
COMMITMENTS: tuple[dict[str, object], ...] = (
    {
        "kind": "commitment",
        "text_nl": "Elk jaar 1300 minderjarige slachtoffers in beeld brengen, en elk van hen passende hulp bieden.",
        "text_en": "Bring 1,300 under-age victims a year into sight, and offer each of them fitting help.",
        "made_to": "Partners van de 1300-deal (verzonnen)",
        "source": "Verzonnen, naar CKM, jaaranalyse 2020",
        "state": "partly",
        "table_codes": "F02 F03 F18",
    },
    {
        "kind": "question",
        "text_nl": "Hoeveel slachtoffers noemen een (stief)ouder als vermoedelijke pleger, en hoe lang duurt dat al?",
        "text_en": "How many victims name a (step)parent as alleged perpetrator, and for how long has it lasted?",
        "made_to": "Staatssecretaris (verzonnen)",
        "source": "Verzonnen, naar CKM, jaaranalyse 2020",
        "state": "open",
        "table_codes": "F05 F06",
    },
    {
        "kind": "target",
        "text_nl": "Alle gemeenten hebben helder beleid tegen mensenhandel.",
        "text_en": "Every municipality has a clear policy against trafficking.",
        "made_to": "Gemeenten (verzonnen)",
        "source": "Verzonnen, naar afspraken van 2018",
        "state": "not_met",
        "table_codes": "F23",
    },
)
REASON = (
    "veertien gesprekken van december waren nog niet vastgelegd / fourteen conversations of December were not recorded "
    "yet"
)


# Made-up counts of stages before a court, of the last whole year and the one before; some ages are not known.
COURT = {
    "formal_contact": ({"total": 231, "f": 38, "m": 186, "yes": 21, "no": 204}, {"total": 219}),
    "prosecuted": ({"total": 164, "f": 23, "m": 138, "yes": 12, "no": 150}, {"total": 171}),
    "convicted": ({"total": 97, "f": 12, "m": 84, "yes": 4, "no": 92}, {"total": 103}),
}
OF_SPLIT = {"total": "total", "f": "gender", "m": "gender", "yes": "is_minor", "no": "is_minor"}
LISTS = (
    "Politie,Zorg,Arbeidsinspectie,count\n1,0,0,412\n0,1,0,268\n0,0,1,151\n1,1,0,74\n1,0,1,39\n0,1,1,21\n1,1,1,11\n",
    "Politie,Zorg,Arbeidsinspectie,count\n1,0,0,398\n0,1,0,241\n0,0,1,163\n1,1,0,70\n1,0,1,42\n0,1,1,19\n1,1,1,10\n",
)
METHODS = ("loglinear", "bic", "dga")  # those that take a second together


def deliver_justice() -> None:
    """Read a made-up delivery of justice partners."""
    year = timezone.localdate().year - 1
    rows = [
        f"{year - ago},{stage},{OF_SPLIT[name]},{name},{number}"
        for stage, years in COURT.items()
        for ago, counts in enumerate(years)
        for name, number in counts.items()
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "delivery.csv"
        path.write_text("\n".join(["year,stage,split,category,count", *rows]), encoding="utf-8")
        import_delivery(path, "Verzonnen levering van justitie")


def take_estimates(analyst: Account) -> None:
    """Estimate from made-up lists for everybody, and take it into the reports on two years."""
    year = timezone.localdate().year - 1
    for ago, text in reversed(list(enumerate(LISTS))):
        table, order = parse_table(text.encode()), Order(LEVEL, 1, "file")
        results = [write_result(estimate(table, name, Options(), lambda _done: None), LEVEL) for name in METHODS]
        told = Taken(year - ago, "vermoedelijke slachtoffers in Nederland (verzonnen)", 17_900_000, "CBS, afgerond")
        take(analyst, told, order, {"methods": results, "strata": []}, table)


def make_commitments(analyst: Account) -> None:
    """Record commitments and a break, unless there are any."""
    if Commitment.objects.filter(org=analyst.org).exists():
        return
    year = timezone.localdate().year - 1
    for number, told in enumerate(COMMITMENTS):
        days = {"dated": dt.date(year - number, 3, 1), "state_on": dt.date(year, 12, 1)}
        actions.keep_commitment(analyst, Commitment(**told, **days))
    told = {
        "text_nl": "Sinds dit jaar vraagt de chat altijd of iemand het eerder vertelde (verzonnen).",
        "text_en": "Since this year the chat always asks whether somebody told it before (made up).",
    }
    actions.keep_break(analyst, SeriesBreak(year=year - 1, table_codes="F02 F04", **told))


def make_reports(analyst: Account, rapporteur: Account) -> None:
    """Publish the report on the last whole year, and a correction of it, unless there is one."""
    year = timezone.localdate().year - 1
    if YearlyReport.objects.filter(org=analyst.org, year=year).exists():
        return
    deliver_justice()
    take_estimates(analyst)
    _publish(analyst, rapporteur, Asked(str(year), LEVEL))
    _record_forgotten(analyst, year)
    _publish(analyst, rapporteur, Asked(str(year), LEVEL, REASON))


def _publish(analyst: Account, rapporteur: Account, asked: Asked) -> None:
    report = actions.make_report(analyst, asked)
    actions.approve(analyst, report)
    actions.approve(rapporteur, report)


def _record_forgotten(analyst: Account, year: int) -> None:
    """Record contacts of December like one that is there, past the checks, which that one passed."""
    like = Contact.objects.filter(org=analyst.org, role="self_victim", about_thb=True, repeat_visitor=False).first()
    if like is None:
        return
    values = {field.attname: getattr(like, field.attname) for field in Contact._meta.concrete_fields}
    values |= {"received_at": dt.datetime(year, 12, 12, 15, tzinfo=dt.UTC)}
    values.pop(Contact._meta.pk.attname)
    QuerySet[Contact](Contact).bulk_create([Contact(**values) for _ in range(FORGOTTEN)])
