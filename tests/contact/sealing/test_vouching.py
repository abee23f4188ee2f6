"""Keys of people count only when a lead vouched for exactly these, and older keys of a desk need two approvals."""

import itertools
from dataclasses import replace

import pytest

from zicht.contact.sealing import errors
from zicht.contact.sealing.page_manifest import public_half
from zicht.contact.sealing.parts import canonical
from zicht.contact.sealing.six_words import LANGUAGES, word_list, words_of_user
from zicht.contact.sealing.statements import DAY, LeadCertificate, Signed, sign, sign_lead
from zicht.contact.sealing.vouching import (
    Approval,
    Member,
    Members,
    Voucher,
    sign_approval,
    sign_voucher,
    trust_approvals,
    trust_voucher,
)

ROOT, LEAD, ANNA, BEA, OTHER = (bytes([number]) * 32 for number in range(1, 6))
PINNED = public_half(ROOT)
NOW = 1_800_000_000
MEMBER = Member("org-1", "desk-a", "later", bytes(32), public_half(OTHER))
CERTIFICATE = LeadCertificate("org-1", ("desk-a",), "lead-1", public_half(LEAD), NOW, NOW + 60 * DAY)
SIGNED = sign_lead(ROOT, CERTIFICATE)
MEMBERS: Members = {"lead-1": None, "anna": public_half(ANNA), "bea": public_half(BEA), "later": None}


def vouch(key: bytes = LEAD, lead: Signed = SIGNED, member: Member = MEMBER) -> Signed:
    return sign_voucher(key, Voucher(member, lead, NOW))


def approve(
    key: bytes, by: str, lead: Signed | None = None, member: Member = MEMBER, last: int = 7, at: int = NOW
) -> Signed:
    return sign_approval(key, Approval(member, 3, last, by, lead, at))


def trust(*approvals: Signed, members: Members = MEMBERS, epoch: int = 5, now: int = NOW) -> None:
    trust_approvals(approvals, MEMBER, epoch, members, PINNED, now)


BY_LEAD = approve(LEAD, "lead-1", SIGNED)
BY_ANNA = approve(ANNA, "anna")
BY_STEWARD = approve(ROOT, "org-1")


def test_a_lead_vouches_for_the_keys_of_a_member() -> None:
    assert trust_voucher(Signed.from_json(vouch().to_json()), MEMBER, PINNED, NOW) == CERTIFICATE


