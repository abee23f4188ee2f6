"""The form of a legal term: by which rule it is computed, from which day, and the last day where one is named."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.care.clocks import rules
from zicht.people.code_fields import label_of, language


class ClockForm(forms.Form):
    """Ask which term begins, and on which day."""

    use_required_attribute = False
    term = forms.ChoiceField(label=gettext_lazy("Which term"), widget=forms.RadioSelect)
    start = forms.DateField(label=gettext_lazy("Counts from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    named = forms.DateField(
        label=gettext_lazy("Last day, as the decision names it"),
        help_text=gettext_lazy("Where it is empty the last day is computed; a day in the decision goes before that."),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    new_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        offered = dict(words.choices("clock_term", language()))
        self.fields["term"].choices = [(code, _told(label, code)) for code, label in offered.items()]  # type: ignore[attr-defined]

    def clean_start(self) -> dt.date:
        """Refuse a day that is still to come: nothing counts from it yet."""
        start: dt.date = self.cleaned_data["start"]
        if start > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Nothing counts from it yet."))
        return start

    def clean(self) -> dict[str, Any]:
        """Ask for the last day where only the decision says it, and refuse one before the first."""
        given = self.cleaned_data
        term, start, named = rules.terms().get(given.get("term", "")), given.get("start"), given.get("named")
        if term and term.needs_a_day and named is None:
            self.add_error("named", _("Fill in the last day as the decision names it."))
        if start and named and named < start:
            self.add_error("named", _("This day is before the one from which the term counts."))
        return given


def _told(label: str, code: str) -> str:
    term = rules.terms()[code]
    begins = _("begins: %(start)s") % {"start": label_of("clock_start", term.starts)}
    # In one element: a label lays its parts out beside each other.
    return format_html('<span class="option">{}<br><span class="muted">{} · {}</span></span>', label, begins, term.law)
