"""A copy of the database from before a deletion opens for nobody, whatever else they have."""

import os
from collections.abc import Iterator
from functools import cache
from itertools import chain

import pytest
from django.apps import apps
from tests.contact.cast import Cast, Visitor

from zicht.contact import shred_keys
from zicht.contact.chat.actions import PURPOSE
from zicht.contact.models import CounsellorKeys, CounsellorWrap, Epoch, EpochWrap
from zicht.contact.sealing import hpke
from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.opening import Desk, Opening, open_opening
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.return_codes import open_return, return_keys, seal_return
from zicht.contact.sealing.wraps import (
    PASSPHRASE,
    User,
    UserKeys,
    open_layer,
    secret_of_passphrase,
    unwrap_desk_key,
    unwrap_user_keys,
    wrap_desk_key,
    wrap_user_keys,
)

pytestmark = pytest.mark.django_db
PASSWORD, CODE, SALT = "een lange zin die niemand anders kent", "ABCD-EFGH-JKMN-PQRS", bytes(16)


@cache
def passphrase() -> bytes:
    """Give what comes of the passphrase; it is slow by design."""
    return secret_of_passphrase(PASSWORD, SALT)


def everything() -> list[bytes]:
    """Give every value of bytes in every table of the chat, as a copy of the database has them."""
    models = apps.get_app_config("contact").get_models()
    rows = chain.from_iterable(model._default_manager.values_list() for model in models)
    return sorted({bytes(value) for row in rows for value in row if isinstance(value, bytes | memoryview)})


def sit_down(cast: Cast) -> User:
    """Give the counsellor keys of her own under a passphrase, and the key of the desk for them."""
    x_sk, x_pk = hpke.make_key()
    user, account = User(str(cast.desk.org_id), str(cast.counsellor.pk)), cast.counsellor
    wrap = wrap_user_keys(PASSPHRASE, passphrase(), SALT, user, UserKeys(x_sk, SALT * 2, SALT * 2))
    CounsellorKeys.objects.create(account=account, x_pk=x_pk, ed_pk=bytes(32), changed_on=account.created_on)
    CounsellorWrap.objects.create(account=account, kind=PASSPHRASE, wrap=wrap)
    epoch = Epoch.objects.get()
    shred_keys.make_key(epoch.pk)
    desk_wrap = wrap_desk_key(x_pk, Desk(user.org, "chat", 1), user.user, cast.desk_private)
    sealed = shred_keys.seal_under(epoch.pk, "deskwrap", desk_wrap)
    EpochWrap.objects.create(epoch=epoch, account=account, sealed=sealed)
    return user


def secrets_in(copy: list[bytes], keys: list[bytes], user: User, visitor: Visitor) -> Iterator[bytes]:
    """Open whatever opens with the passphrase, the return code and the keys at hand; give each S that comes out."""
    desk = Desk(user.org, "chat", 1)
    secret, code = passphrase(), return_keys(CODE, user.org)
    own = list(opened(copy, lambda one: unwrap_user_keys(PASSPHRASE, secret, user, one, SALT * 2).x_sk))
    epoch = Epoch.objects.get().pk.bytes
    layers = [(PURPOSE, visitor.conv_id), ("return", visitor.conv_id), ("deskwrap", epoch)]
    bare = [*copy]
    for key in [*keys, secret, code.k_ret, code.lookup, *own, *(one for one in copy if len(one) == 32)]:
        for purpose, subject in layers:
            bare += opened(copy, lambda one, k=key, p=purpose, s=subject: open_layer(k, p, s, one))
    yield from opened(bare, lambda one: open_return(code.k_ret, user.org, visitor.conv_id, one))
    desk_keys = [
        made for x_sk in own for made in opened(bare, lambda one, x=x_sk: unwrap_desk_key(x, desk, user.user, one))
    ]
    for private in desk_keys:
        known = visitor.opening
        tokens = (known.h_cap, known.h_wipe)
        yield from opened(
            bare,
            lambda one, p=private, t=tokens: open_opening(
                Opening(visitor.conv_id, "chat", 1, one[:32], one[32:], *t), desk, p
            ),
        )


def opened(every: list[bytes], how: object) -> list[bytes]:
    """Give what comes out of those that open."""
    found = []
    for one in every:
        try:
            found.append(how(one))  # type: ignore[operator]
        except SealingError:
            continue
    return found


def test_a_copy_from_before_a_deletion_opens_with_no_passphrase_and_no_code(cast: Cast) -> None:
    cast.desk  # noqa: B018
    user = sit_down(cast)
    visitor = Visitor()
    visitor.open()
    visitor.say("hallo")
    keys = return_keys(CODE, user.org)
    sealed = encode(seal_return(keys.k_ret, user.org, visitor.conv_id, visitor.secret))
    content = {"h_lookup": encode(keys.h_lookup), "sealed": sealed}
    visitor.client.put("/chat/v1/return", content, "application/json", headers=visitor.headers())
    copy = everything()
    all_keys = list(shred_keys.store().keys_of([visitor.uuid, Epoch.objects.get().pk]).values())
    # With the file of keys both ways are open, so what follows is no accident.
    assert list(secrets_in(copy, all_keys, user, visitor)) == [visitor.secret] * 2
    assert visitor.post("wipe", token=visitor.keys.wipe).status_code == 204
    left = list(shred_keys.store().keys_of([visitor.uuid, Epoch.objects.get().pk]).values())
    assert len(left) == 1  # that of the desk, which other chats need
    assert list(secrets_in(copy, [*left, os.urandom(32)], user, visitor)) == []
    assert list(secrets_in(copy, [], user, visitor)) == []
