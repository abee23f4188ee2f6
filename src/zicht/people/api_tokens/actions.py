"""Make and end keys for the programming interface."""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from zicht.people import log
from zicht.people.errors import NotAllowedError, TooManyTokensError
from zicht.people.models import Account, ApiToken
from zicht.people.set_up_codes import hash_token

PREFIX = "zicht_"  # so that a program that looks for secrets in files recognises one
SECRET_BYTES = 32  # 256 bits: nobody searches them, so a plain hash is enough
MOST_DAYS = 365
MOST_TOKENS = 20  # good ones of one account


@dataclass(frozen=True)
class Made:
    """A key as it is shown once: afterwards only its hash is known."""

    token: ApiToken
    secret: str = field(repr=False)


@sensitive_variables("secret")
@transaction.atomic
def make_token(by: Account, *, label: str, scopes: Iterable[str], days: int) -> Made:
    """Make a key that acts as the account itself, and only as far as the scopes say."""
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    today = timezone.localdate()
    if not account.has_perm("people.make_token") or not 0 < days <= MOST_DAYS:
        raise NotAllowedError
    if ApiToken.objects.good().filter(account=account).count() >= MOST_TOKENS:
        raise TooManyTokensError
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken(
        account=account,
        label=label,
        scopes=sorted(scopes),
        created_on=today,
        expires_on=today + dt.timedelta(days=days),
        token_hash=hash_token(secret),
    )
    token.save(force_insert=True)
    _log(account, token)
    return Made(token, secret)


@transaction.atomic
def end_token(by: Account, token: ApiToken) -> None:
    """End a key: its own account may, and so may the administrator of the organisation."""
    token = ApiToken.objects.select_related("account").get(pk=token.pk)
    if not Account.objects.get(pk=by.pk).has_perm("people.end_token", token.account):
        raise NotAllowedError
    if token.ended_on is None:
        token.ended_on = timezone.localdate()
        token.save()
        _log(by, token)


def _log(by: Account, token: ApiToken) -> None:
    log.append(by, "changed", token.words_entity, token.pk, purpose="security")
