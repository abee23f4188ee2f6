"""Pass on the keys of desks and counsellors: public halves with what was signed about them, and sealed private halves.

What stands in a statement is checked by browsers, because whoever breaks in here could sign nothing and store anything.
Only its form is looked at, so that a mistake is noticed by who makes it.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from zicht.contact import shred_keys
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.errors import Behind, Duplicate, FormatRefused, NotYours, Unknown
from zicht.contact.chat.hours import is_open
from zicht.contact.chat.news import MEMBERS, News
from zicht.contact.models import (
    Approval,
    CounsellorKeys,
    CounsellorWrap,
    Desk,
    Epoch,
    EpochWrap,
    Membership,
    OrganisationRoot,
    Voucher,
)
from zicht.contact.records.handing_over import WEIGHS
from zicht.contact.rules import wall_of
from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.statements import (
    LONGEST_DESK_KEY,
    PublishedKey,
    check_period,
    read_desk_key,
    trust_desk_key,
)
from zicht.contact.sealing.wraps import DESK_WRAP_LENGTH, PASSKEY, PASSPHRASE, RECOVERY, USER_WRAP_LENGTH
from zicht.people.actions import record_access
from zicht.people.models import Account

PURPOSE = "deskwrap"  # of the seal under the shred key of an epoch
INTAKE = "intake:new"  # the page, as its own room calls it
MOST_WRAPS = 10  # a passphrase, a recovery code and some passkeys


@dataclass(frozen=True)
class OwnWrap:
    """A counsellor's private keys under one secret."""

    kind: int
    credential: bytes
    wrap: bytes


def desk_of(account: Account, slug: str, *, as_lead: bool = False) -> Desk:
    """Find a desk that an account belongs to; any other does not exist."""
    mine = Membership.objects.filter(account=account, left_on=None, desk__org_id=account.org_id)
    desk = Desk.objects.filter(slug=slug, pk__in=mine.values("desk_id")).first()
    if desk is None or (as_lead and not account.has_perm("contact.lead", desk)):
        raise Unknown
    return desk


@transaction.atomic
def set_own_keys(account: Account, x_pk: bytes, ed_pk: bytes, wraps: list[OwnWrap]) -> None:
    """Take a counsellor's new keys: what colleagues vouched for, and wraps for the old ones, is worth nothing now."""
    today = timezone.localdate()
    CounsellorKeys.objects.update_or_create(
        account=account, defaults={"x_pk": x_pk, "ed_pk": ed_pk, "changed_on": today}
    )
    Voucher.objects.filter(account=account).delete()
    Approval.objects.filter(account=account).delete()
    EpochWrap.objects.filter(account=account).delete()
    _replace_wraps(account, wraps)
    for desk in Desk.objects.filter(memberships__account=account, memberships__left_on=None):
        _announce(desk)
        record_access(account, "changed", "desk", desk.pk, compartment=wall_of(account))


@transaction.atomic
def set_own_wraps(account: Account, wraps: list[OwnWrap]) -> None:
    """Take the same keys under other secrets."""
    if not CounsellorKeys.objects.filter(account=account).exists():
        raise Unknown
    _replace_wraps(account, wraps)


def _replace_wraps(account: Account, wraps: list[OwnWrap]) -> None:
    is_good = all(one.kind in (PASSPHRASE, PASSKEY, RECOVERY) and len(one.wrap) == USER_WRAP_LENGTH for one in wraps)
    if (
        not is_good
        or not 0 < len(wraps) <= MOST_WRAPS
        or len({(one.kind, one.credential) for one in wraps}) < len(wraps)
    ):
        raise FormatRefused
    CounsellorWrap.objects.filter(account=account).delete()
    for one in wraps:
        CounsellorWrap.objects.create(account=account, kind=one.kind, credential=one.credential, wrap=one.wrap)


@transaction.atomic
def publish_epoch(account: Account, slug: str, published: object, wraps: dict[UUID, bytes]) -> Epoch:
    """Take a new key of a desk from its lead, with a wrap for each colleague who is to have it."""
    desk = Desk.objects.select_for_update(no_key=True).get(pk=desk_of(account, slug, as_lead=True).pk)
    try:
        read = PublishedKey.from_json(published)
        key = read_desk_key(read.key.statement)
        check_period(key, LONGEST_DESK_KEY)
        _check_root(desk, read)
    except SealingError as error:
        raise FormatRefused from error
    newest = desk.epochs.order_by("-number").first()
    last = newest.number if newest else 0
    if key.epoch != last + 1 or (key.org, key.desk) != (str(desk.org_id), desk.slug):
        raise Behind(last={"epoch": last})
    epoch = Epoch.objects.create(
        desk=desk, number=key.epoch, published=read.to_json(), not_before=key.not_before, not_after=key.not_after
    )
    shred_keys.make_key(epoch.pk)
    for user, wrap in wraps.items():
        _keep_wrap(epoch, user, wrap, [])
    desk.memberships.filter(is_key_due=True).update(is_key_due=False)
    _announce(desk)
    record_access(account, "changed", "desk", desk.pk, compartment=wall_of(account))
    return epoch


