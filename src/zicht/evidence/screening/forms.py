"""The forms of screening: names that somebody asks about, and a verdict."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.evidence.sources.forms import text
from zicht.linkage.screening import Kind
from zicht.people.code_fields import field_label, language

MOST_ASKED = 200  # names at a time
MOST_TEXT = 20_000  # characters
KINDS = (
    ("", _("Whatever it is")),
    ("person", _("Persons")),
    ("body", _("Bodies and companies")),
    ("vessel", _("Vessels")),
)


class NamesForm(forms.Form):
    """Ask for names, a line each; a number of a ship may stand behind its name."""

    use_required_attribute = False
    names = forms.CharField(
        label=_("Names"),
        help_text=_("A line each, at most 200. Behind a ship its number may stand: Golden Wave IMO 9074729."),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("What they are"), required=False, choices=KINDS)

    def clean_names(self) -> list[str]:
        """Take each name once."""
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines()]
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > MOST_ASKED:
            raise forms.ValidationError(_("These are more than 200 names. Nothing was searched; divide them."))
        return names

    @property
    def asked_kind(self) -> Kind:
        """Give the kind."""
        kind: Kind = self.cleaned_data["kind"]
        return kind


class VerdictForm(forms.Form):
    """Ask whether an actor is the one on the list, and on what that rests."""

    use_required_attribute = False
    verdict = forms.ChoiceField(label=field_label("screening_verdict", "verdict"), widget=forms.RadioSelect)
    reason = text("screening_verdict", "reason", required=True, length=4000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["verdict"].choices = words.choices("screening_verdict", language())  # type: ignore[attr-defined]
