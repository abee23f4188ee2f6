"""Who acts in the tests of the chat: visitors who hold a secret, counsellors, and people who must see nothing."""

import datetime as dt
import hashlib
import itertools
import os
import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.test import Client
from tests.people.cast import Browser, Page, colleague
from tests.people.cast import Cast as PeopleCast

from zicht.contact.models import Desk, Epoch, Membership
from zicht.contact.sealing import hpke
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.opening import Desk as DeskName
from zicht.contact.sealing.opening import Opening, seal_opening
from zicht.contact.sealing.page_manifest import public_half
from zicht.contact.sealing.parts import decode, encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR, ConversationKeys, keys_of
from zicht.contact.sealing.statements import (
    DeskKey,
    LeadCertificate,
    PublishedKey,
    read_desk_key,
    sign_desk_key,
    sign_lead,
)
from zicht.people.models import Account

WEEK = 7 * 24 * 3600
TODAY = dt.date(2026, 3, 2)
ROOT, LEAD = bytes([1]) * 32, bytes([2]) * 32  # private keys of the organisation and of who leads its desks


def make_desk(lead: Account, slug: str, *members: Account, **options: Any) -> Desk:
    """Give a desk that is always open, with its members."""
    labels = {"label_nl": slug.capitalize(), "label_en": slug.capitalize(), "languages": ["nl"]}
    desk = Desk.objects.create(org=lead.org, slug=slug, **{**labels, **options})
    for account in (lead, *members):
        Membership.objects.create(desk=desk, account=account, joined_on=TODAY, availability="available")
    return desk


def make_epoch(desk: Desk, public_key: bytes, number: int = 1) -> Epoch:
    """Give a desk a key that browsers trust: signed by a lead whom ROOT appointed."""
    now = int(time.time())
    org, until = str(desk.org_id), now + WEEK
    certificate = LeadCertificate(org, (desk.slug,), "lead", public_half(LEAD), now - 60, until)
    key = DeskKey(org, desk.slug, number, now - 60, until, public_key)
    published = PublishedKey(sign_lead(ROOT, certificate), sign_desk_key(LEAD, key)).to_json()
    return Epoch.objects.create(desk=desk, number=number, published=published, not_before=now - 60, not_after=until)


class Cast(PeopleCast):
    """Everybody in the tests of this room; somebody comes into being when a test first names them."""

    desk_private: bytes

    @cached_property
    def lead(self) -> Account:
        """Leads the desk of the helpline, and answers there too."""
        return colleague(self.administrator, "lotte", "desk_lead")

    @cached_property
    def second_counsellor(self) -> Account:
        """Answers at the same desk."""
        return colleague(self.administrator, "dina", "counsellor")

    @cached_property
    def other_counsellor(self) -> Account:
        """Answers at another desk of the helpline: must see nothing of the first."""
        return colleague(self.administrator, "otto", "counsellor")

    @cached_property
    def stranger_counsellor(self) -> Account:
        """Answers at the desk of another organisation: must see nothing of the helpline."""
        return colleague(self.stranger, "sara", "counsellor")

    @cached_property
    def desk(self) -> Desk:
        """The desk of the helpline, with a key."""
        desk = make_desk(self.lead, "chat", self.counsellor, self.second_counsellor)
        self.desk_private, public = hpke.make_key()
        make_epoch(desk, public)
        return desk

    @cached_property
    def other_desk(self) -> Desk:
        """Another desk of the helpline."""
        desk = make_desk(self.other_counsellor, "night")
        make_epoch(desk, hpke.make_key()[1])
        return desk

    @cached_property
    def report_desk(self) -> Desk:
        """A desk of the helpline for reports, with a key; nobody of the chat but its lead belongs to it."""
        desk = make_desk(self.lead, "meld", purpose="reports", takes_files=True)
        make_epoch(desk, hpke.make_key()[1])
        return desk

    @cached_property
    def stranger_desk(self) -> Desk:
        """The desk of the shelter."""
        desk = make_desk(self.stranger_counsellor, "shelter")
        make_epoch(desk, hpke.make_key()[1])
        return desk


