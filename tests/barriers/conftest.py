"""The cast of barriers, and the fixtures of the rooms before it."""

import pytest
from tests.barriers.cast import Cast
from tests.guards import empty_log_afterwards as empty_log_afterwards
from tests.people.conftest import _empty_cache as _empty_cache
from tests.people.conftest import _own_language as _own_language
from tests.people.conftest import sign_in as sign_in


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast."""
    return Cast()
