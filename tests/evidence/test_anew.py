"""A file is read anew on the page: what moved is listed until somebody says where it stands, and nobody else may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings
from tests.evidence.cast import REPORT, SENTENCE, Cast
from tests.people.conftest import SignIn

from zicht.evidence.errors import PlacedAlreadyError, WrongPlaceError
from zicht.evidence.models import Anchor, Source
from zicht.evidence.sources import actions, forms
from zicht.people.sealed import reveal
from zicht.reading.formats.bounds import MEGABYTE

HOME = "/staff/evidence/"
# The ministry became a service, so that two words of the ten are others.
CHANGED = REPORT.replace(SENTENCE, "Een dienst van het ministerie vervoert de kolen nu voor Bureau 12.")


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("verslag.txt", text.encode())


def test_a_quotation_that_moved_is_placed_by_a_person_and_a_lost_one_by_its_new_words(
    cast: Cast, sign_in: SignIn
) -> None:
    source, browser = cast.source(), sign_in(cast.researcher)
    cast.says(source)
    custody = f"{HOME}{source.pk}/custody/"
    browser.get(custody)
    # The same bytes: nothing is changed.
    assert browser.post(f"{HOME}{source.pk}/anew/").status_code == 302
    assert source.texts.count() == 1
    browser.post(f"{HOME}{source.pk}/anew/", file=_file(f"Voorwoord. {REPORT}"))
    moved = Anchor.objects.get(status="unique")
    assert f"?anchor={moved.pk}" in browser.get(custody).content.decode()
    page = browser.get(f"{HOME}{source.pk}/", anchor=str(moved.pk)).content.decode()
    assert f'name="start" value="{moved.start}"' in page
    place = f"{HOME}{source.pk}/quotations/{moved.pk}/"
    assert browser.post(place, start=moved.start, end=moved.end).headers["Location"] == custody
    assert f"?anchor={moved.pk}" not in browser.get(custody).content.decode()
    # Of another file nothing is found: its words are chosen by the number of a sentence, without a script.
    browser.post(f"{HOME}{source.pk}/anew/", file=_file(CHANGED))
    lost = Anchor.objects.get(status="lost")
    page = browser.get(f"{HOME}{source.pk}/", anchor=str(lost.pk)).content.decode()
    assert f"sentence=2&amp;anchor={lost.pk}" in page
    start = CHANGED.index("Een dienst")
    chosen = browser.get(f"{HOME}{source.pk}/", sentence="2", anchor=str(lost.pk)).content.decode()
    assert f'name="start" value="{start}"' in chosen
    browser.post(f"{HOME}{source.pk}/quotations/{lost.pk}/", start=start, end=len(CHANGED))
    assert reveal(Anchor.objects.get(previous=lost), "exact").startswith("Een dienst")


def test_a_quotation_is_placed_once_and_within_its_text(cast: Cast) -> None:
    source = cast.source()
    cast.says(source)
    version = actions.read_again(cast.researcher, source, b"Een heel andere tekst, zonder deze zin.")
    assert version is not None
    lost = version.anchors.get()
    for start, end in ((0, 0), (3, 2), (0, 10_000)):
        with pytest.raises(WrongPlaceError):
            actions.confirm_anchor(cast.researcher, lost, start, end)
    actions.confirm_anchor(cast.researcher, lost, 0, 8)
    with pytest.raises(PlacedAlreadyError):
        actions.confirm_anchor(cast.second, lost, 9, 15)


def test_who_may_not_see_a_source_neither_reads_it_anew_nor_places_its_quotations(cast: Cast, sign_in: SignIn) -> None:
    source = cast.source(restricted=True)
    cast.says(source)
    anchor = Anchor.objects.get()
    for stranger in (cast.second, cast.reporter, cast.counsellor):
        browser = sign_in(stranger)
        assert browser.post(f"{HOME}{source.pk}/anew/").status_code == 404
        assert browser.post(f"{HOME}{source.pk}/quotations/{anchor.pk}/", start=0, end=8).status_code == 404
    # Nor does a quotation come through the address of another source.
    other, browser = cast.source(f"Ander. {REPORT}"), sign_in(cast.researcher)
    assert browser.post(f"{HOME}{other.pk}/quotations/{anchor.pk}/", start=0, end=8).status_code == 404
    assert "/quotations/" not in browser.get(f"{HOME}{other.pk}/", anchor=str(anchor.pk)).content.decode()


def test_a_file_that_is_too_large_is_refused_with_a_sentence(
    cast: Cast, sign_in: SignIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, browser = cast.source(), sign_in(cast.researcher)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE
    monkeypatch.setattr(forms, "MOST_ON_DISK", MEGABYTE)
    large = "Woorden." * (MEGABYTE // 8 + 1)
    browser.get(f"{HOME}add/")
    answer = browser.post(f"{HOME}add/", file=_file(large), kind="ngo_report")
    assert "meer dan 1 MB wordt niet gelezen" in answer.content.decode()
    browser.post(f"{HOME}{source.pk}/anew/", file=_file(large))
    assert "meer dan 1 MB wordt niet gelezen" in browser.get(f"{HOME}{source.pk}/custody/").content.decode()
    assert (Source.objects.count(), source.texts.count()) == (1, 1)
