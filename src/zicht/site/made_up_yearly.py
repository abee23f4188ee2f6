"""The yearly report of the demo: what was promised, a break in a series, a published report and its correction."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from zicht.contact.records.models import Contact
from zicht.figures.models import Commitment, SeriesBreak, YearlyReport
from zicht.figures.yearly import actions
from zicht.figures.yearly.actions import Asked
from zicht.people.models import Account

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
