"""Sources, statements and candidates to look at, with identifiers that every run gives them."""

import json
import struct
import zlib
from uuid import UUID

from zicht.evidence.actors.naming import note_name
from zicht.evidence.models import (
    Actor,
    Claim,
    ClaimPart,
    Dossier,
    DossierPart,
    Screening,
    ScreeningCandidate,
    Source,
    Statement,
)
from zicht.evidence.screening.actions import import_list
from zicht.evidence.screening.findings import find
from zicht.evidence.sources import actions as sources
from zicht.evidence.statements import actions as statements
from zicht.evidence.statements.actions import Named, Place, Told, Voice
from zicht.linkage.screening import Asked
from zicht.people.models import Account
from zicht.people.sealed import make_key

SOURCE, PICTURE = UUID("b1111111-1111-4111-8111-111111111111"), UUID("b2222222-2222-4222-8222-222222222222")
READ_TWICE, STATEMENT = UUID("b3333333-3333-4333-8333-333333333333"), UUID("b4444444-4444-4444-8444-444444444444")
MINISTRY, OFFICE = UUID("b5555555-5555-4555-8555-555555555555"), UUID("b6666666-6666-4666-8666-666666666666")
CLAIM, DOSSIER = UUID("b7777777-7777-4777-8777-777777777777"), UUID("b8888888-8888-4888-8888-888888888888")
CANDIDATE = UUID("b9999999-9999-4999-8999-999999999999")
HOME = "/staff/evidence/"
OF_RESEARCHERS = (
    HOME,
    f"{HOME}add/",
    f"{HOME}{SOURCE}/",
    f"{HOME}{SOURCE}/custody/",
    f"{HOME}{SOURCE}/withdraw/",
    f"{HOME}{PICTURE}/",
    f"{HOME}{READ_TWICE}/agreement/",
    f"{HOME}statements/{STATEMENT}/",
    f"{HOME}claims/",
    f"{HOME}claims/{CLAIM}/",
    f"{HOME}network/",
    f"{HOME}network/{MINISTRY}/{OFFICE}/",
    f"{HOME}timeline/",
    f"{HOME}places/",
    f"{HOME}places/PRK/",
    f"{HOME}actors/",
    f"{HOME}actors/{OFFICE}/",
    f"{HOME}dossiers/",
    f"{HOME}dossiers/{DOSSIER}/",
    f"{HOME}export/",
    f"{HOME}import/",
    f"{HOME}search/",
    f"{HOME}search/names/",
    f"{HOME}screening/",
    f"{HOME}screening/{CANDIDATE}/",
)
# Invented.
REPORT = (
    "date 2021-02 Het ministerie van Nachtzaken bezit en beheert Kamp 7, zegt Stichting Lantaarn in een rapport. "
    "Mira Solveig vertelde in maart 2019 dat er ruim 200 gevangenen steenkool dolven. "
    "Het ministerie verzendt de kolen voor Bureau 12."
)
SHIPS = "Het ministerie verzendt de kolen voor Bureau 12."
OWNS = "Het ministerie van Nachtzaken bezit en beheert Kamp 7"
SAYS = (Voice("group", unnamed="voormalige gevangenen"), Voice("report", name="Stichting Lantaarn"))
LISTED = b'dataid,reference_number,name,listed_on,aliases\n12,KPe.012,OFFICE 12,2016-03-02,"Division 12"\n'


def png(width: int, height: int) -> bytes:
    """Give a grey picture (PNG, ISO/IEC 15948)."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\xbb" * width) * height)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    written = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def make_sources(worker: Account) -> None:
    """Let there be a report with statements, a picture, a text that is read apart, and what comes of them."""
    source = _receive(worker, REPORT.encode(), source_id=SOURCE, title="Verslag over Kamp 7")
    for key, name, kind in ((MINISTRY, "Ministerie van Nachtzaken", "state"), (OFFICE, "Bureau 12", "fund")):
        actor = Actor(pk=key, org=source.org, compartment=source.compartment, kind=kind, label=name, named_in=source)
        actor.public_actor, actor.made_by = True, worker
        actor.save(force_insert=True)
        note_name(worker, actor, source, name)
    shipped = _say(worker, source, SHIPS, "Bureau 12", statement_id=STATEMENT, predicate="ships", place_code="PRK")
    _say(worker, source, OWNS, "Kamp 7", predicate="owns", when_edtf="2016~/2019", chain=SAYS)
    picture = _receive(worker, png(60, 40), source_id=PICTURE, kind="satellite", title="Satellietbeeld")
    part = Place(region=(0.2, 0.1, 0.3, 0.25))
    seen = {"wording": "toont", "value": "een laadplaats", "closeness": "saw"}
    statements.record_statement(worker, picture, Told(Named("Kamp 7", "facility"), seen, [part]))
    again = _receive(worker, f"Nog een. {REPORT}".encode(), source_id=READ_TWICE, double_reading=True)
    sources.read_apart(worker, again)
    _say(worker, again, SHIPS, "Bureau 12", predicate="ships")
    sources.read_apart(worker, again, is_finished=True)
    _make_claim(worker, shipped)
    _make_candidate(shipped)


def _receive(by: Account, data: bytes, **values: object) -> Source:
    return sources.receive(by, data, {"kind": "ngo_report", "title": "Tweede verslag", **values}).source


def _say(
    by: Account, source: Source, words: str, whom: str, chain: tuple[Voice, ...] = SAYS[1:], **values: object
) -> Statement:
    version = source.texts.get()
    start = REPORT.index(words) + version.length - len(REPORT)
    told = {"closeness": "repeated", **values}
    subject, other = Named("Ministerie van Nachtzaken", "state"), Named(whom, "facility")
    return statements.record_statement(
        by, source, Told(subject, told, [Place(start, start + len(words))], other, chain)
    )


def _make_claim(by: Account, statement: Statement) -> None:
    place = {"org": by.org, "compartment": statement.source.compartment}
    claim = Claim(
        pk=CLAIM, first=statement, text="Het ministerie verzendt goederen van Bureau 12", state="single", **place
    )
    claim.save(force_insert=True)
    ClaimPart(claim=claim, statement=statement, stance="supports", by=by).save(force_insert=True)
    dossier = Dossier(pk=DOSSIER, title="Kolen van Kamp 7", made_by=by, **place)
    make_key(dossier)
    dossier.save(force_insert=True)
    DossierPart(dossier=dossier, claim=claim, number=1).save(force_insert=True)


def _make_candidate(statement: Statement) -> None:
    """Let there be a candidate with a known identifier beside the one that the list itself brings."""
    version = import_list(LISTED).version
    screening = Screening.objects.get(version=version)
    told = json.loads(find(Asked.read("Bureau 12", "body"), [version])[0].to_json())
    row = ScreeningCandidate(pk=CANDIDATE, screening=screening, actor_id=OFFICE, source=statement.source)
    row.told = json.dumps(told)
    row.save(force_insert=True)
