"""Sealed files come chunk by chunk, and only where a desk takes them."""

import os
from typing import Any

import pytest
from tests.contact.cast import Cast, Visitor
from tests.contact.conftest import AtTheDesk

from zicht.contact.chat import actions, files
from zicht.contact.models import Conversation, FileChunk, StoredFile
from zicht.contact.sealing.files import CHUNK, FilePlace, open_file, seal_file
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR, file_key

pytestmark = pytest.mark.django_db


def put(visitor: Visitor, number: int, content: bytes, file_id: bytes, chunks: int = 2) -> Any:
    named = {**visitor.headers(), "zicht-file": encode(file_id), "zicht-chunks": str(chunks)}
    path = f"/chat/v1/files/{number}"
    return visitor.client.put(path, content, content_type="application/octet-stream", headers=named)


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    """Give a visitor at a desk that takes files."""
    cast.desk.takes_files = True
    cast.desk.save()
    visitor = Visitor()
    visitor.open()
    return visitor


def parts(sealed: bytes) -> list[bytes]:
    first = 16 + CHUNK + 16
    rest = sealed[first:]
    return [sealed[:first], *(rest[start : start + CHUNK + 16] for start in range(0, len(rest), CHUNK + 16))]


def test_a_file_arrives_as_it_was_and_can_be_purged_without_a_copy(
    cast: Cast, visitor: Visitor, at_the_desk: AtTheDesk
) -> None:
    counsellor = at_the_desk(cast.counsellor)
    content, file_id = os.urandom(70_000), os.urandom(16)
    key, place = file_key(visitor.secret, FROM_VISITOR, file_id), FilePlace(visitor.conv_id, FROM_VISITOR, file_id)
    for number, part in enumerate(parts(seal_file(key, place, content))):
        assert put(visitor, number, part, file_id).status_code == 204
        assert put(visitor, number, part, file_id).status_code == 204
        assert put(visitor, number, os.urandom(len(part)), file_id).status_code == 409
    named = {"zicht-conversation": encode(visitor.conv_id), "zicht-file": encode(file_id)}
    client = counsellor.browser.client
    chunks = [client.get(f"/staff/desk/v1/conversations/files/{number}", headers=named) for number in range(2)]
    assert {chunk["Content-Type"] for chunk in chunks} == {"application/octet-stream"}
    assert open_file(key, place, b"".join(chunk.content for chunk in chunks)) == content
    purge = {"file_id": encode(file_id), "dir": 0}
    assert counsellor.post("conversations/files/purge", visitor.conv_id, purge).status_code == 204
    assert not FileChunk.objects.exists()
    assert StoredFile.objects.get().is_purged
    assert Conversation.objects.get().stored_bytes == 0
    assert put(visitor, 0, bytes(CHUNK + 32), file_id).status_code == 404


def test_a_desk_that_takes_no_files_has_no_place_for_them(cast: Cast, visitor: Visitor) -> None:
    cast.desk.takes_files = False
    cast.desk.save()
    assert put(visitor, 0, bytes(CHUNK + 32), bytes(16)).status_code == 404


@pytest.mark.parametrize(
    ("number", "length", "chunks", "status"),
    [
        (0, CHUNK + 31, 2, 400),
        (1, CHUNK + 32, 2, 400),
        (2, CHUNK + 16, 2, 400),
        (0, CHUNK + 32, 162, 413),
    ],
)
def test_a_chunk_that_cannot_be_one_is_refused(
    visitor: Visitor, number: int, length: int, chunks: int, status: int
) -> None:
    assert put(visitor, number, bytes(length), bytes(16), chunks).status_code == status
    assert not StoredFile.objects.exists()


def test_a_conversation_that_is_full_takes_no_more(visitor: Visitor) -> None:
    Conversation.objects.update(stored_bytes=actions.LARGEST_CONVERSATION - 1)
    assert put(visitor, 0, bytes(CHUNK + 32), bytes(16)).status_code == 413
    assert visitor.say("hallo").status_code == 413


def test_a_disk_that_is_nearly_full_takes_nothing(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "FLOOR", 2**60)
    monkeypatch.setattr(files, "FLOOR", 2**60)
    for answer in (visitor.say("hallo"), put(visitor, 0, bytes(CHUNK + 32), bytes(16)), Visitor().open()):
        assert (answer.status_code, answer.json()["error"]) == (503, "no_room")
