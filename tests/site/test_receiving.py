"""What a browser sends: too much is refused in words, whoever sends it, and nothing of it lies on the disk."""

import asyncio
import tempfile
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import override_settings

from zicht.site.receiving import Pages

FILE, FORM = 1_000_000, 100_000  # bytes
WITHIN = override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=FILE, DATA_UPLOAD_MAX_MEMORY_SIZE=FORM)
SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/staff/evidence/add/",
    "query_string": b"",
    "headers": [(b"host", b"localhost"), (b"content-type", b"application/octet-stream")],
}


def _send(parts: list[bytes]) -> list[dict[str, Any]]:
    """Send a body in parts to the application itself, as the server does; give its answers."""
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop(0)
        return await asyncio.Future()

    async def send(message: Mapping[str, Any]) -> None:
        answers.append(dict(message))

    asyncio.run(Pages()(SCOPE, receive, send))
    assert not waiting  # a browser that is cut off would show no answer
    return answers


@WITHIN
def test_a_body_that_is_too_large_is_refused_with_how_large_it_was_before_anybody_is_asked_who_they_are() -> None:
    head, body = _send([b"x" * FORM] * 40)[:2]
    assert head["status"] == 413
    page = body["body"].decode()
    assert "4 MB" in page
    assert "niets van bewaard" in page
    assert b"Content-Security-Policy" in dict(head["headers"])


@WITHIN
def test_nothing_of_what_is_sent_lies_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/a folder that is not there")  # where Django would write it
    for size in (FILE + FORM, FILE + FORM + 1):
        head = _send([b"x" * size])[0]
        assert head["status"] == (413 if size > FILE + FORM else 403)  # 403: no form of ours was opened before
