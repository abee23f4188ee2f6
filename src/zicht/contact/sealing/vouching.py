"""Statements about people's keys: a lead vouches for a colleague, and two approve that she gets older keys of a desk.

Who reads them has pinned the organisation's root; everything else comes from a server that may invent people and keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zicht.contact.sealing.errors import (
    ChangedKeysError,
    ExpiredError,
    FormatError,
    InventedColleagueError,
    LeadNotForDeskError,
    NotApprovedError,
    NotYetValidError,
    SealingError,
    UnvouchedError,
    WrongDeskError,
    WrongOrganisationError,
    WrongVersionError,
)
from zicht.contact.sealing.parts import (
    LARGEST_U32,
    VERSION,
    check_length,
    check_name,
    decode,
    encode,
    is_whole,
    read_canonical,
)
from zicht.contact.sealing.statements import (
    DAY,
    KEY_LENGTH,
    TOLERANCE,
    LeadCertificate,
    Signed,
    check_signature,
    sign,
    trust_lead,
)

APPROVAL_HOLDS = 14 * DAY  # seconds
APPROVALS = 2
FEW_MEMBERS = 3  # with fewer, a steward stands in for the second colleague
MEMBER_FIELDS = ("org", "desk", "user", "x_pk", "ed_pk")
VOUCHER_FIELDS = ("v", *MEMBER_FIELDS, "lead", "at")
APPROVAL_FIELDS = ("v", *MEMBER_FIELDS, "first_epoch", "last_epoch", "by", "lead", "at")
# All members of a desk by user, with the signing key (32 bytes) if a lead vouched for it.
Members = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Member:
    """Somebody of a desk with her public keys, for opening and for signing; 32 bytes each."""

    org: str
    desk: str
    user: str
    x_pk: bytes
    ed_pk: bytes

    def to_json(self) -> dict[str, str]:
        """Give the fields as they stand in a statement."""
        return {**self.__dict__, "x_pk": encode(self.x_pk), "ed_pk": encode(self.ed_pk)}


@dataclass(frozen=True)
class Voucher:
    """A lead read six words with a member: these are her keys. It holds as long as the certificate of the lead."""

    member: Member
    lead: Signed
    at: int


@dataclass(frozen=True)
class Approval:
    """A member may have the keys of a desk from one epoch to another; `lead` is None where no lead signs."""

    member: Member
    first_epoch: int
    last_epoch: int
    by: str
    lead: Signed | None
    at: int


def sign_voucher(lead_private: bytes, voucher: Voucher) -> Signed:
    """Vouch, as a lead, for the keys of a member."""
    signed = sign(
        "voucher", lead_private, {**voucher.member.to_json(), "lead": voucher.lead.to_json(), "at": voucher.at}
    )
    read_voucher(signed.statement)
    return signed


def read_voucher(statement: bytes) -> Voucher:
    """Read a voucher, signed or not; raise a FormatError for anything else."""
    fields = _read(statement, VOUCHER_FIELDS)
    return Voucher(_member(fields), Signed.from_json(fields["lead"]), fields["at"])


def trust_voucher(signed: Signed, member: Member, root: bytes, now: int) -> LeadCertificate:
    """Give the certificate of the lead who vouched for exactly these keys; raise a TrustError or FormatError if not.

    `root` is the organisation's public key, pinned by whoever asks; `now` is in seconds since 1970.
    """
    voucher = read_voucher(signed.statement)
    lead = _lead_of(voucher.lead, member, root, now)
    check_signature("voucher", lead.ed_pk, signed, UnvouchedError)
    _check_member(voucher.member, member)
    return lead


def sign_approval(private_key: bytes, approval: Approval) -> Signed:
    """Approve, as a lead, a colleague or (with the root) a steward, that a member gets keys of a desk."""
    fields = {
        **approval.member.to_json(),
        "first_epoch": approval.first_epoch,
        "last_epoch": approval.last_epoch,
        "by": approval.by,
        "lead": approval.lead.to_json() if approval.lead else None,
        "at": approval.at,
    }
    signed = sign("approval", private_key, fields)
    read_approval(signed.statement)
    return signed


def read_approval(statement: bytes) -> Approval:
    """Read an approval, signed or not; raise a FormatError for anything else."""
    fields = _read(statement, APPROVAL_FIELDS)
    first, last = fields["first_epoch"], fields["last_epoch"]
    if not is_whole(first) or not is_whole(last) or not first <= last <= LARGEST_U32:
        raise FormatError
    lead = None if fields["lead"] is None else Signed.from_json(fields["lead"])
    return Approval(_member(fields), first, last, _name(fields["by"]), lead, fields["at"])


def trust_approvals(
    approvals: Sequence[Signed], member: Member, epoch: int, members: Members, root: bytes, now: int
) -> None:
    """Raise NotApprovedError unless two others approved that a member gets the key of an epoch, one of them a lead.

    A steward counts where there are fewer than three members, and counts as a lead, whom the root could appoint anyway.
    An approval that does not hold counts for nothing, and hides no other.
    """
    leads: dict[str, bool] = {}
    for signed in approvals:
        try:
            approval = trust_approval(signed, member, epoch, members, root, now)
        except SealingError:
            continue
        is_steward = approval.by == member.org
        if not is_steward or len(members) < FEW_MEMBERS:
            leads[approval.by] = is_steward or approval.lead is not None or leads.get(approval.by, False)
    if len(leads) < APPROVALS or not any(leads.values()):
        raise NotApprovedError


def trust_approval(signed: Signed, member: Member, epoch: int, members: Members, root: bytes, now: int) -> Approval:
    """Give an approval that holds; raise a TrustError or FormatError if it does not."""
    approval = read_approval(signed.statement)
    _check_member(approval.member, member)
    if not approval.first_epoch <= epoch <= approval.last_epoch or approval.by == member.user:
        raise NotApprovedError
    _check_age(approval, now)
    check_signature("approval", _key_of(approval, members, root, now), signed, NotApprovedError)
    return approval


def _key_of(approval: Approval, members: Members, root: bytes, now: int) -> bytes:
    """Give the key with which an approval must be signed."""
    if approval.lead is not None:
        lead = _lead_of(approval.lead, approval.member, root, now)
        if lead.lead != approval.by:
            raise NotApprovedError
        return lead.ed_pk
    if approval.by == approval.member.org:
        return root
    key = members.get(approval.by)
    if key is None:
        raise InventedColleagueError
    return key


def _check_age(approval: Approval, now: int) -> None:
    if now < approval.at - TOLERANCE:
        raise NotYetValidError
    if now > approval.at + APPROVAL_HOLDS + TOLERANCE:
        raise ExpiredError


def _lead_of(certificate: Signed, member: Member, root: bytes, now: int) -> LeadCertificate:
    lead = trust_lead(certificate, root, member.org, now)
    if member.desk not in lead.desks:
        raise LeadNotForDeskError
    return lead


def _check_member(stated: Member, member: Member) -> None:
    """Raise the error that says in what a statement is about somebody or something else."""
    if stated.org != member.org:
        raise WrongOrganisationError
    if stated.desk != member.desk:
        raise WrongDeskError
    if stated.user != member.user:
        raise InventedColleagueError
    if (stated.x_pk, stated.ed_pk) != (member.x_pk, member.ed_pk):
        raise ChangedKeysError


def _read(statement: bytes, names: Sequence[str]) -> dict[str, Any]:
    fields = read_canonical(statement, names)
    if not is_whole(fields["v"]) or fields["v"] != VERSION:
        raise WrongVersionError
    if not is_whole(fields["at"]):
        raise FormatError
    return fields


def _member(fields: Mapping[str, Any]) -> Member:
    org, desk, user = (_name(fields[name]) for name in ("org", "desk", "user"))
    x_pk, ed_pk = (check_length(decode(fields[name]), KEY_LENGTH) for name in ("x_pk", "ed_pk"))
    return Member(org, desk, user, x_pk, ed_pk)


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise FormatError
    return check_name(value)
