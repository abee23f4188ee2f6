"""The cast of intake, the fixtures of the room of people, and a folder of keys for each test."""

from pathlib import Path
from typing import Any

import pytest
from tests.guards import empty_log_afterwards as empty_log_afterwards
from tests.people.conftest import _empty_cache as _empty_cache
from tests.people.conftest import _own_language as _own_language
from tests.people.conftest import sign_in as sign_in
from tests.signals.intake.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast."""
    return Cast()


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Path:
    """Give a folder of keys that no other test writes in."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"
