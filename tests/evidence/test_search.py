"""Search: forms of words and parts of them, walls, what goes with withdrawal, and no word of it in the database."""

import csv
from copy import copy
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from tests.evidence.cast import Cast
from tests.people.conftest import SignIn

from zicht.evidence.actors.actions import protect
from zicht.evidence.models import Actor, SearchRow
from zicht.evidence.search import index
from zicht.evidence.search.index import put_terms
from zicht.evidence.search.queries import MOST_READ, search
from zicht.evidence.search.terms import index_terms
from zicht.evidence.sources.texts import current_text
from zicht.evidence.sources.withdrawing import withdraw
from zicht.evidence.statements.actions import correct
from zicht.people.models import Account

SHIPS = "Zeven schepen brachten de steenkool weg. De mensenhandelaren van Bureau 12 kregen het geld."


def _kinds(account: Account, asked: str) -> list[str]:
    return [hit.kind for hit in search(account, asked)]


def test_a_word_is_found_in_every_form_and_inside_longer_ones(cast: Cast) -> None:
    cast.source(SHIPS)
    for asked, found in {"schip": "schepen", "SCHEPEN": "schepen", "handel": "mensenhandelaren"}.items():
        (hit,) = search(cast.researcher, asked)
        assert hit.found == found
    assert search(cast.researcher, "handel")[0].is_whole is False
    assert search(cast.researcher, "schip bureau")[0].before.endswith("Zeven ")
    for asked in ("vliegtuig", "schip vliegtuig", "", "...", "kra", "' OR 1=1 --", "*", "NEAR(schip)"):
        assert search(cast.researcher, asked) == [], asked


def test_documents_statements_and_actors_are_found(cast: Cast) -> None:
    cast.says(cast.source())
    assert sorted(_kinds(cast.second, "Bureau 12")) == ["actor", "document", "statement"]
    assert _kinds(cast.researcher, "Lantaarn") == ["document"]


def test_what_is_withdrawn_while_it_is_indexed_does_not_come_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    source = cast.source(SHIPS)
    version = current_text(source)
    assert version is not None
    calls: list[str] = []

    def at_the_second_part(text: str) -> str:
        calls.append(text)
        if len(calls) == 2:
            withdraw(cast.researcher, source, source.collected_on)
        return index_terms(text)

    monkeypatch.setattr(index, "AT_ONCE", 1)
    monkeypatch.setattr(index, "parts_of", lambda _sentences, length: iter([(0, 20), (20, 60), (60, length)]))
    monkeypatch.setattr(index, "index_terms", at_the_second_part)
    index.index_source(source)
    assert len(calls) >= 2
    assert not SearchRow.objects.exists()


def test_who_may_not_see_a_source_finds_nothing(cast: Cast) -> None:
    cast.says(cast.source(restricted=True))
    assert _kinds(cast.researcher, "Bureau 12")
    for stranger in (cast.second, cast.director):
        assert search(stranger, "Bureau 12") == []


def test_with_a_source_goes_at_once_what_could_be_found_of_it(cast: Cast) -> None:
    source = cast.source()
    cast.says(source)
    withdraw(cast.researcher, source, source.collected_on)
    assert search(cast.researcher, "Bureau") == []
    assert not SearchRow.objects.exists()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM evidence_searchterms")
            assert cursor.fetchone()[0] == 0


def test_the_index_holds_no_word(cast: Cast) -> None:
    cast.says(cast.source())
    terms = index_terms("ministerie steenkool")
    assert "minist" not in terms
    with connection.cursor() as cursor:
        table, column = ("searchterms", "terms") if connection.vendor == "sqlite" else ("searchrow", "terms::text")
        cursor.execute(f"SELECT {column} FROM evidence_{table}")
        stored = " ".join(str(row[0]) for row in cursor.fetchall()).casefold()
    assert set(terms.split()[:3]) & set(stored.replace("'", "").split())
    assert not any(word in stored for word in ("minist", "steenkool", "solveig", "bureau"))


