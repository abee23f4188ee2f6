"""A fixed cast: people of four organisations, among them some who must see nothing of the others."""

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils import translation
from django.utils.crypto import get_random_string
from tests.guards import empty_log_afterwards as empty_log_afterwards
from tests.people.cast import SECRET, Browser, Cast

from zicht.people.models import Account

SignIn = Callable[[Account], Browser]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Forget attempts and used codes of the test before."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Begin in the language of the settings, whatever page the test before looked at."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast."""
    return Cast()


@pytest.fixture
def sign_in() -> SignIn:
    """Give a way to be signed in, second factor and all, without going through the pages for it."""

    def signed_in(account: Account) -> Browser:
        TOTP.activate(account, SECRET)
        browser = Browser()
        browser.client.force_login(account)
        # Every page with a form sets it; opening one just for that takes longer than most tests.
        browser.client.cookies[settings.CSRF_COOKIE_NAME] = get_random_string(CSRF_SECRET_LENGTH)
        return browser

    return signed_in
