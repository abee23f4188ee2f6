"""Only a key behind which the organisation's root stands now is trusted; every other one is refused by its own name."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from zicht.contact.sealing import errors
from zicht.contact.sealing.parts import canonical, encode
from zicht.contact.sealing.statements import (
    DAY,
    TOLERANCE,
    DeskKey,
    LeadCertificate,
    PublishedKey,
    Signed,
    sign,
    sign_desk_key,
    sign_lead,
    trust_desk_key,
)

ROOT, LEAD, OTHER = bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 32
NOW = 1_800_000_000


def public(private: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


CERTIFICATE = LeadCertificate("org-1", ("desk-a",), "lead-1", public(LEAD), NOW - 45 * DAY, NOW + 45 * DAY)
KEY = DeskKey("org-1", "desk-a", 7, NOW - 3 * DAY, NOW + 4 * DAY, bytes(range(32)))


def published(certificate: LeadCertificate = CERTIFICATE, key: DeskKey = KEY) -> PublishedKey:
    return PublishedKey(sign_lead(ROOT, certificate), sign_desk_key(LEAD, key))


def trust(found: PublishedKey, now: int = NOW) -> DeskKey:
    return trust_desk_key(found, public(ROOT), "org-1", "desk-a", now)


def test_a_key_signed_from_the_root_down_is_trusted() -> None:
    assert trust(PublishedKey.from_json(published().to_json())) == KEY


def test_a_lead_that_the_root_did_not_appoint_is_refused() -> None:
    invented = replace(CERTIFICATE, ed_pk=public(OTHER))
    found = PublishedKey(sign_lead(OTHER, invented), sign_desk_key(OTHER, KEY))
    with pytest.raises(errors.InventedLeadError):
        trust(found)


def test_a_key_that_its_lead_did_not_sign_is_refused() -> None:
    with pytest.raises(errors.UnsignedDeskKeyError):
        trust(PublishedKey(published().lead, sign_desk_key(OTHER, KEY)))


def test_a_statement_of_one_kind_is_none_of_another() -> None:
    certificate = sign_lead(ROOT, CERTIFICATE)
    with pytest.raises(errors.UnsignedDeskKeyError):
        trust_desk_key(PublishedKey(certificate, certificate), public(ROOT), "org-1", "desk-a", NOW)


@pytest.mark.parametrize(
    ("certificate", "key", "refusal"),
    [
        (replace(CERTIFICATE, org="org-2"), KEY, errors.WrongOrganisationError),
        (CERTIFICATE, replace(KEY, org="org-2"), errors.WrongOrganisationError),
        (replace(CERTIFICATE, desks=("desk-b",)), KEY, errors.LeadNotForDeskError),
        (replace(CERTIFICATE, desks=("desk-a", "desk-b")), replace(KEY, desk="desk-b"), errors.WrongDeskError),
        (replace(CERTIFICATE, not_before=NOW + 2 * DAY), KEY, errors.NotYetValidError),
        (CERTIFICATE, replace(KEY, not_before=NOW + 2 * DAY), errors.NotYetValidError),
        (replace(CERTIFICATE, not_after=NOW - 2 * DAY), KEY, errors.ExpiredError),
        (CERTIFICATE, replace(KEY, not_after=NOW - 2 * DAY), errors.ExpiredError),
    ],
)
def test_every_other_reason_has_its_own_name(
    certificate: LeadCertificate, key: DeskKey, refusal: type[errors.TrustError]
) -> None:
    with pytest.raises(refusal):
        trust(published(certificate, key))


def test_a_clock_may_be_off_by_a_day_and_not_by_a_second_more() -> None:
    assert trust(published(), KEY.not_after + TOLERANCE) == KEY
    assert trust(published(), KEY.not_before - TOLERANCE) == KEY
    with pytest.raises(errors.ExpiredError):
        trust(published(), KEY.not_after + TOLERANCE + 1)
    with pytest.raises(errors.NotYetValidError):
        trust(published(), KEY.not_before - TOLERANCE - 1)


def test_nothing_is_signed_or_trusted_for_longer_than_allowed() -> None:
    long_lead, long_key = replace(CERTIFICATE, not_before=NOW - 46 * DAY), replace(KEY, not_before=NOW - 28 * DAY)
    with pytest.raises(errors.ValidTooLongError):
        sign_lead(ROOT, long_lead)
    with pytest.raises(errors.ValidTooLongError):
        sign_desk_key(LEAD, long_key)
    fields = {**long_key.__dict__, "pk": encode(KEY.pk)}
    with pytest.raises(errors.ValidTooLongError):
        trust(PublishedKey(published().lead, sign("desk-key", LEAD, fields)))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"more": 1},
        {"epoch": -1},
        {"epoch": 2**32},
        {"epoch": "7"},
        {"not_after": NOW - 4 * DAY},
        {"not_after": 1.5},
        {"pk": encode(bytes(31))},
        {"desk": "Desk A"},
    ],
)
def test_a_signed_statement_in_another_form_is_refused(change: dict[str, object]) -> None:
    fields = {**KEY.__dict__, "pk": encode(KEY.pk), **change}
    with pytest.raises(errors.FormatError):
        trust(PublishedKey(published().lead, sign("desk-key", LEAD, fields)))


def test_the_same_statement_in_another_spelling_is_refused_though_it_is_signed() -> None:
    spelling = published().key.statement.replace(b",", b", ")
    key = Ed25519PrivateKey.from_private_bytes(LEAD)
    # The lead signs these very bytes: it is the spelling that is refused.
    signed = Signed(spelling, key.sign(b"zicht/v1/desk-key" + len(spelling).to_bytes(2, "big") + spelling))
    with pytest.raises(errors.FormatError):
        trust(PublishedKey(published().lead, signed))
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


@given(part=st.sampled_from(["lead", "key"]), place=st.integers(0, 10_000))
def test_no_flipped_bit_of_a_statement_or_signature_is_trusted(part: str, place: int) -> None:
    found = published()
    signed: Signed = getattr(found, part)
    whole = bytearray(signed.statement + signed.signature)
    whole[place // 8 % len(whole)] ^= 1 << place % 8
    changed = Signed(bytes(whole[: len(signed.statement)]), bytes(whole[len(signed.statement) :]))
    with pytest.raises((errors.InventedLeadError, errors.UnsignedDeskKeyError)):
        trust(replace(found, **{part: changed}))
