"""The two forms of a table that is taken in: the file, and which column holds what."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.people.code_fields import field_label, label_of, language
from zicht.people.option_lists import OptionList
from zicht.reading import tables
from zicht.signals.importing.columns import (
    ASKED_ALWAYS,
    BASIS,
    HOUSE,
    POSTCODE,
    REFERENCE,
    SIGNALS,
    field_named,
    fields_of_a_row,
)
from zicht.signals.importing.reading import LIMITS, Plan, columns_of

ENCODINGS = [(tables.UTF_8, _("UTF-8 (usual)")), (tables.WINDOWS_1252, _("Windows-1252 (older Excel)"))]
SEPARATORS = [("", _("Find out")), (",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab"))]
# What can hold for every row, where the table has no column or an empty cell.
FIXED = ("channel", "kind", "urgency", "role", BASIS)
LABELS = {
    REFERENCE: _("Reference of the sender"),
    POSTCODE: _("Postcode"),
    HOUSE: _("House number with addition"),
    SIGNALS: _("Signals (codes with semicolons in between)"),
    BASIS: _("What the signals rest on"),
}


class FileForm(forms.Form):
    """Ask for a table, and read all of it once, so that what is none is refused before anything else is asked."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("File"),
        help_text=_("A .csv or .xlsx of at most 2 MB and 1,000 rows. Column names stand in the first row."),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
    )
    encoding = forms.ChoiceField(label=_("Kind of text of a .csv"), choices=ENCODINGS, initial=tables.UTF_8)
    separator = forms.ChoiceField(label=_("Between the columns of a .csv"), choices=SEPARATORS, required=False)

    def __init__(self, *args: Any, walls: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.walls = sorted(walls)
        if len(self.walls) > 1:
            choices = [(wall, label_of("compartment", wall)) for wall in self.walls]
            label = field_label("intake", "compartment")
            self.fields["compartment"] = forms.ChoiceField(label=label, widget=forms.RadioSelect, choices=choices)

    @property
    def wall(self) -> str:
        """Give the wall behind which the rows are taken in."""
        return str(self.cleaned_data.get("compartment") or self.walls[0])

    @property
    def form(self) -> tables.TextForm:
        """Give how the text is written."""
        return tables.TextForm(self.cleaned_data["encoding"], self.cleaned_data["separator"])

    def clean(self) -> dict[str, Any]:
        """Refuse a file that is too large, or no table."""
        given = super().clean() or self.cleaned_data
        file = given.get("file")
        if file and file.size > LIMITS.most_on_disk:
            most = LIMITS.most_on_disk // tables.MEGABYTE
            told = tables.FileTooLarge(size=file.size // tables.MEGABYTE + 1, most=most)
            self.add_error("file", told.in_language(language()))
        elif file and "encoding" in given and "separator" in given:
            self.content = file.read()
            try:
                columns_of(self.content, self.form)
            except tables.TableError as error:
                self.add_error("file", error.in_language(language()))
        return given


class PlanForm(forms.Form):
    """Ask which column holds each field, and what holds for every row."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, columns: Iterable[str], plan: Plan) -> None:
        super().__init__(data)
        choices = [("", _("No column")), *((name, name) for name in columns if name)]
        for name in fields_of_a_row():
            label = LABELS.get(name) or field_label("intake", name)
            self.fields[f"of_{name}"] = forms.ChoiceField(
                label=label, required=False, choices=choices, widget=OptionList, initial=plan.columns.get(name, "")
            )
            if name in FIXED:
                self._ask_fixed(name, label, plan.fixed.get(name, ""))

    def _ask_fixed(self, name: str, label: Any, begin: str) -> None:
        field = field_named(name)
        terms = words.choices(field.list_name, language()) if field else []
        self.fields[f"all_{name}"] = forms.ChoiceField(
            label=_("%(field)s, where nothing stands in the row") % {"field": label},
            required=False,
            choices=[("", _("Not chosen")), *terms],
            widget=OptionList,
            initial=begin,
        )

    @property
    def plan(self) -> Plan:
        """Give what was chosen."""
        return Plan(self._chosen("of_"), self._chosen("all_"))

    def _chosen(self, begin: str) -> Mapping[str, str]:
        each = self.cleaned_data.items()
        return {name.removeprefix(begin): value for name, value in each if name.startswith(begin) and value}

    def clean(self) -> dict[str, Any]:
        """Ask for the column by which a row is known again."""
        given = super().clean() or self.cleaned_data
        if not given.get(f"of_{REFERENCE}") and f"of_{REFERENCE}" not in self.errors:
            self.add_error(
                f"of_{REFERENCE}", _("Choose the column by which a row is known again, such as a case number.")
            )
        return given

    @property
    def first(self) -> list[forms.BoundField]:
        """Give what is always needed."""
        return [self[name] for name in self.fields if name.partition("_")[2] in ASKED_ALWAYS]

    @property
    def folded(self) -> list[forms.BoundField]:
        """Give the rest."""
        return [self[name] for name in self.fields if name.partition("_")[2] not in ASKED_ALWAYS]

    @property
    def is_unfolded(self) -> bool:
        """Tell whether something of the rest is chosen, or wrong."""
        return any(field.value() or field.errors for field in self.folded)
