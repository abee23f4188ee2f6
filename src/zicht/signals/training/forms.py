"""The form of a training: its terms and sentences are the words'."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zicht.people.code_fields import field_label, offered
from zicht.people.models import Account
from zicht.people.refusals import ShowsRefusals
from zicht.signals.training.models import TrainingRecord
from zicht.signals.training.queries import choosable_organisations

ENTITY = TrainingRecord.words_entity
MOST = 100_000  # participants of one training; more is a typing mistake
ASKED = ("org", "by_org", "topics", "audience", "given_on", "participants")


class TrainingForm(ShowsRefusals):
    """Ask which organisation was trained, what about, when, and how many took part."""

    org = forms.ModelChoiceField(choosable_organisations(), label=field_label(ENTITY, "org_id"))
    by_org = forms.ModelChoiceField(
        choosable_organisations(),
        label=field_label(ENTITY, "by_org"),
        empty_label=_("Nobody: self-study with the training pages"),
        required=False,
    )
    topics = forms.MultipleChoiceField(label=field_label(ENTITY, "topics"), widget=forms.CheckboxSelectMultiple)
    audience = forms.MultipleChoiceField(
        label=field_label(ENTITY, "audience"), widget=forms.CheckboxSelectMultiple, required=False
    )
    given_on = forms.DateField(
        label=field_label(ENTITY, "given_on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    participants = forms.IntegerField(
        label=field_label(ENTITY, "participants"),
        help_text=_("A number only. Who took part is not recorded here."),
        min_value=1,
        max_value=MOST,
    )
    new_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account
        for name, list_name in (("topics", "training_topic"), ("audience", "observer")):
            self.fields[name].choices = offered(list_name, strict=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a day that is still to come, and a training that no part of the own organisation is in."""
        given = super().clean() or {}
        if (day := given.get("given_on")) and day > timezone.localdate():
            self.add_error("given_on", _("This day is still to come. Record a training after it was given."))
        about = {one.pk for one in (given.get("org"), given.get("by_org")) if one}
        if about and self.account.org_id not in about:
            self.add_error("org", _("Record what your organisation was given, or what it gave to others."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """Give what was filled in, as an action takes it."""
        return {name: self.cleaned_data[name] for name in ASKED}

    @property
    def new_id_or_own(self) -> UUID:
        """Give the identifier of the record that the form makes."""
        found = self.cleaned_data.get("new_id")
        return found if isinstance(found, UUID) else uuid4()
