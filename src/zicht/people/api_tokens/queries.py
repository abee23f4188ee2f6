"""Find keys for the programming interface."""

import hmac
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from zicht.people.models import Account, ApiToken
from zicht.people.set_up_codes import hash_token


def find_good(secret: str) -> ApiToken | None:
    """Find the key that was sent, while it is good and its account may be used."""
    digest = hash_token(secret)
    found = ApiToken.objects.good().select_related("account__org").prefetch_related("account__grants")
    token = found.filter(token_hash=digest, account__status="active").first()
    # How long the database looks depends on a hash, which says nothing of the secret; the last word takes equal time.
    return token if token and hmac.compare_digest(token.token_hash, digest) else None


def tokens_of_account(account: Account) -> QuerySet[ApiToken]:
    """Give the keys an account has or had, the newest first."""
    return ApiToken.objects.filter(account=account).order_by("-created_on", "token_id")


def tokens_of_organisation(organisation_id: UUID) -> QuerySet[ApiToken]:
    """Give the keys of an organisation that could still be used, and whose they are."""
    found = ApiToken.objects.good().filter(account__org_id=organisation_id)
    return found.select_related("account").order_by("account__shown_as", "-created_on", "token_id")


def find_token(reader: Account, token_id: UUID) -> ApiToken | None:
    """Find a key of the reader's own organisation."""
    return ApiToken.objects.filter(pk=token_id, account__org_id=reader.org_id).select_related("account").first()


def days_left(token: ApiToken) -> int:
    """Give the days a key can still be used."""
    return max((token.expires_on - timezone.localdate()).days, 0)
