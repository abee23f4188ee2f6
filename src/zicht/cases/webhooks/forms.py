"""The form that adds a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht.cases.models import SHORT_TEXT
from zicht.cases.webhooks.queueing import KINDS
from zicht.cases.webhooks.rules import walls_to_tell_of
from zicht.people.code_fields import entity_label, field_label, label_of


class WebhookForm(forms.Form):
    """Ask where changes are told, of which records, and behind which wall."""

    use_required_attribute = False

    label = forms.CharField(
        label=field_label("webhook", "label"),
        max_length=SHORT_TEXT,
        help_text=_("A working label is enough, such as “care system”. No names."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    endpoint = forms.CharField(
        label=field_label("webhook", "endpoint"),
        max_length=SHORT_TEXT,
        help_text=_("Begins with https:// and names a host on the open internet."),
        widget=forms.URLInput({"autocomplete": "off"}),
    )
    compartment = forms.ChoiceField(label=field_label("webhook", "compartment"), widget=forms.RadioSelect)
    entities = forms.MultipleChoiceField(label=field_label("webhook", "entities"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, regime: str, **options: Any) -> None:
        super().__init__(*args, **options)
        walls = [(wall, label_of("compartment", wall)) for wall in walls_to_tell_of(regime)]
        self.fields["compartment"].choices = walls  # type: ignore[attr-defined]
        self.fields["entities"].choices = [(kind, entity_label(kind)) for kind in KINDS]  # type: ignore[attr-defined]
