"""What people change: a statement corrected and taken back, a part of a picture, actors judged the same and undone."""

import pytest
from tests.evidence.cast import REPORT, SENTENCE, Cast
from tests.people.conftest import SignIn

from zicht.evidence import errors
from zicht.evidence.actors import judging
from zicht.evidence.actors.actions import protect
from zicht.evidence.models import Actor, ActorJudgement, Anchor, Statement
from zicht.evidence.search.queries import search
from zicht.evidence.sources.actions import receive
from zicht.evidence.sources.queries import statements_seen
from zicht.evidence.statements import actions
from zicht.people.code_fields import label_of
from zicht.people.sealed import reveal

PNG = b"\x89PNG\r\n\x1a\n rest"
HOME = "/staff/evidence/"
CORRECTED = {
    "predicate": "exports",
    "closeness": "heard",
    "when_edtf": "2019~",
    "reason": "Het rapport zegt zo.",
}


def test_a_correction_is_a_new_row_with_the_same_words_and_the_old_one_stays_below_it(
    cast: Cast, sign_in: SignIn
) -> None:
    statement, browser = cast.says(cast.source()), sign_in(cast.second)
    address = f"{HOME}statements/{statement.pk}/"
    browser.get(address)
    browser.post(f"{address}correct/", **{**CORRECTED, "reason": ""})
    assert "Waarom" in browser.get(address).content.decode(), "a reason is asked, and that is said"
    assert Statement.objects.count() == 1
    answer = browser.post(f"{address}correct/", **CORRECTED)
    later = Statement.objects.get(supersedes=statement)
    assert answer.headers["Location"] == f"{HOME}statements/{later.pk}/"
    assert (later.recorded_by, later.predicate, later.when_edtf) == (cast.second, "exports", "2019~")
    assert reveal(later, "text") == "Ministerie van Nachtzaken exporteert voor Bureau 12"
    assert list(later.anchors.all()) == list(statement.anchors.all())
    assert list(statements_seen(cast.researcher)) == [later]
    shown = browser.get(f"{HOME}statements/{later.pk}/").content.decode()
    assert "verzendt goederen van Bureau 12" in shown
    with pytest.raises(errors.CorrectedAlreadyError):
        actions.correct(cast.researcher, statement, {"predicate": "ships"}, "Toch niet.")


def test_what_is_taken_back_stands_in_no_claim_network_or_search(cast: Cast, sign_in: SignIn) -> None:
    statement, browser = cast.says(cast.source()), sign_in(cast.researcher)
    address = f"{HOME}statements/{statement.pk}/"
    browser.get(address)
    browser.post(f"{address}correct/", **CORRECTED, retract="1")
    retracted = Statement.objects.get(supersedes=statement)
    assert retracted.status == "retracted"
    assert not statements_seen(cast.researcher).exists()
    assert sorted(hit.kind for hit in search(cast.researcher, "Bureau 12")) == ["actor", "document"]
    assert str(statement.object_id) not in browser.get(f"{HOME}network/").content.decode()
    with pytest.raises(errors.CorrectedAlreadyError):
        actions.retract(cast.researcher, retracted)


def test_two_names_are_suggested_as_one_actor_with_reasons_judged_and_undone(cast: Cast, sign_in: SignIn) -> None:
    first = cast.says(cast.source())
    second = cast.says(cast.source(f"Nog een. {REPORT}"), subject="Nachtzaken Ministerie van")
    one, other = first.subject, second.subject
    browser, address = sign_in(cast.researcher), f"{HOME}actors/{first.subject_id}/"
    page = browser.get(address).content.decode()
    assert "Nachtzaken Ministerie van" in page
    assert label_of("actor_reason", "same_words") in page
    browser.post(f"{address}judge/", other=str(other.pk), same="1")
    same = judging.same_as([one.pk, other.pk])
    assert same[one.pk] == same[other.pk]
    # Both statements stand on the page of either; a line of the network is drawn once.
    for actor in (one, other):
        assert str(second.pk) in browser.get(f"{HOME}actors/{actor.pk}/").content.decode()
    assert "(2)" in browser.get(f"{HOME}network/").content.decode()
    browser.post(f"{address}judge/", other=str(other.pk), undone="1")
    assert str(second.pk) not in browser.get(address).content.decode()
    browser.post(f"{address}judge/", other=str(other.pk), different="1")
    assert "Nachtzaken Ministerie van" not in browser.get(address).content.decode()
    assert [row.verdict for row in ActorJudgement.objects.order_by("at")] == ["same", "undone", "different"]


def test_a_statement_stands_on_a_part_of_a_picture_and_on_none_outside_it(cast: Cast, sign_in: SignIn) -> None:
    picture = receive(cast.researcher, PNG, {"kind": "satellite", "title": "Beeld"}).source
    browser, address = sign_in(cast.researcher), f"{HOME}{picture.pk}/"
    told = {"subject": "Kamp 7", "subject_kind": "facility", "wording": "heeft een laadplaats", "closeness": "saw"}
    told |= {"polarity": "affirmed", "modality": "fact"}
    browser.get(address)
    for wrong in ("", "0.5 0.5 0.9 0.1", "0 0 0 0", "a b c d", "nan nan nan nan", "0.1 0.1"):
        assert browser.post(address, region=wrong, **told).status_code == 200, wrong
    assert browser.post(address, region="0.2 0.1 0.3 0.25", **told).status_code == 302
    anchor = Anchor.objects.get()
    assert (anchor.region, anchor.text_version) == ("0.20000 0.10000 0.30000 0.25000", None)
    assert '<rect x="20.00" y="10.00" width="30.00" height="25.00"' in browser.get(address).content.decode()
    assert sign_in(cast.reporter).get(f"{address}picture/").status_code == 404


def test_who_may_not_see_a_statement_neither_corrects_nor_judges_nor_protects(cast: Cast, sign_in: SignIn) -> None:
    statement = cast.says(cast.source(restricted=True))
    paths = [f"statements/{statement.pk}/{what}/" for what in ("correct", "assess", "curate", "claim")]
    paths += [f"actors/{statement.subject_id}/{what}/" for what in ("judge", "describe", "protect")]
    for stranger in (cast.second, cast.reporter, cast.counsellor):
        browser = sign_in(stranger)
        for path in paths:
            given = {"other": str(statement.object_id), **CORRECTED}
            assert browser.post(HOME + path, **given).status_code == 404, path
    assert (Statement.objects.count(), Actor.objects.filter(protected=True).count()) == (1, 0)


def test_a_number_is_kept_of_a_body_and_not_of_a_person(cast: Cast, sign_in: SignIn) -> None:
    statement, browser = cast.says(cast.source()), sign_in(cast.researcher)
    address = f"{HOME}actors/{statement.subject_id}/describe/"
    browser.post(address, country="PRK", register_id="1234")
    body = Actor.objects.get(pk=statement.subject_id)
    assert (body.country, body.register_id) == ("PRK", "1234")
    person = cast.says(cast.source(f"Nog een. {REPORT}"), whom="Iemand", words=SENTENCE).object
    Actor.objects.filter(pk=person.pk).update(kind="person", public_actor=False)
    browser.post(f"{HOME}actors/{person.pk}/describe/", country="PRK", register_id="1234")
    person.refresh_from_db()
    assert (person.country, person.register_id) == ("", "")
    protect(cast.researcher, body, "Dienst")
    assert Actor.objects.get(pk=body.pk).register_id == ""
