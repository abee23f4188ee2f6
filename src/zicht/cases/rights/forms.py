"""What the forms of this folder share: a reason, a yes to what cannot be undone, and a version that was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.cases.forms import RecordForm
from zicht.people.asked_fields import Asked
from zicht.people.code_fields import language


class ReasonForm(RecordForm):
    """Ask why; which field of which entity takes the answer says what may stand in it."""

    names = ["reason"]

    reason = Asked(
        label=_("Why"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("No names, addresses or numbers. Encrypted, and read by the team only."),
    )

    def __init__(self, data: Any = None, *, entity: str, field: str, version: int, **options: Any) -> None:
        super().__init__(data, **options)
        self.place = (entity, field)
        self._add_version(version)

    def clean_reason(self) -> str:
        """Let the words judge it."""
        typed: str = self.cleaned_data["reason"]
        problem = words.check_value(*self.place, typed) if typed else words.Problem("required")
        if problem:
            raise forms.ValidationError(problem.in_language(language()))
        return typed


class CountForm(forms.Form):
    """Carry how many records were shown, so that no more and no other number is erased."""

    count = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
