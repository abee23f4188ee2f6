"""The forms of consent: an answer of somebody, and a withdrawal."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.cases.forms import RecordForm, TopicForm
from zicht.cases.models import Consent
from zicht.people.code_fields import field_label, language

ANSWERS = ("yes", "no", "not_able")  # a withdrawal is a step of its own


class ConsentForm(TopicForm):
    """Ask what somebody answered for one purpose, and whether a colleague must look at who answered."""

    ask_colleague = forms.BooleanField(
        label=gettext_lazy("This is another parent or guardian than the suspected one: put it before a colleague"),
        help_text=gettext_lazy("It counts for nothing until another colleague allows it by name."),
        required=False,
    )

    def __init__(self, data: Any = None, *, is_parent_suspected: bool, needs_reason: bool, **options: Any) -> None:
        answers = [pair for pair in words.choices("consent_answer", language()) if pair[0] in ANSWERS]
        today, needed = {"asked_on": timezone.localdate()}, ("why_able",) if needs_reason else ()
        super().__init__(
            data,
            entity="consent",
            topic="consent",
            options={"answer": answers},
            initial=today,
            needed=needed,
            **options,
        )
        self.fields["recipient"].help_text = _("Needed for passing on. Empty: for nobody in particular.")
        self.fields["wording_version"].help_text = _("Which text was shown or read, and in which language.")
        if is_parent_suspected:
            self.fields["ask_colleague"] = self.fields.pop("ask_colleague")  # last, after what it is about
        else:
            del self.fields["ask_colleague"]

    @property
    def asks_colleague(self) -> bool:
        """Tell whether a colleague must look at it."""
        return bool(self.cleaned_data.get("ask_colleague"))


class WithdrawForm(RecordForm):
    """Ask who takes a yes back, and on which day."""

    names = ["withdrawn_on"]

    given_by = forms.ChoiceField(label=gettext_lazy("Who withdraws it"), widget=forms.RadioSelect)
    withdrawn_on = forms.DateField(
        label=field_label("consent", "withdrawn_on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, consent: Consent) -> None:
        super().__init__(data, initial={"withdrawn_on": timezone.localdate(), "given_by": consent.given_by})
        self.consent = consent
        self.fields["given_by"].choices = words.choices("consent_giver", language())  # type: ignore[attr-defined]
        self._add_version(consent.version)

    def clean_withdrawn_on(self) -> dt.date:
        """Refuse a day before the answer, or one to come."""
        day: dt.date = self.cleaned_data["withdrawn_on"]
        if day < self.consent.asked_on:
            raise forms.ValidationError(_("This day lies before the day of the answer."))
        problem = words.check_value("consent", "withdrawn_on", day, today=timezone.localdate())
        if problem:
            raise forms.ValidationError(problem.in_language(language()))
        return day
