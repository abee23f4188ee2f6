"""A dossier for a partner outside says what may go and no more, opens with its code only, and can be asked back."""

import base64
import dataclasses
import datetime as dt
import hashlib
import io
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st
from tests.care.cast import BY_DUTY, Cast
from tests.people.cast import Browser
from tests.people.conftest import SignIn

from zicht.care.dossiers import actions, sealing
from zicht.care.dossiers.views import READER
from zicht.care.errors import IsInsideError, NoMoreSharedError, NothingToDeleteError, WrongReferralStepError
from zicht.care.models import Referral, SealedDossier
from zicht.care.referrals import actions as referrals
from zicht.cases.errors import NotThereError, RestrictedError
from zicht.cases.models import Person
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.people import keys
from zicht.people.models import AccessLine
from zicht.people.set_up_codes import normalise
from zicht.people.short_codes import short_code

CONTENT = sealing.Content(
    "Help", "Youth help", "7KQM-4TXD", "2026-03-02", "2026-03-09", "nl", along=(("Age", "16-17"),)
)
FEW = 10  # iterations; tests need no time against guesses


@pytest.fixture
def key_folder(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """Give a folder with a key to sign with."""
    settings.KEYS_FOLDER = tmp_path  # type: ignore[attr-defined]
    keys.make_signing_key(tmp_path)
    return tmp_path


def make(cast: Cast, referral: Referral) -> actions.Made:
    return actions.make_dossier(cast.case_worker, referral.case, referral, 7)


# --- the file ---------------------------------------------------------------------------------------------------------
@given(st.integers(0), st.binary(min_size=1, max_size=1))
def test_a_file_of_which_one_byte_changed_says_nothing_else(place: int, other: bytes) -> None:
    whole = bytearray(FILE)
    place %= len(whole)
    whole[place : place + 1] = other
    try:
        opened = sealing.unseal(bytes(whole), "7KQM")
    except sealing.DossierError:
        return
    assert dataclasses.replace(opened, key="") == CONTENT  # a space beside a comma says nothing


KEY = Ed25519PrivateKey.generate()
FILE = sealing.seal(CONTENT, "7KQM", KEY, iterations=FEW)


def test_a_dossier_opens_with_its_code_and_with_no_other() -> None:
    opened = sealing.unseal(FILE, "7KQM", KEY.public_key())
    assert dataclasses.replace(opened, key="") == CONTENT
    assert opened.key_id == keys.key_id_of(KEY.public_key())
    with pytest.raises(sealing.WrongCodeError):
        sealing.unseal(FILE, "7KQN")
    with pytest.raises(sealing.WrongSignatureError):
        sealing.unseal(FILE, "7KQM", Ed25519PrivateKey.generate().public_key())


def test_who_knows_the_code_cannot_pass_a_changed_dossier_on_under_the_key_of_the_sender() -> None:
    file = json.loads(FILE)
    salt, nonce = base64.b64decode(file["salt"]), base64.b64decode(file["nonce"])
    box, head = AESGCM(sealing._key("7KQM", salt, FEW)), sealing._written(file)
    whole = box.decrypt(nonce, base64.b64decode(file["sealed"]), head).replace(b"Youth help", b"Somewhere!")
    file["sealed"] = base64.b64encode(box.encrypt(nonce, whole, head)).decode()
    with pytest.raises(sealing.WrongSignatureError):
        sealing.unseal(json.dumps(file).encode(), "7KQM")


def test_the_length_of_a_file_does_not_tell_how_much_goes_along() -> None:
    more = dataclasses.replace(CONTENT, along=CONTENT.along * 9)
    assert len(sealing.seal(more, "7KQM", KEY, iterations=FEW)) == len(FILE)


@pytest.mark.parametrize(
    "wrong", [b"", b"{}", b"[]", b"not JSON", FILE.replace(b'"version": 1', b'"version": 2'), FILE[:-9]]
)
def test_what_is_no_dossier_is_refused(wrong: bytes) -> None:
    with pytest.raises(sealing.NoDossierError):
        sealing.unseal(wrong, "7KQM")


def test_a_file_cannot_ask_for_more_work_than_a_computer_does_in_a_moment() -> None:
    slow = FILE.replace(b'"iterations": 10', b'"iterations": 99999999999')
    with pytest.raises(sealing.NoDossierError):
        sealing.unseal(slow, "7KQM")


def test_the_page_that_opens_a_dossier_runs_its_own_script_only_and_reaches_nothing() -> None:
    page = READER.read_text(encoding="utf-8")
    for kind in ("script", "style"):
        inside = page.split(f"<{kind}>")[1].split(f"</{kind}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")


# --- making one -------------------------------------------------------------------------------------------------------
def test_a_dossier_holds_the_chosen_fields_and_nothing_that_names_anybody(cast: Cast, key_folder: Path) -> None:
    referral = cast.refer_outside()
    made = make(cast, referral)
    opened = sealing.unseal(made.file.content, normalise(made.file.password))
    # The language is not known, so it is no line.
    assert [text for _label, text in opened.along] == ["16 of 17", "Vrouw of meisje"]
    assert opened.case == short_code(referral.case_id)
    assert (opened.sender, opened.receiver) == (str(cast.case_worker.org), "Youth help")
    told = json.dumps(dataclasses.asdict(opened))
    for hidden in (
        short_code(referral.person_id),
        cast.case_worker.shown_as,
        str(referral.person_id),
        "A place is needed",
    ):
        assert hidden not in told
    assert made.file.password not in json.dumps(list(SealedDossier.objects.values()), default=str)
    line = AccessLine.objects.filter(verb="exported").latest("sequence")
    assert (line.subject, line.subject_id) == ("referral", str(referral.pk))
    assert list(referral.events.order_by("number").values_list("step", flat=True))[-1] == "dossier"
    assert referral.share is not None
    assert referral.share.what == "referral: person.age_band, person.gender, person.language"


def test_nothing_is_made_once_the_consent_is_withdrawn_and_the_partner_is_asked_to_delete(
    cast: Cast, key_folder: Path
) -> None:
    referral = cast.refer_outside()
    make(cast, referral)
    with pytest.raises(NothingToDeleteError):
        actions.note_recall(cast.case_worker, referral.case, referral)
    withdraw(cast, referral)
    with pytest.raises(NoMoreSharedError):
        make(cast, referral)
    actions.note_recall(cast.case_worker, referral.case, referral)
    with pytest.raises(NothingToDeleteError):
        actions.note_recall(cast.case_worker, referral.case, referral)
    steps = list(referral.events.order_by("number").values_list("step", flat=True))
    assert steps == ["proposed", "agreed", "sent", "dossier", "recalled"]


def withdraw(cast: Cast, referral: Referral) -> None:
    consent = referral.person.consents.get()
    day = dt.date(2026, 3, 3)
    withdraw_consent(cast.case_worker, referral.case, consent, given_by="self", withdrawn_on=day, version=1)


def test_no_dossier_is_made_of_limited_data_for_who_is_inside_or_by_who_may_not(cast: Cast, key_folder: Path) -> None:
    limited, inside, other = cast.refer_outside(BY_DUTY), cast.refer(), cast.refer_outside(BY_DUTY)
    Person.objects.filter(pk=limited.person_id).update(restricted_on=dt.date(2026, 3, 3))
    with pytest.raises(RestrictedError):
        make(cast, limited)
    with pytest.raises(WrongReferralStepError):
        make(cast, inside)
    with pytest.raises(NotThereError):
        actions.make_dossier(cast.shelter_worker, other.case, other, 7)


# --- what the partner answers -----------------------------------------------------------------------------------------
def test_what_a_partner_outside_answers_is_noted_by_who_referred(cast: Cast) -> None:
    referral = cast.refer_outside()
    for state in ("accepted", "arrived"):
        found = referrals.note_answer(cast.case_worker, referral.case, referral, state)
    assert found.decided_on == found.arrived_on is not None
    refused = cast.refer_outside(BY_DUTY)
    found = referrals.note_answer(cast.case_worker, refused.case, refused, "refused", "full")
    assert (found.refusal_reason, found.share and found.share.ended_on is not None) == ("full", True)


def test_of_a_partner_inside_only_the_partner_answers(cast: Cast) -> None:
    referral = cast.refer()
    with pytest.raises(IsInsideError):
        referrals.note_answer(cast.case_worker, referral.case, referral, "accepted")
    with pytest.raises(WrongReferralStepError):
        referrals.note_answer(cast.case_worker, referral.case, referral, "withdrawn")


# --- pages and the command --------------------------------------------------------------------------------------------
def pages_of(cast: Cast, sign_in: SignIn, referral: Referral) -> tuple[Browser, str]:
    return sign_in(cast.case_worker), f"/en/staff/care/cases/{referral.case_id}/referrals/{referral.pk}"


def test_the_pages_make_a_dossier_note_answers_and_say_what_to_delete(
    cast: Cast, sign_in: SignIn, key_folder: Path
) -> None:
    referral = cast.refer_outside()
    browser, root = pages_of(cast, sign_in, referral)
    assert "Make a dossier" in browser.get(f"/en/staff/care/cases/{referral.case_id}/").content.decode()
    assert browser.get(f"{root}/dossier/").status_code == 200
    page = browser.post(f"{root}/dossier/", days="3").content.decode()
    dossier = SealedDossier.objects.get()
    assert f"dossier-{dossier.file_hash[:8]}.zicht" in page
    assert "Tell the code by telephone" in page
    reader = browser.get("/en/staff/care/open-dossier.html")
    assert "Content-Security-Policy" in reader.content.decode()
    browser.post(f"{root}/answer/", do="accepted")
    withdraw(cast, referral)
    page = browser.get(f"/en/staff/care/cases/{referral.case_id}/").content.decode()
    assert "Ask the partner by telephone to delete it" in page
    assert browser.post(f"{root}/dossier/", days="3").content.decode().count("No dossier was made")
    browser.post(f"{root}/recall/")
    assert (
        "Ask the partner by telephone" not in browser.get(f"/en/staff/care/cases/{referral.case_id}/").content.decode()
    )
    other = sign_in(cast.host)
    for address in ("dossier/", "refused/"):
        assert other.get(f"{root}/{address}").status_code == 404
    for address in ("answer/", "recall/", "dossier/"):
        assert other.post(f"{root}/{address}", do="accepted", days="3").status_code == 404


def test_the_command_opens_a_dossier_and_refuses_one_that_is_over(
    cast: Cast, key_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(cast, cast.refer_outside())
    file, public = key_folder / "sent.zicht", next(key_folder.glob("*.pub"))
    file.write_bytes(made.file.content)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{made.file.password.lower()}\nwrong\n"))
    out = io.StringIO()
    call_command("open_dossier", str(file), key=public, stdout=out)
    assert ": 16 of 17" in out.getvalue()
    assert made.record.key_id in out.getvalue()
    with pytest.raises(CommandError, match="does not open"):
        call_command("open_dossier", str(file))
    old = dataclasses.replace(CONTENT, expires_on="2026-01-01")
    file.write_bytes(sealing.seal(old, "7KQM", KEY, iterations=FEW))
    monkeypatch.setattr("sys.stdin", io.StringIO("7KQM\n"))
    with pytest.raises(CommandError, match="could be opened until 2026-01-01"):
        call_command("open_dossier", str(file))
