"""Whoever does not belong to a desk sees nothing of it, not even that a conversation exists."""

import os
from collections.abc import Mapping
from typing import Any

import pytest
from tests.contact.cast import Cast, Counsellor, Visitor, message_json
from tests.contact.conftest import AtTheDesk
from tests.people.conftest import SignIn

from zicht.contact.models import Claim, Message, Note, Reading
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import TO_VISITOR
from zicht.people.models import AccessLine

pytestmark = pytest.mark.django_db

FILE = {"file_id": encode(bytes(16)), "dir": 0}
STEPS: dict[str, Mapping[str, Any] | None] = {
    "read": None,
    "leave": None,
    "claim": None,
    "take-over": None,
    "release": None,
    "typing": None,
    "end": None,
    "wipe": None,
    "move": {"desk": None},
    "notes": {"sealed": encode(bytes(297))},
    "files/purge": FILE,
}
KEY_PAGES = ("desks/chat/members", "desks/chat/epochs")


def attack(attacker: Counsellor, visitor: Visitor) -> list[tuple[int, bytes]]:
    """Try every step; give status and content of each answer."""
    sealed = visitor.transcript.seal_next(TO_VISITOR, "text", "verzonnen", os.urandom(24), by="Niemand")
    answers = [attacker.post(f"conversations/{step}", visitor.conv_id, content) for step, content in STEPS.items()]
    answers.append(attacker.post("conversations/messages", visitor.conv_id, message_json(sealed)))
    answers += [attacker.get("conversations/notes", visitor.conv_id), *(attacker.get(page) for page in KEY_PAGES)]
    return [(answer.status_code, answer.content) for answer in answers]


@pytest.mark.parametrize("who", ["other_counsellor", "stranger_counsellor"])
def test_somebody_of_another_desk_learns_nothing_of_a_conversation(cast: Cast, sign_in: SignIn, who: str) -> None:
    cast.desk, cast.other_desk, cast.stranger_desk  # noqa: B018
    attacker = Counsellor(sign_in(getattr(cast, who)), b"")
    there, nowhere = Visitor(), Visitor()
    there.open()
    there.say("hallo")
    nowhere.shown  # noqa: B018
    seen = attack(attacker, there)
    assert {status for status, _content in seen} == {404}
    assert seen == attack(attacker, nowhere)
    assert attacker.rows() == []
    assert not Claim.objects.exists()
    assert not Reading.objects.exists()
    assert not Note.objects.exists()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("who", ["administrator", "privacy_officer"])
def test_who_manages_or_supervises_has_no_desk(cast: Cast, at_the_desk: AtTheDesk, who: str) -> None:
    nobody = at_the_desk(getattr(cast, who))
    for page in ("conversations", "me", "stream", *KEY_PAGES):
        assert nobody.get(page).status_code == 404


def test_nobody_reaches_the_desk_without_signing_in(cast: Cast) -> None:
    cast.desk  # noqa: B018
    for page in ("conversations", "me", "stream"):
        assert Visitor().client.get(f"/staff/desk/v1/{page}").status_code == 302


def test_a_request_without_the_form_token_is_refused(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    visitor.open()
    browser, named = counsellor.browser.client, {"zicht-conversation": encode(visitor.conv_id)}
    assert browser.post("/staff/desk/v1/conversations/claim", headers=named).status_code == 403
    assert not Claim.objects.exists()


def test_of_two_counsellors_one_gets_a_conversation_and_the_other_is_told_who(
    cast: Cast, at_the_desk: AtTheDesk
) -> None:
    first, second = at_the_desk(cast.counsellor), at_the_desk(cast.second_counsellor)
    visitor = Visitor()
    visitor.open()
    assert first.post("conversations/claim", visitor.conv_id).status_code == 200
    assert first.post("conversations/claim", visitor.conv_id).status_code == 200
    refused = second.post("conversations/claim", visitor.conv_id)
    assert (refused.status_code, refused.json()["by"]["shown_as"]) == (409, "Chris")
    sealed = visitor.transcript.seal_next(TO_VISITOR, "text", "ook hier", os.urandom(24), by="Dina")
    assert second.post("conversations/messages", visitor.conv_id, message_json(sealed)).status_code == 428


def test_reading_a_colleagues_chat_is_logged_and_shown_to_desk_and_visitor(cast: Cast, at_the_desk: AtTheDesk) -> None:
    first, second = at_the_desk(cast.counsellor), at_the_desk(cast.second_counsellor)
    visitor = Visitor()
    visitor.open()
    first.post("conversations/claim", visitor.conv_id)
    before = AccessLine.objects.count()
    second.post("conversations/read", visitor.conv_id)
    second.post("conversations/read", visitor.conv_id)
    assert AccessLine.objects.count() == before + 1
    line = AccessLine.objects.first()
    assert line is not None
    assert (line.account, line.verb, line.subject, line.subject_id) == (
        cast.second_counsellor,
        "seen",
        "desk",
        str(cast.desk.pk),
    )
    assert [one["shown_as"] for one in first.rows()[0]["readers"]] == ["Dina"]
    assert visitor.get("messages").json()["events"][0]["data"]["readers"] == 1
    second.post("conversations/leave", visitor.conv_id)
    assert visitor.get("messages").json()["events"][0]["data"]["readers"] == 0


def test_the_access_log_names_no_conversation(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    visitor.open()
    for step in ("read", "claim", "wipe"):
        counsellor.post(f"conversations/{step}", visitor.conv_id)
    subjects = set(AccessLine.objects.values_list("subject_id", flat=True))
    assert str(cast.desk.pk) in subjects
    assert str(visitor.uuid) not in subjects
