"""A process in which Zicht is loaded once, and which then serves or takes steps in children of its own.

Each line on standard input is a JSON list: a step and its arguments; each line on standard output is what came of it.
`serve PORT` gives the number of a process that serves until it is killed. The others end before they are answered, as a
command of Zicht would: `migrate` makes the tables, `desk` an organisation with a desk and its key, and a desk for
reports, `sign_in LOGIN` gives the key of a session, `answer CONV_ID TEXT` seals an answer, `arrived KIND` counts the
messages of each conversation of a kind, `dump` gives everything the database holds.
"""

import hashlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from zicht.site import asgi as asgi  # isort: skip - loads everything, before what needs settings

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from tests.contact.cast import Cast, read_opening
from tests.contact.crowd import Member
from tests.people.cast import SECRET

from zicht.contact import rules
from zicht.contact.chat import work
from zicht.contact.chat.queries import show_opening
from zicht.contact.desk import actions
from zicht.contact.models import Claim, Conversation, Desk, Epoch
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.opening import Desk as DeskName
from zicht.contact.sealing.opening import open_opening
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import TO_VISITOR, keys_of
from zicht.people.models import Account
from zicht.site.serving import serve

KEY = Path(os.environ["ZICHT_DATA"]) / "desk.key"


def migrate() -> None:
    """Make the tables."""
    call_command("migrate", interactive=False, verbosity=0)


def make_desk() -> None:
    """Make an organisation and a desk."""
    cast = Cast()
    cast.desk  # noqa: B018
    KEY.write_bytes(cast.desk_private)
    cast.report_desk  # noqa: B018


def sign_in(login: str) -> str:
    """Sign somebody in, second factor and all, without going through the pages for it."""
    account = Account.objects.get(login=login)
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, SECRET)
    client = Client()
    client.force_login(account)
    return client.cookies["zicht"].value


def answer(conversation_id: str, text: str) -> None:
    """Claim a conversation and answer it."""
    conv_id = UUID(conversation_id)
    account = Account.objects.get(login="dina")
    actions.claim(account, conv_id)
    conversation = Conversation.objects.select_related("desk", "epoch").get(conv_id=conv_id)
    opening = read_opening(show_opening(conversation))
    name = DeskName(str(conversation.desk.org_id), "chat", 1)
    transcript = Transcript(keys_of(open_opening(opening, name, KEY.read_bytes())), conv_id.bytes, opening.digest)
    for message in conversation.messages.order_by("pk"):
        transcript.receive(Envelope.from_bytes(bytes(message.envelope)))
    sealed = transcript.seal_next(TO_VISITOR, "text", text, os.urandom(24), by="Dina")
    actions.append_of_desk(account, conv_id, sealed)


def dump() -> str:
    """Give every value of every table."""
    return "".join(repr(list(model._default_manager.values_list())) for model in apps.get_models())


def arrived(kind: str) -> list[int]:
    """Count the messages of each conversation of a kind, the oldest conversation first."""
    counts = Conversation.objects.filter(kind=kind).order_by("pk").annotate(number_of=Count("messages"))
    return [each.number_of for each in counts]


def crowd(count: str, each: str) -> list[str]:
    """Make conversations for benchmarks: so many at a desk of their own, and a few per counsellor.

    The tokens are those of `tests/contact/crowd.py`; what was sealed is noise, because the server does not open it.
    """
    counsellors = list(Account.objects.filter(login__in=("chris", "dina", "lotte")).order_by("login"))
    busy = Desk.objects.get(slug="chat")
    quiet, _made = Desk.objects.get_or_create(
        slug="quiet", org=busy.org, defaults={"label_nl": "Stil", "label_en": "Quiet", "languages": ["nl"]}
    )
    epoch = busy.epochs.get()
    numbers = range(len(counsellors) * int(each), len(counsellors) * int(each) + int(count))
    Conversation.objects.bulk_create((_of_crowd(number, quiet, epoch) for number in numbers), ignore_conflicts=True)
    for number in range(len(counsellors) * int(each)):
        conversation = _of_crowd(number, busy, epoch)
        conversation.save()
        Claim.objects.create(conversation=conversation, account=counsellors[number // int(each)])
    return [account.login for account in counsellors]


def _of_crowd(number: int, desk: Desk, epoch: Epoch) -> Conversation:
    one = Member(number)
    return Conversation(
        conv_id=UUID(bytes=one.conv_id),
        desk=desk,
        epoch=epoch,
        language="nl",
        kind="chat",
        state="open",
        opened_hour=rules.round_to_hour(timezone.now()),
        sealed_secret=bytes(121),
        opening_hash=one.opening,
        h_cap=hashlib.sha256(one.cap).digest(),
        h_wipe=bytes(32),
        last_v2o=one.opening,
        last_o2v=one.opening,
    )


def tickets(count: str) -> list[str]:
    """Give tickets for the desk, which stand for work."""
    desk = Desk.objects.get(slug="chat")
    return [encode(work.make_ticket(desk.pk, work.now())) for _ticket in range(int(count))]


STEPS: dict[str, Callable[..., object]] = {
    "migrate": migrate,
    "desk": make_desk,
    "sign_in": sign_in,
    "dump": dump,
    "arrived": arrived,
    "answer": answer,
    "crowd": crowd,
    "tickets": tickets,
}


def take(step: str, *words: str) -> object:
    """Take a step in a child; give what it gave, or the number of the process that serves."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _take_and_end(writing, step, *words)
    os.close(writing)
    if step == "serve":
        os.close(reading)
        return child
    with open(reading) as pipe:  # noqa: PTH123 - a number and no path
        given = pipe.read()
    os.waitpid(child, 0)
    return json.loads(given)


def _take_and_end(writing: int, step: str, *words: str) -> NoReturn:
    try:
        if step == "serve":
            serve("127.0.0.1", int(words[0]))
            os._exit(0)
        with open(writing, "w") as pipe:
            json.dump(STEPS[step](*words), pipe)
    except BaseException:  # noqa: BLE001 - it must end here, whatever it was
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    print("null", flush=True)  # noqa: T201 - loaded
    try:
        for line in sys.stdin:
            print(json.dumps(take(*json.loads(line))), flush=True)  # noqa: T201
    except BaseException:  # noqa: BLE001 - said before its end, which ends the server too: else the test would wait for both
        traceback.print_exc()
    finally:
        os.killpg(0, signal.SIGKILL)
