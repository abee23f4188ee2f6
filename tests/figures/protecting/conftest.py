"""The cast of the register makes tables fit to leave too."""

from tests.cases.conftest import cast as cast
from tests.guards import empty_log_afterwards as empty_log_afterwards
from tests.people.conftest import _empty_cache as _empty_cache
from tests.people.conftest import _own_language as _own_language
from tests.people.conftest import sign_in as sign_in
