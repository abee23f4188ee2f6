"""The interface is attacked with requests made from its own description: it neither breaks nor says anything else."""

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.cases.cast import Cast

from zicht.cases import actions
from zicht.cases.api.urls import api
from zicht.people.models import ApiToken
from zicht.people.set_up_codes import hash_token

AnyCase = schemathesis.Case[Any]
# Right and wrong ones of each operation, others every time. PostgreSQL refuses more by itself than SQLite does.
EXAMPLES = int(os.environ.get("API_EXAMPLES", 6 if connection.vendor == "postgresql" else 2))
SECRET = "zicht_made-up-key-of-the-tests"
SCOPES = ["export_cases", "read_cases", "write_cases"]
PLACE = {"event_kind": "transit", "level": "country", "place_code": "BEL"}
schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = get_wsgi_application()
OPERATIONS = {found.ok().label: found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)}


@schema.auth()
class WithKey:
    def get(self, _case: object, _context: object) -> str:
        return SECRET

    def set(self, case: AnyCase, data: str, _context: object) -> None:
        case.headers["Authorization"] = f"Bearer {data}"


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the connection of the test through every request, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def there(cast: Cast) -> dict[str, str]:
    """Give the identifiers of records that can be found, and make the key."""
    place = actions.add_place(cast.case_worker, cast.case, cast.episode, PLACE)
    today = timezone.localdate()
    ApiToken(
        account=cast.case_worker,
        label="test",
        scopes=SCOPES,
        created_on=today,
        expires_on=today + dt.timedelta(days=1),
        token_hash=hash_token(SECRET),
    ).save()
    keys = {"case_id": cast.case.pk, "person_id": cast.person.pk, "exploitation_id": cast.episode.pk}
    return {name: str(key) for name, key in {**keys, "place_event_id": place.pk}.items()}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_no_request_made_from_the_description_finds_anything(
    label: str, mode: GenerationMode, there: dict[str, str]
) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def attack(case: AnyCase) -> None:
        # An identifier that was made up finds nothing, and nothing is tried on.
        if mode is GenerationMode.POSITIVE:
            case.path_parameters.update({name: there[name] for name in case.path_parameters})
            # What is as described may still be against a rule, such as a day in the future.
            answer = case.call_and_validate(excluded_checks=[positive_data_acceptance])
            errors = answer.json()["errors"] if answer.status_code == 422 else []
            assert answer.status_code not in (400, 401, 403, 413)
            assert not [error for error in errors if error["against"] != "rules"]
        else:
            case.call_and_validate()

    attack()
