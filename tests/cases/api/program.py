"""A program that talks to the interface with a key."""

import json
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from zicht.people.api_tokens import make_token
from zicht.people.models import Account

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse
else:
    Answer = HttpResponse

EVERY_SCOPE = ("read_cases", "write_cases", "export_cases", "read_figures")
CASES = "/api/v1/cases"


class Program:
    """Sends JSON with the key of an account, and keeps nothing."""

    def __init__(self, account: Account | None, *scopes: str, language: str = "en") -> None:
        self.client = Client()
        self.headers = {"accept-language": language}
        if account:
            made = make_token(account, label="test", scopes=scopes or EVERY_SCOPE, days=30)
            self.headers["authorization"] = f"Bearer {made.secret}"

    def get(self, path: str, **query: str) -> Answer:
        return self.client.get(path, query, headers=self.headers)

    def send(self, method: str, path: str, body: Any) -> Answer:
        return self.client.generic(
            method,
            path,
            body if isinstance(body, bytes) else json.dumps(body),
            "application/json",
            headers=self.headers,
        )

    def post(self, path: str, body: Any) -> Answer:
        return self.send("POST", path, body)

    def patch(self, path: str, body: Any) -> Answer:
        return self.send("PATCH", path, body)

    def delete(self, path: str) -> Answer:
        return self.client.delete(path, headers=self.headers)


def case_at(case: Any) -> str:
    return f"{CASES}/{case.pk}"


def person_at(case: Any, person: Any) -> str:
    return f"{CASES}/{case.pk}/persons/{person.pk}"


def episode_at(case: Any, person: Any, episode: Any) -> str:
    return f"{person_at(case, person)}/episodes/{episode.pk}"


def wrong_fields(answer: Answer) -> dict[str, str]:
    return {error["field"]: error["sentence"] for error in answer.json()["errors"]}


def key(number: int) -> str:
    return str(UUID(int=number))