def _check_root(desk: Desk, published: PublishedKey) -> None:
    """Refuse early what no browser would take, where this installation knows the organisation's root."""
    root = OrganisationRoot.objects.filter(org_id=desk.org_id).first()
    if root is not None:
        trust_desk_key(published, bytes(root.root), str(desk.org_id), desk.slug, int(time.time()))


@transaction.atomic
def add_wrap(account: Account, slug: str, number: int, user: UUID, wrap: bytes, approvals: list[Any]) -> None:
    """Take the key of an epoch, wrapped by a colleague who has it for one who has not."""
    epoch = _epoch(desk_of(account, slug), number)
    if not epoch.wraps.filter(account=account).exists():
        raise NotYours
    if epoch.wraps.filter(account_id=user).exists():
        raise Duplicate  # a colleague must not put something useless in its place
    _keep_wrap(epoch, user, wrap, approvals)
    _announce(epoch.desk)
    record_access(account, "changed", "desk", epoch.desk_id, compartment=wall_of(account))


def _keep_wrap(epoch: Epoch, user: UUID, wrap: bytes, approvals: list[Any]) -> None:
    if len(wrap) != DESK_WRAP_LENGTH:
        raise FormatRefused
    if not Membership.objects.filter(desk_id=epoch.desk_id, account_id=user, left_on=None).exists():
        raise Unknown
    sealed = shred_keys.seal_under(epoch.pk, PURPOSE, wrap)
    EpochWrap.objects.update_or_create(
        epoch=epoch, account_id=user, defaults={"sealed": sealed, "approvals": approvals}
    )


@transaction.atomic
def end_epoch(account: Account, slug: str, number: int) -> None:
    """Let visitors get a key no more; what was sealed with it can still be opened."""
    epoch = _epoch(desk_of(account, slug, as_lead=True), number)
    epoch.is_taken_back = True
    epoch.save()
    record_access(account, "changed", "desk", epoch.desk_id, compartment=wall_of(account))


@transaction.atomic
def vouch(account: Account, slug: str, user: UUID, statement: bytes, signature: bytes) -> None:
    """Keep that a colleague's keys were compared."""
    _keep_signed(Voucher, account, slug, user, statement, signature)


@transaction.atomic
def approve(account: Account, slug: str, user: UUID, statement: bytes, signature: bytes) -> None:
    """Keep that a colleague may have older keys of the desk."""
    _keep_signed(Approval, account, slug, user, statement, signature)


def _keep_signed(
    kind: type[Voucher] | type[Approval], account: Account, slug: str, user: UUID, statement: bytes, signature: bytes
) -> None:
    desk = desk_of(account, slug)
    if user == account.pk or not desk.memberships.filter(account_id=user, left_on=None).exists():
        raise Unknown
    kind.objects.update_or_create(
        desk=desk, account_id=user, by=account, defaults={"statement": statement, "signature": signature}
    )
    _announce(desk)
    record_access(account, "changed", "desk", desk.pk, compartment=wall_of(account))


def _announce(desk: Desk) -> None:
    announce(News(MEMBERS, desk.pk, desk.pk))


def _epoch(desk: Desk, number: int) -> Epoch:
    epoch = desk.epochs.filter(number=number).first()
    if epoch is None:
        raise Unknown
    return epoch


# --- looking ----------------------------------------------------------------------------------------------------
def show_me(account: Account) -> dict[str, Any]:
    """Give a counsellor's own keys and desks."""
    root = OrganisationRoot.objects.filter(org_id=account.org_id).first()
    mine = Desk.objects.filter(memberships__account=account, memberships__left_on=None, org_id=account.org_id)
    member = Membership.objects.filter(account=account, left_on=None).first()
    return {
        "user": str(account.pk),
        "shown_as": account.shown_as,
        "org": str(account.org_id),
        "org_name": account.org.org_name,
        "root": encode(bytes(root.root)) if root else None,
        **_public_halves(CounsellorKeys.objects.filter(account=account).first()),
        "wraps": [
            {"kind": one.kind, "credential": encode(bytes(one.credential)), "wrap": encode(bytes(one.wrap))}
            for one in CounsellorWrap.objects.filter(account=account).order_by("pk")
        ],
        "desks": [show_own_desk(account, desk) for desk in mine.order_by("slug")],
        "others": _labels(Desk.objects.filter(org_id=account.org_id, purpose="chat", is_paused=False).order_by("slug")),
        "presence": {"state": member.availability, "most": member.most_at_once} if member else None,
        "intake": _intake_for(account),
    }


