"""Pages of evidence: from selected words to a line of the network, and nothing for whoever may not see it."""

import json
import logging
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader
from tests.evidence.cast import REPORT, SENTENCE, Cast
from tests.people.conftest import SignIn

from zicht.evidence import errors
from zicht.evidence.actors.actions import protect
from zicht.evidence.actors.naming import note_name
from zicht.evidence.actors.network import network_of
from zicht.evidence.models import Actor, Release, Source, Statement, Suggestion
from zicht.evidence.releases import actions as releases
from zicht.evidence.releases.importing import import_ftm
from zicht.evidence.sources import actions as sources
from zicht.evidence.sources import withdrawing
from zicht.evidence.sources.texts import current_text, text_of
from zicht.evidence.statements import actions
from zicht.evidence.statements.actions import Voice
from zicht.evidence.statements.claims import make_claim, put_in_claim, weigh

HOME = "/staff/evidence/"
MIRA = "Mira Solveig, die drie jaar in het kamp zat, vertelde dat er ruim 200 gevangenen steenkool dolven."
FILLED = {"subject": "Ministerie van Nachtzaken", "subject_kind": "state", "predicate": "ships", "object": "Bureau 12"}
FILLED = {**FILLED, "object_kind": "fund", "closeness": "repeated", "polarity": "affirmed", "modality": "fact"}


def test_a_sentence_becomes_a_statement_without_a_script_and_a_line_of_the_network(cast: Cast, sign_in: SignIn) -> None:
    source, browser = cast.source(), sign_in(cast.researcher)
    page = f"{HOME}{source.pk}/"
    shown = browser.get(page, sentence="2").content.decode()
    start = REPORT.index(SENTENCE)
    assert f'name="start" value="{start}"' in shown
    answer = browser.post(page, start=start, end=start + len(SENTENCE), said_by="Stichting Lantaarn", **FILLED)
    assert answer.status_code == 302, answer.content.decode()
    statement = Statement.objects.get()
    assert f"/statements/{statement.pk}/" in browser.get(page).content.decode()
    network = browser.get(f"{HOME}network/").content.decode()
    line = f"{HOME}network/{statement.subject_id}/{statement.object_id}/"
    assert line in network
    assert SENTENCE in browser.get(line).content.decode()
    one = browser.get(f"{HOME}statements/{statement.pk}/").content.decode()
    assert "Stichting Lantaarn" in one


