"""Two members of staff, a folder with a key, a clock that can be set, and a log to look at."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.guards import empty_log_afterwards as empty_log_afterwards

from zicht.people import keys, log
from zicht.people.models import AccessLine, Account, Organisation

Look = Callable[..., list[AccessLine]]
Clock = Callable[[dt.datetime], None]
LONG_AGO = dt.datetime(2019, 5, 1, 9, 30, tzinfo=dt.UTC)
TODAY = dt.datetime(2026, 3, 2, 10, 0, 0, 123456, tzinfo=dt.UTC)


def make_account(login: str) -> Account:
    """Make an organisation with one active account."""
    org = Organisation(org_name=f"Huis {login}", org_type="shelter", legal_regime="avg")
    org.save()
    account = Account(org=org, login=login, shown_as=login.title(), status="active", created_on=dt.date(2019, 1, 1))
    account.save()
    return account


@pytest.fixture
def noor(db: None) -> Account:
    """Give somebody who looks at records."""
    return make_account("noor")


@pytest.fixture
def keys_folder(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """Give a folder with a signing key, which the settings point at."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    keys.make_signing_key(folder)
    settings.KEYS_FOLDER = folder  # type: ignore[attr-defined]
    return folder


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give a way to set the clock; it stands at TODAY until then."""

    def set_to(now: dt.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now)

    set_to(TODAY)
    return set_to


@pytest.fixture
def look(noor: Account) -> Look:
    """Give a way to write a number of ordinary lines."""

    def look_at(count: int) -> list[AccessLine]:
        return [log.append(noor, "seen", "account", uuid4(), purpose="administration") for _ in range(count)]

    return look_at


@pytest.fixture
def old_log(keys_folder: Path, clock: Clock, look: Look) -> list[AccessLine]:
    """Give a log of which lines 1 to 4 are old and sealed, 5 and 6 of today and sealed, and 7 not sealed yet."""
    clock(LONG_AGO)
    lines = look(4)
    log.sign_checkpoint()
    clock(TODAY)
    lines += look(2)
    log.sign_checkpoint()
    return lines + look(1)
