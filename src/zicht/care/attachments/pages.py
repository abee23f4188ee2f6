"""Bring together what the page of a person shows of attachments."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from zicht.care.plan.doors import Door
from zicht.care.plan.models import Attachment
from zicht.people.sealed import reveal_each
from zicht.people.wording import in_words


@dataclass(frozen=True)
class FileShown:
    """A file: what it is, and how large; nothing of what stands in it."""

    record: Attachment
    kind: str
    form: str
    size: str
    note: str


def files_of(door: Door) -> list[FileShown]:
    """Give the attachments to the team only, the newest first; the files themselves are not read."""
    if not door.is_own or not door.reads_texts:
        return []
    found = list(Attachment.objects.filter(person=door.person, case=door.case).order_by("-added_on", "attachment_id"))
    notes = reveal_each(found, "note")
    return [
        FileShown(
            record=one,
            kind=in_words("attachment", "kind", one.kind),
            form=in_words("attachment", "form", one.form),
            size=filesizeformat(one.size),
            note=notes.get(one.pk, ""),
        )
        for one in found
    ]
