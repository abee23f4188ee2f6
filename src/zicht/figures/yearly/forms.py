"""Ask for a report, for a commitment or policy question, and for a break in a series."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.figures.models import CODES_LENGTH, TEXT_LENGTH, Commitment, SeriesBreak
from zicht.people.code_fields import field_label, offered


class ReportForm(forms.Form):
    """Ask for a year, who will read it, and what a correction corrects."""

    use_required_attribute = False
    year = forms.ChoiceField(label=gettext_lazy("Year"))
    level = forms.ChoiceField(label=gettext_lazy("For whom is the report"), widget=forms.RadioSelect, initial="public")
    reason = forms.CharField(
        label=gettext_lazy("What is corrected, and why"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Only when a report on the year was published before. It stands in the correction."),
    )

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["level"].choices = offered("release_level", strict=True)  # type: ignore[attr-defined]


def _labels(entity: str, names: list[str]) -> dict[str, Any]:
    return {name: field_label(entity, name) for name in names}


def _refuse_unknown_tables(given: str) -> str:
    """Give codes of standard tables as they are stored; raise ValidationError for one that is none."""
    codes = given.upper().replace(",", " ").split()
    unknown = [code for code in codes if code not in words.vocabulary().tables]
    if unknown:
        raise forms.ValidationError(
            _("%(code)s is not a standard table. Write codes such as F02 F05.") % {"code": unknown[0]}
        )
    return " ".join(dict.fromkeys(codes))[:CODES_LENGTH]


DAY = {"type": "date"}


class CommitmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Ask what was promised or asked, by whom, where it can be read, and which tables show what came of it."""

    use_required_attribute = False

    class Meta:
        model = Commitment
        fields = ("kind", "text_nl", "text_en", "made_to", "source", "dated", "due", "state", "state_on", "table_codes")
        widgets = {
            "text_nl": forms.Textarea({"rows": 3}),
            "text_en": forms.Textarea({"rows": 3, "lang": "en"}),
            "dated": forms.DateInput(DAY, format="%Y-%m-%d"),
            "due": forms.DateInput(DAY, format="%Y-%m-%d"),
            "state_on": forms.DateInput(DAY, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in _labels("commitment", list(self.fields)).items():
            self.fields[name].label = label
        for name, list_name in (("kind", "commitment_kind"), ("state", "commitment_state")):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=offered(list_name, strict=True),
                initial=self.fields[name].initial,
            )
        self.fields["table_codes"].help_text = _("Codes of standard tables, such as F02 F05.")

    def clean_table_codes(self) -> str:
        """Refuse a table that is none."""
        return _refuse_unknown_tables(self.cleaned_data["table_codes"])


class BreakForm(forms.ModelForm):  # type: ignore[type-arg]
    """Ask from which year on some tables count differently, and why."""

    use_required_attribute = False

    class Meta:
        model = SeriesBreak
        fields = ("year", "table_codes", "text_nl", "text_en", "source")
        widgets = {
            "text_nl": forms.Textarea({"rows": 3}),
            "text_en": forms.Textarea({"rows": 3, "lang": "en"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in _labels("series_break", list(self.fields)).items():
            self.fields[name].label = label
        self.fields["table_codes"].help_text = _("Codes of standard tables, such as F02 F05.")

    def clean_table_codes(self) -> str:
        """Refuse a table that is none."""
        return _refuse_unknown_tables(self.cleaned_data["table_codes"])
