"""A made-up report at each desk of the demo that takes reports, sealed as the page of the report box does it."""

import os
from collections.abc import Mapping, Sequence

from zicht.contact.chat.actions import Asked, append_of_visitor, open_conversation
from zicht.contact.models import Conversation, Desk
from zicht.contact.report_forms.shipped import Form, shipped_forms
from zicht.contact.report_forms.writing import write_report
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.opening import CONVERSATION_ID_LENGTH, seal_opening
from zicht.contact.sealing.opening import Desk as DeskName
from zicht.contact.sealing.secret_keys import FROM_VISITOR, SECRET_LENGTH, keys_of
from zicht.contact.sealing.statements import PublishedKey, read_desk_key
from zicht.contact.sealing.xchacha import NONCE_LENGTH

# By desk: who reports, and what is answered to the form that comes with Zicht. Nothing here is about a real person.
REPORTS: Mapping[str, tuple[str, Mapping[str, Sequence[str]]]] = {
    "meldpunt-voorbeeld": (
        "citizen",
        {
            "danger": ["no"],
            "forms": ["labour"],
            "signals": ["MON01", "WRK01"],
            "basis": ["seen"],
            "timing": ["ongoing"],
            "municipality": ["GM0363"],
            "place": ["Een wasserij op een bedrijventerrein. Achter het rolluik staan bedden."],
            "age": ["adult_nos"],
            "many": ["few"],
            "role": ["bystander_client"],
            "more": ["Steeds dezelfde mensen, ook op zondag en laat op de avond. Een man telt hun geld na."],
        },
    ),
    "redactie-voorbeeld": (
        "source",
        {
            "subject": ["Een uitzendbureau houdt paspoorten van mensen achter."],
            "forms": ["labour"],
            "basis": ["document"],
            "papers": ["yes"],
            "who_else": ["few"],
            "more": ["Ik zag de lijst waarop staat wie zijn papieren nog niet terug heeft."],
            "wishes": ["Noem het kantoor waar ik werk niet."],
        },
    ),
}


def make_reports() -> None:
    """Send the made-up reports, unless there is one at the desk already."""
    for slug, (audience, answers) in REPORTS.items():
        desk = Desk.objects.filter(slug=slug).first()
        if desk is not None and not Conversation.objects.filter(desk=desk).exists():
            _send(desk, shipped_forms()[audience], answers)


def _send(desk: Desk, form: Form, answers: Mapping[str, Sequence[str]]) -> None:
    epoch = desk.epochs.filter(is_taken_back=False).order_by("-number").first()
    if epoch is None:
        return
    key = read_desk_key(PublishedKey.from_json(epoch.published).key.statement)
    secret, conv_id = os.urandom(SECRET_LENGTH), os.urandom(CONVERSATION_ID_LENGTH)
    opening = seal_opening(secret, conv_id, DeskName(str(desk.org_id), desk.slug, epoch.number), key.pk)
    conversation = open_conversation(opening, Asked("report", "nl"))
    transcript = Transcript(keys_of(secret), conv_id, opening.digest)
    for body in write_report(form, answers):
        envelope = transcript.seal_next(FROM_VISITOR, "report", body, os.urandom(NONCE_LENGTH))
        transcript.receive(envelope)
        append_of_visitor(conversation.conv_id, keys_of(secret).cap, envelope)