@pytest.mark.parametrize(
    ("voucher", "refusal"),
    [
        (vouch(OTHER), errors.UnvouchedError),
        (vouch(OTHER, sign_lead(OTHER, replace(CERTIFICATE, ed_pk=public_half(OTHER)))), errors.InventedLeadError),
        (vouch(lead=sign_lead(ROOT, replace(CERTIFICATE, desks=("desk-b",)))), errors.LeadNotForDeskError),
        (vouch(lead=sign_lead(ROOT, replace(CERTIFICATE, org="org-2"))), errors.WrongOrganisationError),
        (vouch(member=replace(MEMBER, org="org-2")), errors.WrongOrganisationError),
        (vouch(member=replace(MEMBER, desk="desk-b")), errors.WrongDeskError),
        (vouch(member=replace(MEMBER, user="ghost")), errors.InventedColleagueError),
        (vouch(member=replace(MEMBER, x_pk=bytes([1]) * 32)), errors.ChangedKeysError),
        (vouch(member=replace(MEMBER, ed_pk=bytes([1]) * 32)), errors.ChangedKeysError),
        (BY_LEAD, errors.UnknownFieldError),
        (sign("voucher", LEAD, {**MEMBER.to_json(), "lead": None, "at": NOW}), errors.FormatError),
        (sign("voucher", LEAD, {**MEMBER.to_json(), "lead": SIGNED.to_json(), "at": -1}), errors.FormatError),
        (Signed(canonical({}), bytes(64)), errors.UnknownFieldError),
    ],
)
def test_every_other_voucher_is_refused_by_its_own_name(voucher: Signed, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        trust_voucher(voucher, MEMBER, PINNED, NOW)


def test_a_voucher_holds_as_long_as_the_certificate_in_it() -> None:
    assert trust_voucher(vouch(), MEMBER, PINNED, NOW + 61 * DAY).lead == "lead-1"
    with pytest.raises(errors.ExpiredError):
        trust_voucher(vouch(), MEMBER, PINNED, NOW + 61 * DAY + 1)


def test_a_flipped_bit_of_a_voucher_is_never_trusted() -> None:
    voucher = vouch()
    for place in range(0, len(voucher.statement) * 8, 7):
        changed = bytearray(voucher.statement)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(errors.SealingError):
            trust_voucher(Signed(bytes(changed), voucher.signature), MEMBER, PINNED, NOW)


def test_a_lead_and_a_colleague_approve_in_any_order_among_approvals_that_do_not_hold() -> None:
    false = Signed(BY_ANNA.statement, bytes(64))
    for several in itertools.permutations([BY_LEAD, BY_ANNA, false]):
        trust(*several)


@pytest.mark.parametrize(
    "approvals",
    [
        (),
        (BY_LEAD,),
        (BY_LEAD, BY_LEAD),
        (BY_ANNA, approve(BEA, "bea")),
        (BY_LEAD, approve(OTHER, "later")),
        (BY_LEAD, approve(OTHER, "ghost")),
        (BY_LEAD, approve(OTHER, "anna")),
        (BY_ANNA, approve(LEAD, "lead-1")),
        (BY_ANNA, approve(LEAD, "bea", SIGNED)),
        (BY_ANNA, approve(OTHER, "ghost", sign_lead(OTHER, replace(CERTIFICATE, lead="ghost")))),
        (BY_LEAD, approve(ANNA, "anna", member=replace(MEMBER, x_pk=bytes([1]) * 32))),
        (BY_LEAD, approve(ANNA, "anna", member=replace(MEMBER, desk="desk-b"))),
        (BY_LEAD, approve(ANNA, "anna", last=4)),
        (BY_LEAD, approve(ANNA, "anna", at=NOW - 16 * DAY)),
        (BY_LEAD, approve(ANNA, "anna", at=NOW + 2 * DAY)),
        (BY_LEAD, BY_STEWARD),
    ],
)
def test_less_than_two_of_whom_one_is_a_lead_is_not_enough(approvals: tuple[Signed, ...]) -> None:
    with pytest.raises(errors.NotApprovedError):
        trust(*approvals)


def test_a_steward_stands_in_where_there_are_fewer_than_three() -> None:
    few: Members = {"anna": public_half(ANNA), "later": None}
    trust(BY_ANNA, BY_STEWARD, members=few)
    trust(BY_LEAD, BY_STEWARD, members=few)
    for approvals in ((BY_STEWARD,), (BY_STEWARD, BY_STEWARD), (BY_ANNA, approve(OTHER, "org-1"))):
        with pytest.raises(errors.NotApprovedError):
            trust(*approvals, members=few)


def test_the_words_are_256_in_each_language_and_hard_to_confuse() -> None:
    for language in LANGUAGES:
        words = word_list()[language]
        assert len(set(words)) == 256
        assert all(word.isalpha() and word.islower() for word in words)
        assert not [pair for pair in itertools.combinations(words, 2) if is_nearly(*pair)]


def is_nearly(one: str, other: str) -> bool:
    """Tell whether two words differ in one letter only, changed or left out."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return shorter in {longer[:place] + longer[place + 1 :] for place in range(len(longer))}


def test_other_keys_another_person_and_another_organisation_have_other_words() -> None:
    one = ("org-1", "anna", bytes(32), bytes([1]) * 32)
    others = [("org-2", *one[1:]), ("org-1", "bea", *one[2:]), (*one[:2], one[3], one[2])]
    words = {words_of_user(*each, "nl") for each in (one, *others)}
    assert len(words) == 4
    assert all(len(sentence.split()) == 6 for sentence in words)
