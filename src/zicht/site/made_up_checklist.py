"""A made-up desk of intake with one finished checklist, and the page on which others can be filled in."""

import os
import shutil
import time
from typing import Any

from django.conf import settings
from django.utils import timezone

from zicht.contact import help_lines
from zicht.contact.chat.actions import Asked, append_of_visitor, open_conversation
from zicht.contact.models import Conversation, Desk
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.opening import CONVERSATION_ID_LENGTH, seal_opening
from zicht.contact.sealing.opening import Desk as DeskName
from zicht.contact.sealing.page_manifest import DEMO_ROOT
from zicht.contact.sealing.secret_keys import FROM_VISITOR, SECRET_LENGTH, keys_of
from zicht.contact.sealing.statements import PublishedKey, read_desk_key
from zicht.contact.sealing.xchacha import NONCE_LENGTH
from zicht.contact.visitor_page.content import LANGUAGES, PageContent
from zicht.people.models import Account
from zicht.signals.checklist.building import build_checklist
from zicht.site.made_up_desk import NEUTRAL_SITE, MadeUpDesk, in_each_language, make_desks

INTAKE = MadeUpDesk("intake-voorbeeld", {"nl": "Intake Voorbeeld", "en": "Example intake"}, "intake")
# A visit that nobody made.
SEEN = ("DOC01", "MOV04", "MON02", "WRK01", "MON04")
NOT_THERE = ("MOV01",)


def make_checklist(*staff: Account) -> None:
    """Make the desk, one checklist at it, and the page."""
    make_desks([INTAKE], *staff)
    desk = Desk.objects.get(slug=INTAKE.slug)
    if not Conversation.objects.filter(desk=desk).exists():
        _send(desk)
    _build_page(desk)


def _send(desk: Desk) -> None:
    """Seal a checklist as a phone does."""
    epoch = desk.epochs.order_by("-number")[0]
    key = read_desk_key(PublishedKey.from_json(epoch.published).key.statement)
    secret, conv_id = os.urandom(SECRET_LENGTH), os.urandom(CONVERSATION_ID_LENGTH)
    opening = seal_opening(secret, conv_id, DeskName(str(desk.org_id), desk.slug, epoch.number), key.pk)
    conversation = open_conversation(opening, Asked("checklist", "nl"))
    transcript = Transcript(keys_of(secret), conv_id, opening.digest)
    envelope = transcript.seal_next(FROM_VISITOR, "checklist", _content(), os.urandom(NONCE_LENGTH))
    append_of_visitor(conversation.conv_id, keys_of(secret).cap, envelope)


def _content() -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    marks = [*((code, "noted") for code in SEEN), *((code, "absent") for code in NOT_THERE)]
    return {
        "finished_on": today,
        "observer": "police",
        "situation": "workplace",
        "age": "adult",
        "municipality": "GM0363",
        "postcode": "1234ZZ",  # no postcode that was given out
        "house_number": "10A",
        "signals": [
            {"indicator": code, "state": state, "basis": "seen", "observed_on": today} for code, state in marks
        ],
    }


def _build_page(desk: Desk) -> None:
    content = PageContent(
        org=str(desk.org_id),
        name=dict.fromkeys(LANGUAGES, desk.org.org_name),
        exit=NEUTRAL_SITE,
        desks=(),
        lines=tuple((line, in_each_language(line)) for line in help_lines.FOR_REPORTS),
        before=dict.fromkeys(LANGUAGES, ()),
    )
    made = build_checklist(content, desk.slug, DEMO_ROOT, made_at=int(time.time()), is_demo=True)
    folder = settings.CHECKLIST_PAGE
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, one in made.items():
        (folder / name).write_bytes(one)
