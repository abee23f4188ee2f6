"""The form of an attachment: the file, what it is, and what stands in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht.care.attachments.actions import LARGEST
from zicht.care.attachments.errors import TooLargeError
from zicht.care.safety.reaching import refuse_a_way_to_reach
from zicht.cases.forms import TopicForm

ENDINGS = ".pdf,.jpg,.jpeg,.png,.mp3,.ogg,.wav"


class FileForm(TopicForm):
    """Ask for a file; its name is not kept."""

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, entity="attachment", only=("kind", "note"), files=files)
        self.fields["file"] = forms.FileField(
            label=gettext_lazy("File"),
            help_text=_(
                "PDF, JPEG, PNG, MP3, Ogg or WAV, at most 10 MB. The name of the file is not kept, and neither is what "
                "a camera wrote into a picture, such as where it was made."
            ),
            widget=forms.ClearableFileInput({"accept": ENDINGS}),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a file that is too large before it is looked at."""
        given = refuse_a_way_to_reach(self, super().clean(), ("note",))
        file = given.get("file")
        if file is not None and file.size > LARGEST:
            self.add_error("file", str(TooLargeError()))
        return given

    @property
    def content(self) -> bytes:
        """Give the bytes of the file."""
        content: bytes = self.cleaned_data["file"].read()
        return content
