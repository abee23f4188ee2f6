"""Make and change desks, their hours and their people; each change writes its line in the access log.

Nothing here gives anybody a key of a desk: that is done by browsers of people who have one.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from zicht.contact.chat.announcing import announce
from zicht.contact.chat.news import MEMBERS, News
from zicht.contact.desk.actions import put_back
from zicht.contact.desks.errors import (
    MemberAlreadyError,
    NameTakenError,
    NoMemberError,
    PurposeFixedError,
    PurposeNotHereError,
    RootDiffersError,
    RootOfDemoError,
)
from zicht.contact.models import (
    Approval,
    Claim,
    Conversation,
    Desk,
    EpochWrap,
    Holiday,
    Hours,
    Membership,
    OrganisationRoot,
    PreparedAnswer,
    State,
    Voucher,
)
from zicht.contact.rules import has_desks_for, wall_of
from zicht.contact.sealing.errors import DemoRootError
from zicht.contact.sealing.page_manifest import fingerprint, refuse_demo_root
from zicht.people.actions import record_access
from zicht.people.models import Account


@transaction.atomic
def make_desk(by: Account, values: Mapping[str, Any]) -> Desk:
    """Make a desk of the organisation; nobody belongs to it yet."""
    desk = Desk(org=by.org, **values)
    _refuse_purpose(by, desk.purpose)
    if Desk.objects.filter(slug=desk.slug).exists():
        raise NameTakenError
    try:
        with transaction.atomic():
            desk.save(force_insert=True)
    except IntegrityError as error:  # somebody else took the name a moment ago
        raise NameTakenError from error
    _log(by, desk)
    return desk


@transaction.atomic
def change_desk(by: Account, desk: Desk, values: Mapping[str, Any]) -> Desk:
    """Change everything but the name in addresses, which stands in signed keys."""
    if values["purpose"] != desk.purpose:
        _refuse_purpose(by, values["purpose"])
        if desk.memberships.exists():
            raise PurposeFixedError
    for name, value in values.items():
        setattr(desk, name, value)
    desk.save()
    _announce(desk)
    _log(by, desk)
    return desk


def _refuse_purpose(by: Account, purpose: str) -> None:
    if not has_desks_for(purpose, by.org.legal_regime):
        raise PurposeNotHereError


@transaction.atomic
def add_hours(
    by: Account, desk: Desk, days: Iterable[int], opens: dt.time, closes: dt.time, languages: list[str]
) -> None:
    """Open a desk between two times on some days of the week; without languages in all of the desk's."""
    for day in days:
        Hours.objects.get_or_create(desk=desk, weekday=day, opens=opens, closes=closes, languages=languages)
    _log(by, desk)


@transaction.atomic
def remove_hours(by: Account, hours: Hours) -> None:
    """Take back opening hours."""
    hours.delete()
    _log(by, hours.desk)


@transaction.atomic
def add_holiday(by: Account, desk: Desk, day: dt.date) -> None:
    """Close a desk on a day."""
    Holiday.objects.get_or_create(desk=desk, day=day)
    _log(by, desk)


@transaction.atomic
def remove_holiday(by: Account, holiday: Holiday) -> None:
    """Open a desk on a day again."""
    holiday.delete()
    _log(by, holiday.desk)


@transaction.atomic
def add_answer(by: Account, desk: Desk, values: dict[str, Any]) -> None:
    """Keep an answer that the desk prepared."""
    PreparedAnswer.objects.create(desk=desk, **{name: values[name] for name in ("title", "language", "words")})
    _log(by, desk)


@transaction.atomic
def remove_answer(by: Account, answer: PreparedAnswer) -> None:
    """Take an answer away."""
    answer.delete()
    _log(by, answer.desk)


@transaction.atomic
def add_member(by: Account, desk: Desk, account: Account) -> Membership:
    """Let somebody belong to a desk. What was sealed before stays shut until two approve and wrap the keys again."""
    if account.org_id != desk.org_id or not account.has_perm("contact.answer", desk):
        raise NoMemberError
    try:
        with transaction.atomic():
            member = Membership.objects.create(desk=desk, account=account, joined_on=timezone.localdate())
    except IntegrityError as error:
        raise MemberAlreadyError from error
    _announce(desk)
    _log(by, desk)
    return member


@transaction.atomic
def end_member(by: Account, member: Membership) -> None:
    """Let somebody belong to a desk no longer: her wraps go at once, her chats wait again, and a new key is due."""
    desk, account = member.desk, member.account
    member.left_on = timezone.localdate()
    member.is_key_due = desk.epochs.filter(is_taken_back=False).exists()
    member.save()
    EpochWrap.objects.filter(epoch__desk=desk, account=account).delete()
    for signed in (Voucher, Approval):
        signed.objects.filter(desk=desk, account=account).delete()
        signed.objects.filter(desk=desk, by=account).delete()
    _release_claims(desk, account)
    _announce(desk)
    _log(by, desk)


def _release_claims(desk: Desk, account: Account) -> None:
    held = Conversation.objects.filter(desk=desk, claim__account=account)
    # The order in which all who change several conversations hold them, so that no two wait for each other.
    for conversation in held.select_for_update(of=("self",), no_key=True).order_by("number"):
        if conversation.state == State.OPEN:
            put_back(conversation)
        else:
            Claim.objects.filter(conversation=conversation).delete()


@transaction.atomic
def set_root(by: Account, root: bytes, typed: str) -> OrganisationRoot:
    """Keep the public half of the organisation's root; instead of another one only by its fingerprint, typed anew."""
    try:
        refuse_demo_root(root, is_demo=settings.DEMO)
    except DemoRootError as error:
        raise RootOfDemoError from error
    before = OrganisationRoot.objects.filter(org=by.org).first()
    if before and "".join(typed.split()).lower() != fingerprint(root).replace(" ", ""):
        raise RootDiffersError
    kept, _is_new = OrganisationRoot.objects.update_or_create(org=by.org, defaults={"root": root})
    record_access(by, "changed", "organisation", by.org_id, compartment=wall_of(by))
    return kept


def _announce(desk: Desk) -> None:
    announce(News(MEMBERS, desk.pk, desk.pk))


def _log(by: Account, desk: Desk) -> None:
    record_access(by, "changed", "desk", desk.pk, compartment=wall_of(by))
