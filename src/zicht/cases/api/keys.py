"""Let in whoever has a good key, as far as its scopes go, and speak the language that was asked for."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.security import HttpBearer

from zicht.cases.api.refusals import NotInScopeError
from zicht.people.api_tokens import find_good
from zicht.people.models import Account

LANGUAGES = ("nl", "en")
LONGEST_KEY = 200  # characters: nothing longer is looked up


class KeyRequest(HttpRequest):
    """A request with a good key."""

    auth: Account
    reads_texts: bool


class Key(HttpBearer):
    """A key that is sent with every request; it acts as the account that made it."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        """Choose the language first, so that a refusal speaks it too."""
        translation.activate(language_of(request))
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """Find the account of the key; raise NotInScopeError when the key does not go this far."""
        found = find_good(token) if len(token) <= LONGEST_KEY else None
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise NotInScopeError
        return found.account


def language_of(request: HttpRequest) -> str:
    """Give the language of the house that somebody wants most; Dutch when none is named."""
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.split("-")[0] in LANGUAGES:
            return tag.split("-")[0]
    return LANGUAGES[0]
