"""Statements about keys, signed from the organisation's root down to the key of a desk, and the times they hold for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zicht.contact.sealing.errors import (
    ExpiredError,
    FormatError,
    InventedLeadError,
    LeadNotForDeskError,
    NotYetValidError,
    TrustError,
    UnsignedDeskKeyError,
    ValidTooLongError,
    WrongDeskError,
    WrongOrganisationError,
    WrongVersionError,
)
from zicht.contact.sealing.parts import (
    LARGEST_U32,
    VERSION,
    canonical,
    check_fields,
    check_length,
    check_name,
    decode,
    encode,
    is_whole,
    join,
    read_canonical,
)

HOUR = 3600  # seconds
DAY = 24 * HOUR
TOLERANCE = 24 * HOUR  # a clock may be off by so much
LONGEST_LEAD = 90 * DAY
LONGEST_DESK_KEY = 31 * DAY
KEY_LENGTH = 32
SIGNATURE_LENGTH = 64
LEAD_FIELDS = ("v", "org", "desks", "lead", "ed_pk", "not_before", "not_after")
DESK_KEY_FIELDS = ("v", "org", "desk", "epoch", "not_before", "not_after", "pk")


@dataclass(frozen=True)
class Signed:
    """The bytes of a statement and the signature over them."""

    statement: bytes
    signature: bytes

    def to_json(self) -> dict[str, str]:
        """Give the form in which it travels."""
        return {"statement": encode(self.statement), "signature": encode(self.signature)}

    @classmethod
    def from_json(cls, value: object) -> "Signed":
        """Read the form in which it travels; raise a FormatError for anything else."""
        fields = check_fields(value, ("statement", "signature"))
        return cls(decode(fields["statement"]), check_length(decode(fields["signature"]), SIGNATURE_LENGTH))


@dataclass(frozen=True)
class LeadCertificate:
    """Who leads which desks, by which key (32 bytes, Ed25519); times in seconds since 1970."""

    org: str
    desks: tuple[str, ...]
    lead: str
    ed_pk: bytes
    not_before: int
    not_after: int


@dataclass(frozen=True)
class DeskKey:
    """The public key of a desk in an epoch (32 bytes, X25519); times in seconds since 1970."""

    org: str
    desk: str
    epoch: int
    not_before: int
    not_after: int
    pk: bytes


@dataclass(frozen=True)
class PublishedKey:
    """What a browser gets: the certificate of the lead, and the key of the desk that the lead signed."""

    lead: Signed
    key: Signed

    def to_json(self) -> dict[str, dict[str, str]]:
        """Give the form in which it travels."""
        return {"lead": self.lead.to_json(), "key": self.key.to_json()}

    @classmethod
    def from_json(cls, value: object) -> "PublishedKey":
        """Read the form in which it travels; raise a FormatError for anything else."""
        fields = check_fields(value, ("lead", "key"))
        return cls(Signed.from_json(fields["lead"]), Signed.from_json(fields["key"]))


def sign(kind: str, private_key: bytes, fields: dict[str, Any]) -> Signed:
    """Sign fields as a statement of a kind; the private key has 32 bytes."""
    statement = canonical({"v": VERSION, **fields})
    key = Ed25519PrivateKey.from_private_bytes(check_length(private_key, KEY_LENGTH))
    return Signed(statement, key.sign(join(f"zicht/v1/{kind}", statement)))


def check_signature(kind: str, public_key: bytes, signed: Signed, refusal: type[TrustError]) -> None:
    """Raise the given error unless the holder of the key signed this as a statement of this kind."""
    try:
        key = Ed25519PublicKey.from_public_bytes(check_length(public_key, KEY_LENGTH))
        key.verify(signed.signature, join(f"zicht/v1/{kind}", signed.statement))
    except (InvalidSignature, ValueError) as error:
        raise refusal from error


def sign_lead(root_private: bytes, lead: LeadCertificate) -> Signed:
    """Sign, as the organisation, who leads which desks; refuse what no browser would accept."""
    fields = {
        "org": lead.org,
        "desks": list(lead.desks),
        "lead": lead.lead,
        "ed_pk": encode(lead.ed_pk),
        "not_before": lead.not_before,
        "not_after": lead.not_after,
    }
    signed = sign("lead", root_private, fields)
    check_period(read_lead(signed.statement), LONGEST_LEAD)
    return signed


def sign_desk_key(lead_private: bytes, key: DeskKey) -> Signed:
    """Sign, as a lead, the key of a desk; refuse what no browser would accept."""
    fields = {
        "org": key.org,
        "desk": key.desk,
        "epoch": key.epoch,
        "not_before": key.not_before,
        "not_after": key.not_after,
        "pk": encode(key.pk),
    }
    signed = sign("desk-key", lead_private, fields)
    check_period(read_desk_key(signed.statement), LONGEST_DESK_KEY)
    return signed


def read_lead(statement: bytes) -> LeadCertificate:
    """Read the certificate of a lead, signed or not; raise a FormatError for anything else."""
    fields = _read(statement, LEAD_FIELDS)
    return LeadCertificate(
        org=_name(fields["org"]),
        desks=_names(fields["desks"]),
        lead=_name(fields["lead"]),
        ed_pk=check_length(decode(fields["ed_pk"]), KEY_LENGTH),
        not_before=_whole(fields["not_before"]),
        not_after=_whole(fields["not_after"]),
    )


def read_desk_key(statement: bytes) -> DeskKey:
    """Read the statement about the key of a desk, signed or not; raise a FormatError for anything else."""
    fields = _read(statement, DESK_KEY_FIELDS)
    if _whole(fields["epoch"]) > LARGEST_U32:
        raise FormatError
    return DeskKey(
        org=_name(fields["org"]),
        desk=_name(fields["desk"]),
        epoch=fields["epoch"],
        not_before=_whole(fields["not_before"]),
        not_after=_whole(fields["not_after"]),
        pk=check_length(decode(fields["pk"]), KEY_LENGTH),
    )


def trust_desk_key(published: PublishedKey, root: bytes, org: str, desk: str, now: int) -> DeskKey:
    """Give the key of a desk if the organisation's root stands behind it now; raise a TrustError or FormatError if not.

    `root` is the organisation's public key (32 bytes), pinned by whoever asks; `now` is in seconds since 1970.
    """
    lead = trust_lead(published.lead, root, org, now)
    if desk not in lead.desks:
        raise LeadNotForDeskError
    check_signature("desk-key", lead.ed_pk, published.key, UnsignedDeskKeyError)
    key = read_desk_key(published.key.statement)
    if key.org != org:
        raise WrongOrganisationError
    if key.desk != desk:
        raise WrongDeskError
    check_period(key, LONGEST_DESK_KEY)
    check_now(key, now)
    return key


def trust_lead(signed: Signed, root: bytes, org: str, now: int) -> LeadCertificate:
    """Give the certificate of a lead if the organisation's root stands behind it now."""
    check_signature("lead", root, signed, InventedLeadError)
    lead = read_lead(signed.statement)
    if lead.org != org:
        raise WrongOrganisationError
    check_period(lead, LONGEST_LEAD)
    check_now(lead, now)
    return lead


def check_period(stated: LeadCertificate | DeskKey, longest: int) -> None:
    """Raise ValidTooLongError for more seconds than allowed, FormatError for an end before the beginning."""
    if stated.not_after <= stated.not_before:
        raise FormatError
    if stated.not_after - stated.not_before > longest:
        raise ValidTooLongError


def check_now(stated: LeadCertificate | DeskKey, now: int) -> None:
    """Raise an error unless the time is within the statement's, give or take a day for clocks that are off."""
    if now < stated.not_before - TOLERANCE:
        raise NotYetValidError
    if now > stated.not_after + TOLERANCE:
        raise ExpiredError


def _read(statement: bytes, fields: Sequence[str]) -> dict[str, Any]:
    found = read_canonical(statement, fields)
    if not is_whole(found["v"]) or found["v"] != VERSION:
        raise WrongVersionError
    return found


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise FormatError
    return check_name(value)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise FormatError
    names = tuple(_name(one) for one in value)
    if not names or list(names) != sorted(set(names)):
        raise FormatError
    return names


def _whole(value: object) -> int:
    if not is_whole(value) or not isinstance(value, int):
        raise FormatError
    return value
