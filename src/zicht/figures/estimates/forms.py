"""Ask for a table of overlapping lists, and for what each list is."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht.figures.estimates.questions import QUESTIONS
from zicht.figures.models import NAME_LENGTH
from zicht.people.code_fields import offered

LARGEST_FILE = 1024 * 1024  # bytes: ten lists have 1,023 combinations, and one row a person is still 100,000 of them
LONGEST_ANSWER = 300  # characters
LONGEST_TABLE = 40_000  # characters that are pasted


class TableForm(forms.Form):
    """Ask for a file or for pasted rows, and for whom the result is."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV: one column of 0 and 1 for each list, and a column “count”; or one row a person."),
    )
    table = forms.CharField(
        label=_("Or paste the rows"),
        required=False,
        max_length=LONGEST_TABLE,
        strip=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
    )
    year = forms.IntegerField(
        label=_("Or take the lists of this Zicht, for a year"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=_(
            "Persons whom several organisations registered under one match key. Only counts are used, and the result "
            "is for partners or for everybody."
        ),
    )
    release = forms.ChoiceField(label=_("For whom is the result"), widget=forms.RadioSelect, initial="internal")
    seed = forms.IntegerField(
        label=_("Start of all draws"),
        initial=1,
        min_value=0,
        max_value=2**63 - 1,
        help_text=_("The same number gives the same result again."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["release"].choices = offered("release_level", strict=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse no table, and several."""
        given = super().clean() or {}
        filled = [name for name in ("file", "table", "year") if given.get(name)]
        if len(filled) != 1 and not self.errors:
            raise forms.ValidationError(_("Give one table: a file, pasted rows, or a year of this Zicht."))
        if given.get("file") and given["file"].size > LARGEST_FILE:
            self.add_error("file", _("This file is larger than 1 MB. Give counts per combination of lists instead."))
        if given.get("year") and given.get("release") == "internal":
            self.add_error("release", _("Lists of several organisations go to partners or to everybody, protected."))
        return given


class ListsForm(forms.Form):
    """Ask what each list is; nothing is needed, and what is left open is said beside the result."""

    def __init__(self, *args: Any, lists: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lists = list(lists)
        for place, _name in enumerate(self.lists):
            for code, question in QUESTIONS:
                self.fields[f"{code}-{place}"] = forms.CharField(
                    label=question, required=False, max_length=LONGEST_ANSWER
                )

    def by_list(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Give the questions of each list, under its name."""
        for place, name in enumerate(self.lists):
            yield name, [self[f"{code}-{place}"] for code, _question in QUESTIONS]

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """Give what was answered, by list and question."""
        return {
            name: {code: self.cleaned_data[f"{code}-{place}"] for code, _question in QUESTIONS}
            for place, name in enumerate(self.lists)
        }


class CoverageForm(forms.Form):
    """Ask for an estimate from elsewhere and for the share that is in sight."""

    total = forms.IntegerField(label=_("Estimated in all"), min_value=1, max_value=10**9)
    low = forms.DecimalField(label=_("In sight, at least (%)"), min_value=0, max_value=100, decimal_places=1)
    high = forms.DecimalField(label=_("In sight, at most (%)"), min_value=0, max_value=100, decimal_places=1)

    def clean(self) -> dict[str, Any]:
        """Refuse a least share over the most."""
        given = super().clean() or {}
        if None not in (given.get("low"), given.get("high")) and given["low"] > given["high"]:
            self.add_error("high", _("This is less than the least share."))
        return given


class TakeForm(forms.Form):
    """Ask in the reports on which year an estimate stands, who is estimated, and among how many residents."""

    use_required_attribute = False
    year = forms.IntegerField(label=_("Year of the report"), min_value=1990, max_value=2100)
    population = forms.CharField(
        label=_("Who is estimated"),
        max_length=NAME_LENGTH,
        help_text=_("Such as: presumed victims of trafficking in the Netherlands. It stands under the figure."),
    )
    residents = forms.IntegerField(
        label=_("Residents of the group, for a number per 100,000"), required=False, min_value=1, max_value=2 * 10**9
    )
    residents_source = forms.CharField(
        label=_("Source of the number of residents"), required=False, max_length=NAME_LENGTH
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a number of residents that nobody can look up."""
        given = super().clean() or {}
        if given.get("residents") and not given.get("residents_source"):
            self.add_error("residents_source", _("Name where the number of residents can be read."))
        return given
