"""Files in and out: the command that stores documents, and FollowTheMoney there and back."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from tests.evidence.cast import REPORT, SENTENCE, Cast
from tests.evidence.lists import ships
from tests.people.conftest import SignIn

from zicht.evidence.actors.naming import names_by_actor, note_name
from zicht.evidence.errors import NotReadableError
from zicht.evidence.models import Actor, ActorName, Source, Statement
from zicht.evidence.releases import actions as releases
from zicht.evidence.releases.contents import contents_of
from zicht.evidence.releases.exports import as_csv, as_ftm, rows_for_export
from zicht.evidence.releases.importing import import_ftm
from zicht.evidence.screening import actions
from zicht.evidence.statements.claims import make_claim
from zicht.evidence.statements.wording import rows_of
from zicht.people.sealed import reveal


def test_documents_are_stored_once_from_the_command_line(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT)
    house = cast.researcher.org.org_name
    for is_new in (True, False):
        out = StringIO()
        call_command("read_into", str(file), "--into", house, "--json", stdout=out, stderr=StringIO())
        assert json.loads(out.getvalue())[0]["new"] is is_new
    assert Source.objects.get().suggestions.exists()


def test_nothing_is_stored_where_nobody_works_with_sources(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT)
    for house in (cast.counsellor.org.org_name, "Nowhere", "demo"):
        with pytest.raises(CommandError):
            call_command("read_into", str(file), "--into", house)
    assert not Source.objects.exists()


def test_relations_come_back_from_followthemoney_each_on_its_own_line(cast: Cast) -> None:
    cast.says(cast.source(), predicate="part_of", when_edtf="2016")
    rows, _sources = rows_for_export(cast.researcher)
    written = as_ftm(cast.researcher, rows)
    imported = import_ftm(cast.reporter, written, "Entities")
    assert imported.statements == 1
    statement = Statement.objects.get(source=imported.source)
    row = rows_of(cast.reporter, [statement])[0]
    assert (row.subject, row.object) == ("Ministerie van Nachtzaken", "Bureau 12")
    assert (statement.predicate, statement.when_edtf, statement.method) == ("part_of", "2016", "imported")
    assert json.loads(row.quote)["schema"] == "Membership"


def test_a_link_without_a_schema_comes_back_by_its_role_and_how_it_is_told_is_not_silently_lost(cast: Cast) -> None:
    cast.says(cast.source(), predicate="ships", modality="alleged")
    written = as_ftm(cast.researcher, rows_for_export(cast.researcher)[0])
    relation = json.loads(written.splitlines()[-1])
    assert relation["schema"] == "UnknownLink"
    assert "Als beschuldiging" in relation["properties"]["description"][0]
    other = {**relation, "id": "other", "properties": {**relation["properties"], "role": ["bevoorraadt"]}}
    imported = import_ftm(cast.reporter, written + json.dumps(other).encode(), "Entities")
    rows = Statement.objects.filter(source=imported.source).order_by("recorded_at")
    assert [one.predicate for one in rows] == ["ships", "associate"]
    assert reveal(rows[1], "text") == "bevoorraadt"


def test_entities_come_in_through_the_page_and_what_was_left_out_is_said(cast: Cast, sign_in: SignIn) -> None:
    cast.says(cast.source(), predicate="part_of")
    written = as_ftm(cast.researcher, rows_for_export(cast.researcher)[0])
    browser = sign_in(cast.reporter)
    browser.get("/staff/evidence/import/")
    answer = browser.post("/staff/evidence/import/", file=SimpleUploadedFile("e.ftm.json", written))
    source = Source.objects.visible_to(cast.reporter).get()
    assert answer.headers["Location"] == f"/staff/evidence/{source.pk}/"
    assert source.statements.count() == 1
    refused = browser.post("/staff/evidence/import/", file=SimpleUploadedFile("e.txt", b"no entities"))
    assert "één JSON-object per regel" in refused.content.decode()
    assert sign_in(cast.counsellor).get("/staff/evidence/import/").status_code == 404


def test_numbers_countries_and_other_names_of_bodies_and_ships_come_in_and_none_of_a_person(cast: Cast) -> None:
    cast.says(cast.source())
    ship = {"name": ["Zeebries"], "alias": ["Bureau 12"], "imoNumber": ["9074729"], "flag": ["kp"]}
    owner = {"name": ["Bureau 12"], "registrationNumber": ["12345678"], "country": ["nl", "be"]}
    person = {"name": ["Mira Solveig"], "idNumber": ["123456782"], "country": "nl"}
    told = [("s", "Vessel", ship), ("c", "Company", owner), ("p", "Person", person), ("x", "Person", {})]
    relation = {"owner": ["c"], "asset": ["s"], "date": "2019"}
    lines = [{"id": key, "schema": schema, "properties": about} for key, schema, about in told]
    lines.append({"id": "o", "schema": "Ownership", "properties": relation})
    imported = import_ftm(cast.researcher, "\n".join(map(json.dumps, lines)).encode(), "Entities")
    assert (imported.actors, imported.statements, dict(imported.left_out)) == (3, 1, {"Person": 1})
    made = Actor.objects.filter(named_in=imported.source).order_by("kind")
    assert [(one.kind, one.country, one.register_id) for one in made] == [
        ("company", "", "12345678"), ("person", "NLD", ""), ("vessel", "PRK", "9074729"),
    ]  # fmt: skip
    # A name alone makes nobody the same: three are called Bureau 12 now, and people judge.
    names = names_by_actor(cast.researcher)
    assert sum("Bureau 12" in each for each in names.values()) == 3
    assert actions.import_list(ships(("ANDERS", "9074729"))).candidates == 1


def test_a_file_without_entities_is_refused(cast: Cast) -> None:
    with pytest.raises(NotReadableError):
        import_ftm(cast.researcher, b"no entities here", "Entities")
    assert not Source.objects.exists()


def test_a_relation_that_a_source_denies_is_not_exported_as_one(cast: Cast) -> None:
    cast.says(cast.source(), polarity="denied")
    rows, _sources = rows_for_export(cast.researcher)
    schemas = [json.loads(line)["schema"] for line in as_ftm(cast.researcher, rows).decode().splitlines()]
    assert schemas == ["PublicBody", "Organization"]


def test_nobody_leaves_under_a_name_that_only_a_source_that_stays_gives(cast: Cast) -> None:
    first, stays = cast.source(), cast.source("Het nachtbureau bestaat.", title="Stays here")
    statement = cast.says(first)
    note_name(cast.researcher, statement.subject, stays, "Nachtbureau")
    ActorName.objects.filter(actor=statement.subject, source=stays).update(at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    rows, sources = rows_for_export(cast.researcher)
    assert sources == [first]
    written = (as_csv(cast.researcher, rows) + as_ftm(cast.researcher, rows)).decode()
    dossier = releases.make_dossier(cast.researcher, "Dossier", [make_claim(cast.researcher, statement)])
    releases.hear(cast.researcher, dossier, statement.subject, "answered", dt.date(2026, 3, 2), "Nee.")
    told = contents_of(cast.researcher, dossier)
    assert "Ministerie van Nachtzaken" in written
    assert told.replies[0][0] == "Ministerie van Nachtzaken"
    assert "Nachtbureau" not in written + repr(told)


def test_a_protected_source_leaves_under_its_alias_in_a_table_too(cast: Cast) -> None:
    cast.says(cast.source(title="Interview of Mira", alias="Bron 12", protected=True))
    cast.says(cast.source(SENTENCE, title="An open report"))
    rows, _sources = rows_for_export(cast.researcher)
    table = as_csv(cast.researcher, rows).decode("utf-8-sig")
    assert "Bron 12" in table
    assert "An open report" in table
    assert "Interview of Mira" not in table