class Visitor:
    """A visitor's browser: makes a secret, seals, and talks to the server as docs/chat-protocol.md says."""

    def __init__(self, desk: str = "chat", **headers: str) -> None:
        self.client = Client(headers=headers)
        self.desk = desk
        self.secret = os.urandom(32)
        self.conv_id = os.urandom(16)
        self.keys: ConversationKeys = keys_of(self.secret)

    @property
    def uuid(self) -> UUID:
        """Give the id as the database has it."""
        return UUID(bytes=self.conv_id)

    @cached_property
    def shown(self) -> dict[str, Any]:
        """Give what the server says about the desk."""
        shown: dict[str, Any] = self.client.get(f"/chat/v1/desks/{self.desk}").json()
        return shown

    @cached_property
    def opening(self) -> Opening:
        """Give the OPEN."""
        public = read_desk_key(decode(self.shown["key"]["key"]["statement"])).pk
        return seal_opening(self.secret, self.conv_id, DeskName(self.shown["org"], self.desk, 1), public)

    @cached_property
    def transcript(self) -> Transcript:
        """Give what this browser knows of the conversation."""
        return Transcript(self.keys, self.conv_id, self.opening.digest)

    def open(self, kind: str = "chat", **changes: Any) -> Page:
        """Do the work and send the OPEN."""
        fields = {**opening_json(self.opening), "kind": kind, "language": "nl", "pow": work_for(self)}
        return self.client.post("/chat/v1/open", {**fields, **changes}, content_type="application/json")

    def seal(self, text: str) -> Envelope:
        """Seal the next message."""
        return self.transcript.seal_next(FROM_VISITOR, "text", text, os.urandom(24))

    def say(self, text: str) -> Page:
        """Seal a message, send it, and count it in when it was taken."""
        envelope = self.seal(text)
        answer = self.send(envelope)
        if answer.status_code == 200:
            self.transcript.receive(envelope)
        return answer

    def send(self, envelope: Envelope) -> Page:
        """Send an envelope."""
        return self.post("messages", message_json(envelope))

    def post(self, what: str, content: Mapping[str, Any] | None = None, *, token: bytes = b"", **headers: str) -> Page:
        """Post something with the headers of this conversation."""
        body = content if content is not None else ""
        named = {**self.headers(token), **headers}
        return self.client.post(f"/chat/v1/{what}", body, content_type="application/json", headers=named)

    def get(self, what: str, **headers: str) -> Page:
        """Get something with the headers of this conversation."""
        return self.client.get(f"/chat/v1/{what}", headers={**self.headers(), **headers})

    def headers(self, token: bytes = b"") -> dict[str, str]:
        """Give the headers that say who this is."""
        return {
            "zicht-conversation": encode(self.conv_id),
            "authorization": f"Bearer {encode(token or self.keys.cap)}",
        }

    def received(self, after: str = "-1,-1") -> list[str]:
        """Fetch everything and give the texts from the other side, each checked against its chain."""
        events = self.get("messages", **{"last-event-id": after}).json()["events"]
        envelopes = [read_message(event["data"]) for event in events if event["event"] == "message"]
        inner = [self.transcript.receive(one) for one in envelopes if one.direction == TO_VISITOR]
        return [str(one.body) for one in inner]


class Counsellor:
    """A counsellor's browser at the desk, signed in, with the private key of the desk at hand."""

    def __init__(self, browser: Browser, private_key: bytes) -> None:
        self.browser = browser
        self.private_key = private_key

    def post(self, what: str, conv_id: bytes = b"", content: Mapping[str, Any] | None = None, **headers: str) -> Page:
        """Post something about a conversation."""
        named = {"zicht-conversation": encode(conv_id), "x-csrftoken": self.browser.token, **headers}
        body = content if content is not None else ""
        return self.browser.client.post(f"/staff/desk/v1/{what}", body, content_type="application/json", headers=named)

    def get(self, what: str, conv_id: bytes = b"") -> Page:
        """Get something about a conversation."""
        return self.browser.client.get(f"/staff/desk/v1/{what}", headers={"zicht-conversation": encode(conv_id)})

    def rows(self) -> list[dict[str, Any]]:
        """Give the rows of the desk."""
        rows: list[dict[str, Any]] = self.get("conversations").json()["conversations"]
        return rows

    def answer(self, transcript: Transcript, conv_id: bytes, text: str) -> Page:
        """Seal an answer and send it."""
        envelope = transcript.seal_next(TO_VISITOR, "text", text, os.urandom(24), by="Dina")
        answer = self.post("conversations/messages", conv_id, message_json(envelope))
        if answer.status_code == 200:
            transcript.receive(envelope)
        return answer


def work_for(visitor: Visitor) -> dict[str, Any]:
    """Do the work that is asked."""
    asked = visitor.shown["price"]
    head, below = decode(asked["challenge"]) + visitor.conv_id, 1 << (256 - asked["bits"])
    numbers = (count.to_bytes(8) for count in itertools.count())
    nonce = next(one for one in numbers if int.from_bytes(hashlib.sha256(head + one).digest()) < below)
    return {"stamp": asked["stamp"], "bits": asked["bits"], "nonce": encode(nonce)}


def opening_json(opening: Opening) -> dict[str, Any]:
    """Give an OPEN as it travels."""
    return {
        "v": 1,
        "conv_id": encode(opening.conv_id),
        "desk": opening.desk,
        "epoch": opening.epoch,
        "enc": encode(opening.enc),
        "ct": encode(opening.ct),
        "h_cap": encode(opening.h_cap),
        "h_wipe": encode(opening.h_wipe),
    }


def read_opening(fields: Mapping[str, Any]) -> Opening:
    """Read an OPEN as it travels."""
    parts = {name: decode(fields[name]) for name in ("conv_id", "enc", "ct", "h_cap", "h_wipe")}
    return Opening(desk=fields["desk"], epoch=fields["epoch"], **parts)


def message_json(envelope: Envelope) -> dict[str, Any]:
    """Give a MSG as it travels."""
    return {
        "v": 1,
        "conv_id": encode(envelope.conv_id),
        "dir": envelope.direction,
        "seq": envelope.seq,
        "prev": encode(envelope.prev),
        "nonce": encode(envelope.nonce),
        "ct": encode(envelope.ct),
    }


def read_message(fields: Mapping[str, Any]) -> Envelope:
    """Read a MSG as it travels."""
    parts = {name: decode(fields[name]) for name in ("conv_id", "prev", "nonce", "ct")}
    return Envelope(direction=fields["dir"], seq=fields["seq"], **parts)
