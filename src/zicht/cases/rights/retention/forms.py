"""The form with which an organisation says how long it keeps its records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.people.asked_fields import Asked
from zicht.people.code_fields import field_label, language

LONGEST = 110  # years: a file is not needed longer than anybody lives


class RetentionForm(forms.Form):
    """Ask years and reason."""

    use_required_attribute = False

    years = forms.IntegerField(
        label=field_label("retention_rule", "years"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("Whole years. They count from the day a case was closed or anything in it was last changed."),
    )
    reason = Asked(
        label=field_label("retention_rule", "reason"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Which law or policy says so. It is shown in the processing register."),
    )

    def clean_reason(self) -> str:
        """Let the words judge it."""
        typed: str = self.cleaned_data["reason"]
        problem = words.check_value("retention_rule", "reason", typed)
        if problem:
            raise forms.ValidationError(problem.in_language(language()))
        return typed
