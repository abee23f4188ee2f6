"""Steps on the database of a running server, taken in another process as a command of Zicht would be.

`desk` makes an organisation with a desk and its key; `answer CONV_ID` seals an answer to a conversation there;
`dump` gives everything that the database holds.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import django
from django.apps import apps
from django.core.management import call_command

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
django.setup()

from tests.contact.cast import Cast, read_opening  # noqa: E402

from zicht.contact.chat.queries import show_opening  # noqa: E402
from zicht.contact.desk import actions  # noqa: E402
from zicht.contact.models import Conversation  # noqa: E402
from zicht.contact.sealing.chain import Transcript  # noqa: E402
from zicht.contact.sealing.messages import Envelope  # noqa: E402
from zicht.contact.sealing.opening import Desk as DeskName  # noqa: E402
from zicht.contact.sealing.opening import open_opening  # noqa: E402
from zicht.contact.sealing.secret_keys import TO_VISITOR, keys_of  # noqa: E402
from zicht.people.models import Account  # noqa: E402

KEY = Path(os.environ["ZICHT_DATA"]) / "desk.key"


def make_desk() -> None:
    """Make the tables, an organisation and a desk."""
    call_command("migrate", interactive=False, verbosity=0)
    cast = Cast()
    cast.desk  # noqa: B018
    KEY.write_bytes(cast.desk_private)


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


if __name__ == "__main__":
    steps: dict[str, Callable[..., object]] = {"desk": make_desk, "dump": dump, "answer": answer}
    print(json.dumps(steps[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
