"""The forms of requests: what is asked and by whom, and the answer."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht.cases import queries
from zicht.cases.forms import TopicForm
from zicht.cases.models import Person, SubjectRequest
from zicht.people.models import Account


class RequestForm(TopicForm):
    """Ask what is asked, by whom, how that was checked, and the code of the person."""

    code = forms.CharField(
        label=gettext_lazy("Code of the person"),
        required=False,
        max_length=20,
        help_text=gettext_lazy(
            "Such as 7KQM-4TXD. Leave it empty where no record was found: the request is answered all the same."
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, reader: Account, **options: Any) -> None:
        today = timezone.localdate()
        beside = {"due_on": today}  # worked out from the day on which it was received
        super().__init__(
            data, entity="subject_request", topic="asked", initial={"received_on": today}, beside=beside, **options
        )
        self.reader = reader
        self.person: Person | None = None
        self.fields["checked_how"].help_text = _("Nothing of what was shown is copied or kept.")

    def clean_code(self) -> str:
        """Find the person; what the reader may not see is not there."""
        typed: str = self.cleaned_data["code"].strip()
        if not typed:
            return typed
        found = queries.persons_with_code(self.reader, typed)
        if len(found) != 1:
            raise forms.ValidationError(
                _("There is no record with this code that you may see. Check the code, or leave it empty.")
            )
        self.person = found[0]
        return typed


class AnswerForm(TopicForm):
    """Ask the answer; the day may stay empty while it is only decided."""

    def __init__(self, data: Any = None, *, record: SubjectRequest, decides_first: bool) -> None:
        needed = ("outcome",) if decides_first else ("outcome", "answered_on")
        super().__init__(
            data,
            entity="subject_request",
            topic="answer",
            record=record,
            needed=needed,
            beside={"decided_by": record.decided_by_id or record.handled_by_id},
        )
        self.fields["answered_on"].help_text = (
            _("Empty while it is only decided and not answered yet.") if decides_first else ""
        )
