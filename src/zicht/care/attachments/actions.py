"""Keep a file about a person sealed, give it, and take it away again."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.care.attachments import kinds
from zicht.care.attachments.errors import TooLargeError, WrongFileError
from zicht.care.attachments.sealing import open_file, seal_file
from zicht.care.plan.doors import Door, pass_own, touch
from zicht.care.plan.events import remember
from zicht.care.plan.models import Attachment, AttachmentBox
from zicht.cases import saving
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value
LARGEST = 10 * 1024 * 1024  # bytes


@transaction.atomic
def add_file(
    by: Account, door: Door, values: Values, content: bytes, *, attachment_id: UUID | None = None
) -> Attachment:
    """Keep a file without its name and without what a camera wrote into it; the same identifier twice is one file.

    Raises TooLargeError, or WrongFileError for what is of no form that is kept.
    """
    door = pass_own(by, door)
    if attachment_id and (made := Attachment.objects.filter(pk=attachment_id, person=door.person).first()):
        return made
    clean = _cleaned(content)
    kept = Attachment(person=door.person, case=door.case, added_on=timezone.localdate(), added_by=by)
    kept.form, kept.size = kinds.form_of(clean), len(clean)
    if attachment_id:
        kept.attachment_id = attachment_id
    saving.fill(kept, values)
    remember(by, "file_added", door.case, door.person, kept.pk)
    touch(door)
    saving.create(by, kept, door.case.compartment)
    AttachmentBox.objects.create(attachment=kept, sealed=seal_file(kept, clean))
    return kept


def _cleaned(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise TooLargeError
    try:
        clean = kinds.without_traces(content)
    except kinds.NotAFileError as error:
        raise WrongFileError from error
    if not kinds.form_of(clean):
        raise WrongFileError
    return clean


def read_file(door: Door, attachment: Attachment) -> bytes:
    """Give the bytes of a file to whoever reads texts there."""
    if not door.is_own or not door.reads_texts:
        raise NotAllowedError
    return open_file(attachment, bytes(attachment.box.sealed))


@transaction.atomic
def remove_file(by: Account, door: Door, attachment_id: UUID) -> None:
    """Delete a file that should not be here; that there was one stays among the steps."""
    door = pass_own(by, door)
    kept = Attachment.objects.filter(pk=attachment_id, person=door.person, case=door.case).first()
    if kept is None:
        raise NotThereError
    key = kept.pk
    kept.delete()
    remember(by, "file_removed", door.case, door.person, key)
    touch(door)
    kept.attachment_id = key
    saving.log(by, "changed", kept, door.case.compartment)
