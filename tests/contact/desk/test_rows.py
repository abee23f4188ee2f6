"""The row that a stream reads is the one that the list shows, however the conversation stands."""

import pytest
from django.utils import timezone
from tests.contact.cast import Cast, Visitor
from tests.contact.conftest import AtTheDesk

from zicht.contact.desk.queries import find_row
from zicht.contact.desk.rows import row_of
from zicht.contact.models import Conversation, Note, ReturnRecord, StoredFile

pytestmark = pytest.mark.django_db


def test_one_row_is_the_same_read_alone_and_in_the_list(cast: Cast, at_the_desk: AtTheDesk) -> None:
    first, second = at_the_desk(cast.counsellor), at_the_desk(cast.second_counsellor)
    visitor = Visitor()
    visitor.open()

    def is_the_same() -> bool:
        row = row_of(visitor.uuid)
        return row is not None and row == find_row(cast.counsellor, visitor.uuid)

    assert is_the_same()
    visitor.say("hallo")
    first.post("conversations/read", visitor.conv_id)
    assert is_the_same()
    first.post("conversations/claim", visitor.conv_id)
    second.post("conversations/read", visitor.conv_id)
    conversation = Conversation.objects.get()
    StoredFile.objects.create(conversation=conversation, direction=0, file_id=bytes(16), chunks=3, is_purged=True)
    ReturnRecord.objects.create(conversation=conversation, h_lookup=bytes(32), sealed=b"sealed")
    Note.objects.create(conversation=conversation, account=cast.counsellor, sealed=bytes(297))
    assert is_the_same()
    assert (row_of(visitor.uuid) or {})["notes"] == 1
    assert [one["shown_as"] for one in (row_of(visitor.uuid) or {})["readers"]] == ["Dina"]
    first.post("conversations/end", visitor.conv_id)
    assert is_the_same()
    assert (row_of(visitor.uuid) or {})["closed_on"] == timezone.localdate().isoformat()


def test_a_conversation_that_is_not_there_has_no_row() -> None:
    assert row_of(Visitor().uuid) is None
