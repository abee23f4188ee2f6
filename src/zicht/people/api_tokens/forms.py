"""The form that makes a key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht.people.code_fields import field_label, offered

LABEL_LENGTH = 60
DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("365 days")))


class TokenForm(forms.Form):
    """Ask what a key is for, what it may do, and for how long."""

    label = forms.CharField(
        label=field_label("api_token", "label"),
        max_length=LABEL_LENGTH,
        help_text=_("A working label is enough, such as “monthly export”. No names."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=field_label("api_token", "scopes"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A key never does more than this account may do on the pages."),
    )
    days = forms.TypedChoiceField(label=_("Good for"), choices=DAYS, coerce=int, initial=90, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scopes"].choices = offered("api_scope", strict=True)  # type: ignore[attr-defined]
