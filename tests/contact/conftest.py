"""The cast of the chat, and the fixtures of the room of people."""

from collections.abc import Callable

import pytest
from tests.contact.cast import Cast, Counsellor
from tests.guards import empty_log_afterwards as empty_log_afterwards
from tests.people.conftest import SignIn
from tests.people.conftest import _empty_cache as _empty_cache
from tests.people.conftest import _own_language as _own_language
from tests.people.conftest import sign_in as sign_in

from zicht.contact.chat import work
from zicht.people.models import Account

AtTheDesk = Callable[[Account], Counsellor]


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast."""
    return Cast()


@pytest.fixture
def at_the_desk(cast: Cast, sign_in: SignIn) -> AtTheDesk:
    """Give a way to be at the desk of the helpline, signed in."""

    def sit_down(account: Account) -> Counsellor:
        cast.desk  # noqa: B018 - it comes into being when it is named
        return Counsellor(sign_in(account), cast.desk_private)

    return sit_down


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with no load: what earlier tests opened must not raise the price."""
    monkeypatch.setattr(work, "networks", work.Networks())
