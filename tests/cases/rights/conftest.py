"""The cast of the register with a second organisation to share with."""

import pytest
from tests.cases.conftest import _empty_cache as _empty_cache
from tests.cases.conftest import _own_language as _own_language
from tests.cases.conftest import empty_log_afterwards as empty_log_afterwards
from tests.cases.conftest import sign_in as sign_in
from tests.cases.rights.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast."""
    return Cast()
