"""Made-up sources for the demo: two documents in our own words, and what a researcher recorded from them.

The relations are those that human rights organisations report of the coal trade of North Korea; the documents, the
journal and the witness are invented. Everything is made by the same actions as a person uses on the pages. The lists
of sanctions are old copies of real ones (data/SOURCES.md), on which Bureau 39 stands as Office 39.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import translation

from zicht.evidence.actors.actions import protect
from zicht.evidence.models import SanctionsList, Source, Statement
from zicht.evidence.releases.actions import make_dossier
from zicht.evidence.screening.actions import import_list
from zicht.evidence.sources import actions as sources
from zicht.evidence.sources.texts import current_text, text_of
from zicht.evidence.statements import actions
from zicht.evidence.statements.actions import Named, Place, Told, Voice
from zicht.evidence.statements.claims import make_claim, put_in_claim
from zicht.people.models import Account

LISTS = Path(__file__).parent / "data"
REPORT = """Verzonnen verslag voor de demo, februari 2021.

De strafkampen zijn eigendom van het ministerie van Staatsveiligheid, dat ze ook beheert. Tot 200.000 mensen zouden er \
vastzitten. Het ministerie van Staatsveiligheid verzorgt het transport van de goederen die Bureau 39 uitvoert. \
Bureau 39 is een geheim fonds van de familie Kim. De strafkampen leverden in 2016 steenkool voor de uitvoer, \
zeiden voormalige gevangenen tegen de opstellers van dit verslag.
"""
ARTICLE = """Verzonnen krantenbericht voor de demo, maart 2021.

Volgens het verslag zijn de strafkampen in handen van het ministerie van Staatsveiligheid. Het ministerie zegt dat het \
niets met de kampen te maken heeft. Een woordvoerder wilde niet reageren.
"""
INTERVIEW = """Verzonnen interview voor de demo, juni 2022.

Ik werkte van 2014 tot 2016 in de mijn van een van de strafkampen. De bewakers waren mensen van het ministerie van \
Staatsveiligheid. Iris Voorbeeld was met mij in het kamp.
"""
CAMPS, MINISTRY, OFFICE = "Strafkampen", "Ministerie van Staatsveiligheid", "Bureau 39"
FAMILY, REPORTERS, WITNESS = "Familie Kim", "Opstellers van het verslag", "Iris Voorbeeld"
KINDS = {CAMPS: "facility", MINISTRY: "state", OFFICE: "fund", FAMILY: "group", REPORTERS: "group", WITNESS: "person"}


@dataclass(frozen=True)
class Says:
    """A statement with the words it stands on."""

    words: str
    subject: str
    predicate: str
    whom: str
    values: dict[str, object] = field(default_factory=dict)
    chain: tuple[Voice, ...] = ()


BY_REPORT = (Voice("report", name=REPORTERS),)
BY_PRISONERS = (Voice("group", unnamed="voormalige gevangenen"), *BY_REPORT)
OF_REPORT = (
    Says("De strafkampen zijn eigendom van het ministerie van Staatsveiligheid", CAMPS, "part_of", MINISTRY),
    Says(
        "Het ministerie van Staatsveiligheid verzorgt het transport van de goederen die Bureau 39 uitvoert",
        MINISTRY,
        "ships",
        OFFICE,
    ),
    Says("Bureau 39 is een geheim fonds van de familie Kim", OFFICE, "part_of", FAMILY),
    Says(
        "De strafkampen leverden in 2016 steenkool voor de uitvoer",
        CAMPS,
        "exports",
        OFFICE,
        {"when_edtf": "2016", "place_code": "PRK", "modality": "alleged", "closeness": "heard"},
        BY_PRISONERS,
    ),
)
OF_ARTICLE = (
    Says("zijn de strafkampen in handen van het ministerie van Staatsveiligheid", CAMPS, "part_of", MINISTRY),
    Says(
        "Het ministerie zegt dat het niets met de kampen te maken heeft",
        CAMPS,
        "part_of",
        MINISTRY,
        {"polarity": "denied"},
        (Voice("authority", name=MINISTRY),),
    ),
)
OF_INTERVIEW = (
    Says(
        "De bewakers waren mensen van het ministerie van Staatsveiligheid",
        CAMPS,
        "part_of",
        MINISTRY,
        {"when_edtf": "2014/2016", "closeness": "saw"},
    ),
    Says("Iris Voorbeeld was met mij in het kamp", WITNESS, "located_at", CAMPS, {"closeness": "saw"}),
)


def import_lists() -> None:
    """Take in the lists of sanctions, unless any is there: somebody may have brought newer ones."""
    if SanctionsList.objects.exists():
        return
    for file in sorted(LISTS.glob("*.csv")):
        import_list(file.read_bytes())


@transaction.atomic
@translation.override("nl")  # lines and claims keep the words they were recorded in
def make_evidence(researcher: Account) -> None:
    """Make the sources and what was recorded from them, unless there is any of that."""
    if Statement.objects.exists():
        return
    report = _receive(researcher, REPORT, "ngo_report", "Verzonnen verslag over strafkampen en steenkool")
    article = _receive(researcher, ARTICLE, "press", "Verzonnen krantenbericht")
    sources.rest_on(researcher, article, report)
    agreed = {"answer": "yes", "purposes": ["testimony"], "asked_on": report.collected_on}
    told = {"protected": True, "alias": "Getuige K.", "published_edtf": "2022-06"}
    interview = _receive(researcher, INTERVIEW, "witness_interview", "Verzonnen interview", agreed, **told)
    owned, *_others = [_record(researcher, report, one, chain=BY_REPORT) for one in OF_REPORT]
    repeated, denied = (_record(researcher, article, one, chain=BY_REPORT) for one in OF_ARTICLE)
    seen, named = (_record(researcher, interview, one) for one in OF_INTERVIEW)
    claim = make_claim(researcher, owned)
    for statement, stance in ((repeated, "supports"), (seen, "supports"), (denied, "contradicts")):
        put_in_claim(researcher, claim, statement, stance)
    actions.assess(researcher, owned, "B", "2", "Verzonnen voorbeeld.")
    protect(researcher, named.subject, "Getuige I.")
    make_dossier(researcher, "Verzonnen dossier over strafkampen en steenkool", [claim])


def _receive(
    by: Account, text: str, kind: str, title: str, interview: dict[str, object] | None = None, **values: object
) -> Source:
    given = {"kind": kind, "title": title, "licence": "AGPL-3.0", **values}
    return sources.receive(by, text.encode(), given, interview=interview).source


def _record(by: Account, source: Source, says: Says, chain: tuple[Voice, ...] = ()) -> Statement:
    version = current_text(source)
    start = text_of(version).index(says.words) if version else 0
    values = {"predicate": says.predicate, "closeness": "repeated", **says.values}
    named = (Named(name, KINDS[name]) for name in (says.subject, says.whom))
    subject, whom = named
    told = Told(subject, values, [Place(start, start + len(says.words))], whom, says.chain or chain)
    return actions.record_statement(by, source, told)