def test_a_protected_name_is_found_nowhere_and_stands_in_no_snippet(cast: Cast) -> None:
    source = cast.source()
    cast.says(source, subject="Mira Solveig")
    assert _kinds(cast.researcher, "Solveig")
    protect(cast.researcher, Actor.objects.get(kind="state"), "Getuige Z.")
    assert search(cast.researcher, "Solveig") == []
    shown = [hit.before + hit.found + hit.after for hit in search(cast.researcher, "kamp")]
    assert shown
    assert not any("Solveig" in text or "Mira" in text for text in shown)


def test_protecting_somebody_reads_only_the_sources_in_which_the_name_stands(cast: Cast) -> None:
    cast.says(cast.source(), subject="Mira van Solveig")
    other = cast.source(SHIPS)  # “van” stands in it, as in everything
    rows = set(other.search_rows.values_list("pk", flat=True))
    protect(cast.researcher, Actor.objects.get(kind="state"), "Getuige Z.")
    assert set(other.search_rows.values_list("pk", flat=True)) == rows
    assert search(cast.researcher, "Solveigs") == []


def test_an_index_that_was_lost_is_made_anew_by_the_command(cast: Cast) -> None:
    cast.says(cast.source())
    SearchRow.objects.all().delete()
    out = StringIO()
    call_command("reindex_search", "--organisation", cast.director.org.org_name, stdout=out)
    assert out.getvalue() == "Sources indexed: 1.\n"
    assert sorted(_kinds(cast.second, "Bureau 12")) == ["actor", "document", "statement"]


def test_a_name_of_common_words_is_found_among_any_number_of_texts_with_those_words(cast: Cast) -> None:
    cast.source("Later kwam Jan de Vries op het kantoor.")
    line = "De heer Vries sprak met Jan, en de dag daarna niet meer met iemand van het ministerie. "
    other = cast.source(line)
    row = other.search_rows.get()
    copies = [SearchRow(source=other, kind="document", subject=row.subject, start=0, end=row.end)] * MOST_READ
    SearchRow.objects.bulk_create(map(copy, copies))
    put_terms((one.pk, index_terms(line)) for one in other.search_rows.exclude(pk=row.pk))
    (hit,) = search(cast.researcher, "Jan de Vries", is_phrase=True)
    assert hit.before.endswith("Later kwam ")


def test_a_corrected_statement_is_found_as_it_is_now(cast: Cast) -> None:
    statement = cast.says(cast.source(), wording="vervoert olijven voor")
    assert "statement" in _kinds(cast.researcher, "olijven")
    correct(cast.researcher, statement, {"text": "Ministerie vervoert erts"})
    assert "statement" not in _kinds(cast.researcher, "olijven")
    assert "statement" in _kinds(cast.researcher, "erts")


# --- pages --------------------------------------------------------------------------------------------------------
def test_the_page_of_search_takes_words_in_its_body_and_marks_them(cast: Cast, sign_in: SignIn) -> None:
    cast.source(SHIPS)
    browser = sign_in(cast.researcher)
    assert browser.get("/staff/evidence/search/").status_code == 200
    page = browser.post("/staff/evidence/search/", words="schip").content.decode()
    assert "<mark>schepen</mark>" in page
    stranger = sign_in(cast.director)
    for address in ("/staff/evidence/search/", "/staff/evidence/search/names/"):
        assert stranger.get(address).status_code == 404


def test_a_list_of_names_is_searched_at_once_and_given_as_csv(cast: Cast, sign_in: SignIn) -> None:
    cast.says(cast.source())
    browser, address = sign_in(cast.researcher), "/staff/evidence/search/names/"
    names = "Bureau 12\nStichting Lantaarn\nLantaarn Stichting\n"
    assert "Bureau 12" in browser.post(address, names=names).content.decode()
    answer = browser.post(address, names=names, csv="1")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]].count("Bureau 12") == 3
    assert [row[1] for row in rows[1:] if row[0] == "Lantaarn Stichting"] == ["niet gevonden"]
    assert browser.post(address, names="\n".join(map(str, range(300)))).status_code == 200