def _intake_for(account: Account) -> str | None:
    """Give where a report goes that somebody takes into intake, if the account weighs reports there."""
    return reverse(INTAKE) if account.has_perm(WEIGHS) else None


def _labels(desks: Iterable[Desk]) -> list[dict[str, Any]]:
    """Give the desks of an organisation by the names that every visitor sees."""
    return [{"desk": desk.slug, "label": {"nl": desk.label_nl, "en": desk.label_en}} for desk in desks]


def show_own_desk(account: Account, desk: Desk) -> dict[str, Any]:
    """Give a desk to somebody who belongs to it."""
    return {
        "desk": desk.slug,
        "label": {"nl": desk.label_nl, "en": desk.label_en},
        "is_lead": account.has_perm("contact.lead", desk),
        "purpose": desk.purpose,
        "takes_files": desk.takes_files,
        "languages": desk.languages,
        "is_open": is_open(desk, timezone.localtime()),
    }


def show_members(account: Account, slug: str) -> dict[str, Any]:
    """Give the people of a desk with their public keys, who vouched for them, and every change of members."""
    desk = desk_of(account, slug)
    rows = list(desk.memberships.select_related("account__chat_keys").order_by("joined_on", "pk"))
    signed: dict[str, Sequence[Voucher | Approval]] = {
        "vouched": list(desk.vouchers.all()),
        "approved": list(desk.approvals.all()),
    }
    return {
        "members": [_show_member(row, signed) for row in rows if _answers(row, desk)],
        "changes": sorted(
            (change for row in rows for change in _changes(row)), key=lambda change: change["on"], reverse=True
        ),
    }


def list_answers(account: Account, slug: str) -> list[dict[str, str]]:
    """Give the answers that a desk prepared."""
    answers = desk_of(account, slug).answers.all()
    return [{"language": one.language, "title": one.title, "words": one.words} for one in answers]


def _show_member(row: Membership, signed: Mapping[str, Sequence[Voucher | Approval]]) -> dict[str, Any]:
    account = row.account
    return {
        "user": str(account.pk),
        "shown_as": account.shown_as,
        "is_lead": "desk_lead" in account.roles,
        **_public_halves(getattr(account, "chat_keys", None)),
        **{name: [_show_signed(one) for one in each if one.account_id == account.pk] for name, each in signed.items()},
    }


def _show_signed(one: Voucher | Approval) -> dict[str, str]:
    return {"by": str(one.by_id), "statement": encode(bytes(one.statement)), "signature": encode(bytes(one.signature))}


def _changes(row: Membership) -> list[dict[str, str]]:
    days = {"joined": row.joined_on, "left": row.left_on}
    return [{"user": str(row.account_id), "what": what, "on": day.isoformat()} for what, day in days.items() if day]


def _public_halves(keys: CounsellorKeys | None) -> dict[str, str | None]:
    return {
        "x_pk": encode(bytes(keys.x_pk)) if keys else None,
        "ed_pk": encode(bytes(keys.ed_pk)) if keys else None,
    }


def is_key_due(account: Account, slug: str) -> bool:
    """Tell whether somebody left since the newest key of a desk was made."""
    return needs_new_key(desk_of(account, slug))


def needs_new_key(desk: Desk) -> bool:
    """Tell whether somebody left, or may answer no longer, who may still have the newest key."""
    rows = desk.memberships.select_related("account")
    return any(row.is_key_due or (row.left_on is None and not _answers(row, desk)) for row in rows)


def _answers(row: Membership, desk: Desk) -> bool:
    """Tell whether somebody still belongs: a closed account or a lost role ends that without a word at the desk."""
    account = row.account
    return row.left_on is None and account.is_active and account.has_perm("contact.answer", desk)


def list_epochs(account: Account, slug: str) -> list[dict[str, Any]]:
    """Give the keys of a desk, the newest first, each with one's own wrap."""
    epochs = desk_of(account, slug).epochs.prefetch_related("wraps").order_by("-number")
    return [_show_epoch(account, epoch) for epoch in epochs]


def _show_epoch(account: Account, epoch: Epoch) -> dict[str, Any]:
    own = next((one for one in epoch.wraps.all() if one.account_id == account.pk), None)
    wrap = None
    if own is not None and shred_keys.store().keys_of([epoch.pk]):
        wrap = encode(shred_keys.open_sealed(epoch.pk, PURPOSE, bytes(own.sealed)))
    return {
        "epoch": epoch.number,
        "key": epoch.published,
        "not_before": epoch.not_before,
        "not_after": epoch.not_after,
        "is_taken_back": epoch.is_taken_back,
        "wrap": wrap,
        "wrapped_for": [str(one.account_id) for one in epoch.wraps.all()],
    }
