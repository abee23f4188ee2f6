"""What a counsellor's browser calls about keys (docs/chat-protocol.md)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.middleware.csrf import get_token

from zicht.contact.chat.answers import done, give
from zicht.contact.chat.errors import FormatRefused
from zicht.contact.chat.formats import read_bytes, read_object, read_whole
from zicht.contact.desk import keys
from zicht.contact.desk.answers import for_desk
from zicht.contact.desk.keys import OwnWrap
from zicht.contact.sealing.statements import KEY_LENGTH, SIGNATURE_LENGTH
from zicht.people.guard import StaffRequest

LARGEST_EPOCH = 2**32 - 1
LARGEST_STATEMENT = 4096  # bytes
MOST_MEMBERS = 200
WRAP_FIELDS = {"kind", "credential", "wrap"}


@for_desk("GET")
def show_me(request: StaffRequest) -> HttpResponse:
    """Give one's own keys and desks, and the token that changes need: the page is a file and has none."""
    return give({**keys.show_me(request.user), "form_token": get_token(request)})


@for_desk("PUT")
def set_keys(request: StaffRequest) -> HttpResponse:
    """Take new keys of one's own."""
    fields = read_object(request.body, frozenset({"x_pk", "ed_pk", "wraps"}))
    x_pk, ed_pk = (read_bytes(fields[name], KEY_LENGTH) for name in ("x_pk", "ed_pk"))
    keys.set_own_keys(request.user, x_pk, ed_pk, _own_wraps(fields["wraps"]))
    return done()


@for_desk("PUT")
def set_wraps(request: StaffRequest) -> HttpResponse:
    """Take the same keys under other secrets."""
    fields = read_object(request.body, frozenset({"wraps"}))
    keys.set_own_wraps(request.user, _own_wraps(fields["wraps"]))
    return done()


@for_desk("GET")
def show_members(request: StaffRequest, slug: str) -> HttpResponse:
    """Give the people of a desk."""
    return give(keys.show_members(request.user, slug))


@for_desk("GET")
def show_answers(request: StaffRequest, slug: str) -> HttpResponse:
    """Give the answers that a desk prepared."""
    return give({"answers": keys.list_answers(request.user, slug)})


@for_desk("POST")
def vouch(request: StaffRequest, slug: str) -> HttpResponse:
    """Keep that a colleague's keys were compared."""
    keys.vouch(request.user, slug, *_signed(request))
    return done()


@for_desk("POST")
def approve(request: StaffRequest, slug: str) -> HttpResponse:
    """Keep that a colleague may have older keys."""
    keys.approve(request.user, slug, *_signed(request))
    return done()


def _signed(request: StaffRequest) -> tuple[UUID, bytes, bytes]:
    fields = read_object(request.body, frozenset({"user", "statement", "signature"}))
    signature = read_bytes(fields["signature"], SIGNATURE_LENGTH)
    return _user(fields["user"]), _statement(fields["statement"]), signature


@for_desk("GET", "POST")
def handle_epochs(request: StaffRequest, slug: str) -> HttpResponse:
    """Give the keys of a desk, or take a new one from its lead."""
    if request.method == "POST":
        fields = read_object(request.body, frozenset({"key", "wraps"}))
        wraps = _each(fields["wraps"], {"user", "wrap"}, MOST_MEMBERS)
        wrapped = {_user(one["user"]): read_bytes(one["wrap"]) for one in wraps}
        keys.publish_epoch(request.user, slug, fields["key"], wrapped)
    epochs, is_due = keys.list_epochs(request.user, slug), keys.is_key_due(request.user, slug)
    return give({"epochs": epochs, "is_due": is_due})


@for_desk("POST")
def add_wrap(request: StaffRequest, slug: str) -> HttpResponse:
    """Take the key of an epoch for a colleague."""
    fields = read_object(request.body, frozenset({"epoch", "user", "wrap", "approvals"}))
    approvals = _each(fields["approvals"], {"by", "statement", "signature"}, MOST_MEMBERS)
    for one in approvals:
        _user(one["by"])
        _statement(one["statement"])
        read_bytes(one["signature"], SIGNATURE_LENGTH)
    epoch, user = read_whole(fields["epoch"], LARGEST_EPOCH), _user(fields["user"])
    keys.add_wrap(request.user, slug, epoch, user, read_bytes(fields["wrap"]), approvals)
    return done()


@for_desk("POST")
def end_epoch(request: StaffRequest, slug: str) -> HttpResponse:
    """Let visitors get a key no more."""
    fields = read_object(request.body, frozenset({"epoch"}))
    keys.end_epoch(request.user, slug, read_whole(fields["epoch"], LARGEST_EPOCH))
    return done()


def _own_wraps(value: object) -> list[OwnWrap]:
    return [
        OwnWrap(read_whole(one["kind"], 255), read_bytes(one["credential"])[:1024], read_bytes(one["wrap"]))
        for one in _each(value, WRAP_FIELDS, keys.MOST_WRAPS)
    ]


def _each(value: object, fields: set[str], most: int) -> list[dict[str, Any]]:
    """Read a list of objects with exactly these fields."""
    if not isinstance(value, list) or len(value) > most:
        raise FormatRefused
    if not all(isinstance(one, dict) and set(one) == fields for one in value):
        raise FormatRefused
    return value


def _user(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise FormatRefused from error


def _statement(value: object) -> bytes:
    statement = read_bytes(value)
    if not 0 < len(statement) <= LARGEST_STATEMENT:
        raise FormatRefused
    return statement