def test_a_protected_name_hides_in_no_title_chain_other_actor_or_file_that_came_in(
    cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = sign_in(cast.researcher)
    written = "Mira Solveig woonde in Kamp 7. SOLVEIGS brief, van Sol-\nveig of M I R A, is weg. " + SENTENCE
    source = cast.source(written, title="Gesprek met Mira Solveig", publisher="Uitgeverij Solveig")
    seen = cast.says(source, "Mira Solveig", "Kamp 7", written[:30], value="het huis van S\u00f3lveig")
    chain = (Voice("group", unnamed="vriendinnen van Mira"), Voice("report", name="Fonds Solveig"))
    told = cast.says(source, "Stichting Mira Solveig", "Bureau 12", chain=chain)
    note_name(cast.researcher, told.object, source, "Bureau Solveig")
    protect(cast.researcher, seen.subject, "getuige X")
    entity = {"id": "a", "schema": "Company", "properties": {"name": ["Kamp 7"], "alias": ["Solveig BV"]}}
    import_ftm(cast.researcher, json.dumps(entity).encode(), "Entities of Mira Solveig")
    dossier = releases.make_dossier(
        cast.researcher, "Dossier", [make_claim(cast.researcher, one) for one in (seen, told)]
    )
    address = f"{HOME}dossiers/{dossier.pk}/"
    browser.get(address)
    for actor in Actor.objects.filter(protected=False):
        browser.post(
            f"{address}reply/", actor=str(actor.pk), state="no_answer", asked_on="2026-03-02", answer="Solveig?"
        )
    left = [browser.post(f"{address}release/", **{form: "1"}) for form in ("html", "pdf")]
    left += [browser.post(f"{HOME}export/", **{form: "1"}) for form in ("ftm", "csv")]
    left += [browser.post(f"{HOME}search/", words=word) for word in ("kolen", "huis", "brief")]
    left.append(browser.post(f"{HOME}search/names/", names="Kamp 7\nFonds", csv="1"))
    assert {answer.status_code for answer in left} == {200}
    layer = "".join(page.extract_text() for page in PdfReader(BytesIO(left[1].content)).pages)
    texts = [layer, caplog.text, *(answer.content.decode(errors="replace") for answer in left)]
    texts += [repr(answer.headers) for answer in left]
    for number, text in enumerate(texts):
        assert not re.search(
            r"\bmira\b|s\W{0,3}o\W{0,3}l\W{0,3}v\W{0,3}e\W{0,3}i\W{0,3}g|m i r a", text, re.IGNORECASE
        ), number
    assert "getuige X" in layer + texts[4]


def test_a_line_that_passes_a_row_bows_and_its_words_stand_beside_it(cast: Cast) -> None:
    source = cast.source()
    for subject, whom in (("Kamp 7", "Ministerie"), ("Ministerie", "Bureau 12"), ("Kamp 7", "Bureau 12")):
        cast.says(source, subject=subject, whom=whom)
    lines = {(line.subject_name, line.object_name): line for line in network_of(cast.researcher).lines}
    past, near = lines["Kamp 7", "Bureau 12"], lines["Ministerie", "Bureau 12"]
    assert ("Q" in past.way, "Q" in near.way) == (True, False)
    assert past.middle[0] > max(past.x1, past.x2, near.x1)


def test_a_document_whose_kind_nobody_chose_says_so(cast: Cast, sign_in: SignIn) -> None:
    source = cast.source(kind="not_asked")
    browser = sign_in(cast.researcher)
    for page in (HOME, f"{HOME}{source.pk}/", f"{HOME}{source.pk}/custody/"):
        assert "Soort nog niet gekozen" in browser.get(page).content.decode(), page


def test_a_figure_is_promoted_and_a_name_rejected_each_by_a_named_person_and_once(cast: Cast, sign_in: SignIn) -> None:
    source, browser = cast.source(), sign_in(cast.researcher)
    page = f"{HOME}{source.pk}/"
    figure = source.suggestions.filter(kind="figure", start=REPORT.index("ruim 200")).get()
    shown = browser.get(page, suggestion=str(figure.pk)).content.decode()
    assert 'name="qty_low" value="200"' in shown
    given = {"subject": "Kamp 7", "subject_kind": "facility", "qty_low": "200", "closeness": "heard"}
    given |= {"polarity": "affirmed", "modality": "fact", "suggestion": str(figure.pk)}
    given |= {"start": str(figure.start), "end": str(figure.end)}
    assert browser.post(page, **given).status_code == 302
    decision = figure.decisions.get()
    assert (decision.verdict, decision.by) == ("promoted", cast.researcher)
    assert browser.post(page, **given).status_code == 200, "said on the form: decided already"
    name = source.suggestions.filter(kind="name").first()
    assert name is not None
    browser.post(f"{page}suggestions/{name.pk}/", reject="")
    assert name.decisions.get().verdict == "rejected"
    assert Statement.objects.count() == 1


def test_whoever_may_not_see_a_source_learns_from_no_page_that_it_is_there(cast: Cast, sign_in: SignIn) -> None:
    source = cast.source(restricted=True)
    statement = cast.says(source)
    claim = make_claim(cast.researcher, statement)
    dossier = releases.make_dossier(cast.researcher, "Kolen", [claim])
    of_one = [
        f"{source.pk}/",
        f"{source.pk}/custody/",
        f"{source.pk}/picture/",
        f"{source.pk}/withdraw/",
        f"{source.pk}/agreement/",
        f"statements/{statement.pk}/",
        f"claims/{claim.pk}/",
        f"actors/{statement.subject_id}/",
        f"network/{statement.subject_id}/{statement.object_id}/",
    ]
    lists = ["", "claims/", "network/", "timeline/", "places/", "actors/", "dossiers/", "export/"]
    colleague, reporter = sign_in(cast.second), sign_in(cast.reporter)
    for path in of_one:
        assert colleague.get(HOME + path).status_code == 404, path
    for path in lists:
        page = colleague.get(HOME + path).content.decode()
        assert "Nachtzaken" not in page, path
        assert str(statement.pk) not in page, path
    for path in [*of_one, f"dossiers/{dossier.pk}/"]:
        assert reporter.get(HOME + path).status_code == 404, path
    stranger = sign_in(cast.counsellor)
    for path in [*of_one, *lists, "add/"]:
        assert stranger.get(HOME + path).status_code == 404, path


def test_two_newspapers_on_one_report_are_one_root_and_an_eyewitness_makes_two(cast: Cast) -> None:
    lantern = (Voice("report", name="Stichting Lantaarn"),)
    papers = [cast.source(f"{paper} {REPORT}", kind="press") for paper in ("Noord.", "Zuid.")]
    first, second = (cast.says(paper, chain=lantern) for paper in papers)
    claim = make_claim(cast.researcher, first)
    put_in_claim(cast.researcher, claim, second, "supports")
    assert (weigh(cast.second, [claim])[0].roots.certain, weigh(cast.second, [claim])[0].state) == (1, "single")
    seen = cast.source(f"Interview. {REPORT}", kind="witness_interview")
    chain = (Voice("eyewitness", name="Mira Solveig", kind="person"),)
    put_in_claim(cast.researcher, claim, cast.says(seen, chain=chain, closeness="saw"), "supports")
    weighed = weigh(cast.second, [claim])[0]
    assert (weighed.roots.certain, weighed.roots.possible, weighed.state) == (2, 2, "corroborated")


def test_readers_who_work_apart_see_each_others_statements_only_when_both_are_done(cast: Cast, sign_in: SignIn) -> None:
    source = cast.source(double_reading=True)
    for reader in (cast.researcher, cast.second):
        sources.read_apart(reader, source)
    statement = cast.says(source)
    other = sign_in(cast.second)
    assert other.get(f"{HOME}statements/{statement.pk}/").status_code == 404
    cast.says(source, by=cast.second)
    for reader in (cast.researcher, cast.second):
        sources.read_apart(reader, source, is_finished=True)
    page = sign_in(cast.third).get(f"{HOME}{source.pk}/agreement/").content.decode()
    assert "1,00" in page
    actions.curate(cast.third, statement, "accepted")
    with pytest.raises(errors.NotACuratorError):
        actions.curate(cast.second, statement, "accepted")


def test_a_protected_name_leaves_in_no_form_and_nothing_leaves_unheard(cast: Cast, sign_in: SignIn) -> None:
    source, browser = cast.source(), sign_in(cast.researcher)
    statement = cast.says(source, "Mira Solveig", "Kamp 7", MIRA, predicate="works_for", value="Mira's werk")
    protect(cast.researcher, statement.subject, "getuige M")
    claim = make_claim(cast.researcher, statement)
    with pytest.raises(errors.NamesProtectedError):
        releases.make_dossier(cast.researcher, "Wat Solveig zag", [claim])
    dossier = releases.make_dossier(cast.researcher, "Wat een getuige zag", [claim])
    address = f"{HOME}dossiers/{dossier.pk}/"
    browser.get(address)
    assert browser.post(f"{address}release/", pdf="1").status_code == 302
    assert not Release.objects.exists()
    browser.post(f"{address}reply/", actor=str(statement.object_id), state="no_answer", asked_on="2026-03-02")
    left = [browser.post(f"{address}release/", **{form: "1"}) for form in ("html", "pdf")]
    left += [browser.post(f"{HOME}export/", **{form: "1"}) for form in ("ftm", "csv")]
    contents = [answer.content for answer in left]
    assert contents[1].startswith(b"%PDF")
    for content in (contents[0], *contents[2:]):
        assert b"getuige M" in content
        assert b"Solveig" not in content
        assert b"Mira" not in content
    entities = [json.loads(line) for line in contents[2].decode().splitlines()]
    assert {entity["schema"] for entity in entities} == {"PublicBody", "Organization", "Employment"}
    layer = "".join(page.extract_text() for page in PdfReader(BytesIO(contents[1])).pages)
    assert "getuige M" in layer
    assert not re.search("mira|solveig", layer, re.IGNORECASE)
    of_claims = ("claims/", f"claims/{claim.pk}/", "dossiers/")
    for path in ("network/", "actors/", f"actors/{statement.subject_id}/", "timeline/", *of_claims):
        page = browser.get(HOME + path).content.decode()
        assert "Solveig" not in page, path
    assert {release.sources.get().source for release in Release.objects.all()} == {source}
    assert withdrawing.releases_of(source).count() == 4


def test_a_file_comes_in_through_the_page(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.researcher)
    browser.get(f"{HOME}add/")
    file = SimpleUploadedFile("verslag.txt", REPORT.encode())
    answer = browser.post(f"{HOME}add/", file=file, kind="ngo_report")
    assert answer.status_code == 302, answer.content.decode()
    source = Source.objects.get()
    assert current_text(source) is not None
    browser.get(f"{HOME}add/")
    refused = browser.post(f"{HOME}add/", file=SimpleUploadedFile("a.docx", b"PK\x03\x04bomb"), kind="ngo_report")
    assert refused.status_code == 200
    assert "error-summary" in refused.content.decode()


def test_of_a_long_text_the_beginning_is_read_all_of_it_is_kept_and_that_is_said(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_READ", len(REPORT))
    browser = sign_in(cast.researcher)
    browser.get(f"{HOME}add/")
    later = "Later telde iemand ruim 300 gevangenen."
    file = SimpleUploadedFile("long.txt", f"{REPORT}\n{later}".encode(), "text/plain")
    answer = browser.post(f"{HOME}add/", file=file, kind="ngo_report", title="A long report")
    page = browser.get(answer["Location"]).content.decode()
    assert "De hele tekst is opgeslagen" in page
    version = current_text(Source.objects.get())
    assert version is not None
    assert text_of(version).endswith(later)
    assert max(one.end for one in Suggestion.objects.all()) <= len(REPORT)
